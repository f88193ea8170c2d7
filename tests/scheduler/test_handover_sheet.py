"""A hand-over list as a branch gets it, and as it may come back."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import python_calamine as calamine

from scheduler.handover_returned import Came, read_sheet
from scheduler.handover_sheet import COLUMNS, RESULTS, Entry, as_xlsx, dialled
from scheduler.rules import Way

ENTRY = Entry(
    policy="P0001",
    holder="=陈安平",
    phones=("+8613900000001", "+8653280000001"),
    product="终身寿险",
    ends_on=date(2026, 11, 22),
    way=Way.VISIT,
    because="retries-exhausted",
    due_on=date(2026, 11, 25),
)
HEADER = ("清单号", "保单号", "回访结果", "回访日期", "是否本人签名", "延期原因")


def rows_of(content: bytes) -> list[list[Any]]:
    book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def sheet(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Any:
    return read_sheet([header, *rows])


def test_every_cell_is_text_and_the_number_is_whole() -> None:
    header, row = rows_of(as_xlsx(7, "济南", [ENTRY]))
    assert tuple(header) == COLUMNS
    assert row == [
        "7", "济南", "P0001", "=陈安平", "13900000001、053280000001", "终身寿险", "2026-11-22",
        "面访", "多次拨打联系不上", "2026-11-25", "", "", "", "",
    ]  # fmt: skip


def test_an_own_list_reads_as_empty_and_then_as_filled() -> None:
    empty = read_sheet(rows_of(as_xlsx(7, "济南", [ENTRY])))
    assert empty is not None
    assert (empty.rows, empty.faults, empty.empty) == ((), (), 1)


@pytest.mark.parametrize("word", RESULTS)
def test_every_word_that_can_be_chosen_is_understood(word: str) -> None:
    (row,) = sheet(("7", "P0001", word, "2026-11-20", "是", "客户出差")).rows
    assert row.came in Came
    assert (row.list, row.policy, row.on, row.signed) == (7, "P0001", date(2026, 11, 20), True)


def test_numbers_that_excel_has_made_floats_are_the_same() -> None:
    (row,) = sheet(("7.0", "8860001.0", "完成", "46346", "是", "")).rows
    assert (row.list, row.policy, row.on) == (7, "8860001", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("7", "", "完成", "2026-11-20", "是", ""), "保单号"),
        (("七号", "P0001", "完成", "2026-11-20", "是", ""), "清单号"),
        (("7", "P0001", "也许", "2026-11-20", "是", ""), "回访结果"),
        (("7", "P0001", "", "2026-11-20", "", ""), "回访结果"),
        (("7", "P0001", "完成", "", "是", ""), "回访日期"),
        (("7", "P0001", "完成", "20/11/26", "是", ""), "回访日期"),
        (("7", "P0001", "完成", "2026-11-20", "或许", ""), "是否本人签名"),
        (("7", "P0001", "未完成", "", "", ""), "延期原因"),
    ],
)
def test_a_faulty_row_names_row_and_column_and_stops_no_other(
    cells: tuple[str, ...], column: str
) -> None:
    good = ("7", "P0002", "完成", "2026-11-20", "是", "")
    found = sheet(cells, good)
    assert [(one.row, one.column) for one in found.faults] == [(2, column)]
    assert [row.policy for row in found.rows] == ["P0002"]


def test_a_reason_alone_says_that_it_comes_later() -> None:
    (row,) = sheet(("7", "P0001", "", "", "", "客户出差")).rows
    assert (row.came, row.delay_reason) == (Came.LATER, "客户出差")


def test_a_header_under_a_title_and_over_two_rows_is_found() -> None:
    found = read_sheet(
        [
            ("电话回访交接清单", "", "", "", ""),
            ("", "", "", "", ""),
            ("保单号", "投保人", "反馈", "", ""),
            ("", "", "结果", "日期", "本人签名"),
            ("P0001", "陈安平", "已完成", "2026-11-20", "是"),
        ]
    )
    assert found is not None
    (row,) = found.rows
    assert (row.row, row.policy, row.came, row.list) == (5, "P0001", Came.DONE, None)


def test_a_sheet_without_the_two_columns_is_none() -> None:
    assert sheet(("x",), header=("保单号", "投保人")) is None
    assert read_sheet([]) is None


def test_a_number_abroad_stays_whole() -> None:
    assert dialled("+85290000001") == "+85290000001"
