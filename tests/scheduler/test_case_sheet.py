"""The list of cases for a branch: as it goes out, and as it comes back."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from scheduler.case_sheet import COLUMNS, TO_FILL, Entry, as_xlsx, read_sheet

ENTRY = Entry(
    case=7, branch="青岛分公司", policy="8860202611000001", holder="=cmd|' /C calc'!A0",
    phones=("+8613900000001", "+8653200000000"), product="守护一生", seller="苗青",
    class_name="问题件", family="沟通解释类", headline="记不清是否为代签字", words="记不清了",
    opened_on=date(2026, 11, 18), due_on=date(2026, 11, 25), proof="亲笔签名的函件",
)  # fmt: skip
FILLED = {
    "件号": "7", "保单号": "8860202611000001", "联系日期": "2026-11-19", "通话分钟": "6",
    "是否本人接听": "是", "是否再次解释": "是", "沟通内容": "已解释", "处理意见": "建议二次回访",
}  # fmt: skip


def rows(*filled: dict[str, str]) -> list[list[str]]:
    return [list(COLUMNS), *([row.get(name, "") for name in COLUMNS] for row in filled)]


def test_every_cell_goes_out_as_text_and_numbers_are_whole() -> None:
    sheet = load_workbook(BytesIO(as_xlsx([ENTRY]))).active
    cells = {title.value: cell for title, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["投保人"].data_type == "s"  # never evaluated
    assert cells["投保人"].value == ENTRY.holder
    assert cells["联系电话"].value == "13900000001、053200000000"
    assert cells["件号"].value == "7"
    assert all(cells[name].value is None for name in TO_FILL)


def test_what_goes_out_comes_back_as_empty() -> None:
    sheet = load_workbook(BytesIO(as_xlsx([ENTRY, ENTRY]))).active
    found = read_sheet([[str(cell or "") for cell in row] for row in sheet.values])
    assert found is not None
    assert (found.rows, found.faults, found.empty) == ((), (), 2)


def test_a_row_says_what_was_done() -> None:
    found = read_sheet([["问题件处理清单"], *rows(FILLED)])
    assert found is not None
    (row,) = found.rows
    assert (row.row, row.case, row.policy) == (3, 7, "8860202611000001")
    assert (row.on, row.minutes, row.reached, row.explained) == (date(2026, 11, 19), 6, True, True)
    assert (row.said, row.opinion) == ("已解释", "建议二次回访")


def test_nobody_has_talked_with_the_holder_who_does_not_say_so() -> None:
    found = read_sheet(rows({**FILLED, "是否本人接听": "", "是否再次解释": ""}))
    assert found is not None
    assert (found.rows[0].reached, found.rows[0].explained) == (False, False)


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("件号", "七", "不是数字"),
        ("联系日期", "十一月", "看不懂"),
        ("联系日期", "", "没有联系日期"),
        ("通话分钟", "-1", "请填 0 到 600"),
        ("通话分钟", "601", "请填 0 到 600"),
        ("是否本人接听", "好像是", "请填是或否"),
        ("沟通内容", "", "没有沟通内容"),
        ("处理意见", "长" * 2001, "超过 2000 字"),
    ],
)
def test_a_faulty_row_stops_no_other(column: str, text: str, says: str) -> None:
    found = read_sheet(rows({**FILLED, column: text}, FILLED))
    assert found is not None
    assert [row.row for row in found.rows] == [3]
    (fault,) = found.faults
    assert (fault.row, fault.column) == (2, column)
    assert says in fault.message


def test_a_sheet_without_the_columns_is_none() -> None:
    assert read_sheet([["保单号", "投保人"], ["1", "张三"]]) is None
