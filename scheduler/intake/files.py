"""Reads a policy list from xlsx, xls or csv into a :class:`Sheet`: finds the header and sets aside
what is no policy. Understands no cell."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from scheduler.intake.columns import find_columns, missing_columns
from scheduler.intake.header import is_no_policy, locate_header
from scheduler.intake.raw import MAX_ROWS, Cells, tables
from scheduler.intake.sheet import ListFault, Row, Sheet

_HEADER_WITHIN = 40  # rows looked at for the header, titles and blank rows included


def read_list(path: Path) -> Sheet:
    """The list with its header found and its empty rows, totals and footnotes set aside. Raises
    :class:`ListFault`."""
    sheets = (_sheet(path, rows) for _, rows in tables(path))
    return _one_of(path, [sheet for sheet in sheets if sheet is not None])


def _one_of(path: Path, sheets: Sequence[Sheet]) -> Sheet:
    """The one sheet that holds policies; two would leave half of them behind unseen."""
    full = [sheet for sheet in sheets if sheet.rows]
    if len(full) > 1:
        raise ListFault(f"{path.name}:有 {len(full)} 张工作表都像保单清单,请每张另存为一个文件。")
    if not sheets:
        raise _no_header(path)
    return _checked((full or list(sheets))[0])


def _sheet(path: Path, rows: Iterable[Cells]) -> Sheet | None:
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
