"""The rules that the plan follows, as plain data; rulebooks (规则手册) become them above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from scheduler.cooling_off import Start
from scheduler.hours import CallingHours
from scripts.facts import Channel, ProductType
from scripts.outcomes import Outcome
from scripts.rulebooks import FirstCallFrom

#: After these nobody's telephone has rung, so no gap is kept before the next call.
NEVER_RANG = frozenset({Outcome.FAILED, Outcome.CANCELED})


@dataclass(frozen=True, slots=True)
class Retry:
    """Ring again ``delay`` after an attempt ended so, at most ``times`` times after that."""

    delay: timedelta
    times: int


def _minutes(count: int, times: int) -> Retry:
    return Retry(timedelta(minutes=count), times)


#: One simple rule per outcome; an outcome that is not here ends the calling, and a case or a
#: person takes over (the line was empty, the customer refused, complained, was handed over …).
DEFAULT_RETRIES: Mapping[Outcome, Retry] = {
    Outcome.BUSY: _minutes(30, 4),
    Outcome.NO_ANSWER: _minutes(120, 4),
    Outcome.SWITCHED_OFF: _minutes(240, 4),
    Outcome.UNREACHABLE: _minutes(120, 4),
    Outcome.VOICEMAIL: _minutes(240, 3),
    Outcome.HUNG_UP: _minutes(120, 1),
    Outcome.SILENT: _minutes(120, 1),
    Outcome.NOT_HOLDER: _minutes(240, 3),
    Outcome.CALLBACK: _minutes(120, 4),
    Outcome.FAILED: _minutes(30, 3),
    Outcome.CANCELED: _minutes(10, 3),
    Outcome.ERROR: _minutes(10, 3),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that the plan depends on besides the policies and the clock.

    ``max_per_day`` calls to one number, whatever the policy (domain.md 2.9: two); ``max_attempts``
    for one policy in all; ``gap`` is the least time between two calls to one number, by which the
    calls that still fit before a deadline are counted as well. The first call comes
    ``first_call_after`` days after ``first_call_from`` (domain.md C-01, T-02 to T-04).
    ``default_days`` are the days of the cooling-off period by channel and product type.
    """

    hours: CallingHours = field(default_factory=CallingHours)
    cooling_off_start: Start = Start.NEXT_DAY
    default_days: Mapping[tuple[Channel, ProductType], int] = field(default_factory=dict)
    max_per_day: int = 2
    max_attempts: int = 5
    first_call_from: FirstCallFrom = FirstCallFrom.RECEIPT_RETURNED
    first_call_after: int = 1
    retries: Mapping[Outcome, Retry] = field(default_factory=lambda: DEFAULT_RETRIES)
    gap: timedelta = timedelta(minutes=30)
