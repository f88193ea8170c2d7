"""Key figures (指标) as a rulebook defines them: what one policy and one case count as, and what a
KPI makes of the counts. Pure: whoever asks brings the policies and the day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from cases.estimates import FEW, Share, share
from scripts.rulebooks import Countable, Kpi, PeriodFrom, Rulebook, Way, in_period

#: Counted beside the KPIs: may still be revisited in its period.
RUNNING: Final = "running"
#: Everything that is counted, in the order in which it is kept.
COUNTED: Final = (*(one.value for one in Countable), RUNNING)
#: Ways on which the holder signs.
_ON_PAPER = frozenset({Way.LETTER, Way.VISIT})

#: How many policies or cases count as what; what is missing is 0.
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Revisited:
    """The first revisit of a policy that came to its end with the holder. ``way`` is None for head
    office's own call; ``signed`` is known on paper only."""

    on: date
    way: Way | None = None
    class_name: str | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """A policy that must be revisited. ``period_ends_on`` is the last cooling-off day, None without
    a receipt; ``ended`` means that the contract has ended, such as by surrender (退保); ``open``
    that somebody still works on its revisit."""

    issued_on: date
    receipt_on: date | None
    period_ends_on: date | None
    ended: bool
    open: bool
    done: Revisited | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """A case that was issued (下发)."""

    due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A KPI over some counts. ``of`` and ``share`` are None for a mere number; ``points`` by its
    scale, None without one or while there is nothing to divide by; ``few`` warns that so few were
    counted that the interval says more than the rate."""

    kpi: Kpi
    count: int
    of: int | None
    share: Share | None
    points: float | None
    few: bool


@dataclass(frozen=True, slots=True)
class Warned:
    """One seller against the rulebook's threshold. ``certain``: the whole interval lies beyond it;
    else only the rate does, which may be chance."""

    share: Share
    certain: bool


def of_policy(book: Rulebook, policy: Issued, today: date) -> Iterator[str]:
    """What a policy counts as. Whatever is a part of something else counts as both: success is
    always a part of completed, and completed of due."""
    yield Countable.DUE
    valid = _valid(policy, today)
    if valid:
        yield Countable.VALID_DUE
    if policy.done is None:
        if policy.open and not policy.ended and _may_be_in_time(book, policy, today):
            yield RUNNING
        elif not policy.open:
            yield Countable.UNSUCCESSFUL
        return
    yield Countable.COMPLETED
    yield from _by_way(policy.done)
    in_time = _in_time(book, policy, policy.done.on)
    if valid and in_time:
        yield Countable.FIRST_DONE_IN_PERIOD
    yield from _success(book, policy.done, in_time)


def of_case(case: Handled) -> Iterator[str]:
    """What a case counts as. One without a time limit is always closed in time."""
    yield Countable.CASES_ISSUED
    if case.closed_at is not None:
        yield Countable.CASES_CLOSED
        if case.due_at is None or case.closed_at <= case.due_at:
            yield Countable.CASES_CLOSED_IN_TIME


def figures(book: Rulebook, counts: Counts) -> list[Figure]:
    """Every KPI of the rulebook over these counts."""
    return [figure(kpi, counts) for kpi in book.kpis]


def figure(kpi: Kpi, counts: Counts) -> Figure:
    """One KPI."""
    count = counts.get(kpi.counts, 0)
    if kpi.of is None:
        return Figure(kpi, count, None, None, None, few=False)
    of = counts.get(kpi.of, 0)
    found = share(min(count, of), of)
    return Figure(kpi, count, of, found, _points(kpi, found), few=of < FEW)


def warned(book: Rulebook, counts: Counts) -> Warned | None:
    """Whether a seller with these counts is to be warned; None when not, or when too little is
    counted. A policy that may still be revisited in time speaks against nobody."""
    rule = book.seller_warning
    if rule is None:
        return None
    kpi = next(one for one in book.kpis if one.id == rule.kpi_id)
    count, of = counts.get(kpi.counts, 0), counts.get(kpi.of or "", 0)
    if rule.under is not None and kpi.of in (Countable.DUE, Countable.VALID_DUE):
        of = max(count, of - counts.get(RUNNING, 0))
    found = share(min(count, of), of)
    if of < rule.policies or found.rate is None:
        return None
    if rule.over is not None and found.rate > rule.over / 100:
        return Warned(found, found.low > rule.over / 100)
    if rule.under is not None and found.rate < rule.under / 100:
        return Warned(found, found.high < rule.under / 100)
    return None


def together(parts: Iterable[Counts]) -> Counts:
    """The sum of several counts."""
    whole: Counter[str] = Counter()
    for part in parts:
        whole.update(part)
    return whole


def _valid(policy: Issued, today: date) -> bool:
    """A receipt whose day can be, and a contract that has not ended (domain.md 2.13)."""
    receipt = policy.receipt_on
    return receipt is not None and policy.issued_on <= receipt <= today and not policy.ended


def _in_time(book: Rulebook, policy: Issued, on: date) -> bool:
    """Whether a day lies in the period. Without a receipt the period has not begun, unless it is
    counted from issue."""
    if policy.period_ends_on is None and book.in_period.counts_from is not PeriodFrom.ISSUE:
        return False
    return in_period(book, on, policy.issued_on, policy.period_ends_on or policy.issued_on)


def _may_be_in_time(book: Rulebook, policy: Issued, today: date) -> bool:
    not_begun = policy.period_ends_on is None
    if not_begun and book.in_period.counts_from is not PeriodFrom.ISSUE:
        return True
    return _in_time(book, policy, today)


def _by_way(done: Revisited) -> Iterator[str]:
    if done.way is Way.VISIT:
        yield Countable.VISITS
    elif done.way is Way.LETTER:
        yield Countable.LETTERS


def _success(book: Rulebook, done: Revisited, in_time: bool) -> Iterator[str]:
    """Clean, a problem, or neither; and whether the rulebook calls it a success."""
    classes = {one.name: one.id for one in book.classes}
    class_id = classes.get(done.class_name or "", book.clean_class)
    problem = class_id in book.problem_classes
    if problem:
        yield Countable.PROBLEMS
    elif class_id == book.clean_class:
        yield Countable.CLEAN
    on_paper = done.way in _ON_PAPER
    unsigned = on_paper and book.success.signed_on_paper and not done.signed
    if unsigned or (problem and not book.success.with_problem):
        return
    yield Countable.SUCCESS
    if in_time:
        yield Countable.SUCCESS_IN_PERIOD
    if not on_paper:
        yield Countable.PHONE_SUCCESS
        if in_time:
            yield Countable.PHONE_SUCCESS_IN_PERIOD


def _points(kpi: Kpi, found: Share) -> float | None:
    if not kpi.scale or found.rate is None:
        return None
    percent = found.rate * 100
    return next((step.points for step in kpi.scale if percent >= step.at_least), 0.0)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def months_back(day: date, count: int) -> list[date]:
    """The first days of so many months, this one the last."""
    found = [day.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]
