"""The texts of a script: known slots that are never empty, explanations where they are needed, and
nothing longer than a caller will listen to."""

from collections.abc import Iterable, Iterator

from scripts.checks import graph
from scripts.conditions import Condition
from scripts.faults import Fault, Severity
from scripts.model import Ending, Move, Question, Script
from scripts.slots import SLOTS, Hole, Text

#: Characters a caller's voice speaks in a second, pauses included.
CHARACTERS_A_SECOND = 4.5
#: Characters that a filled slot usually takes.
_SLOT_LENGTH = 8


def text_faults(script: Script) -> list[Fault]:
    """Faults of slots, explanations and spoken length."""
    return [*_slots(script), *_explanations(script), *_lengths(script), *_disclosure(script)]


def spoken_seconds(text: Text) -> float:
    """How long a text takes to say, slots at their usual length."""
    words = (len(p) if isinstance(p, str) else _SLOT_LENGTH for p in text.parts)
    return sum(words) / CHARACTERS_A_SECOND


def _slots(script: Script) -> Iterator[Fault]:
    phrases = script.phrases
    general = (
        script.opening,
        phrases.unclear,
        phrases.silence,
        phrases.keys,
        phrases.keys_reversed,
    )
    yield from _of(script, None, general, ())
    for question in (*script.questions, *script.aside):
        texts = (question.says, question.again, question.explain)
        yield from _of(script, question, texts, question.when)
    for ending in script.endings:
        for saying in ending.says:
            yield from _of(script, ending, (saying.text,), saying.when)
        yield from _of(script, ending, (ending.sorry,), ())


def _of(
    script: Script,
    part: Question | Ending | None,
    texts: Iterable[Text],
    when: tuple[Condition, ...],
) -> Iterator[Fault]:
    for hole in dict.fromkeys(hole for text in texts for hole in text.holes):
        code, message = _wrong(hole, when)
        if code:
            yield graph.fault(
                script, code, message, line=part.line if part else 1, name=part.id if part else None
            )


def _wrong(hole: Hole, when: tuple[Condition, ...]) -> tuple[str, str]:
    slot = SLOTS.get(hole.slot)
    if slot is None:
        return "unknown-slot", f"unknown slot {hole.slot!r}: use one of {', '.join(SLOTS)}"
    sure = any(c.fact == slot.known_by and not c.negated for c in when)
    if slot.may_be_empty and not hole.fallback and not sure:
        way = f" or 'when: [{slot.known_by}]'" if slot.known_by else ""
        return (
            "slot-may-be-empty",
            f"{{{{ {hole.slot} }}}} may be empty: add a fallback, {{{{ {hole.slot} | … }}}}{way}",
        )
    return "", ""


def _explanations(script: Script) -> Iterator[Fault]:
    for question in (*script.questions, *script.aside):
        explains = any(step.move is Move.EXPLAIN for step in graph.steps(question))
        if explains and not question.explain.source:
            message = "an answer leads to the explanation, but there is none: write 'explain'"
            yield graph.fault(script, "missing-explanation", message, question)


def _lengths(script: Script) -> Iterator[Fault]:
    opening = spoken_seconds(script.opening)
    for index, question in enumerate((*script.questions, *script.aside)):
        says = spoken_seconds(question.says) + (opening if index == 0 else 0)
        times = (says, spoken_seconds(question.again), spoken_seconds(question.explain))
        yield from _too_long(script, max(times), question.id, question.line)
    for ending in script.endings:
        longest = max(spoken_seconds(saying.text) for saying in ending.says)
        yield from _too_long(script, longest, ending.id, ending.line)


def _too_long(script: Script, seconds: float, name: str, line: int | None) -> Iterator[Fault]:
    if seconds > script.limits.spoken_s:
        message = f"takes about {seconds:.0f} s to say; the limit is {script.limits.spoken_s} s"
        yield graph.fault(script, "too-long-spoken", message, line=line, name=name)


def _disclosure(script: Script) -> Iterator[Fault]:
    """The first words say that a machine speaks and that the call is recorded (domain.md 2.10)."""
    for word, what in (("智能", "a machine speaks (智能语音)"), ("录音", "the call is recorded")):
        if word not in script.opening.source:
            message = f"the opening does not say that {what}"
            yield graph.fault(
                script, "disclosure-missing", message, line=1, severity=Severity.WARNING
            )
