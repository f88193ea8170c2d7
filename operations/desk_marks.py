"""What an agent marks on the screen as an answer to the script: the label is the agent's, the words
are the customer's. A yes is only what was marked as yes, and is held against the words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ivr import conversation
from ivr.conversation import Said
from scheduler.hours import CallingHours, is_open
from scripts import answers
from scripts.answers import Reading
from scripts.answers.lexicon import Book
from scripts.facts import Facts
from scripts.heard import Heard, Request, Via
from scripts.labels import Label
from scripts.model import Kind, Question


class Mark(StrEnum):
    """What can be marked. The first three have keys of their own; key 9 opens the others."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    EXPLAIN = "explain"
    COMPLAINT = "complaint"
    REFUSE = "refuse"
    CALLBACK = "callback"
    NOT_HOLDER = "not-holder"
    NO_SUCH_PERSON = "no-such-person"
    DECEASED = "deceased"
    UNCLEAR = "unclear"
    SILENCE = "silence"
    REPEAT = "repeat"


#: What a mark is as an answer.
LABELS: Mapping[Mark, Label] = {
    Mark.YES: Label.AFFIRM,
    Mark.NO: Label.DENY,
    Mark.UNSURE: Label.UNSURE,
    Mark.EXPLAIN: Label.EXPLAIN,
    Mark.COMPLAINT: Label.COMPLAINT,
    Mark.REFUSE: Label.REFUSE,
    Mark.CALLBACK: Label.CALLBACK,
    Mark.NOT_HOLDER: Label.NOT_HOLDER,
    Mark.NO_SUCH_PERSON: Label.NOT_HOLDER,
    Mark.DECEASED: Label.NOT_HOLDER,
    Mark.UNCLEAR: Label.UNCLEAR,
    Mark.SILENCE: Label.SILENCE,
    Mark.REPEAT: Label.UNCLEAR,
}
#: What words may read as so that a yes beside them is looked at once more (domain.md 4.2, 4): a
#: clear no, somebody else, and what hedges or asks.
_AGAINST = frozenset(
    {
        Label.DENY,
        Label.COMPLAINT,
        Label.REFUSE,
        Label.NOT_HOLDER,
        Label.UNSURE,
        Label.EXPLAIN,
    }
)


class MarkTrouble(Exception):  # noqa: N818 - the agent's trouble, said in one sentence
    """A mark that cannot be kept as it is. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One answer as it was marked. ``when`` is the time that the customer named (aware); ``kept``
    says that a doubt about the mark was shown, and that it stands."""

    mark: Mark
    words: str = ""
    when: datetime | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer, how its words read, and the label that speaks against the mark, if any."""

    heard: Heard
    reading: Reading | None = None
    against: Label | None = None


def understand(
    question: Question,
    facts: Facts,
    marked: Marked,
    now: datetime,
    hours: CallingHours,
    book: Book,
) -> Understood:
    """What a mark on this question comes to. Raises MarkTrouble."""
    if question.kind is Kind.TIME:
        return Understood(_timed(marked, now, hours))
    if question.kind is Kind.IDENTITY and marked.mark is Mark.YES:
        return _proved(question, facts, marked, now, book)
    heard = _heard(marked, LABELS[marked.mark])
    if marked.mark is not Mark.YES or not marked.words:
        return Understood(heard)
    record = conversation.record(facts)
    reading = answers.read(question.id, marked.words, record=record, now=now, book=book)
    against = next((one for one in (reading.label, *reading.also) if one in _AGAINST), None)
    return Understood(heard, reading, against)


def _heard(marked: Marked, label: Label, value: str | None = None) -> Heard:
    if marked.mark in (Mark.NO_SUCH_PERSON, Mark.DECEASED):
        value = marked.mark.value
    request = Request.REPEAT if marked.mark is Mark.REPEAT else None
    return Heard(label, marked.words, request=request, value=value, via=Via.AGENT)


def _timed(marked: Marked, now: datetime, hours: CallingHours) -> Heard:
    """When to ring again. A time that was named must be one at which we may ring."""
    if marked.mark in (Mark.NO_SUCH_PERSON, Mark.DECEASED, Mark.REPEAT, Mark.COMPLAINT):
        return _heard(marked, LABELS[marked.mark])
    if marked.when is None:
        return _heard(marked, Label.UNSURE)
    check_time(marked.when, now, hours)
    return _heard(marked, Label.CALLBACK, marked.when.isoformat())


def check_time(when: datetime, now: datetime, hours: CallingHours) -> None:
    """Refuse a time at which nobody may be rung. Raises MarkTrouble."""
    named = f"{when.astimezone(hours.zone):%Y-%m-%d %H:%M}"
    if when <= now:
        raise MarkTrouble(f"{named} has passed; agree on a later time")
    if not is_open(when, hours):
        raise MarkTrouble(f"{named} lies outside the calling hours; agree on another time")


def _proved(
    question: Question, facts: Facts, marked: Marked, now: datetime, book: Book
) -> Understood:
    """Whoever wants the gate to open types what the customer said; it is compared here, and what is
    on file is never shown. What does not fit counts as what it is, once the agent has kept it."""
    if not marked.words:
        raise MarkTrouble(
            "type the birthday or the last four characters that the customer said; they are"
            " compared with what is on file"
        )
    said = Said(question.id, 0, speech=marked.words)
    heard, reading = conversation.understand(question, facts, said, now, book)
    if heard.label is Label.AFFIRM:
        return Understood(_heard(marked, Label.AFFIRM, heard.value), reading)
    label = heard.label if heard.label in (Label.DENY, Label.REFUSE) else Label.UNSURE
    return Understood(_heard(marked, label), reading, label)
