"""The rules that the plan follows, as plain data; rulebooks (规则手册) become them above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from scheduler.cooling_off import Start, Starts
from scheduler.hours import CallingHours
from scripts.facts import Channel, ProductType
from scripts.outcomes import Cause, Outcome
from scripts.rulebooks import FirstCallFrom, Way

__all__ = ["DEAD", "DEFAULT_RETRIES", "NEVER_RANG", "Retry", "Rules", "Way"]

#: After these nobody's telephone has rung: they use up no call of a day and need no gap.
NEVER_RANG = frozenset({Outcome.FAILED, Outcome.CANCELED, Outcome.EMPTY_NUMBER, Outcome.SUSPENDED})
#: The same as causes.
SILENT = frozenset(Cause(outcome.value) for outcome in NEVER_RANG)
#: A number that ended so does not exist, or not for this person: it is never rung again.
DEAD = frozenset({Cause.EMPTY_NUMBER, Cause.WRONG_NUMBER})


@dataclass(frozen=True, slots=True)
class Retry:
    """What follows an attempt that ended so: another call ``delay`` later, at most ``times`` times;
    then, or at once where ``times`` is 0, calling stops and the branch goes on by ``then`` (None:
    nobody does, for a case or nothing at all follows). ``other_number``: the number rung next is
    another one of the policy, while it has one that is not dead."""

    delay: timedelta
    times: int
    other_number: bool = False
    then: Way | None = None


def _minutes(count: int, times: int, then: Way | None = Way.BRANCH_CALL) -> Retry:
    return Retry(timedelta(minutes=count), times, then=then)


_OTHER_NUMBER = Retry(timedelta(minutes=10), 3, other_number=True, then=Way.BRANCH_CALL)

#: One simple rule per cause; a cause that is not here ends the calling, and a case or a person
#: takes over (the customer complained, was handed over …).
DEFAULT_RETRIES: Mapping[Cause, Retry] = {
    Cause.BUSY: _minutes(30, 4),
    Cause.NO_ANSWER: _minutes(120, 4),
    Cause.SWITCHED_OFF: _minutes(240, 4),
    Cause.UNREACHABLE: _minutes(120, 4),
    Cause.SUSPENDED: _OTHER_NUMBER,
    Cause.EMPTY_NUMBER: _OTHER_NUMBER,
    Cause.WRONG_NUMBER: _OTHER_NUMBER,
    Cause.VOICEMAIL: _minutes(240, 3),
    Cause.HUNG_UP_EARLY: _minutes(240, 2),
    Cause.HUNG_UP: _minutes(120, 1),
    Cause.SILENT: _minutes(120, 1),
    Cause.NOT_HOLDER: _minutes(240, 3),
    Cause.CALLBACK: _minutes(120, 4),
    Cause.REFUSED: _minutes(0, 0, Way.LETTER),
    Cause.LANGUAGE: _minutes(0, 0, Way.VISIT),
    Cause.FAILED: _minutes(30, 3),
    Cause.CANCELED: _minutes(10, 3),
    Cause.ERROR: _minutes(10, 3),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that the plan depends on besides the policies and the clock.

    - ``per_person`` calls a day to one person, whatever the policy and the number (domain.md 2.9:
      two), ``per_number`` to one number, whoever is rung there (3.2: five), ``per_revisit`` to one
      policy in all. ``gap`` is the least time between two calls to one number or person, by which
      the calls that still fit before a deadline are counted as well.
    - The first call comes ``first_call_after`` days after ``first_call_from`` (C-01, T-02 to T-04)
      and should come by day ``first_call_by`` after it.
    - ``default_days`` are the days of the cooling-off period by channel and product type, and
      ``cooling_off_start`` its first day, likewise or for all. ``whole_within`` natural days after
      ``whole_from`` the whole revisit should be done (T-03). ``after_period`` days after the period
      a policy that was not reached in it is still rung, as late.
    - ``risk_slots``: customers at risk (domain.md 2.4) are taken as if they had so many calls fewer
      left. ``case_places`` is the number of places of the rulebook's processing order (1.10.1).
    """

    hours: CallingHours = field(default_factory=CallingHours)
    cooling_off_start: Starts = Start.NEXT_DAY
    default_days: Mapping[tuple[Channel, ProductType], int] = field(default_factory=dict)
    per_person: int = 2
    per_number: int = 5
    per_revisit: int = 5
    first_call_from: FirstCallFrom = FirstCallFrom.RECEIPT_RETURNED
    first_call_after: int = 1
    first_call_by: int | None = None
    whole_within: int | None = None
    whole_from: FirstCallFrom = FirstCallFrom.RECEIPT_RETURNED
    after_period: int = 0
    retries: Mapping[Cause, Retry] = field(default_factory=lambda: DEFAULT_RETRIES)
    gap: timedelta = timedelta(minutes=30)
    risk_slots: int = 2
    case_places: int = 0
    # What scheduler.deadlines has computed: thousands of policies share their dates.
    computed: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
