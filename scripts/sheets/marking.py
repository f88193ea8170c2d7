"""The copy of a workbook that goes back to its sender: everything that was in it, the faulty cells
filled and noted, and one more sheet that lists all faults."""

import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter

from scripts.faults import Severity
from scripts.sheets.book import MARK
from scripts.sheets.building import Found
from scripts.sheets.grid import At, Grid
from scripts.sheets.layout import FAULTS, layout, meanings
from scripts.sheets.writing import MADE

_COLUMNS = (
    ("sheet 工作表", 14),
    ("cell 单元格", 12),
    ("question 编号", 22),
    ("code 代码", 22),
    ("severity 程度", 12),
    ("meaning 含义", 36),
    ("fault 问题", 90),
)
_FILLS = {Severity.ERROR: "#FFC7CE", Severity.WARNING: "#FFEB9C"}
_LONGEST = 32_767  # characters of one cell, Excel's limit
_WIDTH = 20


def marked(grids: Iterable[Grid], faults: Iterable[Found]) -> bytes:
    """The workbook with its faults, an xlsx file. Formulas stand as their values."""
    content = io.BytesIO()
    told = list(faults)
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        _listed(book, told)
        for grid in grids:
            if grid.name.casefold() != FAULTS:
                _sheet(book, grid, [fault for fault in told if fault.spot.sheet == grid.name])
    return content.getvalue()


def _listed(book: Any, faults: list[Found]) -> None:
    sheet = book.add_worksheet(FAULTS)
    bold = book.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for number, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(number, number, width, wrapped)
        sheet.write_string(0, number, title, bold)
    for line, fault in enumerate(faults, 1):
        name, _, cell = str(fault.spot).rpartition("!")
        link = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!{cell}"
        sheet.write_string(line, 0, name, wrapped)
        sheet.write_url(line, 1, link, string=cell)
        meaning = meanings().get(fault.code, "")
        rest = (fault.question or "", fault.code, fault.severity.value, meaning, fault.message)
        for number, words in enumerate(rest, 2):
            sheet.write_string(line, number, words[:_LONGEST], wrapped)
    sheet.freeze_panes(1, 0)


def _sheet(book: Any, grid: Grid, faults: list[Found]) -> None:
    sheet = book.add_worksheet(grid.name)
    at = _by_cell(faults)
    formats = _Formats(book)
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(values):
            _write(sheet, row, column, value, formats.of(value, at.get((row, column), [])))
    for place in at.keys() - _filled(grid):
        sheet.write_blank(*place, None, formats.of("", at[place]))
    for place in at.keys() | grid.notes.keys():
        words = [_note(fault) for fault in at.get(place, [])]
        own = grid.notes.get(place, "")
        note = "\n".join([*words, *([own] if own else [])])
        sheet.write_comment(*place, note[:_LONGEST], {"x_scale": 2.5, "y_scale": 1.5})
    _sized(sheet, grid)


def _note(fault: Found) -> str:
    """One line in both languages."""
    return f"{MARK}{meanings().get(fault.code, '')} | {fault.message} [{fault.code}]"


def _by_cell(faults: list[Found]) -> dict[At, list[Found]]:
    found: dict[At, list[Found]] = {}
    for fault in faults:
        found.setdefault((fault.spot.row, fault.spot.column), []).append(fault)
    return found


def _filled(grid: Grid) -> set[At]:
    return {(r, c) for r, values in enumerate(grid.rows) for c, v in enumerate(values) if v != ""}


def _sized(sheet: Any, grid: Grid) -> None:
    """The widths of the columns that are known; a scroll that keeps the header in sight."""
    known = {c.header: c.width for cs in layout().columns.values() for c in cs}
    for column, value in enumerate(grid.rows[0] if grid.rows else ()):
        sheet.set_column(column, column, known.get(str(value).partition("::")[0], _WIDTH))
    sheet.freeze_panes(1, 0)


class _Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[str, str], Any] = {}

    def of(self, value: object, faults: list[Found]) -> Any:
        """The format for a value, filled where it is faulty."""
        fill = ""
        if faults:
            worst = min(fault.severity for fault in faults)  # "error" before "warning"
            fill = _FILLS[worst]
        key = (_number_format(value), fill)
        if key not in self.made:
            extra = {"bg_color": fill, "border": 1} if fill else {}
            base = {"text_wrap": True, "valign": "top", "num_format": key[0]}
            self.made[key] = self.book.add_format(base | extra)
        return self.made[key]


_NUMBER_FORMATS: Mapping[type, str] = {
    str: "@",
    datetime: "yyyy-mm-dd hh:mm:ss",
    date: "yyyy-mm-dd",
    time: "hh:mm:ss",
    timedelta: "[hh]:mm:ss",
}


def _number_format(value: object) -> str:
    return _NUMBER_FORMATS.get(type(value), "General")


def _write(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    """The value as what it was: text stays text, also where it begins like a formula."""
    if value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST], style)
        return
    writers: Mapping[type, Callable[..., Any]] = {
        bool: sheet.write_boolean, int: sheet.write_number, float: sheet.write_number,
        date: sheet.write_datetime, datetime: sheet.write_datetime, time: sheet.write_datetime,
        timedelta: sheet.write_datetime,
    }  # fmt: skip
    writers[type(value)](row, column, value, style)
