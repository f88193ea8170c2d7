"""What a row becomes, rule by rule, on otherwise clean fabricated rows."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.intake.cells.identity import check_digit
from scheduler.intake.records import ListResult, PhoneUse, RowResult, Status, Stored
from scheduler.intake.screening import screen_list
from scheduler.intake.sharing import shared_phones
from scheduler.intake.sheet import Sheet
from scripts.facts import Channel, Frequency, Period, PeriodKind, ProductType

Screen = Callable[..., ListResult]


def born(day: str, digit: int = 1) -> str:
    first = f"370202{day}{digit:03d}"
    return first + check_digit(first)


def only(result: ListResult) -> RowResult:
    assert result.read == len(result.rows) == 1
    return result.rows[0]


def codes(row: RowResult) -> set[str]:
    return {reason.code for reason in row.reasons}


def test_a_clean_row_is_accepted_and_fully_understood(screen: Screen) -> None:
    row = only(screen({}))

    assert (row.status, row.reasons) == (Status.ACCEPT, ())
    record = row.record
    assert record
    assert record.product_type is ProductType.PARTICIPATING
    assert record.channel is Channel.AGENT
    assert record.frequency is Frequency.YEARLY
    assert record.payment_period == Period(PeriodKind.YEARS, 10)
    assert record.cover_period == Period(PeriodKind.YEARS, 20)
    assert record.receipt_returned_on == date(2026, 11, 13)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"保单号": ""}, "reject", "missing"),
        ({"保单号": "3.70201E+11"}, "reject", "number-damaged"),
        ({"保单号": "见附件"}, "reject", "number-unreadable"),
        ({"投保人姓名": " 　"}, "reject", "missing"),
        ({"投保人姓名": "13900000001"}, "reject", "name-unreadable"),
        ({"险种名称": ""}, "reject", "missing"),
        ({"产品类型": "其它"}, "reject", "product-type-unknown"),
        ({"渠道": "某某"}, "reject", "channel-unknown"),
        ({"承保日期": "2026-13-45"}, "reject", "date-unreadable"),
        ({"承保日期": "2027-03-01"}, "reject", "issued-in-future"),
        ({"回执签收日期": "2026-13-45"}, "reject", "date-unreadable"),
        ({"回执签收日期": "2026-11-09"}, "reject", "signed-before-issue"),
        ({"回执签收日期": "2026-11-22", "回执回销日期": ""}, "reject", "receipt-in-future"),
        ({"回执回销日期": "2026-11-11"}, "reject", "returned-before-signed"),
        ({"犹豫期天数": "1000"}, "reject", "days-unreadable"),
        ({"投保人出生日期": "1980-13-01"}, "reject", "date-unreadable"),
        ({"投保人证件号码": "", "投保人出生日期": "2027-01-01"}, "reject", "birth-in-future"),
        ({"被保险人姓名": "", "与投保人关系": "子女"}, "reject", "missing"),
        ({"保费": "-5000"}, "reject", "premium-not-positive"),
        ({"保费": "0"}, "reject", "premium-not-positive"),
        ({"保费": "12千5"}, "reject", "amount-unreadable"),
        ({"保额": "-1"}, "reject", "sum-negative"),
        ({"交费方式": "期交"}, "reject", "frequency-unknown"),
        ({"交费期间": "趸交"}, "reject", "frequency-differs"),
        ({"交费期间": ""}, "reject", "missing"),
        ({"保险期间": "18个月"}, "reject", "period-unreadable"),
        ({"双录": "也许"}, "reject", "yes-no-unknown"),
        ({"保险期间": "1年"}, "out-of-scope", "one-year"),
        ({"保险期间": "12个月"}, "out-of-scope", "one-year"),
        ({"投保人姓名": "青岛海滨贸易有限公司"}, "out-of-scope", "holder-not-person"),
        ({"证件类型": "统一社会信用代码"}, "out-of-scope", "holder-not-person"),
        ({"投保人类型": "团体"}, "out-of-scope", "holder-not-person"),
        ({"手机": ""}, "screen", "phone-missing"),
        ({"手机": "1.38E+10"}, "screen", "phone-damaged"),
        ({"手机": "1390000001"}, "screen", "phone-wrong"),
        ({"手机": "95511"}, "screen", "phone-switchboard"),
        ({"手机": "13900009999"}, "screen", "phone-of-seller"),
        ({"投保人出生日期": "1980-01-02"}, "screen", "birth-differs"),
        ({"投保人性别": "女"}, "screen", "gender-differs"),
        ({"投保人证件号码": "37020219800101001A"}, "screen", "id-wrong"),
        ({"投保人证件号码": "37020219800101"}, "screen", "id-wrong"),
        ({"投保人证件号码": "", "投保人出生日期": ""}, "screen", "identity-missing"),
        ({"投保人证件号码": born("20150101"), "投保人出生日期": ""}, "screen", "holder-minor"),
        ({"投保人证件号码": born("19050101"), "投保人出生日期": ""}, "screen", "holder-too-old"),
        ({"保单状态": "犹豫期退保"}, "screen", "policy-ended"),
        ({"回执签收日期": "", "回执回销日期": ""}, "wait", "receipt-missing"),
        ({"回执签收日期": "0000-00-00"}, "wait", "receipt-missing"),
    ],
)
def test_what_is_wrong_with_a_row(
    screen: Screen, change: dict[str, str], status: str, code: str
) -> None:
    row = only(screen(change))

    assert row.status.value == status
    assert code in codes(row)
    assert (row.record is None) == (status == "reject")


@pytest.mark.parametrize(
    "change",
    [
        {"投保人证件号码": born("19800101"), "投保人出生日期": ""},
        {"证件类型": "护照", "投保人证件号码": "E12345678"},
        {"证件类型": "港澳居民来往内地通行证", "投保人证件号码": "H12345678"},
        {"投保人证件号码": born("19410101"), "投保人出生日期": "1941.1.1"},
        {"投保人姓名": "欧阳 修", "被保险人姓名": "欧阳修"},
        {"投保人姓名": "阿卜杜拉·买买提", "被保险人姓名": ""},
        {"生效日期": "2026-11-01"},
        {"生效日期": "2026-12-01"},
        {"承保日期": "2026-11-21", "回执签收日期": "2026-11-21", "回执回销日期": "2026-11-21"},
        {"交费方式": "趸交", "交费期间": ""},
        {"交费方式": "", "交费期间": "趸交"},
        {"保额": "见条款"},
        {"保额": "0"},
        {"双录": ""},
        {"犹豫期天数": ""},
        {"产品类型": "", "险种名称": "金账户年金保险（万能型）"},
        {"产品类型": "健康", "保险期间": "1年", "保证续保": "是"},
        {"产品类型": "健康", "保险期间": "1年", "险种名称": "长期医疗险（保证续保20年）"},
        {"手机": "", "联系电话": "0532-87477076"},
        {"手机": "1390000001", "联系电话": "13900000005"},
        {"投保人姓名": "赵业务", "被保险人姓名": "赵业务", "手机": "13900009999"},
        {"保单状态": "有效"},
        {"备注": '=HYPERLINK("http://x","y")'},
    ],
)
def test_unusual_rows_that_are_fine(screen: Screen, change: dict[str, str]) -> None:
    row = only(screen(change))

    assert row.status is Status.ACCEPT
    assert row.record is not None


def test_not_guaranteed_renewal_is_no_guaranteed_renewal(screen: Screen) -> None:
    row = only(screen({"产品类型": "健康", "保险期间": "1年", "备注": "不保证续保"}))

    assert row.status is Status.OUT_OF_SCOPE


def test_the_gravest_reason_decides_and_all_are_kept(screen: Screen) -> None:
    change = {"保费": "-1", "保险期间": "1年", "手机": "", "回执签收日期": "", "回执回销日期": ""}
    row = only(screen(change))

    assert row.status is Status.REJECT
    assert {"premium-not-positive", "one-year", "phone-missing", "receipt-missing"} <= codes(row)
    del change["保费"]
    assert only(screen(change)).status is Status.OUT_OF_SCOPE
    del change["保险期间"]
    assert only(screen(change)).status is Status.SCREEN
    del change["手机"]
    assert only(screen(change)).status is Status.WAIT


def test_a_repeated_number_rejects_the_later_row_only(screen: Screen) -> None:
    result = screen({"保单号": "P1234567"}, {}, {"保单号": " p１２３4567"}, {"保单号": "P1234567"})

    assert [row.status.value for row in result.rows] == ["accept", "accept", "reject", "reject"]
    assert "第 2 行" in result.rows[2].reasons[0].message


def test_mobile_is_rung_before_a_fixed_line(screen: Screen) -> None:
    record = only(screen({"手机": "0532-87477076", "联系电话": "13900000007"})).record

    assert record
    assert (record.phone, record.other_phones) == ("+8613900000007", ("+8653287477076",))


def strangers(count: int, **more: str) -> list[dict[str, str]]:
    names = ["钱一一", "孙二二", "李三三", "周四四"]
    return [
        {"手机": "13900000777", "投保人姓名": name, "被保险人姓名": name, **more}
        for name in names[:count]
    ]


def test_one_phone_under_three_strangers_screens_all_of_them(screen: Screen) -> None:
    result = screen(*strangers(3), {})

    assert [row.status.value for row in result.rows] == ["screen"] * 3 + ["accept"]
    assert result.shared_phones == {"+8613900000777"}


def test_one_phone_under_two_strangers_is_allowed(screen: Screen) -> None:
    assert {row.status for row in screen(*strangers(2), *strangers(2)).rows} == {Status.ACCEPT}


def test_a_family_may_share_a_phone(screen: Screen) -> None:
    child = [{**row, "被保险人姓名": "钱小小", "与投保人关系": "子女"} for row in strangers(3)]

    assert {row.status for row in screen(*child).rows} == {Status.ACCEPT}


def test_stored_policies_count_as_strangers_too(screen: Screen) -> None:
    stored = Stored(
        phones=(
            PhoneUse("+8613900000777", "吴五五", "吴五五"),
            PhoneUse("+8613900000777", "郑六六", "郑六六"),
        ),
        sellers={"+8613900000002": frozenset({"冯卖卖"})},
    )
    result = screen(*strangers(1), {}, stored=stored)

    assert [codes(row) for row in result.rows] == [{"phone-shared"}, {"phone-of-seller"}]


def test_another_sellers_phone_is_a_sellers_phone(screen: Screen) -> None:
    other = {"业务员姓名": "陈业务", "业务员电话": "13900008888"}
    result = screen(other, {"手机": "13900008888"})

    assert [row.status for row in result.rows] == [Status.ACCEPT, Status.SCREEN]


def test_a_sellers_number_among_the_further_ones_is_never_kept(screen: Screen) -> None:
    record = only(screen({"联系电话": "13900009999", "办公电话": "0532-87477076"})).record

    assert record
    assert record.other_phones == ("+8653287477076",)


def test_messages_never_carry_a_phone_or_an_identity_number(screen: Screen) -> None:
    number = "37020219800101002X"
    rows = screen({"手机": "1390000001", "投保人证件号码": number}, *strangers(3)).rows
    text = " ".join(reason.message for row in rows for reason in row.reasons)

    assert "1390000001" not in text
    assert number not in text
    assert "13900000777" not in text


def test_two_columns_of_one_name_must_agree(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of({"投保金额": "999"}, {"投保金额": "12000"})
    twice = tuple("保费" if name == "投保金额" else name for name in sheet.columns)
    result = screen_list(Sheet(sheet.path, twice, sheet.rows), date(2026, 11, 21))

    assert [row.status.value for row in result.rows] == ["reject", "accept"]
    assert "columns-disagree" in codes(result.rows[0])


@given(
    st.lists(
        st.builds(PhoneUse, st.sampled_from("12"), st.sampled_from("abcd"), st.sampled_from("abcd"))
    )
)
def test_sharing_does_not_depend_on_the_order(uses: list[PhoneUse]) -> None:
    assert shared_phones(uses) == shared_phones(uses[::-1])


JUNK = st.dictionaries(
    st.sampled_from(
        ["保单号", "手机", "保费", "承保日期", "投保人姓名", "保险期间", "投保人证件号码"]
    ),
    st.text(max_size=12) | st.sampled_from(["-", "1年", "1.38E+10", "20261103", "P1234567"]),
)


@settings(max_examples=60)
@given(rows=st.lists(JUNK, min_size=1, max_size=6))
def test_every_row_comes_out_exactly_once(
    sheet_of: Callable[..., Sheet], rows: list[dict[str, str]]
) -> None:
    sheet = sheet_of(*rows)
    result = screen_list(sheet, date(2026, 11, 21))

    assert [row.row for row in result.rows] == [row.number for row in sheet.rows]
    assert sum(result.counts.values()) == result.read == len(rows)
    assert all((row.record is None) == (row.status is Status.REJECT) for row in result.rows)
