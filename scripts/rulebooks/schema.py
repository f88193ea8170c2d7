"""The shape of a rulebook file, checked strictly at the door. ``source`` and ``title`` are for
whoever reads the file; nothing is decided by them."""

from datetime import time
from typing import Annotated

from pydantic import Field, StringConstraints

from scripts.labels import Label
from scripts.outcomes import Outcome
from scripts.rulebooks.model import Calendar, FirstCallFrom, StartRule
from scripts.schema import Id, Phrase, Shape
from scripts.verdicts import Status

Days = Annotated[int, Field(ge=0, le=365)]
Minutes = Annotated[int, Field(ge=0, le=60 * 24 * 14)]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Loose = Field(strict=False)


class DeadlineShape(Shape):
    """``{days: 7, calendar: natural}``."""

    days: Annotated[int, Field(ge=1, le=365)]
    calendar: Annotated[Calendar, Loose]
    source: str = ""


class ClassShape(Shape):
    """One entry of ``classes``."""

    id: Id
    name: Phrase
    opens_case: bool
    next_action: str
    source: str = ""


class FamilyShape(Shape):
    """One entry of ``families``."""

    id: Id
    class_id: Annotated[Id, Field(alias="class")]
    name: Phrase
    deadline: DeadlineShape | None = None
    owner: str = ""
    seller_may_handle: bool = True
    proof: str = ""
    source: str = ""


class KindShape(Shape):
    """One entry of ``kinds``."""

    id: Id
    family: Id
    number: Annotated[int, Field(ge=1, le=99)]
    name: Phrase
    source: str = ""


class TriggerShape(Shape):
    """One entry of ``triggers``."""

    kind: Id
    codes: list[str] = Field(default_factory=list)
    statuses: list[Annotated[Status, Loose]] = Field(default_factory=list)
    doubts: list[Annotated[Label, Loose]] = Field(default_factory=list)
    outcomes: list[Annotated[Outcome, Loose]] = Field(default_factory=list)
    values: list[str] = Field(default_factory=list)


class RetryShape(Shape):
    """One entry of ``retries``."""

    again: bool
    after_min: Minutes = 0
    most: Annotated[int, Field(ge=1, le=20)] = 1


class CallingShape(Shape):
    """When and how often we ring."""

    opens: ClockTime
    closes: ClockTime
    weekends: bool
    holidays: bool
    per_day: Annotated[int, Field(ge=1, le=10)]
    per_revisit: Annotated[int, Field(ge=1, le=50)]
    gap_min: Annotated[int, Field(ge=1, le=60 * 24)]


class CoolingOffShape(Shape):
    """One entry of ``cooling_off``."""

    days: Annotated[int, Field(ge=1, le=60)]
    when: list[Phrase] = Field(default_factory=list)
    source: str = ""


class FirstCallShape(Shape):
    """When the first call may come."""

    counts_from: Annotated[FirstCallFrom, Loose]
    after_days: Days
    source: str = ""


class RulebookShape(Shape):
    """A whole rulebook file."""

    id: Id
    version: Phrase
    title: Phrase
    classes: Annotated[list[ClassShape], Field(min_length=1, max_length=20)]
    families: Annotated[list[FamilyShape], Field(min_length=1, max_length=50)]
    kinds: Annotated[list[KindShape], Field(min_length=1, max_length=200)]
    triggers: Annotated[list[TriggerShape], Field(max_length=500)]
    precedence: list[Id]
    clean_class: Id
    success: list[Annotated[Outcome, Loose]]
    exhausted_kind: Id
    retries: dict[Annotated[Outcome, Loose], RetryShape]
    calling: CallingShape
    cooling_off_start: Annotated[StartRule, Loose]
    cooling_off: Annotated[list[CoolingOffShape], Field(min_length=1, max_length=50)]
    first_call: FirstCallShape


def clock(text: str) -> time:
    """``09:00`` as a time of day; the pattern above has been checked."""
    return time.fromisoformat(text)
