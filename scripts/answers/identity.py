"""What a customer gives to prove who he is: a birthday in any spoken form, or the last digits of
the identity number, compared with the record when there is one."""

import re
from dataclasses import dataclass
from datetime import date

from scripts.answers.numerals import CHARS, digits, number, spelled_out
from scripts.answers.records import Record
from scripts.labels import Label

_N = rf"[{CHARS}]"
_DATE = re.compile(
    rf"({_N}{{2,5}})年?生?的?[,，。/.\-年]?({_N}{{1,3}})[月/.\-]({_N}{{1,3}})[日号]?"
)
_SPOKEN_DATE = re.compile(
    rf"({_N}{{2,4}})年的?[,，]?({_N}{{1,2}})月份?的?[,，]?(?:初)?({_N}{{1,3}})[日号]?"
)
_MONTH_DAY = re.compile(rf"({_N}{{1,2}})月份?的?初?({_N}{{1,3}})[日号]?")
_SOLE_YEAR = re.compile(rf"({_N}{{2,4}})年")
_SOLE_DAY = re.compile(rf"(?<![年{CHARS}])({_N}{{1,2}})月份?的?({_N}{{1,3}})[日号]?")
_YEAR = re.compile(rf"({_N}{{2,4}})年|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|({_N}{{1,3}})岁")
_RUN = re.compile(rf"[{CHARS}x叉]{{3,20}}")
_SEPARATED = re.compile(rf"(?<=[{CHARS}])[,，、 .。\-—](?=[{CHARS}x叉])")
_YEAR_LIKE = re.compile("19[2-9][0-9]|20[0-2][0-9]")  # 一九七二 alone is half a birthday
_LUNAR = re.compile(
    "农历|阴历|旧历|老历|古历|初[一二三四五六七八九十]|腊月|正月|冬月|年三十|除夕|端午|中秋|重阳|元宵"
)
_DOUBT = re.compile("还是|要么|或者|好像|可能|大概|应该|记不|忘|证上|身份证上写|户口本|不对|不是")
#: After these words stands what counts: 不对，… and 证上登的是 …
_CARD = "(?:身份证|证件|证|户口本|本本)[上里]面?|按阳历|按公历|公历|阳历"
_MENDED = re.compile(f"不对不?对?|[说讲记报念]错了?|错了|更正一下|哦不|[,，]不[,，]|{_CARD}")
_CARDS = re.compile(_CARD)
#: The clause of the card, when it is the whole value: 证上印的是六六年十二月九号，…
_ON_CARD = re.compile(rf"[^,，。]*{_N}月[^,，。]*")
_ASKS_TAIL = re.compile("[后末尾][四4]位|尾号|末尾")
_FOUR = re.compile("[四4]位(?:数字?)?|[四4]个数字?")
_NO_DIGIT = re.compile("不是(?:数字?|字母|叉|x)|是个?字母")
_LETTER = re.compile("艾克斯|爱克斯|埃克斯|叉叉?|x")


@dataclass(frozen=True, slots=True)
class Supplied:
    """The value that was given and what it proves."""

    label: Label
    value: str | None
    rule: str


def supplied(text: str, record: Record | None) -> Supplied | None:
    """The birthday or digits in ``text`` against ``record``; None when it holds no value.

    A complete value without a record is an affirm (a value was given); with a record it must be
    the same. Half a value, a lunar date or two dates are unsure: the question is asked again.
    """
    text = _mended(_NO_DIGIT.sub("", text))
    if _LUNAR.search(text):
        return Supplied(Label.UNSURE, None, "lunar")
    text = spelled_out(text)
    if _DOUBT.search(text):
        given = _complete(text, record)
        return Supplied(Label.UNSURE, None, "doubtful") if given or _partial(text) else None
    given = _complete(text, record)
    if given is not None:
        return given
    return Supplied(Label.UNSURE, None, "partial") if _partial(text) else None


