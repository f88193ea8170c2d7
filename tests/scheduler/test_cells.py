"""Single cells: what people and systems write, and what it means."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from scheduler.intake.cells.dates import read_date
from scheduler.intake.cells.identity import check_digit, is_organisation, read_identity
from scheduler.intake.cells.money import read_money
from scheduler.intake.cells.periods import is_once, over_one_year, read_period
from scheduler.intake.cells.phones import read_phone, split_phones
from scheduler.intake.cells.text import Unreadable, clean, code, person, shown
from scheduler.intake.cells.words import (
    read_channel,
    read_frequency,
    read_gender,
    read_product_type,
    read_yes,
)
from scripts.facts import Channel, Frequency, Period, PeriodKind, ProductType

YEARS, TO_AGE, LIFE = PeriodKind.YEARS, PeriodKind.TO_AGE, PeriodKind.LIFE


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("13900000001", "+8613900000001"),
        ("１３９００００００１２", "+8613900000012"),
        (" 139 0000-0001\u3000", "+8613900000001"),
        ("13900000001.0", "+8613900000001"),
        ("'13900000001", "+8613900000001"),
        ("+86 139 0000 0001", "+8613900000001"),
        ("+86-13900000001", "+8613900000001"),
        ("(+86)13900000001", "+8613900000001"),
        ("86-13900000001", "+8613900000001"),
        ("8613900000001", "+8613900000001"),
        ("008613900000001", "+8613900000001"),
        ("013900000001", "+8613900000001"),
        ("1.3900000001E+10", "+8613900000001"),
        ("手机:13900000001", "+8613900000001"),
        ("139\u200b0000\u202c0001", "+8613900000001"),
        ("0532-87477076", "+8653287477076"),
        ("(0532)87477076", "+8653287477076"),
        ("86-0532-87477076", "+8653287477076"),
    ],
)
def test_phones_that_can_be_rung(raw: str, expected: str) -> None:
    phone = read_phone(raw)

    assert phone is not None
    assert phone.e164 == expected


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("1.38E+10", "phone-damaged"),
        ("1.39E10", "phone-damaged"),
        ("1380013800", "phone-wrong"),
        ("139000000011", "phone-wrong"),
        ("12900000001", "phone-wrong"),
        ("87477076", "phone-wrong"),
        ("139oooo0001", "phone-wrong"),
        ("13900000001(儿子)", "phone-wrong"),
        ("同上", "phone-wrong"),
        ("139****0001", "phone-masked"),
        ("95511", "phone-switchboard"),
        ("4008895511", "phone-switchboard"),
        ("400-889-5511", "phone-switchboard"),
        ("8008101234", "phone-switchboard"),
        ("0532-87477076-8012", "phone-switchboard"),
        ("0532-87477076转8012", "phone-switchboard"),
        ("110", "phone-switchboard"),
        ("+852 9123 4567", "phone-foreign"),
        ("0085291234567", "phone-foreign"),
    ],
)
def test_phones_that_cannot_be_rung(raw: str, why: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_phone(raw)

    assert fault.value.code == why
    assert raw not in fault.value.message  # a phone never reaches a log through a message


def test_one_cell_may_hold_two_phones() -> None:
    assert split_phones("13900000001/0532-87477076、13900000002") == (
        "13900000001",
        "0532-87477076",
        "13900000002",
    )


@pytest.mark.parametrize(
    ("raw", "yuan"),
    [
        ("12000", "12000"),
        ("12,000.00", "12000"),
        ("１２，０００", "12000"),
        ("12000元", "12000"),
        ("￥12,000.50", "12000.50"),
        ("人民币12000元整", "12000"),
        ("RMB 12000", "12000"),
        ("1.2万", "12000"),
        ("3万元", "30000"),
        ("1.5亿", "150000000"),
        ("壹万贰仟元整", "12000"),
        ("三千五百", "3500"),
        ("-5000", "-5000"),
        ("(5,000.00)", "-5000"),
        ("0", "0"),
        ("0.30000000000000004", "0.30"),
    ],
)
def test_money(raw: str, yuan: str) -> None:
    assert read_money(raw) == Decimal(yuan)


def test_money_under_a_header_in_wan() -> None:
    assert read_money("1.2", in_wan=True) == 12000
    assert read_money("1.2万", in_wan=True) == 12000


@pytest.mark.parametrize("raw", ["abc", "12,00", "1.2.3", "$100", "100美元", "13900000001", "1e5x"])
def test_money_that_is_none(raw: str) -> None:
    with pytest.raises(Unreadable):
        read_money(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-3",
        "2026-11-03",
        "2026/11/03",
        "2026/11/3",
        "20261103",
        "20261103.0",
        "2026年11月3日",
        "2026年11月3号",
        "2026.11.3",
        "2026 11 03",
        "２０２６－１１－０３",
        "2026-11-03 00:00:00",
        "2026-11-03T10:20:30+08:00",
        "2026/11/3 10:20",
        "20261103102030",
        "46329",
        "46329.5",
    ],
)
def test_dates(raw: str) -> None:
    assert read_date(raw) == date(2026, 11, 3)


@pytest.mark.parametrize("raw", ["", "-", "0000-00-00", "1900-01-01", "9999-12-31", "0", "无"])
def test_dates_that_say_nothing(raw: str) -> None:
    assert read_date(raw) is None


@pytest.mark.parametrize(
    "raw",
    ["2026-13-45", "2026-02-30", "26-11-3", "11/3/2026", "2026-11", "20261345", "下周", "99999"],
)
def test_dates_that_cannot_be_read(raw: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_date(raw)

    assert fault.value.code == "date-unreadable"


NUMBER = "37020219800101001" + check_digit("37020219800101001")


def test_identity_number_tells_birth_and_gender() -> None:
    identity = read_identity(NUMBER.lower(), "居民身份证")

    assert identity is not None
    assert (identity.birth, identity.gender) == (date(1980, 1, 1), "男")


def test_old_identity_number_of_15_digits() -> None:
    identity = read_identity("370202800101002", "身份证")

    assert identity is not None
    assert (identity.birth, identity.gender) == (date(1980, 1, 1), "女")


@pytest.mark.parametrize(
    ("raw", "id_type", "why"),
    [
        ("3.70202198001E+17", "身份证", "id-damaged"),
        (NUMBER[:-1], "身份证", "id-wrong"),
        (NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "身份证", "id-wrong"),
        ("37020219801301001X", "身份证", "id-wrong"),
    ],
)
def test_identity_numbers_that_cannot_be(raw: str, id_type: str, why: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_identity(raw, id_type)

    assert fault.value.code == why
    assert raw not in fault.value.message


@pytest.mark.parametrize(
    ("raw", "id_type"),
    [
        ("E12345678", "护照"),
        ("H12345678", "港澳居民来往内地通行证"),
        ("02345678", "台胞证"),
        ("E12345678", ""),
        ("370202********0019", "身份证"),
    ],
)
def test_other_documents_are_taken_as_they_are(raw: str, id_type: str) -> None:
    identity = read_identity(raw, id_type)

    assert identity is not None
    assert (identity.number, identity.birth) == (raw, None)


def test_firms_documents() -> None:
    assert is_organisation("统一社会信用代码", "")
    assert is_organisation("", "91370200MA3C00000X")
    assert not is_organisation("身份证", NUMBER)


@pytest.mark.parametrize(
    ("raw", "period"),
    [
        ("20年", Period(YEARS, 20)),
        ("20", Period(YEARS, 20)),
        ("20.0", Period(YEARS, 20)),
        ("20年交", Period(YEARS, 20)),
        ("20年期", Period(YEARS, 20)),
        ("20Y", Period(YEARS, 20)),
        ("二十年", Period(YEARS, 20)),
        ("12个月", Period(YEARS, 1)),
        ("24个月", Period(YEARS, 2)),
        ("365天", Period(YEARS, 1)),
        ("366天", Period(YEARS, 1)),
        ("6个月", Period(YEARS, 0)),
        ("30天", Period(YEARS, 0)),
        ("1年", Period(YEARS, 1)),
        ("一年", Period(YEARS, 1)),
        ("至70岁", Period(TO_AGE, 70)),
        ("保至70周岁", Period(TO_AGE, 70)),
        ("70A", Period(TO_AGE, 70)),
        ("至１０５岁", Period(TO_AGE, 105)),
        ("终身", Period(LIFE)),
        ("保终身", Period(LIFE)),
        ("至终身", Period(LIFE)),
        ("1000Y", Period(LIFE)),
    ],
)
def test_periods(raw: str, period: Period) -> None:
    assert read_period(raw) == period


@pytest.mark.parametrize("raw", ["18个月", "70", "很久", "年", "200年"])
def test_periods_that_cannot_be_read(raw: str) -> None:
    with pytest.raises(Unreadable):
        read_period(raw)


def test_over_one_year_excludes_one_year() -> None:
    assert not over_one_year(Period(YEARS, 1))
    assert not over_one_year(Period(YEARS, 0))
    assert over_one_year(Period(YEARS, 2))
    assert over_one_year(Period(LIFE))


@pytest.mark.parametrize("raw", ["趸交", "趸缴", "一次交清", "一次性交清", "一次性付清", "0"])
def test_paid_at_once(raw: str) -> None:
    assert is_once(raw)


@pytest.mark.parametrize(
    ("read", "raw", "expected"),
    [
        (read_product_type, "分红险", ProductType.PARTICIPATING),
        (read_product_type, "分红型", ProductType.PARTICIPATING),
        (read_product_type, "万能型", ProductType.UNIVERSAL),
        (read_product_type, "投资连结", ProductType.UNIT_LINKED),
        (read_product_type, "投连险", ProductType.UNIT_LINKED),
        (read_product_type, "重疾", ProductType.HEALTH),
        (read_product_type, "健康险", ProductType.HEALTH),
        (read_product_type, "普通型", ProductType.TRADITIONAL),
        (read_product_type, "传统险", ProductType.TRADITIONAL),
        (read_channel, "个险", Channel.AGENT),
        (read_channel, "个人代理", Channel.AGENT),
        (read_channel, "营销", Channel.AGENT),
        (read_channel, "银行代理", Channel.BANK),
        (read_channel, "银邮", Channel.BANK),
        (read_channel, "银保渠道", Channel.BANK),
        (read_channel, "经代", Channel.BROKER),
        (read_channel, "专业中介", Channel.BROKER),
        (read_channel, "电销", Channel.TELESALES),
        (read_channel, "电话销售", Channel.TELESALES),
        (read_channel, "互联网", Channel.ONLINE),
        (read_channel, "网销", Channel.ONLINE),
        (read_frequency, "趸缴", Frequency.SINGLE),
        (read_frequency, "一次交清", Frequency.SINGLE),
        (read_frequency, "年缴", Frequency.YEARLY),
        (read_frequency, "按年", Frequency.YEARLY),
        (read_frequency, "半年交", Frequency.HALF_YEARLY),
        (read_frequency, "季缴", Frequency.QUARTERLY),
        (read_frequency, "月交", Frequency.MONTHLY),
        (read_yes, "是", True),
        (read_yes, "Y", True),
        (read_yes, "1.0", True),
        (read_yes, "已双录", True),
        (read_yes, "TRUE", True),
        (read_yes, "否", False),
        (read_yes, "未双录", False),
        (read_yes, "N", False),
        (read_yes, "0", False),
        (read_yes, "不需要", False),
        (read_gender, "男性", "男"),
        (read_gender, "F", "女"),
        (read_gender, "1", None),
    ],
)
def test_words(read: Callable[[str], object], raw: str, expected: object) -> None:
    assert read(raw) == expected


@pytest.mark.parametrize(
    ("read", "raw"),
    [
        (read_product_type, "其它"),
        (read_channel, "其他"),
        (read_frequency, "期交"),
        (read_frequency, "12"),
        (read_yes, "也许"),
    ],
)
def test_unknown_words(read: Callable[[str], object], raw: str) -> None:
    with pytest.raises(Unreadable):
        read(raw)


def test_a_blank_type_is_told_by_the_products_name() -> None:
    assert read_product_type("", "金账户年金保险（万能型）") is ProductType.UNIVERSAL
    assert read_product_type("年金险", "守护一生年金保险") is ProductType.TRADITIONAL
    assert read_product_type("", "康健长期医疗保险") is ProductType.HEALTH
    assert read_product_type("", "XYZ") is None


def test_text_keeps_what_the_user_wrote() -> None:
    assert shown(" 安康两全保险（分红型）\u3000") == "安康两全保险（分红型）"
    assert shown("'=1+1") == "=1+1"
    assert clean("Ａ１２（元）") == "A12(元)"
    assert code(" P 123 456.0") == "P123456.0"
    assert code("370201000.0") == "370201000"
    assert person("张 三") == "张三"
    assert person("Mary  Smith") == "Mary Smith"
    assert person("买买提•艾力") == "买买提·艾力"
