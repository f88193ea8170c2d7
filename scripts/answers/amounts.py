"""What a customer says of his premium (交费金额, 交费期间), compared with the record."""

import re

from scripts.answers.frequency import rhythms
from scripts.answers.numerals import CHARS, number
from scripts.answers.records import Record
from scripts.facts import Frequency
from scripts.labels import PRIORITY, Label

_N = rf"[{CHARS}]"
_YEARS = re.compile(rf"({_N}{{1,3}})年(?:期|缴|交|的|$|[,，。吧啊了呢嘛])")
_PAY_YEARS = re.compile(rf"[交缴付供扣][满够足]?({_N}{{1,3}})年")
_MONEY = re.compile(
    rf"({_N}*[{CHARS}](?:\.\d+)?)(?:块钱|块|元|圆|$|[,，。吧啊的])|({_N}*[千万]{_N}*)"
)
_ONCE = re.compile(
    "一次性|一次就?交|一次就?[付给缴拿掏]|趸交|一把头?就?[交付给缴]|一笔头?就?[交付给缴]|就交一次|只交一次"
    "|[就只]交一[笔次回]|交一次就|一锤子|不用再交|交完了|交一回|一笔头|一把头|一口气[交付]|(?<!年)[交付缴]清(?!楚)"
)
_NOT_ONCE = re.compile("不是一次|不止一次|又不是一次|不一次")
_CORRECTED = re.compile(
    "不对|不是|(?<![没冇不会])(?<!不会.)错(?!不了)|说好|跟我说|讲好|当初[说讲]|[说讲记]的是|[怎咋].{0,4}[成变]"
)
_BACKWARDS = re.compile("不是[^,，。]*[,，]?(?:应该)?是")
_RHYTHM = "(?:每年|年年|按年|年|每个?月|月月|按月|月|每?季度?|按季|每?半年|一次性?)"
_OTHER_RHYTHM = re.compile(
    f"(?:不是|哪[里儿]?是|[怎咋]么?是)(?:按|逐|说)?{_RHYTHM}[交缴扣付]?[的,，。嘛啊]?(?!.*[吗么])"
)
#: 交五年就不管了: the term as the customer was told it, with the end of paying.
_ENDS = re.compile(
    rf"(?:[交缴付][够满足]?{_N}{{1,3}}年|{_N}{{1,3}}年[交缴付][够满完足])[^,，。]{{0,4}}"
    "(?:不管|不用|没事|完事|完了|结束|拉倒|不再|到头)"
)
#: 怎么明年还有: paying again is news.
_AGAIN = re.compile(
    "(?:[怎咋]么?|为[啥什]么?|哪[晓知]得?道?|谁[晓知]得?道?|没想到)[^,，。]{0,6}"
    "(?:明年|后年|以后|后[面头]|还|又)[^,，。]{0,4}(?:有|要|得|交|掏|扣|缴)"
)
_YES = re.compile(
    "^[嗯哦啊]*[,，]?(?:对|是[的啊呀]|没错|知道|晓得|清楚|明白)|对着[呢哩嘞]|对头|没错|没问题|没毛病|[对是]的[。,，]?$"
    "|记得都?[很挺]?牢|错不了|一分不多"
)
_WELL = re.compile("没错|没问题|没毛病|不错|没差|没得错|错不了|一分不多|一分不少|冇错")
#: Anything that makes a statement of the terms less than plain.
_LESS = re.compile(
    "[不没未怎咋吗么嘛？?吧或想退骗亏高贵多少哪谁冇莫]|但是|可是|可[我今这那]|不过|只是|就是有|以为|当初|原来|好像|大概|可能|应该"
    "|还是|说好|讲好|除了|后来|可惜|结果|改成|换成"
)
_DENIED_SUM = re.compile(rf"不是[{CHARS}.]*[百千万][{CHARS}]*(?!.*[吗么])")
_SAME = re.compile("一致|一样|对得上|没错|一个样|相符")
_YOUR_SUM = re.compile("你们?(?:这里?|那里?|系统里?)?[报念说讲写算把显]")
#: 俺定的是月交: what the customer says he settled, without a yes.
_CLAIMED = re.compile(
    "[我俺咱]们?(?:(?:当时|那天)?[定选签办谈讲说]好?的?(?:就?是|时候)|只[应认答签报]了?)[^,，。]{0,3}"
    rf"(?:{_RHYTHM}|{_N}{{1,3}}年|{_N}+[百千万])"
)
_AGE = re.compile(rf"[交缴付]到[我俺]?{_N}{{2,3}}(?:周?岁|,|，|。|$)")


def compared(text: str, record: Record | None) -> tuple[Label, str] | None:
    """The label an amount, a number of years or 一次交清 in ``text`` brings, with its rule; None
    when nothing of the kind is said. Without a record an amount alone proves nothing."""
    if record is None:
        return _unproved(text, _once(text), _years(text)) or _told_all(text)
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
    return bool(_ONCE.search(text)) and not _NOT_ONCE.search(text) and "还是" not in text


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
    if "还是" in text and max(len(_money(text)), len(years)) > 1:
        return Label.UNSURE, "terms-vague"
    if _YOUR_SUM.search(text) and (len(years) > 1 or _two_rhythms(text)):
        return Label.DENY, "terms-differ"
    if _BACKWARDS.search(text) and _money(text):
        return Label.DENY, "premium-corrected"
    if years and (_CORRECTED.search(text) or _ENDS.search(text)) and "还是" not in text:
        return Label.DENY, "years-corrected"
    if _DENIED_SUM.search(text) or _two_sums(text):
        return Label.DENY, "premium-corrected"
    if _CLAIMED.search(text) and not _YES.search(text):
        return Label.DENY, "terms-claimed"
    if _OTHER_RHYTHM.search(text):
        return Label.DENY, "frequency-corrected"
    return (Label.DENY, "paying-again") if _AGAIN.search(text) else None


def _two_rhythms(text: str) -> bool:
    """Whether two frequencies are set against each other: 一季三百，你们把季看成月了."""
    return len(rhythms(text)[0]) > 1 and bool(re.search("[?？]|看成|当成|变成|显示", text))


def _two_sums(text: str) -> bool:
    """Whether the customer holds a sum of his own against the one he was told."""
    own = _YOUR_SUM.search(text) or _CORRECTED.search(text)
    clear = not _SAME.search(text) and "哪" not in text
    return len(_money(text)) > 1 and bool(own) and clear


def _told_all(text: str) -> tuple[Label, str] | None:
    """The amount, the term and the frequency (or a yes) said as they were asked, and nothing said
    against them: 对着呢，一年八千六，连交十年."""
    if _LESS.search(_WELL.sub("", text)):
        return None
    often, rest = rhythms(text)
    told = len(often) < 2 and _money(text) and (_years(rest) or _AGE.search(rest))
    return (Label.AFFIRM, "all-told") if told and (often or _YES.search(text)) else None


def _all(pattern: re.Pattern[str], text: str) -> set[int]:
    return {value for spoken in pattern.findall(text) if (value := number(spoken)) is not None}


def _money(text: str) -> set[int]:
    out = set()
    for plain, round_sum in _MONEY.findall(text):
        value = number(plain or round_sum)
        if value is not None and value >= 100:
            out.add(value)
    return out
