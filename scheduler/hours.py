"""Calling hours (可拨打时段): several spans a day, by kind of day and weekday, and never the night.
Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.workdays import NO_DAYS, OwnDays, workday

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


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CallingHours:
    """The spans of a working day, a day off and a public holiday (often none).

    ``weekdays`` holds spans of single weekdays (0 is Monday) in place of those of their ordinary
    kind: a Saturday that is worked to make up for a holiday keeps the spans of a working day.
    ``own`` are an insurer's own days (调休, 停拨), some with spans of their own; they win.
    """

    working_day: Spans = (Span(time(9), time(12)), Span(time(13, 30), time(20)))
    day_off: Spans = (Span(time(9, 30), time(12)), Span(time(14), time(18)))
    holiday: Spans = ()
    weekdays: tuple[tuple[int, Spans], ...] = ()
    zone: ZoneInfo = SHANGHAI
    own: OwnDays = NO_DAYS
    # What was computed once: the hours themselves never change.
    _windows: dict[date, "tuple[Window, ...]"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _calls: "dict[tuple[date, timedelta], int]" = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _sums: "dict[tuple[date, timedelta, int], list[int]]" = field(
        default_factory=dict, init=False, repr=False, compare=False
    )


@dataclass(frozen=True, slots=True)
class Window:
    """A span on a certain day, as aware datetimes; ``end`` is excluded."""

    start: datetime
    end: datetime


def windows(day: date, hours: CallingHours) -> tuple[Window, ...]:
    """The calling windows of one day, in order, cut to 9-21."""
    found = hours._windows.get(day)
    if found is None:
        found = hours._windows[day] = tuple(_windows_of(day, hours))
    return found


def _windows_of(day: date, hours: CallingHours) -> Iterator[Window]:
    for span in sorted(_spans(day, hours), key=lambda span: span.start):
        start, end = max(span.start, EARLIEST), min(span.end, LATEST)
        if start < end:
            yield Window(_at(day, start, hours), _at(day, end, hours))


def _spans(day: date, hours: CallingHours) -> Spans:
    own = hours.own.spans(day)
    if own is not None:
        return tuple(Span(start, end) for start, end in own)
    kind = workday(day, hours.own)
    if kind.holiday and not kind.working:
        return hours.holiday
    ordinary = kind.working is (day.weekday() < 5)
    weekday = dict(hours.weekdays).get(day.weekday()) if ordinary else None
    if weekday is not None:
        return weekday
    return hours.working_day if kind.working else hours.day_off


def _at(day: date, clock: time, hours: CallingHours) -> datetime:
    return datetime.combine(day, clock, tzinfo=hours.zone)


def is_open(at: datetime, hours: CallingHours) -> bool:
    """Whether one may ring at this moment."""
    local = at.astimezone(hours.zone)
    return any(window.start <= local < window.end for window in windows(local.date(), hours))


def is_night(at: datetime, hours: CallingHours) -> bool:
    """Whether nobody may be rung at this moment, whatever was agreed."""
    return not EARLIEST <= at.astimezone(hours.zone).time() < LATEST


def next_opening(at: datetime, hours: CallingHours) -> datetime | None:
    """The first moment from ``at`` on when one may ring; ``at`` itself if the hours are open.

    None when the next two months have no calling hours at all.
    """
    local = at.astimezone(hours.zone)
    today = local.date()
    for window in windows(today, hours):  # nearly always one of these
        if local < window.end:
            return max(local, window.start)
    for day in _days(today + timedelta(days=1), today + timedelta(days=_LOOK_AHEAD)):
        for window in windows(day, hours):
            return window.start
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
    if last < local:
        return 0
    today, final = local.date(), last.date()
    first = max(0, min(per_day - used, _fitting(today, local, last, hours, gap)))
    if today == final:
        return first
    between = whole_days(today, hours, gap, per_day, until=final - timedelta(days=1)) - whole_days(
        today, hours, gap, per_day, until=today
    )
    return first + between + min(per_day, _fitting(final, local, last, hours, gap))


def _fitting(day: date, start: datetime, end: datetime, hours: CallingHours, gap: timedelta) -> int:
    count, free = 0, start
    for window in windows(day, hours):
        moment, stop = max(free, window.start), min(window.end, end)
        if moment < stop:
            more = -((moment - stop) // gap)  # rounded up: the window's start is a slot itself
            count += more
            free = moment + more * gap
    return count


def whole_days(first: date, hours: CallingHours, gap: timedelta, per_day: int, until: date) -> int:
    """How many calls fit on whole days, both included; 0 when the last lies before the first."""
    sums = hours._sums.setdefault((first, gap, per_day), [])
    length = (until - first).days + 1
    while len(sums) < length:
        fit = _on_whole_day(first + timedelta(days=len(sums)), hours, gap)
        sums.append((sums[-1] if sums else 0) + min(per_day, fit))
    return sums[length - 1] if length > 0 else 0


def _on_whole_day(day: date, hours: CallingHours, gap: timedelta) -> int:
    found = hours._calls.get((day, gap))
    if found is None:
        midnight = datetime.combine(day, time(), tzinfo=hours.zone)
        found = _fitting(day, midnight, midnight + timedelta(days=1), hours, gap)
        hours._calls[day, gap] = found
    return found


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
