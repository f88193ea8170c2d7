"""What a customer says of his premium (交费金额, 交费期间), compared with the record."""

import re

from scripts.answers.frequency import rhythms
from scripts.answers.numerals import CHARS, number
from scripts.answers.records import Record
from scripts.facts import Frequency
from scripts.labels import PRIORITY, Label

_N = rf"[{CHARS}]"
_YEARS = re.compile(rf"({_N}{{1,3}})年(?:期|缴|交|的|$|[,，。吧啊了呢嘛])")
_PAY_YEARS = re.compile(rf"[交缴付]({_N}{{1,3}})年")
_MONEY = re.compile(
    rf"({_N}*[{CHARS}](?:\.\d+)?)(?:块钱|块|元|圆|$|[,，。吧啊的])|({_N}*[千万]{_N}*)"
)
_ONCE = re.compile(
    "一次性|一次就?交|一次付|一次缴|趸交|一把交|一笔交|就交一次|只交一次|交一次就|一锤子|不用再交|交完了|交一回|一笔头"
)
_NOT_ONCE = re.compile("不是一次|不止一次|又不是一次|不一次")
_CORRECTED = re.compile("不对|不是|(?<!没)错|说好|跟我说|讲好|当初说|说的是")
_BACKWARDS = re.compile("不是[^,，。]*[,，]?(?:应该)?是")


def compared(text: str, record: Record | None) -> tuple[Label, str] | None:
    """The label an amount, a number of years or 一次交清 in ``text`` brings, with its rule; None
    when nothing of the kind is said. Without a record an amount alone proves nothing."""
    if record is None:
        return _unproved(text, _once(text), _years(text))
    often, rest = rhythms(text)
    years = _years(rest)
    checks = []
    if often and record.frequency is not None:
        checks += _frequencies(often, record.frequency)
    if _once(rest):
        checks.append(_against(record.instalments is False, record.instalments is None, "once"))
    if years and record.payment_years is not None:
        checks.append(_against(years == {record.payment_years}, False, "years"))
    money = _money(text)
    if money and record.premium is not None:
        checks.append(_against(record.premium in money, False, "premium"))
    return min(checks, key=lambda check: PRIORITY.index(check[0]), default=None)


def _once(text: str) -> bool:
    return bool(_ONCE.search(text)) and not _NOT_ONCE.search(text)


def _years(text: str) -> set[int]:
    return _all(_PAY_YEARS, text) | _all(_YEARS, text)


def _frequencies(said: set[Frequency], known: Frequency) -> list[tuple[Label, str]]:
    """A right frequency affirms nothing by itself; two of them are a doubt."""
    if known not in said:
        return [(Label.DENY, "frequency-differs")]
    return [(Label.UNSURE, "frequency-vague")] if len(said) > 1 else []


def _against(same: bool, unknown: bool, rule: str) -> tuple[Label, str]:
    if unknown:
        return Label.UNSURE, f"{rule}-unknown"
    return (Label.AFFIRM, rule) if same else (Label.DENY, f"{rule}-differs")


def _unproved(text: str, once: bool, years: set[int]) -> tuple[Label, str] | None:
    if once:
        return Label.DENY, "once-unrecorded"
    if _BACKWARDS.search(text) and _money(text):
        return Label.DENY, "premium-corrected"
    if years and _CORRECTED.search(text):
        return Label.DENY, "years-corrected"
    return None


def _all(pattern: re.Pattern[str], text: str) -> set[int]:
    return {value for spoken in pattern.findall(text) if (value := number(spoken)) is not None}


def _money(text: str) -> set[int]:
    out = set()
    for plain, round_sum in _MONEY.findall(text):
        value = number(plain or round_sum)
        if value is not None and value >= 100:
            out.add(value)
    return out
