"""The rules that the plan follows, as plain data; rulebooks (规则手册) become them above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from scheduler.cooling_off import Start
from scheduler.hours import CallingHours
from scripts.facts import Channel
from scripts.outcomes import Outcome


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

    ``max_per_day`` calls to a policy's holder (domain.md 2.9: two); ``max_attempts`` in all;
    ``first_call_after`` days from the receipt's return, or from its signature where the return is
    unknown (domain.md T-02: 1, T-03: 0); ``slot`` is the least time between two calls, by which
    the calls that still fit before a deadline are counted.
    """

    hours: CallingHours = field(default_factory=CallingHours)
    cooling_off_start: Start = Start.NEXT_DAY
    default_days: Mapping[Channel, int] = field(default_factory=dict)
    max_per_day: int = 2
    max_attempts: int = 5
    first_call_after: int = 1
    retries: Mapping[Outcome, Retry] = field(default_factory=lambda: DEFAULT_RETRIES)
    slot: timedelta = timedelta(minutes=30)
