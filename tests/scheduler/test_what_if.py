"""Other lines, hours and limits, as somebody writes them."""

from datetime import date, time, timedelta

import pytest

from scheduler.hours import CallingHours, Span, windows
from scheduler.rules import Rules
from scheduler.what_if import Changes, WhatIfTrouble, changed_rules, read_changes

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
NATIONAL = date(2026, 10, 1)


def spans(rules: Rules, day: date) -> list[str]:
    return [f"{one.start:%H:%M}-{one.end:%H:%M}" for one in windows(day, rules.hours)]


def changed(text: str, rules: Rules | None = None) -> Rules:
    return changed_rules(rules or Rules(), read_changes(text))


def test_everything_that_can_be_changed() -> None:
    assert read_changes("lines=20, hours=9:00-12:00+13:30-21:00 ,days=7,gap=45,per_person=3,") == (
        Changes(
            lines=20,
            hours=(Span(time(9), time(12)), Span(time(13, 30), time(21))),
            days=7,
            gap=timedelta(minutes=45),
            per_person=3,
        )
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is no change"),
        ("lanes=20", "'lanes=20' is no change: write lines=…, hours=…"),
        ("lines", "'lines' is no change"),
        ("lines=0", "lines=0: write a whole number from 1 to 10000"),
        ("lines=many", "lines=many"),
        ("lines=２０", "lines=２０"),
        ("lines=5,lines=6", "lines stands twice"),
        ("days=4", "days=4: write a whole number from 5 to 7"),
        ("hours=9-21", "hours=9-21: write 09:00-21:00"),
        ("hours=12:00-09:00", "ends before it begins"),
        ("hours=08:00-12:00", "nobody may be rung from 21:00 to 09:00"),
        ("hours=18:00-21:30", "nobody may be rung"),
        ("gap=0", "gap=0"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(WhatIfTrouble, match=says.replace("(", r"\(")):
        read_changes(text)


def test_hours_go_for_every_day_on_which_calls_are_made() -> None:
    rules = changed("hours=10:00-20:00")

    assert spans(rules, FRIDAY) == spans(rules, SATURDAY) == ["10:00-20:00"]
    assert spans(rules, NATIONAL) == []


def test_days_without_calls_stay_so() -> None:
    closed = Rules(hours=CallingHours(day_off=()))

    assert spans(changed("hours=10:00-20:00", closed), SATURDAY) == []
    assert spans(changed("days=7", closed), SATURDAY) == ["09:00-12:00", "13:30-20:00"]


@pytest.mark.parametrize(
    ("days", "saturday", "sunday"), [(5, False, False), (6, True, False), (7, True, True)]
)
def test_days_of_the_week(days: int, saturday: bool, sunday: bool) -> None:
    rules = changed(f"days={days}")

    assert bool(spans(rules, SATURDAY)) is saturday
    assert bool(spans(rules, SUNDAY)) is sunday
    assert spans(rules, FRIDAY) == ["09:00-12:00", "13:30-20:00"]


def test_what_is_not_named_stays() -> None:
    assert changed("lines=3") == Rules()
    assert changed("gap=45").gap == timedelta(minutes=45)
    assert changed("per_person=1").per_person == 1
