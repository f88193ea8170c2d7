"""The three clocks of a complaint, shown together: what the company promises, what the law gives,
and what it gives for misselling; and beside them those of one that somebody has passed on. Pure:
working days and the time of day are handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from cases.complaint_terms import Limit, Terms
from cases.deadlines import AddWorkingDays


class Clock(StrEnum):
    """Which clock."""

    PROMISE = "promise"  # 首次联系: the company's own word
    LAW = "law"  # 2020年第3号 第18条
    MISSELLING = "misselling"  # 2010年第4号 第18条
    FORWARD = "forward"  # 2020年第3号 第33条: the regulator's own days to pass it on
    SENDER = "sender"  # the day by which the sender's letter asks for an answer


class Hand(StrEnum):
    """How a clock stands."""

    OFF = "off"  # nothing of the kind is to be done
    RUNNING = "running"
    STOPPED = "stopped"  # appraisal or mediation: this time is not counted
    KEPT = "kept"
    LATE = "late"  # done, but after the limit


class Stopping(StrEnum):
    """What stops the law's clock."""

    APPRAISAL = "appraisal"  # 鉴定、检测、评估 (第18条)
    MEDIATION = "mediation"  # 调解 (第23条)


class Complexity(StrEnum):
    """What the limit of the law depends on (第18条)."""

    SIMPLE = "simple"
    COMPLEX = "complex"


@dataclass(frozen=True, slots=True)
class Stop:
    """A time that is not counted; ``until`` None: it lasts."""

    begin: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """What the clocks are told from. ``counted_from`` is when the complaint, or its newest facts,
    came in. ``ended_at``: it went out of our hands without an answer (withdrawn, refused,
    merged). Of one that was passed on: ``sent_on`` is when the sender had got it, ``reply_by`` the
    day by which they ask for an answer, ``replied_at`` when a decision was first told."""

    received_at: datetime
    counted_from: datetime
    complexity: Complexity = Complexity.SIMPLE
    extended: bool = False
    misselling: bool = False
    contacted_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    stops: tuple[Stop, ...] = ()
    sent_on: date | None = None
    reply_by: date | None = None
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock as it stands. ``due`` is the last moment; of a stopped clock what it would be if it
    went on now, for ``left`` does not shrink while it stands. ``limit`` None: a letter names the
    day."""

    clock: Clock
    hand: Hand
    due: datetime | None
    limit: Limit | None

    @property
    def runs_out(self) -> datetime | None:
        """The last moment of a clock that runs; None of any other."""
        return self.due if self.hand is Hand.RUNNING else None

    def left(self, now: datetime) -> timedelta | None:
        """How much time is left; negative when it has run out."""
        return self.due - now if self.due else None


def readings(
    timing: Timing, terms: Terms, add_working_days: AddWorkingDays, now: datetime
) -> tuple[Reading, Reading, Reading]:
    """The three clocks, in their order."""
    return (
        _promise(timing, terms, add_working_days),
        _law(timing, terms, add_working_days, now),
        _misselling(timing, terms, add_working_days),
    )


def passed_on(
    timing: Timing, terms: Terms, add_working_days: AddWorkingDays
) -> tuple[Reading, ...]:
    """The clocks of a complaint that somebody has passed on, as far as their days are known. The
    regulator has seven working days for it (第33条), which end when we get it; an answer is due on
    the day that the letter names, in any round and whatever stops the law."""
    found, here = list[Reading](), timing.received_at.tzinfo
    if timing.sent_on is not None:
        limit = terms.limits.forwarded
        due = end_of(datetime.combine(timing.sent_on, time(), here), limit, add_working_days)
        hand = Hand.KEPT if timing.received_at <= due else Hand.LATE
        found.append(Reading(Clock.FORWARD, hand, due, limit))
    if timing.reply_by is not None:
        due = datetime.combine(timing.reply_by, time(23, 59, 59), here)
        found.append(Reading(Clock.SENDER, _hand(due, timing.replied_at, timing), due, None))
    return tuple(found)


def end_of(start: datetime, limit: Limit, add_working_days: AddWorkingDays) -> datetime:
    """The last second of the last day; the day on which it starts is not counted."""
    last = _last_day(start.date(), limit, add_working_days)
    return datetime.combine(last, time(23, 59, 59), tzinfo=start.tzinfo)


def stopped_for(stops: Iterable[Stop], since: datetime, now: datetime) -> timedelta:
    """How long the clock stood since then. Stops that overlap are counted once."""
    total, reached = timedelta(), since
    for one in sorted(stops, key=lambda stop: stop.begin):
        begin, until = max(one.begin, reached), min(one.until or now, now)
        if until > begin:
            total, reached = total + (until - begin), until
    return total


def is_stopped(stops: Sequence[Stop]) -> bool:
    """Whether something stops the clock now."""
    return any(one.until is None for one in stops)


def next_due(found: Iterable[Reading]) -> datetime | None:
    """The earliest limit among the clocks that run."""
    return min((one.runs_out for one in found if one.runs_out), default=None)


def _last_day(first: date, limit: Limit, add_working_days: AddWorkingDays) -> date:
    if limit.working:
        return add_working_days(first, limit.days)
    return first + timedelta(days=limit.days)


def _promise(timing: Timing, terms: Terms, add: AddWorkingDays) -> Reading:
    due = end_of(timing.received_at, terms.limits.first_contact, add)
    hand = _hand(due, timing.contacted_at, timing)
    return Reading(Clock.PROMISE, hand, due, terms.limits.first_contact)


def _law(timing: Timing, terms: Terms, add: AddWorkingDays, now: datetime) -> Reading:
    limit = _law_limit(timing, terms)
    until = timing.answered_at or timing.ended_at or now
    stood = stopped_for(timing.stops, timing.counted_from, until)
    due = end_of(timing.counted_from, limit, add) + stood
    hand = _hand(due, timing.answered_at, timing)
    if hand is Hand.RUNNING and is_stopped(timing.stops):
        hand = Hand.STOPPED
    return Reading(Clock.LAW, hand, due, limit)


def _law_limit(timing: Timing, terms: Terms) -> Limit:
    """The whole limit in natural days: thirty more only once approved and told."""
    limits = terms.limits
    limit = limits.complex if timing.complexity is Complexity.COMPLEX else limits.simple
    if timing.extended:
        return limit.model_copy(update={"days": limit.days + limits.extension.days})
    return limit


def _misselling(timing: Timing, terms: Terms, add: AddWorkingDays) -> Reading:
    limit = terms.limits.misselling
    if not timing.misselling:
        return Reading(Clock.MISSELLING, Hand.OFF, None, limit)
    due = end_of(timing.counted_from, limit, add)
    return Reading(Clock.MISSELLING, _hand(due, timing.answered_at, timing), due, limit)


def _hand(due: datetime, done_at: datetime | None, timing: Timing) -> Hand:
    if done_at is not None:
        return Hand.KEPT if done_at <= due else Hand.LATE
    if timing.ended_at is not None:
        return Hand.OFF
    return Hand.RUNNING
