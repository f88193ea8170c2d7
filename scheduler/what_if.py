"""``lines=20,hours=09:00-21:00,days=7``: other lines and rules to compare the present ones with.
Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta

from scheduler.hours import EARLIEST, LATEST, CallingHours, Span, Spans
from scheduler.rules import Rules

_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)")
_SATURDAY, _SUNDAY = 5, 6


class WhatIfTrouble(Exception):  # noqa: N818 - a fault of the input, reported in one sentence
    """A change that cannot be understood. The message names it and what to write."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be otherwise; None leaves it as it is. ``days`` are days of the week on which
    calls are made: 5, 6 with Saturday, or 7. Public holidays stay as they are."""

    lines: int | None = None
    hours: Spans | None = None
    days: int | None = None
    gap: timedelta | None = None
    per_person: int | None = None


def read_changes(text: str) -> Changes:
    """The changes that somebody wrote. Raises WhatIfTrouble."""
    found: dict[str, object] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        key, equals, value = (word.strip() for word in part.partition("="))
        if key not in _READERS or not equals:
            raise WhatIfTrouble(
                f"{part!r} is no change: write {', '.join(f'{name}=…' for name in _READERS)},"
                f" with commas between them"
            )
        if key in found:
            raise WhatIfTrouble(f"{key} stands twice: leave one of them out")
        found[key] = _READERS[key](key, value)
    if not found:
        raise WhatIfTrouble("there is no change: write lines=20, for example")
    return Changes(**found)  # type: ignore[arg-type]  # every reader gives what its key needs


def _count(lowest: int, highest: int) -> Callable[[str, str], int]:
    def read(key: str, value: str) -> int:
        if value.isascii() and value.isdigit() and lowest <= int(value) <= highest:
            return int(value)
        raise WhatIfTrouble(f"{key}={value}: write a whole number from {lowest} to {highest}")

    return read


def _minutes(key: str, value: str) -> timedelta:
    return timedelta(minutes=_count(1, 1440)(key, value))


def _hours(key: str, value: str) -> Spans:
    """One span or several, such as 09:00-12:00+13:30-21:00."""
    spans = []
    for text in value.split("+"):
        match = _SPAN.fullmatch(text.strip())
        if match is None:
            raise WhatIfTrouble(f"{key}={value}: write 09:00-21:00 or 09:00-12:00+13:30-21:00")
        hour, minute, to_hour, to_minute = (int(one) for one in match.groups())
        start, end = time(hour, minute), time(to_hour, to_minute)
        if start >= end:
            raise WhatIfTrouble(f"{key}={value}: {text.strip()} ends before it begins")
        if start < EARLIEST or end > LATEST:
            raise WhatIfTrouble(f"{key}={value}: nobody may be rung from 21:00 to 09:00")
        spans.append(Span(start, end))
    return tuple(spans)


_READERS: Mapping[str, Callable[[str, str], object]] = {
    "lines": _count(1, 10_000),
    "hours": _hours,
    "days": _count(5, 7),
    "gap": _minutes,
    "per_person": _count(1, 20),
}


def changed_rules(rules: Rules, changes: Changes) -> Rules:
    """The rules with the changes made, but for the lines."""
    return replace(
        rules,
        hours=_changed_hours(rules.hours, changes),
        gap=changes.gap or rules.gap,
        per_person=changes.per_person or rules.per_person,
    )


def _changed_hours(hours: CallingHours, changes: Changes) -> CallingHours:
    """``hours`` go for every day of the week on which calls are made."""
    working = changes.hours or hours.working_day
    off = changes.hours or hours.day_off
    if changes.hours is not None and not hours.day_off:
        off = ()
    weekdays = dict(hours.weekdays)
    if changes.hours is not None:
        weekdays = {day: spans and changes.hours for day, spans in weekdays.items()}
    if changes.days is not None:
        off = changes.hours or hours.day_off or working
        weekdays = {day: spans for day, spans in weekdays.items() if day < _SATURDAY}
        closed = range(changes.days, _SUNDAY + 1)
        weekdays |= dict.fromkeys(closed, ())
    ordered = tuple(sorted(weekdays.items()))
    return replace(hours, working_day=working, day_off=off, weekdays=ordered)
