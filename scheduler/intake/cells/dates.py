"""Dates as insurers' systems write them, and Excel's serial numbers. Pure."""

import re
from datetime import date, timedelta
from functools import lru_cache

from scheduler.intake.cells.text import Unreadable, clean, quoted

_PARTS = re.compile(
    r"(\d{4})\s*[-/.年 ]\s*(\d{1,2})\s*[-/.月 ]\s*(\d{1,2})\s*[日号]?(?:[T ]*\d{1,2}[:时].*)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+|\d{6}|\d{4}| ?\d{1,2}:.*)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EXCEL_ZERO = date(1899, 12, 30)

#: What systems export for "no date".
_NO_DATE = re.compile(
    r"0+|0{4}[-/.]?0{1,2}[-/.]?0{1,2}.*|1899[-/.]?12[-/.]?3[01].*|1900[-/.]?0?1[-/.]?0?[01].*"
    r"|9999[-/.]?12[-/.]?31.*"
)


@lru_cache(maxsize=65536)
def read_date(raw: str) -> date | None:
    """2026-11-3, 2026/11/03, 20261103, 2026年11月3日, 2026.11.3, a time behind it, 46329 (Excel).

    Raises :class:`Unreadable` ``date-unreadable``: also for 26-11-3 and 11/3/2026, whose day and
    month cannot be told apart.
    """
    text = clean(raw)
    if not text or _NO_DATE.fullmatch(text):
        return None
    day = _written(text) or _serial(text)
    if day is None or not 1900 <= day.year <= 2200:
        raise Unreadable("date-unreadable", f"日期{quoted(raw)}看不懂,请写成 2026-11-03 的样子")
    return day


def _written(text: str) -> date | None:
    found = _PARTS.fullmatch(text) or _COMPACT.fullmatch(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _serial(text: str) -> date | None:
    found = _SERIAL.fullmatch(text)
    if not found or not 5000 <= int(found[1]) <= 80000:  # 1913 to 2119
        return None
    return _EXCEL_ZERO + timedelta(days=int(found[1]))
