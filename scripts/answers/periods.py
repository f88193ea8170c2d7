"""What a customer claims of the cooling-off period (犹豫期) and of the cover period (保险期间),
compared with the record. Finds contradictions only: a right number affirms nothing by itself."""

import re

from scripts.answers.numerals import CHARS, number
from scripts.answers.records import Record
from scripts.labels import Label

_N = rf"[{CHARS}]"
_NOT = "(不是|没有|不止|不到|哪有)?"
#: 第二天, 前两天 and 还剩三天 tell a day, not a length; 三天了, 两天前 tell how long ago.
_DAYS = re.compile(
    rf"{_NOT}(?<![第过前这那头等隔剩还去从月{CHARS}])(?<!还有)({_N}{{1,3}})"
    rf"(个工作日|天|日(?!起|开始|算|签)|个?星期|个?礼拜|周|个月)(?!了|前|之前|以前|再|{_N}?[月号])"
)
_HALF_MONTH = re.compile("(不是)?(?<!天)半个月")
_VAGUE = re.compile(rf"(?<!第){_N}[来几多][天日]|几[天日](?!前)|好几天")
_UNIT_DAYS = {"星期": 7, "礼拜": 7, "周": 7, "月": 30}
_YEARS = re.compile(
    rf"{_NOT}(?<![第过前这那交缴付{CHARS}])({_N}{{1,3}})年(?!期?[交缴付]|前|后|之后|以后|一[次回])"
)
_AGE = re.compile(rf"{_NOT}[到至]({_N}{{2,3}})(?:周?岁|$|[,，。的吧啊呢嘛])")
_LIFE = re.compile(
    "(不是|没有|不)?(?:保|管)?(终身|终生|一辈子|一生|到老|到死|活多久|永久|永远|一直保|百年)"
)


def contradicted(question: str, text: str, record: Record | None) -> tuple[Label, str] | None:
    """A denial or a doubt, with its rule, when ``text`` answers the question id ``question`` with
    another length than ``record`` has; None when nothing speaks against the record."""
    if record is None:
        return None
    if question.startswith("HESITATION"):
        return _cooling_off(text, record.cooling_off_days)
    return _cover(text, record) if question == "LIABILITY.term" else None


def _cooling_off(text: str, days: int | None) -> tuple[Label, str] | None:
    if days is None:
        return None
    claimed, denied = _days(text)
    if days in denied or (claimed and days not in claimed):
        return Label.DENY, "days-differ"
    if len(claimed) > 1 or _VAGUE.search(text):
        return Label.UNSURE, "days-vague"
    return None


def _days(text: str) -> tuple[set[int], set[int]]:
    """The lengths in days that are claimed, and those that are denied (不是十天)."""
    claimed: set[int] = set()
    denied: set[int] = set()
    for negation, spoken, unit in _DAYS.findall(text):
        length = (number(spoken) or 0) * _UNIT_DAYS.get(unit.lstrip("个"), 1)
        if length > 1:  # 后一天 tells a day
            (denied if negation else claimed).add(length)
    for negation in _HALF_MONTH.findall(text):
        (denied if negation else claimed).add(15)
    return claimed, denied


def _cover(text: str, record: Record) -> tuple[Label, str] | None:
    life = _claims(_LIFE, text)
    if life and record.cover_life is not None and life != {record.cover_life}:
        return Label.DENY, "cover-life-differs"
    if _differs(_YEARS, text, record.cover_years, record.cover_life, record.cover_age):
        return Label.DENY, "cover-years-differ"
    if _differs(_AGE, text, record.cover_age, record.cover_life, record.cover_years):
        return Label.DENY, "cover-age-differs"
    return None


def _claims(pattern: re.Pattern[str], text: str) -> set[bool]:
    return {not negation for negation, _ in pattern.findall(text)}


def _differs(
    pattern: re.Pattern[str], text: str, known: int | None, life: bool | None, other: int | None
) -> bool:
    """Whether a number that ``text`` claims is not ``known``, or is one where the cover is counted
    in another way (``life`` or ``other``)."""
    said = [(bool(negation), number(spoken)) for negation, spoken in pattern.findall(text)]
    claimed = {value for negation, value in said if not negation}
    if known is None:
        return bool(claimed) and (bool(life) or other is not None)
    return (True, known) in said or bool(claimed and known not in claimed)
