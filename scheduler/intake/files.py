"""Reads a policy list from xlsx, xls or csv into a :class:`Sheet`. The only reader of list files;
it never evaluates a formula and understands no cell."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from scheduler.intake.columns import find_columns, missing_columns
from scheduler.intake.header import is_no_policy, locate_header
from scheduler.intake.sheet import ListFault, Row, Sheet

MAX_BYTES = 200 * 1024 * 1024
MAX_ROWS = 1_048_576  # what one Excel sheet can hold
_HEADER_WITHIN = 40  # rows looked at for the header, titles and blank rows included
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Cells = tuple[str, ...]


def read_list(path: Path) -> Sheet:
    """The list with its header found and its empty rows, totals and footnotes set aside.

    The content decides how the file is read, not its name. Raises :class:`ListFault`.
    """
    data = _bytes(path)
    if data.startswith((b"PK\x03\x04", _OLE)):
        return _one_of(path, list(_workbook(path, data)))
    rows = _text_rows(path, _decoded(path, data))
    sheet = _sheet(path, "", rows)
    if sheet is None:
        raise _no_header(path)
    return _checked(sheet)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ListFault(f"{path.name}:文件超过 {MAX_BYTES >> 20} MB,请分成几个文件再导入。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ListFault(f"{path}:找不到这个文件,请核对路径。") from None
    except OSError as error:
        raise ListFault(f"{path}:文件打不开({error.strerror}),请核对路径和权限。") from None
    if not data.strip():
        raise ListFault(f"{path.name}:文件是空的,请重新导出。")
    return data


# --- Excel -------------------------------------------------------------------------------------


def _workbook(path: Path, data: bytes) -> Iterator[Sheet]:
    """Every sheet of the workbook that looks like a policy list."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise _protected(path)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in book.sheets_metadata:
            if "Work" in str(meta.typ):
                rows = book.get_sheet_by_name(meta.name).iter_rows()
                sheet = _sheet(path, meta.name, (tuple(map(_cell, row)) for row in rows))
                if sheet is not None:
                    yield sheet
    except calamine.PasswordError:
        raise _protected(path) from None
    except calamine.CalamineError as error:
        raise ListFault(
            f"{path.name}:不是能读的 Excel 文件({str(error)[:60]}),请用 Excel 打开后另存为 xlsx。"
        ) from None


def _protected(path: Path) -> ListFault:
    return ListFault(f"{path.name}:文件有打开密码,请在 Excel 里去掉密码后另存再导入。")


def _one_of(path: Path, sheets: Sequence[Sheet]) -> Sheet:
    """The one sheet that holds policies; two would leave half of them behind unseen."""
    full = [sheet for sheet in sheets if sheet.rows]
    if len(full) > 1:
        raise ListFault(f"{path.name}:有 {len(full)} 张工作表都像保单清单,请每张另存为一个文件。")
    if not sheets:
        raise _no_header(path)
    return _checked((full or list(sheets))[0])


def _cell(value: object) -> str:
    """A cell's text as it would be typed: no trailing .0, ISO dates. Numbers of 16 digits and more
    have lost digits in Excel and are shown in scientific form, so that nobody takes them for real.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float) -> str:
    if value != value or abs(value) >= 1e15:
        return f"{value:.10E}"
    return str(int(value)) if value.is_integer() else repr(value)


# --- csv ---------------------------------------------------------------------------------------


def _decoded(path: Path, data: bytes) -> str:
    """Byte order mark, then strict UTF-8, then GB18030 (what Chinese Excel writes)."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                           (b"\xfe\xff", "utf-16")):  # fmt: skip
        if data.startswith(mark):
            return _decode(path, data, (encoding,))
    if b"\x00" in data[:4096]:
        raise ListFault(f"{path.name}:不是表格文件,请导出为 xlsx 或 csv。")
    return _decode(path, data, ("utf-8", "gb18030"))


def _decode(path: Path, data: bytes, encodings: Sequence[str]) -> str:
    furthest = 0
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    line = data.count(b"\n", 0, furthest) + 1
    raise ListFault(
        f"{path.name}:第 {line} 行的文字既不是 UTF-8 也不是 GB18030,请用 Excel 另存为 xlsx。"
    )


def _text_rows(path: Path, text: str) -> Iterator[Cells]:
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<table", "<?xml", "<meta")):
        raise ListFault(f"{path.name}:内容是网页表格,请用 Excel 打开后另存为 xlsx 再导入。")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    try:
        yield from map(tuple, reader)
    except csv.Error:
        raise ListFault(
            f"{path.name}:第 {reader.line_num} 行的单元格太长或引号不成对,请用 Excel 另存为 xlsx。"
        ) from None


def _delimiter(text: str) -> str:
    """Comma, tab or semicolon: whichever the best of the first lines has most of."""
    lines = text[:20_000].splitlines()[:_HEADER_WITHIN]
    counts = {mark: max((line.count(mark) for line in lines), default=0) for mark in ",\t;"}
    return max(counts, key=lambda mark: counts[mark])


# --- both --------------------------------------------------------------------------------------


def _sheet(path: Path, name: str, rows: Iterable[Cells]) -> Sheet | None:
    """The rows below the header; None where no header is found."""
    numbered = iter(enumerate(rows, start=1))
    top = list(islice(numbered, _HEADER_WITHIN))
    header = locate_header([cells for _, cells in top])
    if header is None:
        return None
    kept: list[Row] = []
    skipped: list[tuple[int, str]] = []
    for number, cells in _below(header.index, top, numbered):
        if number > MAX_ROWS:
            raise ListFault(f"{path.name}:超过 {MAX_ROWS} 行,请分成几个文件再导入。")
        if not any(cell.strip() for cell in cells):
            continue
        row = Row(number, _fitted(cells, len(header.columns)))
        if is_no_policy(row, header):
            skipped.append((number, next(cell.strip() for cell in cells if cell.strip())[:40]))
        else:
            kept.append(row)
    return Sheet(path, header.columns, tuple(kept), header.index + 1, header.groups, tuple(skipped))


def _below(
    header: int, top: list[tuple[int, Cells]], rest: Iterator[tuple[int, Cells]]
) -> Iterator[tuple[int, Cells]]:
    yield from top[header + 1 :]
    yield from rest


def _fitted(cells: Cells, width: int) -> Cells:
    """As many cells as the header has. Text beyond the header stays: it shows a shifted row."""
    beyond = cells[width:]
    while beyond and not beyond[-1].strip():
        beyond = beyond[:-1]
    return cells[:width] + ("",) * (width - len(cells)) + beyond


def _checked(sheet: Sheet) -> Sheet:
    missing = missing_columns(find_columns(sheet.columns, sheet.groups))
    if missing:
        names = "、".join(missing)
        raise ListFault(
            f"{sheet.path.name}:第 {sheet.header_row} 行的表头里缺少必需的列({names}),"
            "请补上,或在 scheduler/intake/columns.yaml 里登记贵司的列名。"
        )
    if not sheet.rows:
        raise ListFault(
            f"{sheet.path.name}:第 {sheet.header_row} 行表头下面没有保单,请核对导出的内容。"
        )
    return sheet


def _no_header(path: Path) -> ListFault:
    return ListFault(
        f"{path.name}:前 {_HEADER_WITHIN} 行里找不到认识的列名(如保单号、投保人姓名),"
        "请保留表头后重新导出。"
    )
