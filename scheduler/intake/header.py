"""Finds the header among titles, and tells policies from totals and footnotes. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.intake.cells.text import clean, code
from scheduler.intake.columns import find_columns, key
from scheduler.intake.sheet import Row

_TOTAL = re.compile(r"(合|总|小|共|累)计.*|总数.*|汇总.*|total.*|sum", re.IGNORECASE)
_LEAST = 3  # known columns that make a row a header
_FOOTNOTE_CELLS = 2  # a footnote fills no more cells than this


@dataclass(frozen=True, slots=True)
class Header:
    """``index`` counts rows from 0; ``number_at`` is the policy number's column, or None."""

    index: int
    columns: tuple[str, ...]
    groups: tuple[str, ...]
    number_at: int | None


def locate_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The row with most known column names, the first of equals; None if no row has three.

    A header may take two rows: 投保人 over 姓名, 性别, 手机 (merged cells above are filled to the
    right, and a cell that is merged downwards gives its name).
    """
    best: tuple[int, Header] | None = None
    for index in range(len(rows)):
        for columns, groups in readings(rows, index):
            known = find_columns(columns, groups)
            score = len(known.places)
            if score >= _LEAST and (best is None or score > best[0]):
                number = known.places.get("number")
                best = score, Header(index, columns, groups, number[0] if number else None)
    return best[1] if best else None


def readings(
    rows: Sequence[Sequence[str]], index: int
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(columns, groups) that a row may be as a header: by itself, and together with the row above
    it, whose merged cells are filled to the right."""
    plain = _trimmed(rows[index])
    out: list[tuple[tuple[str, ...], tuple[str, ...]]] = [(plain, ())]
    if index and sum(bool(cell.strip()) for cell in rows[index - 1]) > 1:
        above = list(_trimmed(rows[index - 1]))
        width = max(len(plain), len(above))
        names = list(plain) + [""] * (width - len(plain))
        above += [""] * (width - len(above))
        columns = tuple(name or top for name, top in zip(names, above, strict=True))
        out.append((columns, _filled(names, above)))
    return out


def _filled(names: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """Group labels carried to the right; a column merged downwards has no group."""
    groups: list[str] = []
    current = ""
    for name, label in zip(names, above, strict=True):
        current = label or current
        groups.append(current if name else "")
        current = current if name else ""
    return tuple(groups)


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Header cells in one line each, without the blank columns at the end."""
    texts = [re.sub(r"\s+", "" if re.search(r"[\u4e00-\u9fff]", cell) else " ", cell).strip()
             for cell in cells]  # fmt: skip
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def is_no_policy(row: Row, header: Header) -> bool:
    """Whether a row is a total (合计), a footnote (制表人: …) or the header once more."""
    filled = [cell for cell in row.cells if cell.strip()]
    number = row.cells[header.number_at] if header.number_at is not None else ""
    if any(char.isdigit() for char in number) and len(filled) > _FOOTNOTE_CELLS:
        return False
    if _TOTAL.fullmatch(clean(filled[0])):
        return True
    same = sum(key(cell) == key(name) for cell, name in zip(row.cells, header.columns, strict=False)
               if name)  # fmt: skip
    if same >= _LEAST and same >= len(filled) // 2:
        return True
    return len(filled) <= _FOOTNOTE_CELLS and not _looks_like_number(code(number))


def _looks_like_number(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9_-]{5,40}", text)) and any(map(str.isdigit, text))
