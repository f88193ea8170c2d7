"""The shape of a file about emergencies, checked strictly at the door; what is read is used as it
is. Only the shape: what it means stands in ``cases.incident_grade`` and beside it."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from scripts.schema import Id, Note, Phrase, Shape, Words

Loose = Field(strict=False)
#: I to IV: 1 特大, 2 重大, 3 较大, 4 一般.
Grade = Annotated[int, Field(ge=1, le=4)]
Count = Annotated[int, Field(ge=1, le=10_000)]


class Kind(StrEnum):
    """What happens: the fourteen scenarios of 003."""

    DISASTER = "disaster"
    COMPLAINT = "complaint"
    MEDIA = "media"
    OFFICIALS = "officials"
    CUSTOMER_HURT = "customer-hurt"
    STAFF_HURT = "staff-hurt"
    POWER_CUT = "power-cut"
    SYSTEM_DOWN = "system-down"
    ROBBERY = "robbery"
    CROWD = "crowd"
    DISTURBANCE = "disturbance"
    MASS_BUSINESS = "mass-business"
    SIT_IN = "sit-in"
    FALSE_NEWS = "false-news"


class Fact(StrEnum):
    """What is counted in an incident. ``AMOUNT`` is in yuan in the file and in fen everywhere
    else; ``INJURED`` were hurt by the event, ``TAKEN_ILL`` by accident or illness."""

    DEAD = "dead"
    INJURED = "injured"
    TAKEN_ILL = "taken_ill"
    SURRENDERING = "surrendering"
    AMOUNT = "amount"
    GATHERED = "gathered"
    COUNTERS = "counters"


class Kept(StrEnum):
    """How much of a scenario's steps the source has kept."""

    WHOLE = "whole"
    PARTLY = "partly"
    LOST = "lost"


class Said(Shape):
    """One sentence in both languages."""

    zh: Words
    en: Words


class Rule(Shape):
    """What makes an incident this grave: a fact with a bound, or kinds. ``at_least`` includes the
    number (以上), ``over`` does not (超过)."""

    id: Id
    grade: Grade
    says: Said
    fact: Annotated[Fact | None, Loose] = None
    at_least: Annotated[int, Field(ge=1)] | None = None
    over: Annotated[int, Field(ge=0)] | None = None
    kinds: Annotated[tuple[Annotated[Kind, Loose], ...], Field(strict=False, max_length=14)] = ()


class Otherwise(Shape):
    """The grade of what fits no rule."""

    id: Id
    grade: Grade
    says: Said


class Route(Shape):
    """Who is told of an incident of this grade, how, and how soon after it was reported. Empty:
    the sources leave it open, and so far the insurer has too."""

    grade: Grade
    to: Annotated[tuple[Phrase, ...], Field(strict=False, max_length=10)] = ()
    within_minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None
    way: Annotated[str, Field(max_length=100)] = ""
    examples: Said | None = None


class Routes(Shape):
    """How is reported."""

    sentence: Said
    by_grade: Annotated[tuple[Route, ...], Field(strict=False, max_length=4)]


class Group(Shape):
    """People who come together. ``people`` make a group visit, ``major`` a major complaint; fewer
    than ``fewer_in_a_room`` problem customers sit in one room, in ``groups`` rooms at least."""

    people: Count
    fewer_in_a_room: Annotated[int, Field(ge=2, le=100)]
    groups: Count
    delegates: Count
    major: Count


class Scenario(Shape):
    """One scenario with what to do and what to avoid, in order."""

    id: Annotated[Kind, Loose]
    title: Said
    kept: Annotated[Kept, Loose]
    note: Said | None = None
    do: Annotated[tuple[Said, ...], Field(strict=False, max_length=30)] = ()
    avoid: Annotated[tuple[Said, ...], Field(strict=False, max_length=30)] = ()


class DrillCase(Shape):
    """A case to be rehearsed."""

    id: Id
    title: Said
    situation: Said
    difficulty: Said
    note: Said | None = None
    steps: Annotated[tuple[Said, ...], Field(strict=False, min_length=1, max_length=12)]


class Emergencies(Shape):
    """The whole file."""

    id: Id
    version: Annotated[int, Field(ge=1, le=10_000)]
    title: Said
    source: Note
    grades: Annotated[tuple[Rule, ...], Field(strict=False, min_length=1, max_length=60)]
    otherwise: Otherwise
    routes: Routes
    mechanism: Annotated[tuple[Said, ...], Field(strict=False, min_length=1, max_length=12)]
    group: Group
    police: Said
    scenarios: Annotated[tuple[Scenario, ...], Field(strict=False, max_length=14)]
    drills: Annotated[tuple[DrillCase, ...], Field(strict=False, max_length=40)] = ()

    def scenario(self, kind: Kind) -> Scenario:
        """The scenario of a kind; every kind has one (``cases.emergencies.reader``)."""
        return next(one for one in self.scenarios if one.id is kind)

    def route(self, grade: int) -> Route:
        """How an incident of this grade is reported."""
        return next(one for one in self.routes.by_grade if one.grade == grade)
