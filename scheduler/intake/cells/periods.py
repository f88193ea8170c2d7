"""Payment and cover periods (交费期间, 保险期间): 20年, 至70岁, 终身, 12个月, 20Y. Pure."""

import re
from functools import lru_cache

import cn2an

from scheduler.intake.cells.text import Unreadable, clean, quoted
from scripts.facts import Period, PeriodKind

_ONCE = re.compile(r".*(趸|一次|单次)[交缴]?.*|single|0|0年|0Y", re.IGNORECASE)
_LIFE = re.compile(r"(保|至|到)*终[身生].*|whole ?life|life(time)?|1000Y|9999?Y?", re.IGNORECASE)
_AGE = re.compile(
    r"(?:.*?[至到])?\s*(\d{2,3})\s*周?岁.*|(\d{2,3})A|A(\d{2,3})|to ?age ?(\d{2,3})", re.IGNORECASE
)
_COUNT = re.compile(
    r"(?:[保交缴]满?)?(\d+)(?:\.0+)?\s*(年|个?月|天|日|Y|M|D|years?|months?|days?)?(?:期|整|[交缴].*)?",
    re.IGNORECASE,
)
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十百两]+")


def is_once(raw: str) -> bool:
    """Whether a payment period says that all is paid at once (趸交, 一次交清)."""
    return bool(_ONCE.fullmatch(clean(raw)))


@lru_cache(maxsize=4096)
def read_period(raw: str) -> Period | None:
    """Whole years, an age, or for life. Less than a year is ``Period(YEARS, 0)``.

    Raises :class:`Unreadable` ``period-unreadable``: also for a bare 70, which may be an age.
    """
    text = _CHINESE_NUMBER.sub(_arabic, clean(raw))
    if not text:
        return None
    if _LIFE.fullmatch(text):
        return Period(PeriodKind.LIFE)
    age = _AGE.fullmatch(text)
    if age:
        return Period(PeriodKind.TO_AGE, int(next(filter(None, age.groups()))))
    years = _years(text)
    if years is None:
        raise Unreadable("period-unreadable", f"期间{quoted(raw)}看不懂,请写成 20年、至70岁或终身")
    return Period(PeriodKind.YEARS, years)


def over_one_year(period: Period) -> bool:
    """Whether the contract runs longer than a year: 人身保险业务基本服务规定 第15条."""
    return period.kind is not PeriodKind.YEARS or (period.number or 0) > 1


def _years(text: str) -> int | None:
    found = _COUNT.fullmatch(text)
    if not found:
        return None
    count, unit = int(found[1]), (found[2] or "").lower()
    if "月" in unit or unit.startswith("m"):
        return _whole(count, 12)
    if unit in ("天", "日") or unit.startswith("d"):
        return _whole(count - 1 if count % 365 == 1 else count, 365)
    if not unit and count >= 50:
        return None
    return count if count <= 120 else None


def _whole(count: int, per_year: int) -> int | None:
    """Years, 0 for a part of one year, None when years are left over (18个月)."""
    if count < per_year:
        return 0
    return count // per_year if count % per_year == 0 else None


def _arabic(found: re.Match[str]) -> str:
    try:
        return str(cn2an.cn2an(found[0], "smart"))
    except ValueError:
        return found[0]
