"""The moment a customer asks to be called: 明天下午三点, 晚上八点以后, 礼拜天上午. The clock is
passed in."""

import re
from datetime import datetime, time, timedelta

from scripts.answers.numerals import CHARS, number

_N = rf"[{CHARS}]"
_DAYS = {"大后天": 3, "后天": 2, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明儿": 1,
         "赶明": 1, "听日": 1, "今天": 0, "今晚": 0, "今日": 0}  # fmt: skip
_PARTS = {"凌晨": 0, "早上": 9, "早晨": 9, "明早": 9, "上午": 10, "中午": 12,
          "晌午": 12, "下午": 15, "晏昼": 15, "傍晚": 18, "晚上": 19, "夜里": 19, "今晚": 19,
          "明晚": 19, "晚间": 19}  # fmt: skip
_AFTERNOON = frozenset({"下午", "晏昼", "傍晚", "晚上", "夜里", "今晚", "明晚", "晚间"})
_CLOCK = re.compile(rf"({_N}{{1,3}})(?:点钟|点|时|:)(半|一刻|三刻|{_N}{{1,3}})?")
_WEEKDAY = re.compile(r"(下+个?)?(?:星期|礼拜|周)([一二三四五六日天末1-6])")
_AFTER = re.compile(
    rf"(半个?|{_N}{{1,3}}个?半?)(分钟|小时|钟头|钟|天(?=之?后|以后))(?:之?后|以后|再|,|，|$)"
)
_WEEK = "一二三四五六日"


def said(text: str, now: datetime) -> datetime | None:
    """The time named in ``text``, after ``now`` (aware) and in its zone; None when none is."""
    after = _AFTER.search(text)
    if after and not _CLOCK.search(text):
        return now + _span(*after.groups())
    clock = _clock(text)
    day = _day(text, now)
    if clock is None and (day is None or not _part(text)):
        return None
    hour, minute = clock or (_PARTS[_part(text) or "上午"], 0)
    day_of_call = now.date() + timedelta(days=day or 0)
    moment = datetime.combine(day_of_call, time(hour, minute), now.tzinfo)
    if moment <= now and not _names_a_day(text):
        moment += timedelta(days=1)
    return moment if moment > now else None


def _names_a_day(text: str) -> bool:
    return bool(_WEEKDAY.search(text)) or any(word in text for word in _DAYS)


def _span(amount: str, unit: str) -> timedelta:
    if amount.startswith("半"):
        count = 0.5
    else:
        count = (number(amount.rstrip("个半")) or 0) + (0.5 if amount.endswith("半") else 0)
    if unit == "分钟":
        return timedelta(minutes=count)
    return timedelta(days=count) if unit == "天" else timedelta(hours=count)


def _part(text: str) -> str | None:
    return next((part for part in _PARTS if part in text), None)


def _clock(text: str) -> tuple[int, int] | None:
    match = _CLOCK.search(text)
    if match is None:
        return None
    hour, minute = number(match.group(1)), _minute(match.group(2))
    if hour is None or hour > 24 or minute > 59:
        return None
    part = _part(text)
    if hour < 12 and (
        part in _AFTERNOON or (part is None and hour < 8) or (part == "中午" and hour < 3)
    ):
        hour += 12
    return hour % 24, minute


def _minute(spoken: str | None) -> int:
    fixed = {None: 0, "半": 30, "一刻": 15, "三刻": 45}
    return fixed[spoken] if spoken in fixed else (number(spoken or "") or 0)


def _day(text: str, now: datetime) -> int | None:
    for word, days in _DAYS.items():
        if word in text:
            return days
    match = _WEEKDAY.search(text)
    if match is None:
        return 0 if _part(text) else None
    weeks, name = match.groups()
    wanted = _weekday(name)
    if weeks:
        return wanted - now.weekday() + 7 * weeks.count("下")
    return (wanted - now.weekday()) % 7 or 7


def _weekday(name: str) -> int:
    if name in "天末":
        return 5 if name == "末" else 6
    return int(name) - 1 if name.isdecimal() else _WEEK.index(name)
