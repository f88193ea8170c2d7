"""Working days (工作日) in China: the published calendar, then the holiday law, then the weekday.

Pure: an insurer's own exceptions are passed in, and every answer says whether its year's calendar
has been published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property, lru_cache

import chinese_calendar
import holidays


@dataclass(frozen=True)
class OwnDays:
    """An insurer's own days, which win over every calendar: each with whether it is worked, and
    calling spans (from, to) of its own where it has any. Hashable, so that hours are."""

    days: tuple[tuple[date, bool], ...] = ()
    calling: tuple[tuple[date, tuple[tuple[time, time], ...]], ...] = ()

    def working(self, day: date) -> bool | None:
        """Whether a day is worked; None where the calendar decides."""
        return self._working.get(day)

    def spans(self, day: date) -> tuple[tuple[time, time], ...] | None:
        """The day's own calling spans; None where its kind decides."""
        return self._calling.get(day)

    @cached_property
    def _working(self) -> Mapping[date, bool]:
        return dict(self.days)

    @cached_property
    def _calling(self) -> Mapping[date, tuple[tuple[time, time], ...]]:
        return dict(self.calling)


NO_DAYS = OwnDays()

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Workday:
    """``working`` on that day; ``confirmed`` is False while the State Council has not yet
    published the year's make-up working days (调休), so that the answer may still change.
    ``holiday``: free for a named holiday (春节, 国庆节 …), not only for a weekend."""

    working: bool
    confirmed: bool
    holiday: bool = False


def workday(day: date, own: OwnDays = NO_DAYS) -> Workday:
    """Whether people work on a day. Never raises for a year nobody knows yet."""
    working = own.working(day)
    if working is not None:
        return Workday(working, confirmed=True)
    return _by_calendar(day)


@lru_cache(maxsize=8192)
def _by_calendar(day: date) -> Workday:
    try:
        free, name = chinese_calendar.get_holiday_detail(day)
        return Workday(not free, confirmed=True, holiday=bool(free and name))
    except NotImplementedError:  # a year that the library does not know
        holiday = day in _statutory(day.year)
        free = day.weekday() >= _SATURDAY or holiday
        return Workday(not free, confirmed=False, holiday=holiday)


@lru_cache(maxsize=64)
def _statutory(year: int) -> frozenset[date]:
    """Holidays that follow from the law alone; empty for a year that cannot be computed."""
    return frozenset(holidays.country_holidays("CN", years=year))


def add_working_days(day: date, count: int, own: OwnDays = NO_DAYS) -> date:
    """The ``count``-th working day after a day; the day itself does not count.

    ``count`` 0 is the day itself. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"working days to add must not be negative: {count}")
    for later in _following(day):
        if count == 0:
            break
        day = later
        count -= workday(later, own).working
    return day


def _following(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day


def year_is_confirmed(year: int) -> bool:
    """Whether the year's working days are published, to be shown beside every deadline in it."""
    return _by_calendar(date(year, 12, 31)).confirmed
