"""A report as a workbook and as a PDF, and a decision letter as a PDF. Every cell of the workbook
is text or a number, never a formula; a PDF is A4 with its fonts inside. All are bytes: it reads
and writes no file but its own layouts."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import typst
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cases.estimates import Share
from cases.report import Cell, Letter, Report, Table, words
from scripts.show import letter_font

LAYOUT = Path(__file__).with_name("report.typ")
DECISION = Path(__file__).with_name("decision.typ")
#: For archives, as the letter.
STANDARD: Final = "a-2a"
#: What a sheet's name may not hold, and how long it may be (Excel).
_NO_NAME: Final = str.maketrans("[]:*?/\\", "-------")
_LONGEST_NAME = 31


def as_xlsx(report: Report) -> bytes:
    """One sheet for the facts and one for each table; headings stay in view."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
        front = book.add_worksheet("说明")
        front.write_string(0, 0, report.title, bold)
        for row, (name, value) in enumerate(report.facts, start=2):
            front.write_string(row, 0, name)
            front.write_string(row, 1, value)
        front.autofit()
        for table in report.tables:
            _sheet(book.add_worksheet(_name(table.title)), table, bold, percent)
    return file.getvalue()


def as_pdf(report: Report) -> bytes:
    """The report on A4. The same report gives the same bytes."""
    data: dict[str, Any] = {
        "title": report.title,
        "company": letter_font.legible(report.company),
        "day": report.day,
        "facts": [[name, letter_font.legible(value)] for name, value in report.facts],
        "tables": [_plain(table) for table in report.tables],
        "signed": report.signed,
        "fonts": letter_font.FAMILIES,
    }
    return _printed(LAYOUT, data)


def letter_pdf(letter: Letter) -> bytes:
    """A decision letter on A4, each line of its words a paragraph. The same letter gives the same
    bytes."""
    data: dict[str, Any] = {
        "title": letter.title,
        "number": letter.number,
        "company": letter_font.legible(letter.company),
        "day": letter.day,
        "mark": letter.mark,
        "opening": [letter_font.legible(one) for one in letter.opening],
        "parts": [[name, _lines(text)] for name, text in letter.parts],
        "closing": [letter_font.legible(one) for one in letter.closing],
        "fonts": letter_font.FAMILIES,
    }
    return _printed(DECISION, data)


def _printed(layout: Path, data: dict[str, Any]) -> bytes:
    return typst.compile(
        layout,
        sys_inputs={"data": json.dumps(data)},
        font_paths=letter_font.book(),
        ignore_system_fonts=True,
        pdf_standards=STANDARD,
    )


def _lines(text: str) -> list[str]:
    """The paragraphs of somebody's words."""
    return [letter_font.legible(one) for one in text.splitlines() if one.strip()] or ["–"]


def _sheet(sheet: Worksheet, table: Table, bold: Format, percent: Format) -> None:
    for column, head in enumerate(table.head):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, percent)
    if table.note:
        sheet.write_string(len(table.rows) + 2, 0, table.note)
    sheet.freeze_panes(1, 0)
    sheet.autofit()


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, percent: Format) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, Share):
        if cell.rate is not None:
            sheet.write_number(row, column, cell.rate, percent)
    elif cell is not None:
        sheet.write_number(row, column, cell)


def _name(title: str) -> str:
    return title.translate(_NO_NAME)[:_LONGEST_NAME]


def _shares(table: Table) -> list[float]:
    """How long the bar of each row is, of the longest."""
    if table.bar is None:
        return []
    found = [row[table.bar] for row in table.rows]
    counts = [one if isinstance(one, int | float) else 0 for one in found]
    return [round(one / max(1, *counts), 3) for one in counts]


def _plain(table: Table) -> dict[str, Any]:
    """A table as the layout wants it: texts, and which columns are numbers."""
    numbers = [
        all(not isinstance(row[column], str) for row in table.rows) and bool(table.rows)
        for column in range(len(table.head))
    ]
    return {
        "title": table.title,
        "head": table.head,
        "rows": [[letter_font.legible(words(cell)) for cell in row] for row in table.rows],
        "numbers": numbers,
        "note": letter_font.legible(table.note),
        "first": table.first,
        "last": table.last,
        "bar": -1 if table.bar is None else table.bar,
        "shares": _shares(table),
    }
