"""Working days, calling hours and the cooling-off period."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cooling_off import Start, cooling_off, days_of, minimum_days
from scheduler.hours import (
    EARLIEST,
    LATEST,
    SHANGHAI,
    CallingHours,
    Span,
    is_open,
    last_opening,
    next_opening,
    slots,
    windows,
)
from scheduler.workdays import OwnDays, add_working_days, workday, year_is_confirmed
from scripts.facts import Channel, ProductType

HALF_HOUR = timedelta(minutes=30)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 10, 1), False),  # 国庆
        (date(2026, 10, 10), True),  # a Saturday worked in exchange (调休)
        (date(2026, 2, 17), False),  # 春节
    ],
)
def test_published_working_days(day: date, working: bool) -> None:
    assert workday(day).working is working
    assert workday(day).confirmed


def test_a_year_not_yet_published_is_answered_and_marked() -> None:
    assert not year_is_confirmed(2040)
    assert not workday(date(2040, 10, 1)).working
    assert not workday(date(2040, 3, 3)).working  # a Saturday
    assert workday(date(2040, 3, 5)).working
    assert workday(date(2190, 3, 5)).confirmed is False


def test_an_insurers_own_day_wins() -> None:
    assert workday(date(2026, 11, 21), OwnDays(((date(2026, 11, 21), True),))).working


def test_adding_working_days_leaves_out_the_holiday() -> None:
    assert add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert add_working_days(date(2026, 11, 20), 5) == date(2026, 11, 27)
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 21)
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 11, 20), -1)


@given(st.dates(date(2020, 1, 1), date(2045, 1, 1)), st.integers(0, 30), st.integers(0, 30))
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(day, first), second) == add_working_days(
        day, first + second
    )


def test_hours_of_a_working_day_leave_lunch_out() -> None:
    hours = CallingHours()

    assert not is_open(at("2026-11-20T08:59"), hours)
    assert is_open(at("2026-11-20T09:00"), hours)
    assert not is_open(at("2026-11-20T12:00"), hours)
    assert next_opening(at("2026-11-20T12:10"), hours) == at("2026-11-20T13:30")
    assert next_opening(at("2026-11-20T20:00"), hours) == at("2026-11-21T09:30")


def test_a_public_holiday_is_not_a_weekend() -> None:
    """2026-10-01 is 国庆节, 2026-10-10 a Saturday on which people work, 2026-11-21 a plain one."""
    hours = CallingHours()

    assert not is_open(at("2026-10-01T10:00"), hours)
    assert is_open(at("2026-10-10T19:00"), hours)
    assert is_open(at("2026-11-21T10:00"), hours)
    assert not is_open(at("2026-11-21T19:00"), hours)
    assert is_open(at("2026-10-01T10:00"), CallingHours(holiday=hours.day_off))


def test_hours_are_the_customers_clock_whatever_zone_is_asked() -> None:
    assert is_open(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), CallingHours())


def test_the_night_is_cut_off_whatever_the_settings_say() -> None:
    hours = CallingHours(working_day=(Span(time(6), time(23)),))

    assert windows(date(2026, 11, 20), hours)[0].start.time() == EARLIEST
    assert windows(date(2026, 11, 20), hours)[0].end.time() == LATEST


def test_no_hours_at_all() -> None:
    assert next_opening(at("2026-11-20T10:00"), CallingHours((), ())) is None


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="must end after"):
        Span(time(12), time(9))


@pytest.mark.parametrize(
    ("start", "end", "per_day", "used", "expected"),
    [
        ("2026-11-20T09:00", "2026-11-20T23:59", 2, 0, 2),
        ("2026-11-20T09:00", "2026-11-20T23:59", 2, 1, 1),
        ("2026-11-20T09:00", "2026-11-20T23:59", 2, 5, 0),
        ("2026-11-20T19:45", "2026-11-20T23:59", 2, 0, 1),
        ("2026-11-20T20:00", "2026-11-20T23:59", 2, 0, 0),
        ("2026-11-20T09:00", "2026-11-22T23:59", 2, 1, 5),
        ("2026-11-20T11:45", "2026-11-20T13:45", 9, 0, 2),
        ("2026-11-21T00:00", "2026-11-20T00:00", 2, 0, 0),
    ],
)
def test_slots(start: str, end: str, per_day: int, used: int, expected: int) -> None:
    assert slots(at(start), at(end), CallingHours(), HALF_HOUR, per_day, used) == expected


TIMES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
SPANS = st.lists(
    st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Span(*pair)),
    max_size=3,
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(SHANGHAI))  # noqa: DTZ001 - hypothesis adds the zone


@given(st.builds(CallingHours, SPANS.map(tuple), SPANS.map(tuple)), MOMENTS)
def test_an_opening_is_never_in_the_past_the_night_or_outside_the_hours(
    hours: CallingHours, now: datetime
) -> None:
    opening = next_opening(now, hours)

    if opening is not None:
        assert opening >= now
        assert is_open(opening, hours)
        assert EARLIEST <= opening.time() < LATEST
        assert opening == now or not is_open(now, hours)


@given(MOMENTS, st.integers(0, 20), st.integers(1, 4))
def test_slots_never_grow_as_time_passes(now: datetime, days: int, per_day: int) -> None:
    end, hours = now + timedelta(days=days), CallingHours()
    counts = [
        slots(now + timedelta(hours=step * 5), end, hours, HALF_HOUR, per_day) for step in range(8)
    ]

    assert counts == sorted(counts, reverse=True)
    assert counts[0] <= per_day * (days + 1)


def test_cooling_off_starts_on_the_day_or_the_day_after() -> None:
    def period(start: Start) -> tuple[date, date]:
        found = cooling_off(date(2026, 11, 1), 10, Channel.AGENT, ProductType.TRADITIONAL, start)
        return found.starts_on, found.ends_on

    assert period(Start.SIGNING_DAY) == (date(2026, 11, 1), date(2026, 11, 10))
    assert period(Start.NEXT_DAY) == (date(2026, 11, 2), date(2026, 11, 11))


def test_the_policys_own_days_win_and_too_few_are_noted() -> None:
    found = cooling_off(date(2026, 11, 1), 10, Channel.BANK, ProductType.TRADITIONAL)

    assert (found.days, found.below_law) == (10, True)
    assert found.deadline(SHANGHAI) == at("2026-11-11T23:59:59")


@pytest.mark.parametrize(
    ("channel", "product_type", "days"),
    [
        (Channel.AGENT, ProductType.TRADITIONAL, 10),
        (Channel.AGENT, ProductType.HEALTH, 15),
        (Channel.BANK, ProductType.UNIVERSAL, 15),
    ],
)
def test_legal_minimum(channel: Channel, product_type: ProductType, days: int) -> None:
    assert minimum_days(channel, product_type) == days
    assert days_of(None, channel, product_type) == days
    assert days_of(None, channel, product_type, {(channel, product_type): 20}) == 20
    assert days_of(None, channel, product_type, {(channel, product_type): 5}) == days
    assert days_of(None, channel, product_type, {(Channel.ONLINE, product_type): 20}) == days


@pytest.mark.parametrize(
    ("before", "opens"),
    [
        ("2026-11-26T23:59:59", "2026-11-26T13:30"),  # a Thursday: the afternoon
        ("2026-11-26T13:30:00", "2026-11-26T09:00"),  # not the window that begins then
        ("2026-11-26T09:00:00", "2026-11-25T13:30"),
        ("2026-11-22T23:59:59", "2026-11-22T14:00"),  # a Sunday
        ("2026-10-05T23:59:59", "2026-09-30T13:30"),  # within the holidays
    ],
)
def test_the_last_opening_before_a_moment(before: str, opens: str) -> None:
    assert last_opening(at(before), CallingHours()) == at(opens)
    assert last_opening(at(before).astimezone(UTC), CallingHours()) == at(opens)


def test_no_calling_hours_have_no_last_opening() -> None:
    assert last_opening(at("2026-11-26T23:59:59"), CallingHours((), ())) is None
