"""What no order of dialling can surpass: the most policies that somebody could revisit in time who
knows beforehand how everybody will answer. A bound, not a plan: many rules are left out of it.

Why it is a bound. How the n-th call to a policy goes on is settled before it is made, but for the
hour (tests.month.people): below the chance of the hour somebody answers. So calls at which nobody
would answer in any hour fail in every order, each with its own cause, and hold a line as long as
they do. The first call that could end well in some hour is the earliest that can end so in any
order. The *work* of a policy is the time of its calls up to that one; where a call could also end
otherwise, the shorter time is taken. A policy whose failing calls alone make the rules stop, or
that has no such call among those it may get at all, is revisited by no order.

Every order that revisits a set of policies does at least their work on the days between the first
on which each may be rung and the last of its period, on no more lines than there are. The
relaxation of that (parts of policies count, work may be split, the hours within a day, the gaps
between calls and the callers' shared limits do not matter) is a linear programme. The amounts of
work that fit on days form a polymatroid, for each policy has an interval of days (Hall's condition
over intervals); over one, taking policies in the order of their work, and as much of each as fits,
is optimal. What that greedy choice reaches is therefore at least what any order reaches.

A line may begin its last call of a span just before its end, so the days have that much more time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from scheduler.attempts import Stop, next_attempt
from scheduler.deadlines import first_call_at
from scheduler.facts import PolicyFacts, Tried
from scheduler.hours import windows
from scheduler.intake.records import Status
from scheduler.rates import Part, part_of
from scheduler.rules import Rules
from scheduler.workdays import workday
from scripts.facts import Channel, ProductType
from scripts.outcomes import Cause
from store.columns import LOCAL
from tests.month.people import (
    assumptions,
    draw,
    seconds_of,
)
from tests.month.policies import Made, Month

_STEP = timedelta(minutes=30)
Hour = tuple[Part, bool]


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes to revisit a policy: seconds of work between two days, both included."""

    first: int
    last: int
    work: float


@dataclass(frozen=True)
class Best:
    """The bound for one month: what each policy that can be revisited needs, and the seconds that
    one line has on each day."""

    policies: int
    needs: tuple[Need, ...]
    seconds: tuple[float, ...]

    def reached(self, lines: int) -> float:
        """The most policies that so many lines can revisit in time; a fraction is part of one."""
        cumulated = np.concatenate([[0], np.cumsum(self.seconds)]) * lines
        slack = cumulated[None, 1:] - cumulated[:-1, None]  # [first, last]: all those days together
        reached = 0.0
        for need in sorted(self.needs, key=lambda one: one.work):
            around = slack[: need.first + 1, need.last :]
            fits = min(need.work, max(0.0, float(around.min())))
            around -= fits
            reached += fits / need.work
        return reached

    def share(self, lines: int) -> float:
        """Of all policies."""
        return self.reached(lines) / self.policies

    def lines_needed(self, loss: float = 0.001) -> int:
        """The least lines with which the bound falls short of that for any number of them by no
        more than this share."""
        least, most = 1, 4096
        while least < most:
            middle = (least + most) // 2
            if self.reached(middle) >= (1 - loss) * len(self.needs):
                most = middle
            else:
                least = middle + 1
        return least


def best(month: Month, rules: Rules) -> Best:
    """The bound for these policies under these rules."""
    days = [month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)]
    hours = {day: _hours(day, rules) for day in days}
    found = (_need(one, month, rules, hours) for one in month.policies)
    needs = tuple(one for one in found if one is not None)
    return Best(len(month.policies), needs, tuple(_seconds(day, month, rules) for day in days))


def _seconds(day: date, month: Month, rules: Rules) -> float:
    spans, more = windows(day, rules.hours), month.longest.total_seconds()
    return sum((span.end - span.start).total_seconds() + more for span in spans)


def _need(
    one: Made, month: Month, rules: Rules, hours: Mapping[date, frozenset[Hour]]
) -> Need | None:
    """What it takes to revisit a policy; None where no order can."""
    first = max(one.receipt_on, first_call_at(facts_of(one), rules).astimezone(LOCAL).date())
    days = [first + timedelta(days=n) for n in range((one.ends_on - first).days + 1)]
    open_days = [day for day in days if hours.get(day)]
    if not open_days:
        return None
    most = min(rules.per_revisit, rules.per_person * len(open_days))
    kinds = frozenset[Hour]().union(*(hours[day] for day in open_days))
    work = _work(one, month, kinds, most, rules)
    if work is None:
        return None
    first, last = ((open_days[at] - month.first).days for at in (0, -1))
    return Need(first, last, work * month.slower)


def _hours(day: date, rules: Rules) -> frozenset[Hour]:
    """Every kind of hour that a day has."""
    moments = list[datetime]()
    for span in windows(day, rules.hours):
        steps = (span.end - span.start) // _STEP
        moments += [span.start + number * _STEP for number in range(steps)]
    return frozenset((part_of(one), workday(day).working) for one in moments)


def _work(one: Made, month: Month, hours: frozenset[Hour], most: int, rules: Rules) -> float | None:
    """The seconds of all calls up to the first that can end well; None where none can."""
    who, spent, failed, promised, start = one.who, 0.0, list[Cause](), False, 0
    if who.wrong:
        if not one.second or most < 2:
            return None
        first = seconds_of(Cause.WRONG_NUMBER, draw(month.seed, who, 0).seconds)
        spent, start = first, 1
    best_chance = max(who.kind.chances[hour] for hour in hours)
    for number in range(start, most):
        drawn = draw(month.seed, who, number)
        may_answer = drawn.answers < _chance(best_chance, promised)
        if may_answer and drawn.if_answered is Cause.COMPLETED:
            return spent + seconds_of(Cause.COMPLETED, drawn.seconds)
        ends = [drawn.if_not, *([drawn.if_answered] if may_answer else [])]
        spent += min(seconds_of(cause, drawn.seconds) for cause in ends)
        promised = may_answer and drawn.if_answered is Cause.CALLBACK
        failed += [drawn.if_not] if not may_answer else []
        if not promised and failed and _stops(failed, rules):
            return None
    return None


def _chance(best: float, promised: bool) -> float:
    return max(best, float(assumptions()["promise-kept"])) if promised else best


def _stops(causes: Sequence[Cause], rules: Rules) -> bool:
    """Whether the rules end the calling after calls that ended so; others in between only make it
    end sooner."""
    moment = datetime(2026, 1, 1, tzinfo=LOCAL)
    tried = [Tried(cause, moment, "+8613900000000") for cause in causes]
    return isinstance(next_attempt(tried, ["+8613900000000"], rules), Stop)


def facts_of(one: Made) -> PolicyFacts:
    """What the first day of calling rests on."""
    return PolicyFacts(
        id=one.id,
        number=str(one.id),
        status=Status.ACCEPT,
        channel=Channel(one.channel),
        product_type=ProductType.TRADITIONAL,
        receipt_signed_on=one.signed_on,
        receipt_returned_on=one.returned_on,
        issued_on=one.issued_on,
        cooling_off_days=one.days,
    )
