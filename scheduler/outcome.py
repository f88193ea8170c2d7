"""What a simulation is about and what it comes to: policies going in; the fate of each, and the
load of each day, coming out. Plain data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.facts import PolicyFacts


@dataclass(frozen=True, slots=True)
class Subject:
    """A policy as it stands, and the key of its holder across policies (scheduler.persons)."""

    facts: PolicyFacts
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A policy that is imported at a moment to come."""

    at: datetime
    subject: Subject


#: Told of every simulated call: the facts it was decided on, when, and on which number.
Watch = Callable[[PolicyFacts, datetime, str], None]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one policy. ``period_ends`` is the end of its cooling-off period, None without
    a signed receipt. ``calls`` are those of the simulation."""

    id: int
    number: str
    period_ends: datetime | None
    revisited_at: datetime | None = None
    calls: int = 0
    first_call_at: datetime | None = None
    last_call_at: datetime | None = None

    @property
    def in_time(self) -> bool:
        """Whether it was revisited within the cooling-off period."""
        done, ends = self.revisited_at, self.period_ends
        return done is not None and ends is not None and done <= ends


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a simulation. ``used_s`` are the seconds that its calls held lines,
    ``available_s`` those that all lines together have in its calling hours; None when lines are not
    limited. ``waiting``: policies within their period that could have been rung at its end, had a
    line been free. ``deadlines``: periods that end on it."""

    day: date
    calls: int
    used_s: float
    available_s: float | None
    waiting: int
    deadlines: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A simulation's end. ``fates`` stand in the order of the policies that went in."""

    lines: int | None
    fates: tuple[Fate, ...]
    days: tuple[Day, ...]

    @property
    def in_time(self) -> int:
        """Policies revisited within their period."""
        return sum(fate.in_time for fate in self.fates)

    @property
    def calls(self) -> int:
        """Calls made."""
        return sum(day.calls for day in self.days)

    @property
    def line_hours(self) -> float:
        """Hours that the calls held lines."""
        return sum(day.used_s for day in self.days) / 3600
