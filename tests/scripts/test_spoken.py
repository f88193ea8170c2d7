"""Amounts, dates, periods and digits as they are spoken."""

from datetime import UTC, date, datetime
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import spoken
from scripts.facts import Frequency, Period, PeriodKind


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("12000", "一万二千元"),
        ("12000.00", "一万二千元"),
        ("100000", "十万元"),
        ("110", "一百一十元"),
        ("365.05", "三百六十五元零五分"),
        ("365.50", "三百六十五元五角"),
        ("365.55", "三百六十五元五角五分"),
        ("1005", "一千零五元"),
        ("0.005", "一分"),
        ("0.05", "五分"),
        ("0.50", "五角"),
        ("0", "零元"),
        ("2", "两元"),
        ("2.02", "两元零两分"),
        ("200", "二百元"),
        ("2000", "两千元"),
        ("20000", "两万元"),
        ("120000", "十二万元"),
        ("100500", "十万零五百元"),
    ],
)
def test_amounts(yuan: str, words: str) -> None:
    assert spoken.amount(Decimal(yuan)) == words


@given(st.integers(0, 10**12))
def test_an_amount_is_heard_as_the_amount_it_was(yuan: int) -> None:
    words = spoken.amount(Decimal(yuan))

    assert cn2an.cn2an(words.removesuffix("元"), "normal") == yuan


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_fen_are_never_lost(yuan: int, cents: int) -> None:
    words = spoken.amount(Decimal(yuan) + Decimal(cents) / 100)

    assert ("角" in words) == (cents >= 10)
    assert ("分" in words) == (cents % 10 > 0)


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be spoken"):
        spoken.amount(Decimal(-1))


def test_a_day_is_spoken_with_its_year_digit_by_digit() -> None:
    assert spoken.calendar_day(date(2026, 11, 3)) == "二〇二六年十一月三日"
    assert spoken.calendar_day(date(2030, 10, 20)) == "二〇三〇年十月二十日"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_two_days_never_sound_alike(day: date) -> None:
    words = spoken.calendar_day(day)
    year, rest = words.split("年")
    month, last = rest.split("月")

    assert int("".join(str("〇一二三四五六七八九".index(d)) for d in year)) == day.year
    assert cn2an.cn2an(month, "normal") == day.month
    assert cn2an.cn2an(last.removesuffix("日"), "normal") == day.day


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(PeriodKind.LIFE), "终身"),
        (Period(PeriodKind.YEARS, 20), "二十年"),
        (Period(PeriodKind.YEARS, 2), "两年"),
        (Period(PeriodKind.TO_AGE, 70), "至七十周岁"),
    ],
)
def test_periods(period: Period, words: str) -> None:
    assert spoken.period(period) == words


def test_a_period_without_its_number_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a number"):
        spoken.period(Period(PeriodKind.YEARS))


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (9, 0, "十一月二十二日上午九点"),
        (12, 5, "十一月二十二日中午十二点零五分"),
        (14, 30, "十一月二十二日下午两点半"),
        (20, 45, "十一月二十二日晚上八点四十五分"),
        (0, 0, "十一月二十二日凌晨零点"),
    ],
)
def test_a_time_to_call_again(hour: int, minute: int, words: str) -> None:
    assert spoken.moment(datetime(2026, 11, 22, hour, minute, tzinfo=UTC)) == words


def test_digits_are_read_out_one_by_one() -> None:
    assert spoken.digits("0138") == "零幺三八"
    assert spoken.digits("002x") == "零零二叉"
    assert spoken.digits("400 820-1234") == "四零零八二零幺二三四"


@given(st.text("0123456789", min_size=1))
def test_every_digit_is_spoken(text: str) -> None:
    assert len(spoken.digits(text)) == len(text)


def test_every_way_of_paying_has_words() -> None:
    assert {spoken.every(frequency) for frequency in Frequency} == {
        "一次性", "每年", "每半年", "每季度", "每月"
    }  # fmt: skip


def test_an_unknown_gender_has_no_title() -> None:
    assert [spoken.title(gender) for gender in ("男", "女", None)] == ["先生", "女士", None]
