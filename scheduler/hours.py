"""Calling hours (可拨打时段): several spans a day, by kind of day, and never the night. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.workdays import workday

SHANGHAI = ZoneInfo("Asia/Shanghai")

#: No call before 9 and none from 21 on, whatever the settings say (保监发〔2013〕40号 第25条 for
#: sales calls; taken as the cap for service calls too: domain.md 2.9).
EARLIEST = time(9)
LATEST = time(21)

_LOOK_AHEAD = 62  # days: longer than any holiday


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` (included) to ``end`` (excluded), local time of day."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a calling span must end after it starts: {self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class CallingHours:
    """The spans of a working day, a day off and a public holiday (often none), and exceptions.

    ``overlay`` holds an insurer's own working days and days off as (day, working).
    """

    working_day: tuple[Span, ...] = (Span(time(9), time(12)), Span(time(13, 30), time(20)))
    day_off: tuple[Span, ...] = (Span(time(9, 30), time(12)), Span(time(14), time(18)))
    holiday: tuple[Span, ...] = ()
    zone: ZoneInfo = SHANGHAI
    overlay: tuple[tuple[date, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A span on a certain day, as aware datetimes; ``end`` is excluded."""

    start: datetime
    end: datetime


@lru_cache(maxsize=8192)
def windows(day: date, hours: CallingHours) -> tuple[Window, ...]:
    """The calling windows of one day, in order, cut to 9-21."""
    out = []
    for span in sorted(_spans(day, hours), key=lambda span: span.start):
        start, end = max(span.start, EARLIEST), min(span.end, LATEST)
        if start < end:
            out.append(Window(_at(day, start, hours), _at(day, end, hours)))
    return tuple(out)


def _spans(day: date, hours: CallingHours) -> tuple[Span, ...]:
    kind = workday(day, dict(hours.overlay))
    if kind.working:
        return hours.working_day
    return hours.holiday if kind.holiday else hours.day_off


def _at(day: date, clock: time, hours: CallingHours) -> datetime:
    return datetime.combine(day, clock, tzinfo=hours.zone)


def is_open(at: datetime, hours: CallingHours) -> bool:
    """Whether one may ring at this moment."""
    local = at.astimezone(hours.zone)
    return any(window.start <= local < window.end for window in windows(local.date(), hours))


def next_opening(at: datetime, hours: CallingHours) -> datetime | None:
    """The first moment from ``at`` on when one may ring; ``at`` itself if the hours are open.

    None when the next two months have no calling hours at all.
    """
    local = at.astimezone(hours.zone)
    for day in _days(local.date(), local.date() + timedelta(days=_LOOK_AHEAD)):
        for window in windows(day, hours):
            if local < window.end:
                return max(local, window.start)
    return None


def last_opening(before: datetime, hours: CallingHours) -> datetime | None:
    """When the last calling window that begins before a moment begins.

    None when the two months before it have no calling hours at all.
    """
    local = before.astimezone(hours.zone)
    for offset in range(_LOOK_AHEAD):
        for window in reversed(windows(local.date() - timedelta(days=offset), hours)):
            if window.start < local:
                return window.start
    return None


def slots(
    start: datetime, end: datetime, hours: CallingHours, gap: timedelta, per_day: int, used: int = 0
) -> int:
    """How many more calls fit between two moments: inside the hours, ``gap`` apart, ``per_day`` at
    most. ``used`` calls of the first day are gone already."""
    local, last = start.astimezone(hours.zone), end.astimezone(hours.zone)
    total = 0
    for day in _days(local.date(), last.date()):
        left = per_day - (used if day == local.date() else 0)
        total += max(0, min(left, _fitting(day, local, last, hours, gap)))
    return total


def _fitting(day: date, start: datetime, end: datetime, hours: CallingHours, gap: timedelta) -> int:
    count, free = 0, start
    for window in windows(day, hours):
        moment, stop = max(free, window.start), min(window.end, end)
        if moment < stop:
            more = -((moment - stop) // gap)  # rounded up: the window's start is a slot itself
            count += more
            free = moment + more * gap
    return count


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
