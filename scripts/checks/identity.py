"""Nothing of the policy before the identity is verified: proved on the graph, over everything that
can be said before it, explanations and early endings included."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from scripts.checks import graph
from scripts.conditions import Condition
from scripts.faults import Fault
from scripts.model import Ending, Event, Kind, Move, Question, Script
from scripts.position import STRANGERS
from scripts.slots import SLOTS, Text
from scripts.texts import texts

#: Words that tell of a policy without any slot, in Chinese and in English.
_TELLING = re.compile(
    "犹豫期|保险费|保费|交费|分红|红利|万能|投连|退保|现金价值|业务员|被保险人|受益人|银行|保单"
    "|投保(?!人)|合同|回执|理赔|(?:您|这份|那份|买)的?保险"
    r"|(?i:\b(?:polic(?:y|ies)|premiums?|contracts?|insured|dividends?|surrender\w*|cooling-off"
    r"|cash value|insurance (?:you|that you))\b)"
)
#: What may be asked of whoever answers.
_OPEN_TO_ALL = frozenset({Kind.PRESENCE, Kind.IDENTITY, Kind.CONSENT})
#: Only by this code is an answer held against the record.
_PROOF: Final = "ID_VERIFY"


def identity_faults(script: Script) -> list[Fault]:
    """Faults of the identity: missing, passed over, or a policy fact told before it."""
    missing = list(_missing(script))
    told = [*_asked_before(script), *_told(script)]
    # without any proof everything is told too early: one example is enough
    return [*missing, *_skipped(script), *_going_on(script), *(told[:1] if missing else told)]


def _missing(script: Script) -> Iterator[Fault]:
    sure = [q for q in script.questions if q.kind is Kind.IDENTITY and not q.when]
    if not sure:
        message = "no question of kind identity is asked on every path"
        yield graph.fault(script, "identity-missing", message)
    for question in script.questions:
        if question.kind is Kind.IDENTITY and question.code != _PROOF:
            message = f"only {_PROOF} is held against the record: a mere 是 would prove who it is"
            yield graph.fault(script, "wrong-kind", message, question, "kind")


def _going_on(script: Script) -> Iterator[Fault]:
    """Who says to be somebody else is asked nothing more of the policy."""
    for question in script.questions:
        if question.kind in (Kind.IDENTITY, Kind.PRESENCE):
            continue  # the holder may be called to the line; nothing is told there
        for event in sorted(STRANGERS):
            if any(step.move not in (Move.END, Move.ASK) for step in graph.row(question, event)):
                message = f"{event}: goes on with somebody who is not the holder"
                yield graph.fault(script, "identity-skipped", message, question, f"on.{event}")


def _asked_before(script: Script) -> Iterator[Fault]:
    for question in _before_identity(script):
        if question.kind not in _OPEN_TO_ALL:
            message = f"a question of kind {question.kind} is asked before the identity is verified"
            yield graph.fault(script, "fact-before-identity", message, question)


def _skipped(script: Script) -> Iterator[Fault]:
    for question in script.questions:
        if question.kind not in (Kind.IDENTITY, Kind.PRESENCE):
            continue
        for event in _passing(question):
            message = f"{event}: goes on although the identity is not proved"
            yield graph.fault(script, "identity-skipped", message, question, f"on.{event}")


def _passing(question: Question) -> list[Event]:
    passing = {
        event
        for routes in (question.on, question.on_with_care)
        for event, steps in routes.items()
        if event is not Event.AFFIRM and any(step.move is Move.NEXT for step in steps)
    }
    return sorted(passing)


def _told(script: Script) -> Iterator[Fault]:
    before = _before_identity(script)
    strangers = (*before, *graph.asides(script, script.questions))
    heard = {"", *(question.id for question in strangers)}
    for spoken in texts(script):
        if spoken.part in heard:
            part = script.question(spoken.part)
            for told in _telling([spoken.text]):
                message = f"{told} is told before the identity is verified"
                yield graph.fault(script, "fact-before-identity", message, part, spoken.field)
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
        for event in STRANGERS:
            steps = graph.row(question, event)
            reached |= {step.target for step in steps if step.move is Move.END}
    return [ending for ending in script.endings if ending.id in reached]


def _ending_slots(script: Script, ending: Ending) -> Iterator[Fault]:
    said = [(f"says.{i}", saying) for i, saying in enumerate(ending.says)]
    texts = [(field, one.text) for field, one in said if not any(map(_is_verified, one.when))]
    for field, text in (*texts, ("sorry", ending.sorry)):
        for told in _telling([text]):
            message = f"{told} can be heard by a stranger: add 'when: [verified]'"
            yield graph.fault(script, "fact-before-identity", message, ending, field)


def _is_verified(condition: Condition) -> bool:
    return condition.fact == "verified" and not condition.negated


def _telling(texts: Iterable[Text]) -> Iterator[str]:
    """What in these texts tells something of the policy: slots, or words."""
    for text in texts:
        for hole in text.holes:
            if hole.slot in SLOTS and SLOTS[hole.slot].policy:
                yield f"{{{{ {hole.slot} }}}}"
        for part in text.parts:
            words = part if isinstance(part, str) else part.fallback or ""
            yield from _TELLING.findall(words)
