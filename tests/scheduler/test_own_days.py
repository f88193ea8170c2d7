"""An insurer's own calendar: what it says wins, and what is wrong with it is told all at once."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from scheduler.hours import SHANGHAI, CallingHours, Span, is_open, windows
from scheduler.own_days import read_own_days
from scheduler.workdays import NO_DAYS, OwnDays, add_working_days, workday
from scripts.faults import FaultyFileError

FILE = """
days:
  2026-11-28: working                      # a Saturday worked to make up for a day
  2026-11-27: day-off
  2026-11-26: {kind: working, calls: ["13:30-17:00"]}
  2026-11-25: {calls: []}                  # the company's day: nobody is rung
"""


def read(tmp_path: Path, text: str) -> OwnDays:
    path = tmp_path / "calendar.yaml"
    path.write_text(text, "utf-8")
    return read_own_days(path)


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(FaultyFileError) as raised:
        read(tmp_path, text)
    return [f"{one.line}: {one.message}" for one in raised.value.faults]


def test_own_days_win_over_the_published_calendar(tmp_path: Path) -> None:
    own = read(tmp_path, FILE)

    assert workday(date(2026, 11, 28), own).working
    assert workday(date(2026, 11, 28), own).confirmed
    assert not workday(date(2026, 11, 27), own).working
    assert workday(date(2026, 11, 24), own) == workday(date(2026, 11, 24), NO_DAYS)
    assert add_working_days(date(2026, 11, 26), 1, own) == date(2026, 11, 28)


def test_calling_hours_follow_the_day(tmp_path: Path) -> None:
    hours = CallingHours(own=read(tmp_path, FILE))

    assert [one.start.time() for one in windows(date(2026, 11, 28), hours)] == [
        time(9), time(13, 30),
    ]  # fmt: skip
    assert windows(date(2026, 11, 27), hours)[0].start.time() == time(9, 30)
    assert not is_open(datetime(2026, 11, 26, 10, tzinfo=SHANGHAI), hours)
    assert is_open(datetime(2026, 11, 26, 14, tzinfo=SHANGHAI), hours)
    assert windows(date(2026, 11, 25), hours) == ()


def test_a_weekday_has_its_own_hours_on_ordinary_days_only() -> None:
    afternoon = (Span(time(14), time(16)),)
    hours = CallingHours(weekdays=((0, afternoon), (5, ())))

    assert [one.start.time() for one in windows(date(2026, 11, 23), hours)] == [time(14)]
    assert windows(date(2026, 11, 21), hours) == ()  # a Saturday
    assert windows(date(2026, 10, 10), hours)[0].start.time() == time(9)  # one that is worked
    assert windows(date(2026, 10, 5), hours) == ()  # a Monday in the holiday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("days: {2026-13-01: working}", ["1: '2026-13-01' is no date: write it as 2027-02-14"]),
        ("days: {tomorrow: working}", ["1: 'tomorrow' is no date: write it as 2027-02-14"]),
        ("days: {2026-11-28: off}", ["1: a day is working or day-off, not False"]),
        ("days:\n  2026-11-28: {hours: 3}", ["2: a day has 'kind' and 'calls', not 'hours'"]),
        ("days:\n  2026-11-28: {}", ["2: a day has 'kind' and 'calls'"]),
        ("days:\n  2026-11-28: {calls: [9-12]}",
         ["2: '9-12' is no span: write it in quotes as '09:00-12:00'"]),
        ("days:\n  2026-11-28: {calls: '09:00-12:00'}",
         ["2: 'calls' is a list of spans, such as ['09:00-12:00']; [] for no calls"]),
        ("days:\n  2026-11-28: {calls: ['12:00-09:00']}", ["2: 12:00-09:00 ends before it begins"]),
        ("days:\n  2026-11-28: {calls: ['21:00-23:00']}",
         ["2: 21:00-23:00 lies in the night: nobody is rung from 21:00 to 09:00"]),
        ("2026-11-28: working",
         ["1: must hold 'days:' and under it dates, such as 2027-02-14: working"]),
        ("[]", ["1: must hold 'days:' and under it dates, such as 2027-02-14: working"]),
        ("days:\n  x: working\n  2026-11-28: no",
         ["2: 'x' is no date: write it as 2027-02-14",
          "3: a day is working or day-off, not False"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert faults(tmp_path, text) == expected
