"""Writes the rejected rows back in the list's own columns, with the reasons (原因).

Nothing in it is ever evaluated: every cell is text, and in csv a cell that begins like a formula
gets an apostrophe, which reading takes off again.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from scheduler.intake.records import ListResult, RowResult, Status
from scheduler.intake.sheet import ListFault, Row

REASON = "原因"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_767  # characters, Excel's limit


def write_rejects(path: Path, result: ListResult) -> int:
    """Writes ``path`` as xlsx or csv (UTF-8 with BOM) by its ending; returns the number of rows.

    Raises :class:`ListFault` when the ending is another or the file cannot be written.
    """
    rows = list(_rows(result))
    try:
        if path.suffix.lower() == ".xlsx":
            _write_xlsx(path, rows)
        elif path.suffix.lower() == ".csv":
            _write_csv(path, rows)
        else:
            raise ListFault(f"{path.name}:拒收清单只能写成 .xlsx 或 .csv,请换一个文件名。")
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise ListFault(f"{path}:拒收清单写不出({error}),请核对目录和权限。") from None
    return len(rows) - 1


def _rows(result: ListResult) -> Iterator[list[str]]:
    sheet = result.sheet
    own = [index for index, name in enumerate(sheet.columns) if name != REASON]
    yield [_label(sheet.columns, sheet.groups, index) for index in own] + [REASON]
    by_number = {row.number: row for row in sheet.rows}
    for row in result.rows:
        if row.status is Status.REJECT:
            yield [*_cells(by_number[row.row], own, len(sheet.columns)), _why(row)]


def _label(columns: tuple[str, ...], groups: tuple[str, ...], index: int) -> str:
    """A column under a group (投保人 | 姓名) is written as one name, so that it reads again."""
    group = groups[index] if index < len(groups) else ""
    return group.removesuffix("信息") + columns[index]


def _cells(row: Row, own: list[int], width: int) -> list[str]:
    return [row.cells[index] for index in own] + list(row.cells[width:])


def _why(row: RowResult) -> str:
    return ";".join(
        f"{reason.column}:{reason.message}"
        for reason in row.reasons
        if reason.status is Status.REJECT
    )


def _write_xlsx(path: Path, rows: list[list[str]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("拒收")
        sheet.freeze_panes(1, 0)
        text = book.add_format({"num_format": "@"})
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, cell[:_LONGEST_CELL], text)


def _write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_guarded(cell) for cell in row] for row in rows)


def _guarded(cell: str) -> str:
    """So that a spreadsheet shows =HYPERLINK(…) instead of running it."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
