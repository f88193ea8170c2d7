"""Chinese as it is spoken: amounts, dates, periods and digits in words. Pure; a value that cannot
be spoken is refused with ValueError, never guessed."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import cn2an

from scripts.facts import Frequency, Period, PeriodKind

#: The language of these forms.
CHINESE = "zh-CN"

_DIGITS = "〇一二三四五六七八九"
_READ_OUT = {str(number): word for number, word in enumerate("零幺二三四五六七八九")}
_EVERY = {
    Frequency.SINGLE: "一次性",
    Frequency.YEARLY: "每年",
    Frequency.HALF_YEARLY: "每半年",
    Frequency.QUARTERLY: "每季度",
    Frequency.MONTHLY: "每月",
}
_CENT = Decimal("0.01")
#: The largest number that the words below can name (up to 千万亿).
LARGEST = 10**16 - 1


@lru_cache(maxsize=4096)
def number(value: int) -> str:
    """12000 -> 一万二千. Raises ValueError below 0 or above LARGEST."""
    if not 0 <= value <= LARGEST:
        raise ValueError(f"{value} cannot be spoken: it must lie between 0 and {LARGEST}")
    return str(cn2an.an2cn(str(value), "low"))


def count(value: int) -> str:
    """A number before a measure word: 2 -> 两, 20 -> 二十."""
    return "两" if value == 2 else number(value)


@lru_cache(maxsize=4096)
def amount(yuan: Decimal) -> str:
    """12000 -> 一万二千元, 365.05 -> 三百六十五元零五分. Rounded to the fen; not negative."""
    cents = int(yuan.quantize(_CENT, ROUND_HALF_UP) * 100)
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    spoken = f"{_measured(whole)}元" if whole or not cents else ""
    if jiao:
        spoken += f"{count(jiao)}角"
    if fen:
        spoken += ("零" if whole and not jiao else "") + f"{count(fen)}分"
    return spoken


#: A number that begins with 二 begins with 两 before 千, 万 and 亿: 两千, 两万; 一万二千 stays.
_TWO = re.compile("^二(?=[千万亿])")


def _measured(value: int) -> str:
    """A number before 元: 2 -> 两, 2000 -> 两千, 12000 -> 一万二千."""
    return _TWO.sub("两", count(value))


def calendar_day(day: date) -> str:
    """2026-11-03 -> 二〇二六年十一月三日."""
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{number(day.month)}月{number(day.day)}日"


def moment(when: datetime) -> str:
    """2026-11-22T15:30 -> 十一月二十二日下午三点半, in the time zone it carries."""
    hour = when.hour - 12 if when.hour > 12 else when.hour
    return (
        f"{number(when.month)}月{number(when.day)}日{_part_of_day(when.hour)}"
        f"{count(hour)}点{_minutes(when.minute)}"
    )


def _part_of_day(hour: int) -> str:
    for end, word in ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午")):
        if hour < end:
            return word
    return "晚上"


def _minutes(minute: int) -> str:
    if minute == 0:
        return ""
    if minute == 30:
        return "半"
    return ("零" if minute < 10 else "") + f"{number(minute)}分"


def period(value: Period) -> str:
    """二十年, 至七十周岁, 终身 (never 终身年)."""
    if value.kind is PeriodKind.LIFE:
        return "终身"
    if value.number is None:
        raise ValueError(f"a period counted as {value.kind} needs a number")
    if value.kind is PeriodKind.TO_AGE:
        return f"至{number(value.number)}周岁"
    return f"{count(value.number)}年"


def days(value: int) -> str:
    """15 -> 十五天."""
    return f"{count(value)}天"


def every(frequency: Frequency) -> str:
    """How often a premium is paid: 每年, 每半年, … 一次性."""
    return _EVERY[frequency]


def digits(text: str) -> str:
    """Read out one by one as on the telephone: 0138 -> 零幺三八. Letters stay, X as 叉; spaces
    and dashes are dropped."""
    kept = (char for char in text.upper() if char not in " -")
    return "".join("叉" if char == "X" else _READ_OUT.get(char, char) for char in kept)


def title(gender: str | None) -> str | None:
    """先生 or 女士; None when the gender is not known."""
    return {"男": "先生", "女": "女士"}.get(gender or "")


def caller(by_person: bool) -> str:
    """Who speaks on the telephone."""
    return "回访人员" if by_person else "智能语音助手"
