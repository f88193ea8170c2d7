"""How often a customer says he pays (交费方式): 每月, 一年两次, 一次. Compares nothing."""

import re

from scripts.answers.numerals import CHARS, number
from scripts.facts import Frequency

_N = rf"[{CHARS}]"
_TIMES = re.compile(rf"(?:每|一)年[要得都就]?[交缴付]?({_N}{{1,2}})[次回趟]")
_A_YEAR = {
    1: Frequency.YEARLY,
    2: Frequency.HALF_YEARLY,
    4: Frequency.QUARTERLY,
    12: Frequency.MONTHLY,
}
#: After 一年 and the like: what makes it a rhythm rather than a span of time (买了一年了).
_FILLED = "[要得都就才只]{0,3}"
_RHYTHM = rf"(?={_FILLED}[交缴付]|{_FILLED}一[次回趟]|{_N}|$|[,，。的吧啊呢嘛])"
_ONCE = rf"{_FILLED}[交缴付]?一?[次回趟]?"
_WORDS = (
    (
        Frequency.HALF_YEARLY,
        rf"(?:每个?|一个?|按|逐)?半年(?:[交缴付]|{_RHYTHM})|[六6]个月{_RHYTHM}",
    ),
    (Frequency.QUARTERLY, rf"(?:每个?|一个?|按|逐)季度?|季度?[交缴付]|(?:三|3)个月{_RHYTHM}"),
    (
        Frequency.MONTHLY,
        rf"每个?月|按月|逐月|月月|(?:一|1)个月{_RHYTHM}|(?<![{CHARS}个上这本])月[交缴付]",
    ),
    (
        Frequency.YEARLY,
        rf"每年|按年|逐年|年年|(?<![{CHARS}半])年[交缴付]|(?<![{CHARS}交缴付了过满])一年{_RHYTHM}",
    ),
)
_RHYTHMS = tuple((frequency, re.compile(f"(?:{words}){_ONCE}")) for frequency, words in _WORDS)
#: 讲过一次 and 第一次 count something else than payments.
_SINGLE = re.compile(
    rf"(?<![{CHARS}第头上这那每再说问看讲过了打提念听试见来])一[次回](?!次|又|比)"
    "|[交缴付][过了]一[次回]|趸交|一次性|一把"
)
_DENIED = re.compile("不是$|不用$|没有$|不$")


def rhythms(text: str) -> tuple[set[Frequency], str]:
    """The frequencies that ``text`` claims, and the text without the words that claim them, so
    that 一年交一次 is not read as one year of payments."""
    said: set[Frequency] = set()
    for match in _TIMES.finditer(text):
        frequency = _A_YEAR.get(number(match.group(1)) or 0)
        if frequency:
            said.add(frequency)
    text = _TIMES.sub("~", text)
    for frequency, pattern in _RHYTHMS:
        if _claimed(pattern, text):
            said.add(frequency)
        text = pattern.sub("~", text)
    if _claimed(_SINGLE, text):
        said.add(Frequency.SINGLE)
    return said, text


def _claimed(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a match stands that is not itself denied (不是每月)."""
    return any(not _DENIED.search(text[: match.start()]) for match in pattern.finditer(text))
