"""An insurer's own calendar (YAML): days that it works or does not work whatever the published
calendar says, and days with calling hours of their own. Reads text, decides nothing."""

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

from scheduler.hours import EARLIEST, LATEST
from scheduler.workdays import OwnDays
from scripts.faults import Fault, FaultyFileError
from scripts.yamlfile import Document, Place, load

#: What a day may be, and whether it is worked.
_KINDS = {"working": True, "day-off": False}
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")

Spans = tuple[tuple[time, time], ...]


def read_own_days(path: Path) -> OwnDays:
    """The days of a file. Raises FaultyFileError with every fault, each with line and column.

    ``days`` maps a date to ``working``, ``day-off``, or a mapping with ``kind`` (one of these) and
    ``calls``, a list of spans such as ``09:00-12:00``; an empty list: nobody is rung.
    """
    document = load(path)
    faults: list[Fault] = []
    working: list[tuple[date, bool]] = []
    calling: list[tuple[date, Spans]] = []
    for place, key, value in _entries(document, faults):
        day = _day(document, place, key, faults)
        kind, spans = _meant(document, place, value, faults)
        if day is not None and kind is not None:
            working.append((day, _KINDS[kind]))
        if day is not None and spans is not None:
            calling.append((day, spans))
    if faults:
        raise FaultyFileError(faults)
    return OwnDays(tuple(working), tuple(calling))


def _entries(document: Document, faults: list[Fault]) -> Iterator[tuple[Place, str, Any]]:
    data = document.data
    if not isinstance(data, dict) or set(data) != {"days"} or not isinstance(data["days"], dict):
        message = "must hold 'days:' and under it dates, such as 2027-02-14: working"
        faults.append(document.fault("bad-value", message, ()))
        return
    for key, value in data["days"].items():
        yield ("days", key), key, value


def _day(document: Document, place: Place, key: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(key)
    except ValueError:
        message = f"{key!r} is no date: write it as 2027-02-14"
        faults.append(document.fault("bad-value", message, place))
        return None


def _meant(
    document: Document, place: Place, value: Any, faults: list[Fault]
) -> tuple[str | None, Spans | None]:
    """The kind of the day and its calling hours; None for what the entry does not say."""
    parts = value if isinstance(value, dict) else {"kind": value}
    kind, calls = parts.get("kind"), parts.get("calls")
    unknown = sorted(set(parts) - {"kind", "calls"})
    if unknown or not parts:
        message = "a day has 'kind' and 'calls'" + (f", not {unknown[0]!r}" if unknown else "")
        faults.append(document.fault("unknown-key", message, place))
    if kind is not None and (not isinstance(kind, str) or kind not in _KINDS):
        message = f"a day is {' or '.join(_KINDS)}, not {kind!r}"
        faults.append(document.fault("bad-value", message, place))
        kind = None
    if calls is None:
        return kind, None
    return kind, _spans(document, (*place, "calls"), calls, faults)


def _spans(document: Document, place: Place, calls: Any, faults: list[Fault]) -> Spans | None:
    if not isinstance(calls, list):
        message = "'calls' is a list of spans, such as ['09:00-12:00']; [] for no calls"
        faults.append(document.fault("bad-value", message, place))
        return None
    found = [_span(document, (*place, n), text, faults) for n, text in enumerate(calls)]
    return tuple(span for span in found if span is not None)


def _span(
    document: Document, place: Place, text: Any, faults: list[Fault]
) -> tuple[time, time] | None:
    match = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        message = f"{text!r} is no span: write it in quotes as '09:00-12:00'"
        faults.append(document.fault("bad-value", message, place))
        return None
    hours = [int(one) for one in match.groups()]
    start, end = time(hours[0], hours[1]), time(hours[2], hours[3])
    if start >= end:
        message = f"{text} ends before it begins"
        faults.append(document.fault("bad-value", message, place))
        return None
    if end <= EARLIEST or start >= LATEST:
        message = f"{text} lies in the night: nobody is rung from 21:00 to 09:00"
        faults.append(document.fault("bad-value", message, place))
        return None
    return start, end
