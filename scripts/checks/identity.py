"""Nothing of the policy before the identity is verified: proved on the graph, over everything that
can be said before it, explanations and early endings included."""

import re
from collections.abc import Iterable, Iterator

from scripts.checks import graph
from scripts.conditions import Condition
from scripts.faults import Fault
from scripts.model import Ending, Event, Kind, Move, Question, Script
from scripts.slots import SLOTS, Text

#: Words that tell of a policy without any slot.
_TELLING = re.compile("犹豫期|保险费|保费|分红|红利|万能|投连|退保|现金价值|业务员|被保险人|银行")


def identity_faults(script: Script) -> list[Fault]:
    """Faults of the identity: missing, passed over, or a policy fact told before it."""
    return [*_missing(script), *_skipped(script), *_told(script)]


def _missing(script: Script) -> Iterator[Fault]:
    sure = [q for q in script.questions if q.kind is Kind.IDENTITY and not q.when]
    if not sure:
        message = "no question of kind identity is asked on every path"
        yield graph.fault(script, "identity-missing", message)


def _skipped(script: Script) -> Iterator[Fault]:
    for question in script.questions:
        if question.kind not in (Kind.IDENTITY, Kind.PRESENCE):
            continue
        for event in _passing(question):
            message = f"{event}: goes on although the identity is not proved"
            yield graph.fault(script, "identity-skipped", message, question)


def _passing(question: Question) -> list[Event]:
    passing = {
        event
        for routes in (question.on, question.on_with_care)
        for event, steps in routes.items()
        if event is not Event.AFFIRM and any(step.move is Move.NEXT for step in steps)
    }
    return sorted(passing)


def _told(script: Script) -> Iterator[Fault]:
    phrases = script.phrases
    general = (
        script.opening,
        phrases.unclear,
        phrases.silence,
        phrases.keys,
        phrases.keys_reversed,
    )
    yield from _slots(script, None, general)
    before = _before_identity(script)
    strangers = (*before, *graph.asides(script, script.questions))
    for question in strangers:
        yield from _slots(script, question, (question.says, question.again, question.explain))
    for ending in _endings(script, strangers):
        yield from _ending_slots(script, ending)


def _before_identity(script: Script) -> tuple[Question, ...]:
    """The questions that some caller hears unverified: up to the first sure proof of identity,
    that question included."""
    before: list[Question] = []
    for question in script.questions:
        before.append(question)
        if question.kind is Kind.IDENTITY and not question.when:
            break
    return tuple(before)


def _endings(script: Script, questions: Iterable[Question]) -> list[Ending]:
    """Endings that an unverified caller can hear, with those a stranger reaches at any time."""
    reached = {script.exhausted}
    for question in questions:
        reached |= graph.targets(question, Move.END)
    for question in script.questions:
        for event in (Event.NOT_HOLDER, Event.NO_SUCH_PERSON, Event.DECEASED):
            steps = question.on.get(event, ())
            reached |= {step.target for step in steps if step.move is Move.END}
    return [ending for ending in script.endings if ending.id in reached]


def _ending_slots(script: Script, ending: Ending) -> Iterator[Fault]:
    texts = [s.text for s in ending.says if not any(_is_verified(c) for c in s.when)]
    for told in _telling((*texts, ending.sorry)):
        message = f"{told} can be heard by a stranger: add 'when: [verified]'"
        yield graph.fault(script, "fact-before-identity", message, line=ending.line, name=ending.id)


def _is_verified(condition: Condition) -> bool:
    return condition.fact == "verified" and not condition.negated


def _slots(script: Script, question: Question | None, texts: Iterable[Text]) -> Iterator[Fault]:
    for told in _telling(texts):
        message = f"{told} is told before the identity is verified"
        yield graph.fault(script, "fact-before-identity", message, question)


def _telling(texts: Iterable[Text]) -> Iterator[str]:
    """What in these texts tells something of the policy: slots, or words."""
    for text in texts:
        for hole in text.holes:
            if hole.slot in SLOTS and SLOTS[hole.slot].policy:
                yield f"{{{{ {hole.slot} }}}}"
        for part in text.parts:
            if isinstance(part, str):
                yield from _TELLING.findall(part)
