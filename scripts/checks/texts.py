"""The texts of a script: known slots that are never empty, explanations where they are needed, and
nothing longer than a caller will listen to."""

import re
from collections.abc import Iterator

from scripts import prompts
from scripts.checks import graph
from scripts.conditions import Condition
from scripts.faults import Fault, Severity
from scripts.model import Ending, Kind, Move, Question, Script
from scripts.slots import EMPTY, SLOTS, Hole, Text
from scripts.texts import texts

#: Chinese characters, and letters of an alphabet, that a voice speaks in a second, pauses included.
CHARACTERS_A_SECOND = 4.5
LETTERS_A_SECOND = 14
_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f' ,.]")
#: Characters that a filled slot usually takes.
_SLOT_LENGTH = 8


def text_faults(script: Script) -> list[Fault]:
    """Faults of slots, explanations, spoken length and of what the first words must say."""
    return [
        *slot_faults(script),
        *_explanations(script),
        *_disclosure(script),
        *by_person_faults(script),
    ]


def slot_faults(script: Script) -> list[Fault]:
    """Faults of the texts one by one, in whatever language the script is read."""
    return [*_slots(script), *_lengths(script)]


def spoken_seconds(text: Text) -> float:
    """How long a text takes to say, slots at their usual length."""
    return sum(_seconds(part) for part in text.parts)


def _seconds(part: str | Hole) -> float:
    if isinstance(part, Hole):
        return _SLOT_LENGTH / CHARACTERS_A_SECOND
    letters = len(_LETTERS.findall(part))
    return letters / LETTERS_A_SECOND + (len(part) - letters) / CHARACTERS_A_SECOND


def _slots(script: Script) -> Iterator[Fault]:
    for spoken in texts(script):
        part = script.question(spoken.part) or script.ending(spoken.part)
        when = _conditions(part, spoken.field)
        for hole in dict.fromkeys(spoken.text.holes):
            code, message = _wrong(hole, when)
            if code:
                yield graph.fault(script, code, message, part, spoken.field)


def _conditions(part: Question | Ending | None, field: str) -> tuple[Condition, ...]:
    """The conditions under which a text is spoken."""
    if isinstance(part, Question):  # what the call decided may be over when it is asked again
        return tuple(condition for condition in part.when if not condition.of_call)
    if isinstance(part, Ending) and field.startswith("says."):
        return part.says[int(field.removeprefix("says."))].when
    return ()


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
    """The first question is heard together with the opening."""
    first = (script.questions[0].id, "says")
    for spoken in texts(script):
        seconds = spoken_seconds(spoken.text)
        if spoken.spot == first:
            seconds += spoken_seconds(script.opening)
        if seconds > script.limits.spoken_s:
            message = f"takes about {seconds:.0f} s to say; the limit is {script.limits.spoken_s} s"
            part = script.question(spoken.part) or script.ending(spoken.part)
            yield graph.fault(script, "too-long-spoken", message, part, spoken.field)


#: What the first words must say, and what a person cannot say of himself (domain.md 2.10).
_MACHINE, _RECORDED = "智能", "录音"


def _disclosure(script: Script) -> Iterator[Fault]:
    """On the phone the first words say that a machine speaks, and that the call is recorded."""
    if script.medium.on_paper:
        return
    for field, text in _openings(script):
        if _RECORDED not in text.source:
            yield _silent(script, field, "does not say that the call is recorded (录音)")
        by_machine = field == "opening"
        if (_MACHINE in text.source) is not by_machine:
            does = "does not say" if by_machine else "is spoken by a person and says"
            yield _silent(script, field, f"{does} that a machine speaks (智能语音)")


#: Words about keys, in Chinese and in English.
_KEYS = re.compile(r"按键|请按\s*[0-9零一二三]|(?i:\bkey it in\b|\bpress\b|\bkeypad\b)")


def by_person_faults(script: Script) -> Iterator[Fault]:
    """What a person reads aloud: in other words only where the law lists none, and without keys."""
    for question in (*script.questions, *script.aside):
        own, field = question.says_by_person is not EMPTY, "says_by_person"
        if own and (question.kind is Kind.FACT or script.medium.on_paper):
            message = "a fact, and what is on paper, is asked in one wording: leave it out"
            yield graph.fault(script, "by-person", message, question, field)
        read = prompts.spoken(question, by_person=True)
        for name, text in ((field if own else "says", read), ("again", question.again)):
            if not script.medium.on_paper and _KEYS.search(text.source):
                message = "a person reads it aloud, but it speaks of keys: write says_by_person"
                yield graph.fault(script, "by-person", message, question, name, Severity.WARNING)


def _openings(script: Script) -> Iterator[tuple[str, Text]]:
    yield "opening", script.opening
    if script.opening_by_person is not EMPTY:
        yield "opening_by_person", script.opening_by_person


def _silent(script: Script, field: str, what: str) -> Fault:
    message = f"the {field.replace('_', ' ')} {what}"
    return graph.fault(script, "disclosure-missing", message, field=field)
