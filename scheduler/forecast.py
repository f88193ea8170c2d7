"""Which policies cannot make it, why, and what else can still be done: read off several simulations
of the days to come. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from scheduler.may_dial import Held
from scheduler.opening import Opening, opening
from scheduler.order import Order
from scheduler.outcome import Outcome, Subject
from scheduler.rates import Rates
from scheduler.reasons import Why
from scheduler.rules import Rules
from scheduler.simulation import run
from scripts.rulebooks import OtherWay, Way

#: Runs of one forecast: as many as make about so many simulated policies, within these limits.
#: Twenty runs know a chance to a tenth or so; two of a large book know it by what policies alike
#: come to.
_POLICIES, _FEWEST, _MOST = 300_000, 2, 20
#: So many runs is what policies alike weigh against a policy's own.
_ALIKE = 2.0
#: A simulation looks so far ahead at most; cooling-off periods are shorter.
LONGEST = timedelta(days=62)
#: Reasons for which a policy has no number that may be rung.
_NO_NUMBER = frozenset({Why.NO_NUMBER, Why.DO_NOT_CALL})

#: Told after each run how many of all are done.
Progress = Callable[[int, int], None]


class Short(StrEnum):
    """What is short for a policy at risk. Stable: programs read it."""

    LINES = "too-few-lines"  # with lines enough its chance would be fine
    SLOTS = "too-few-slots"  # too few calls fit before its deadline
    HARD = "hard-to-reach"  # tried already, and the calls that fit will probably not do
    NUMBER = "no-number"  # none that may be rung


@dataclass(frozen=True, slots=True)
class Risk:
    """A policy that will probably not be revisited in time. ``way`` is the other way proposed, to
    be begun by ``start_by``; None where none is in time any more."""

    id: int
    number: str
    deadline: datetime
    chance: float
    why: Short
    way: Way | None
    start_by: date | None


@dataclass(frozen=True, slots=True)
class DayLoad:
    """A day to come: the calls that would be made were lines unlimited, those that are made and
    those that all lines can make, and the periods that end on it. ``waiting``: policies that could
    have been rung at its end, had a line been free. Means over the runs."""

    day: date
    wanted: float
    made: float
    possible: float
    waiting: float
    deadlines: int


@dataclass(frozen=True, slots=True)
class Expected:
    """A forecast. ``open`` policies are those that are still to be revisited by head office in
    their period; ``expected`` of them will probably be, ``best`` with unlimited lines.
    ``line_hours``: how long calls hold lines, in all. ``measured``: calls behind the rates."""

    open: int
    expected: float
    best: float
    line_hours: float
    risks: tuple[Risk, ...]
    days: tuple[DayLoad, ...]
    lines: int
    runs: int
    measured: int


def forecast(
    policies: Sequence[Subject],
    now: datetime,
    rules: Rules,
    lines: int,
    rates: Rates,
    *,
    other_ways: Sequence[OtherWay],
    at_risk_below: float,
    order: Order = Order.SLOTS,
    progress: Progress = lambda done, whole: None,
) -> Expected:
    """What so many lines will come to, as far as the periods of these policies reach."""
    opened = opening(policies, now, rules, order)
    until = horizon(opened)
    count = runs_for(len(policies))
    outcomes: list[Outcome] = []
    for seed in range(count):
        outcomes.append(run(opened, until, lines, rates, seed))
        progress(seed + 1, count + 1)
    unlimited = run(opened, until, None, rates)
    progress(count + 1, count + 1)
    wanted = _open(opened)
    chances = _chances(opened, outcomes, wanted)
    low = [index for index in wanted if chances[index] < at_risk_below]
    better = _with_lines(opened, low, until, rates, count)
    today = opened.start.date()
    return Expected(
        open=len(wanted),
        expected=sum(one.in_time for one in outcomes) / count,
        best=float(unlimited.in_time),
        line_hours=sum(one.line_hours for one in outcomes) / count,
        risks=tuple(
            _risk(opened, index, chances[index], better, at_risk_below, other_ways, today)
            for index in low
        ),
        days=_days(outcomes, unlimited, rates),
        lines=lines,
        runs=count,
        measured=rates.measured,
    )


def runs_for(policies: int) -> int:
    """How many runs a forecast of so many policies takes."""
    return max(_FEWEST, min(_MOST, _POLICIES // max(1, policies)))


def horizon(opened: Opening) -> datetime:
    """When the last period ends, and the late calls that follow it."""
    late = timedelta(days=opened.rules.after_period)
    ends = [end + late for end in opened.ends if end is not None]
    return min(opened.start + LONGEST, max([opened.start, *ends]))


def _open(opened: Opening) -> list[int]:
    """The policies that head office still has to revisit in their period, in a call or not."""
    return [
        index
        for index, (decision, end) in enumerate(zip(opened.decisions, opened.ends, strict=True))
        if end is not None
        and opened.start <= end
        and (not isinstance(decision, Held) or _still_to_do(decision))
    ]


def _still_to_do(held: Held) -> bool:
    """Not one that somebody else takes care of, or that waits for data."""
    codes = {reason.code for reason in held.reasons}
    return held.at is not None or held.deadline is not None or codes <= _NO_NUMBER


def _chances(
    opened: Opening, outcomes: Sequence[Outcome], wanted: Sequence[int]
) -> dict[int, float]:
    """The share of the runs in which each policy was revisited in time, drawn towards that of the
    policies like it: few runs tell little of a single policy."""
    made = {index: sum(one.fates[index].in_time for one in outcomes) for index in wanted}
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index in wanted:
        alike[_likeness(opened, index)].append(index)
    runs, found = len(outcomes), {}
    for those in alike.values():
        mean = sum(made[index] for index in those) / (runs * len(those))
        for index in those:
            found[index] = (made[index] + _ALIKE * mean) / (runs + _ALIKE)
    return found


def _likeness(opened: Opening, index: int) -> tuple[int, ...]:
    """Policies with as many tries, days left and numbers, that may be rung or not, are alike."""
    facts, end = opened.subjects[index].facts, opened.ends[index]
    decision = opened.decisions[index]
    assert end is not None  # only those with a period are compared
    days = (end.date() - opened.start.date()).days
    never = isinstance(decision, Held) and decision.rank is None
    return len(facts.tried), days, len(facts.phones), int(never)


def _with_lines(
    opened: Opening, low: Sequence[int], until: datetime, rates: Rates, runs: int
) -> Mapping[int, float]:
    """The chances of policies at risk if lines were not limited, by their ids."""
    if not low:
        return {}
    those = [opened.subjects[index] for index in low]
    alone = opening(those, opened.start, opened.rules, opened.order)
    outcomes = [run(alone, until, None, rates, seed) for seed in range(runs)]
    chances = _chances(alone, outcomes, range(len(those)))
    return {those[index].facts.id: chance for index, chance in chances.items()}


def _risk(
    opened: Opening,
    index: int,
    chance: float,
    better: Mapping[int, float],
    below: float,
    other_ways: Sequence[OtherWay],
    today: date,
) -> Risk:
    facts, end = opened.subjects[index].facts, opened.ends[index]
    assert end is not None  # see _open
    way, start_by = _other_way(other_ways, end.date(), today)
    return Risk(
        id=facts.id,
        number=facts.number,
        deadline=end,
        chance=chance,
        why=_short(opened, index, better[facts.id], below),
        way=way,
        start_by=start_by,
    )


def _other_way(
    other_ways: Sequence[OtherWay], ends_on: date, today: date
) -> tuple[Way | None, date | None]:
    """The first way that still has time before the deadline, and the last day to begin it."""
    for one in other_ways:
        start_by = ends_on - timedelta(days=one.needs_days)
        if start_by >= today:
            return one.way, start_by
    return None, None


def _short(opened: Opening, index: int, with_lines: float, below: float) -> Short:
    """Fewer calls than the rulebook would still make fit before the deadline, or they would not
    do."""
    decision, tried = opened.decisions[index], opened.subjects[index].facts.tried
    if decision is not None and {one.code for one in decision.reasons} & _NO_NUMBER:
        return Short.NUMBER
    if with_lines >= below:
        return Short.LINES
    left = opened.rules.per_revisit - sum(one.rang for one in tried)
    few = decision is not None and decision.slots_left < left
    return Short.SLOTS if few else Short.HARD


def _days(outcomes: Sequence[Outcome], unlimited: Outcome, rates: Rates) -> tuple[DayLoad, ...]:
    """The load of every day, as a mean over the runs."""
    runs = len(outcomes)
    found = []
    for number, free in enumerate(unlimited.days):
        days = [one.days[number] for one in outcomes]
        calls = sum(day.calls for day in days)
        seconds = sum(day.used_s for day in days) / calls if calls else rates.mean_seconds
        found.append(
            DayLoad(
                day=free.day,
                wanted=float(free.calls),
                made=calls / runs,
                possible=(days[0].available_s or 0) / max(1.0, seconds),
                waiting=sum(day.waiting for day in days) / runs,
                deadlines=free.deadlines,
            )
        )
    return tuple(found)