def _complete(text: str, record: Record | None) -> Supplied | None:
    birth = birthday(text)
    if birth is not None:
        known = record.birth if record else None
        return _compared(birth.isoformat(), known.isoformat() if known else None, "birthday")
    tail = id_tail(text)
    known_tail = record.id_tail if record else None
    year_like = tail is not None and _YEAR_LIKE.fullmatch(tail) and not _ASKS_TAIL.search(text)
    if tail is None or (year_like and tail != known_tail):
        return None
    return _compared(tail, known_tail, "id-tail")


def _mended(text: str) -> str:
    """What follows the last correction or the word of the card, when a whole value stands there
    or becomes one with the year said before; else all of ``text``."""
    for match in reversed(list(_MENDED.finditer(text))):
        rest = _CARDS.sub("", text[match.end() :])
        clause = _ON_CARD.match(rest) if _CARDS.fullmatch(match.group()) else None
        years = _SOLE_YEAR.findall(text[: match.start()])
        tries = [clause.group()] if clause else []
        tries += [rest, f"{years[0]}年{rest.lstrip(',，。是')}"] if len(years) == 1 else [rest]
        for said in tries:
            if not _DOUBT.search(said) and (birthday(said) or id_tail(said)):
                return said
    return text


def _partial(text: str) -> bool:
    return bool(_MONTH_DAY.search(text) or _YEAR.search(text) or _RUN.search(text))


def _compared(value: str, known: str | None, rule: str) -> Supplied:
    if known is None:
        return Supplied(Label.AFFIRM, value, f"{rule}-given")
    same = value.upper() == known.upper()
    return Supplied(
        Label.AFFIRM if same else Label.DENY, value, rule + ("" if same else "-differs")
    )


def birthday(text: str) -> date | None:
    """The one full date in ``text``, or None when there is none or more than one."""
    text = spelled_out(text)
    found = {_date(*match) for match in _SPOKEN_DATE.findall(text) + _DATE.findall(text)}
    found |= {_eight(run) for run in _RUN.findall(_joined(text))}
    real = {day for day in found if day is not None}
    if not real:
        return _parted(text)
    return real.pop() if len(real) == 1 else None


def _parted(text: str) -> date | None:
    """The date when its one year and its one day are said apart: 五月二十七，六四年的."""
    years, days = _SOLE_YEAR.findall(text), _SOLE_DAY.findall(text)
    return _date(years[0], *days[0]) if len(years) == len(days) == 1 else None


def _joined(text: str) -> str:
    return _SEPARATED.sub("", text)


def _eight(run: str) -> date | None:
    """19720423, also inside an identity number of 18."""
    plain = digits(run.rstrip("x叉"))
    if plain is None:
        return None
    if len(plain) in (17, 18):
        plain = plain[6:14]
    if len(plain) != 8:
        return None
    return _real(int(plain[:4]), int(plain[4:6]), int(plain[6:]))


def _date(year: str, month: str, day: str) -> date | None:
    numbers = (_year(year), number(month), number(day))
    return _real(*(n or 0 for n in numbers))


def _year(spoken: str) -> int | None:
    plain = digits(spoken)
    value = int(plain) if plain is not None else number(spoken)
    if value is not None and value < 100 and len(spoken) <= 2:
        return value + (2000 if value < 26 else 1900)
    return value


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _lettered(text: str) -> str:
    """``text`` with a letter told apart from its digits joined to them: 二七三，末尾是个叉."""
    text = _FOUR.sub("", text)
    runs = list(re.finditer(rf"[{CHARS}]+", text))
    if len(runs) != 1 or len(runs[0].group()) != 3:
        return text
    return runs[0].group() + "x" if _LETTER.search(text, runs[0].end()) else text


def id_tail(text: str) -> str | None:
    """The last four characters of an identity number that was read out, X in capitals."""
    runs = _RUN.findall(_lettered(_joined(text)))
    plain = [run[:-1] + "X" if run[-1] in "x叉" else run for run in runs]
    for run in plain:
        body = digits(run.rstrip("X"))
        if body is None:
            continue
        value = body + ("X" if run.endswith("X") else "")
        if len(value) in (4, 18) and not re.search(rf"{re.escape(run)}年", text):
            return value[-4:]
    return None
