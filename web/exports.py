"""Lists as files: CSV that Excel opens in Chinese, and xlsx. Every cell is text or a number, never
a formula, whatever a customer said or an import carried."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Literal

from flask import Response, send_file
from xlsxwriter import Workbook

from operations import audit
from web.access import who
from web.at_hand import line

Kind = Literal["csv", "xlsx"]
Cell = str | int | float | None

#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONG_NUMBER = re.compile(r"\d{11,}")


def send(
    kind: Kind, name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]], made: datetime
) -> Response:
    """The list as a download named after what it is and when it was made. Noted in the audit log:
    from here on the list lies on somebody's disk."""
    audit.note_alone(line(), who().name, audit.EXPORTED, f"list:{name}", kind)
    make = as_csv if kind == "csv" else as_xlsx
    return send_file(
        BytesIO(make(titles, rows)),
        as_attachment=True,
        download_name=f"{name}-{made:%Y%m%d-%H%M}.{kind}",
        mimetype="text/csv" if kind == "csv" else None,
    )


def as_csv(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the Chinese."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(titles)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: Cell) -> Cell:
    """A cell for CSV: a would-be formula gets an apostrophe in front, a long number a tab behind,
    without which Excel would show 1.38E+10."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith(_FORMULA):
        return f"'{cell}"
    return f"{cell}\t" if _LONG_NUMBER.fullmatch(cell) else cell


def as_xlsx(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with a heading that stays in view; text is written as text."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()


def _write(sheet: object, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)  # type: ignore[attr-defined]
    elif cell is not None:
        sheet.write_number(row, column, cell)  # type: ignore[attr-defined]
