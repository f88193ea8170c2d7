"""Workbooks as other programs change them: opened and saved with openpyxl, cell by cell."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from scripts import sheets
from scripts.faults import Fault

Edit = Callable[[Workbook], None]
#: What a marked copy fills a faulty cell, and one worth a look, with.
ERROR_FILL, WARNING_FILL = "FFFFC7CE", "FFFFEB9C"


def opened(content: bytes) -> Workbook:
    """The workbook as another program sees it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    """The workbook as another program writes it."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def edited(content: bytes, *edits: Edit) -> bytes:
    """The workbook after some edits by another program."""
    book = opened(content)
    for edit in edits:
        edit(book)
    return saved(book)


def column(sheet: Any, header: str) -> int:
    """The number of a column, from 1."""
    return next(c.column for c in sheet[1] if c.value == header)


def cell(book: Workbook, sheet: str, name: str, header: str) -> Any:
    """The cell of a column in the first row of this name."""
    page = book[sheet]
    names = column(page, "name")
    row = next(r for r in range(3, page.max_row + 1) if page.cell(r, names).value == name)
    return page.cell(row, column(page, header))


def setting(sheet: str, name: str, header: str, value: object) -> Edit:
    """An edit that writes one cell."""

    def edit(book: Workbook) -> None:
        cell(book, sheet, name, header).value = value

    return edit


def faulty(content: bytes) -> sheets.FaultySheet | None:
    """How reading the workbook fails; None when it does not."""
    try:
        sheets.read(content, "s.xlsx")
    except sheets.FaultySheet as refusal:
        return refusal
    return None


def told(faults: tuple[Fault, ...]) -> Iterator[tuple[str, str]]:
    """The cell and the code of each fault."""
    for fault in faults:
        yield fault.message.partition(": ")[0], fault.code
