"""Tables of files as text: xlsx, xls and csv in the encodings that Chinese systems write. The only
reader of such files; it never evaluates a formula, looks for no header and understands no cell."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

import python_calamine as calamine

from scheduler.intake.sheet import ListFault

MAX_BYTES = 200 * 1024 * 1024
MAX_ROWS = 1_048_576  # what one Excel sheet can hold
_SAMPLE = 40  # lines looked at for the delimiter
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Cells = tuple[str, ...]


def tables(path: Path) -> Iterator[tuple[str, Iterator[Cells]]]:
    """(name, rows) of every sheet of a workbook, or of the one table of a text file, whose name is
    "". Rows are to be read before the next table is asked for.

    The content decides how the file is read, not its name. Raises :class:`ListFault`, also while
    rows are read.
    """
    data = _bytes(path)
    if data.startswith((b"PK\x03\x04", _OLE)):
        yield from _workbook(path, data)
    else:
        yield "", _text_rows(path, _decoded(path, data))


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


def _workbook(path: Path, data: bytes) -> Iterator[tuple[str, Iterator[Cells]]]:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise _protected(path)
    with _excel_faults(path):
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [meta.name for meta in book.sheets_metadata if "Work" in str(meta.typ)]
    for name in names:
        yield name, _sheet_rows(path, book, name)


def _sheet_rows(path: Path, book: calamine.CalamineWorkbook, name: str) -> Iterator[Cells]:
    with _excel_faults(path):
        for row in book.get_sheet_by_name(name).iter_rows():
            yield tuple(map(_cell, row))


@contextmanager
def _excel_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except calamine.PasswordError:
        raise _protected(path) from None
    except calamine.CalamineError as error:
        raise ListFault(
            f"{path.name}:不是能读的 Excel 文件({str(error)[:60]}),请用 Excel 打开后另存为 xlsx。"
        ) from None


def _protected(path: Path) -> ListFault:
    return ListFault(f"{path.name}:文件有打开密码,请在 Excel 里去掉密码后另存再导入。")


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
    lines = text[:20_000].splitlines()[:_SAMPLE]
    counts = {mark: max((line.count(mark) for line in lines), default=0) for mark in ",\t;"}
    return max(counts, key=lambda mark: counts[mark])
