"""By when a case must be closed: natural days, working days, holidays and the last second."""

from datetime import datetime

import pytest

from cases.deadlines import due_at
from scheduler.workdays import add_working_days
from scripts.rulebooks import Calendar, Deadline
from store.columns import LOCAL


@pytest.mark.parametrize(
    ("opened", "days", "calendar", "due"),
    [
        ("2026-11-16T10:00", 7, "natural", "2026-11-23"),
        ("2026-11-16T23:59", 7, "natural", "2026-11-23"),  # the hour of discovery is no matter
        ("2026-11-20T10:00", 15, "natural", "2026-12-05"),  # a Saturday stays one
        ("2026-11-16T10:00", 5, "working", "2026-11-23"),  # over one weekend
        ("2026-11-20T18:00", 1, "working", "2026-11-23"),  # Friday evening to Monday
        ("2026-11-16T10:00", 15, "working", "2026-12-07"),
        ("2026-09-30T10:00", 1, "working", "2026-10-08"),  # 国庆: 1 to 7 October are free
        ("2026-02-13T10:00", 2, "working", "2026-02-24"),  # 春节: 14 is worked, 15 to 23 are free
        ("2026-12-31T10:00", 0, "natural", "2026-12-31"),
    ],
)
def test_last_second_of_the_last_day(opened: str, days: int, calendar: str, due: str) -> None:
    moment = datetime.fromisoformat(opened).replace(tzinfo=LOCAL)
    last = due_at(moment, Deadline(days, Calendar(calendar)), add_working_days)

    assert last.isoformat() == f"{due}T23:59:59+08:00"


def test_the_calendar_is_asked_only_for_working_days() -> None:
    def never(_day: object, _count: int) -> object:
        raise AssertionError

    opened = datetime(2026, 11, 16, 10, 0, tzinfo=LOCAL)
    assert due_at(opened, Deadline(1, Calendar.NATURAL), never).day == 17  # type: ignore[arg-type]
