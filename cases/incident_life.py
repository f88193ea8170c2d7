"""The life of an incident: reported, graded, plan started, handled, reported up, closed with its
report (事故报告单). What may be done when, and by whom. Pure: it decides and changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """Where an incident stands."""

    REPORTED = "reported"
    GRADED = "graded"
    STARTED = "plan-started"
    HANDLED = "handled"
    REPORTED_UP = "reported-up"
    CLOSED = "closed"


class Deed(StrEnum):
    """What somebody does to an incident."""

    GRADE = "grade"  # confirm the computed grade, or give another one with a reason
    COUNT = "count"  # what is known has changed: the grade is computed anew
    NOTIFY = "notify"  # somebody above was told, in between
    START = "start"  # the plan is started, one spokesman is named
    SPOKESMAN = "spokesman"
    STEP = "step"  # a step of the checklist was done, or left out
    NOTE = "note"
    PEOPLE = "people"  # who is there
    ROOMS = "rooms"  # who sits where, with whom
    HANDLE = "handle"
    REPORT_UP = "report-up"
    CLOSE = "close"
    DISMISS = "dismiss"  # no emergency, or reported twice
    REOPEN = "reopen"


class WhyNot(StrEnum):
    """Why a deed is not possible now; the words are stable."""

    NO_RIGHT = "no-right"
    NOT_NOW = "not-now"
    CLOSED = "closed"
    NOT_CLOSED = "not-closed"
    STEPS_OPEN = "steps-open"
    ALONE = "alone"  # people in a room that nobody looks after


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What decides. ``open_steps`` of the checklist are neither done nor left out with a reason;
    ``unplaced`` people have no room with a handler although the group was split."""

    stage: Stage
    open_steps: int = 0
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class Doer:
    """Who wants to do something: ``works`` and ``judges`` are their rights."""

    name: str
    works: bool = False
    judges: bool = False


_ALWAYS: Final = (Deed.COUNT, Deed.NOTIFY, Deed.NOTE, Deed.PEOPLE)
_ACTING: Final = (*_ALWAYS, Deed.SPOKESMAN, Deed.STEP, Deed.ROOMS, Deed.GRADE)


def _staying(stage: Stage, deeds: tuple[Deed, ...]) -> dict[Deed, Stage]:
    return dict.fromkeys(deeds, stage)


#: Stage -> what can be done in it, and the stage that follows.
STEPS: Final[Mapping[Stage, Mapping[Deed, Stage]]] = {
    Stage.REPORTED: {
        **_staying(Stage.REPORTED, _ALWAYS),
        Deed.GRADE: Stage.GRADED,
        Deed.DISMISS: Stage.CLOSED,
    },
    Stage.GRADED: {
        **_staying(Stage.GRADED, (*_ALWAYS, Deed.GRADE)),
        Deed.START: Stage.STARTED,
        Deed.DISMISS: Stage.CLOSED,
    },
    Stage.STARTED: {**_staying(Stage.STARTED, _ACTING), Deed.HANDLE: Stage.HANDLED},
    Stage.HANDLED: {**_staying(Stage.HANDLED, _ACTING), Deed.REPORT_UP: Stage.REPORTED_UP},
    Stage.REPORTED_UP: {**_staying(Stage.REPORTED_UP, _ACTING), Deed.CLOSE: Stage.CLOSED},
    Stage.CLOSED: {Deed.REOPEN: Stage.GRADED},
}
_JUDGING: Final = frozenset({Deed.DISMISS, Deed.REOPEN})


def allowed(facts: IncidentFacts, deed: Deed, doer: Doer) -> WhyNot | None:
    """Why this person cannot do this to the incident now; None when they can. An emergency waits
    for nobody: whoever works on incidents does every step, and only to dismiss one or to open it
    again takes somebody who judges."""
    if not (doer.judges if deed in _JUDGING else doer.works):
        return WhyNot.NO_RIGHT
    if deed not in STEPS[facts.stage]:
        return _place(facts.stage, deed)
    if deed is Deed.CLOSE and facts.open_steps:
        return WhyNot.STEPS_OPEN
    if deed is Deed.HANDLE and facts.unplaced:
        return WhyNot.ALONE
    return None


def after(stage: Stage, deed: Deed) -> Stage:
    """The stage that follows. Raises KeyError where the deed has no place."""
    return STEPS[stage][deed]


def next_deed(stage: Stage) -> Deed | None:
    """What brings an incident on from here."""
    return {
        Stage.REPORTED: Deed.GRADE,
        Stage.GRADED: Deed.START,
        Stage.STARTED: Deed.HANDLE,
        Stage.HANDLED: Deed.REPORT_UP,
        Stage.REPORTED_UP: Deed.CLOSE,
    }.get(stage)


def _place(stage: Stage, deed: Deed) -> WhyNot:
    if deed is Deed.REOPEN:
        return WhyNot.NOT_CLOSED
    return WhyNot.CLOSED if stage is Stage.CLOSED else WhyNot.NOT_NOW
