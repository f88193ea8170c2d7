"""Files as insurers really send them: titles, two-row headers, totals, and broken ones."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from scheduler.intake.columns import find_columns
from scheduler.intake.files import read_list
from scheduler.intake.screening import screen_list
from scheduler.intake.sheet import ListFault

TODAY = date(2026, 11, 21)
Table = Sequence[Sequence[object]]


def write_xlsx(path: Path, table: Table, sheets: int = 1) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for _ in range(sheets):
            sheet = book.add_worksheet()
            for line, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(line, column, cell)
                    elif cell is not None:
                        sheet.write(line, column, cell)
    return path


def write_text(path: Path, table: Table, encoding: str, mark: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=mark).writerows(table)
    return path


def table_of(clean: dict[str, str], count: int = 2) -> list[list[object]]:
    rows = [[*clean.values()] for _ in range(count)]
    for index, row in enumerate(rows):
        row[0] = f"P{index:012d}"
    return [[*clean], *rows]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("gb18030", "\t"), ("utf-8", ";"),
     ("utf-16", "\t")],
)  # fmt: skip
def test_text_files_in_every_encoding(
    tmp_path: Path, clean_row: dict[str, str], encoding: str, mark: str
) -> None:
    path = write_text(tmp_path / "list.csv", table_of(clean_row), encoding, mark)

    result = screen_list(read_list(path), TODAY)

    assert [row.status.value for row in result.rows] == ["accept", "accept"]
    assert result.rows[0].record
    assert result.rows[0].record.holder_name == "王小明"


def test_titles_blank_rows_totals_and_footnotes(tmp_path: Path, clean_row: dict[str, str]) -> None:
    header, *rows = table_of(clean_row, 3)
    table = [
        ["某某人寿 2026 年 11 月新契约清单"],
        ["导出时间:2026-11-20", "", "导出人:管理员"],
        [],
        header,
        rows[0],
        [],
        rows[1],
        header,
        rows[2],
        ["合计", "3 件", *[""] * 10, "36000"],
        ["制表人:李四"],
    ]
    sheet = read_list(write_xlsx(tmp_path / "list.xlsx", table))

    assert sheet.header_row == 4
    assert [row.number for row in sheet.rows] == [5, 7, 9]
    assert [number for number, _ in sheet.skipped] == [8, 10, 11]


def test_header_of_two_rows(tmp_path: Path) -> None:
    table = [
        ["保单信息", *[""] * 5, "投保人信息", "", "", "", "被保险人", "", "", "业务员", ""],
        ["保单号", "产品名称", "销售渠道", "承保日", "签收日期", "保费", "姓名", "性别", "证件号码",
         "手机", "姓名", "性别", "手机", "姓名", "手机"],
        ["P000000000001", "安康两全保险(分红型)", "个险", "2026-11-10", "2026-11-12", "100",
         "王小明", "男", "E1234567", "13900000001", "王小红", "女", "13900000002",
         "赵业务", "13900009999"],
    ]  # fmt: skip
    for row, extra in zip(table, (["", "", ""], ["交费方式", "交费期间", "保险期间"],
                                  ["年交", "10年", "20年"]), strict=True):  # fmt: skip
        row.extend(extra)
    result = screen_list(read_list(write_xlsx(tmp_path / "two.xlsx", table)), TODAY)

    record = result.rows[0].record
    assert record
    assert (record.holder_name, record.insured_name) == ("王小明", "王小红")
    assert (record.phone, record.other_phones) == ("+8613900000001", ())
    assert record.seller_phone == "+8613900009999"


def test_repeated_bare_names_belong_to_the_person_before_them() -> None:
    columns = find_columns(
        ["保单号", "投保人", "性别", "手机", "被保险人", "性别", "手机", "业务员", "手机"]
    )

    assert columns.places["phones"] == (3,)
    assert columns.places["holder_gender"] == (2,)


def test_a_lone_bare_name_is_the_holders_wherever_it_stands() -> None:
    columns = find_columns(["被保险人", "手机", "投保人", "保单号"])

    assert columns.places["phones"] == (1,)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("保单号码", "number"), ("Policy No.", "number"), ("合同号", "number"),
        ("policy_no", "number"),
        ("险种", "product"), ("主险名称", "product"), ("产品名称(全称)", "product"),
        ("投保人 姓名*", "holder_name"), ("客户姓名", "holder_name"), ("投保人", "holder_name"),
        ("投保人手机号码", "phones"), ("移动电话", "phones"), ("客户电话", "phones"),
        ("联系电话1", "phones"), ("住宅电话", "phones"), ("客户常用手机", "phones"),
        ("缴费方式", "frequency"), ("期缴/趸缴", "frequency"), ("缴费频次", "frequency"),
        ("缴费期间（年）", "payment_period"), ("交费年期", "payment_period"),
        ("应缴保费", "premium"), ("首期保费（元）", "premium"), ("年缴保费", "premium"),
        ("承保日", "issued_on"), ("签单日期", "issued_on"), ("承保确认日期时间", "issued_on"),
        ("回执日期", "receipt_signed_on"), ("客户签收日期", "receipt_signed_on"),
        ("保单回执核销日期", "receipt_returned_on"), ("销售渠道", "channel"),
        ("保障期限", "cover_period"), ("被保人姓名", "insured_name"),
        ("代理人手机", "seller_phone"),
        ("是否双录", "double_recorded"), ("是否保证续保", "guaranteed_renewal"),
        ("犹豫期（天）", "cooling_off_days"), ("身份证号码", "holder_id_number"),
    ],
)  # fmt: skip
def test_header_names(header: str, field: str) -> None:
    assert field in find_columns([header]).places


@pytest.mark.parametrize(
    "header",
    ["被保险人手机", "手机(业务员)", "紧急联系人电话", "受益人姓名", "投保单号", "犹豫期截止日期",
     "标准保费", "保险止期", "理赔电话"],
)  # fmt: skip
def test_names_that_must_not_be_taken_for_the_holders(header: str) -> None:
    places = find_columns([header]).places

    assert not set(places) & {"phones", "holder_name", "number", "premium", "cooling_off_days"}
    assert "cover_period" not in places


def test_excel_types(tmp_path: Path, clean_row: dict[str, str]) -> None:
    typed: dict[str, object] = {
        **clean_row,
        "手机": 13900000001,
        "保费": 12000.5,
        "承保日期": date(2026, 11, 10),
        "回执签收日期": datetime(2026, 11, 12, 10, 30),  # noqa: DTZ001 - Excel knows no zones
        "回执回销日期": 46339,
        "犹豫期天数": 15,
        "双录": True,
    }
    path = write_xlsx(tmp_path / "typed.xlsx", [[*typed], [*typed.values()]])
    record = screen_list(read_list(path), TODAY).rows[0].record

    assert record
    assert (record.phone, str(record.premium)) == ("+8613900000001", "12000.50")
    assert (record.issued_on, record.receipt_signed_on) == (date(2026, 11, 10), date(2026, 11, 12))
    assert record.receipt_returned_on == date(2026, 11, 13)
    assert (record.cooling_off_days, record.double_recorded) == (15, True)


def test_long_numbers_that_lost_digits_in_excel_are_never_taken_for_real(
    tmp_path: Path, clean_row: dict[str, str]
) -> None:
    typed = {**clean_row, "保单号": 370201000000123456, "投保人证件号码": 370202198001010011}
    path = write_xlsx(tmp_path / "lost.xlsx", [[*typed], [*typed.values()]])
    row = screen_list(read_list(path), TODAY).rows[0]

    assert row.status.value == "reject"
    assert {reason.code for reason in row.reasons} == {"number-damaged", "id-damaged"}


def test_quoted_newlines_keep_excels_row_numbers(tmp_path: Path, clean_row: dict[str, str]) -> None:
    table = table_of(clean_row, 2)
    table[1][-1] = "第一行\n第二行,有逗号"
    sheet = read_list(write_text(tmp_path / "list.csv", table, "utf-8"))

    assert [row.number for row in sheet.rows] == [2, 3]


def test_a_row_with_an_unquoted_comma_is_rejected_and_not_misread(
    tmp_path: Path, clean_row: dict[str, str]
) -> None:
    table = table_of(clean_row, 2)
    table[1][-1] = "备注"
    table[1].insert(5, "多出来的")
    result = screen_list(read_list(write_text(tmp_path / "list.csv", table, "utf-8")), TODAY)

    assert result.rows[0].status.value == "reject"
    assert "shifted" in {reason.code for reason in result.rows[0].reasons}
    assert result.rows[1].status.value == "accept"


def test_content_decides_and_not_the_name(tmp_path: Path, clean_row: dict[str, str]) -> None:
    path = write_text(tmp_path / "export.xls", table_of(clean_row), "gb18030", "\t")

    assert len(read_list(path).rows) == 2


def test_two_columns_of_one_meaning(screen, clean_row) -> None:  # type: ignore[no-untyped-def]
    result = screen({"首期保费": "99"})

    assert result.rows[0].record.premium == 12000
    assert any("首期保费" in notice for notice in result.notices)


def fault_of(path: Path) -> str:
    with pytest.raises(ListFault) as fault:
        read_list(path)
    message = str(fault.value)
    assert path.name in message
    assert message.endswith("。")
    assert message.count("。") == 1
    return message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空"),
        (b"  \n ", "空"),
        (b"PK\x03\x04 no workbook at all", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是表格"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"a,b,c\n1,2,3\n", "列名"),
        ("保单号,投保人".encode() + b"\n\xff\xff\xff,1\n", "第 2 行"),
    ],
)
def test_files_that_are_no_lists(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)

    assert says in fault_of(path)


def test_missing_file(tmp_path: Path) -> None:
    assert "找不到" in fault_of(tmp_path / "none.xlsx")


def test_missing_mandatory_columns_are_all_named(tmp_path: Path, clean_row: dict[str, str]) -> None:
    for name in ("保费", "手机", "联系电话", "办公电话"):
        del clean_row[name]
    message = fault_of(write_xlsx(tmp_path / "short.xlsx", table_of(clean_row)))

    assert "保费" in message
    assert "手机" in message
    assert "第 1 行" in message


def test_header_without_policies(tmp_path: Path, clean_row: dict[str, str]) -> None:
    assert "没有保单" in fault_of(write_xlsx(tmp_path / "empty.xlsx", [[*clean_row]]))


def test_two_lists_in_one_workbook(tmp_path: Path, clean_row: dict[str, str]) -> None:
    path = write_xlsx(tmp_path / "two.xlsx", table_of(clean_row), sheets=2)

    assert "2 张工作表" in fault_of(path)


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=8))
def test_any_table_is_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        csv.writer(file).writerows(table)
    with suppress(ListFault):
        assert read_list(path).rows
