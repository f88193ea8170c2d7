"""Spoken numbers: 一九七二, 二十三, 一万二, 6千, 幺零八叉. Numbers only; what they count is for
others to know."""

import re

DIGITS = {
    "零": 0, "〇": 0, "洞": 0, "一": 1, "幺": 1, "壹": 1, "二": 2, "两": 2, "俩": 2, "贰": 2,
    "三": 3, "叁": 3, "四": 4, "五": 5, "六": 6, "陆": 6, "七": 7, "拐": 7,
    "八": 8, "九": 9, "勾": 9,
}  # fmt: skip
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
#: One character of a spoken or written number.
CHARS = "0-9" + "".join(DIGITS) + "".join(UNITS)
_TWENTIES = {"廿": "二十", "卅": "三十", "腊月": "十二月", "冬月": "十一月", "正月": "一月"}
_TRAILING = re.compile(rf"([{''.join(UNITS)}])([1-9一二两三四五六七八九])$")


def spelled_out(text: str) -> str:
    """``text`` with old number words in the usual ones (廿三 -> 二十三)."""
    for old, usual in _TWENTIES.items():
        text = text.replace(old, usual)
    return text


def digits(spoken: str) -> str | None:
    """The digits of a number read out one by one, or None when it is counted (二十三)."""
    out = "".join(str(DIGITS[c]) if c in DIGITS else c for c in spoken)
    return out if out.isdecimal() else None


def number(spoken: str) -> int | None:
    """The value of a counted number: 二十三 -> 23, 一万二 -> 12000, 6千5 -> 6500, 2026 -> 2026."""
    plain = digits(spoken)
    if plain is not None:
        return int(plain)
    spoken = _TRAILING.sub(_fraction_of_unit, spoken)
    total = section = 0
    current: int | None = None
    for part in re.findall(rf"\d+|[{''.join(DIGITS)}]|[{''.join(UNITS)}]", spoken):
        if part in UNITS:
            total, section, current = _unit(UNITS[part], total, section, current)
        else:
            current = DIGITS.get(part, int(part) if part.isdecimal() else 0)
    return total + section + (current or 0)


def _fraction_of_unit(match: re.Match[str]) -> str:
    """万二 -> 万二千: a digit left over after a unit counts the next smaller unit."""
    smaller = {"亿": "千万", "万": "千", "千": "百", "百": "十", "十": ""}[match.group(1)]
    return match.group(1) + match.group(2) + smaller


def _unit(unit: int, total: int, section: int, current: int | None) -> tuple[int, int, None]:
    if unit >= 10_000:
        return total + (section + (current or 0)) * unit, 0, None
    return total, section + (1 if current is None else current) * unit, None
