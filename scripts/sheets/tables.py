"""Finds the header of each sheet, whatever its case, order and spaces, and says which columns
nobody knows. It reads no cell below the header."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from scripts.sheets.building import Building, Table
from scripts.sheets.cells import text
from scripts.sheets.grid import Grid, Spot
from scripts.sheets.layout import FAULTS, GUIDE, LISTS, Column, Heading, layout

_WITHIN = 10  # rows looked at for the header: a title may stand above it
_BLANKS = re.compile(r"\s+")
_COLON = re.compile(r" ?: ?")
_NAMED = re.compile(r".*\((?P<tag>[^()]+)\)")
#: Columns and sheets for people; their content is kept in a marked copy and never read.
_OWN_USE = ("#", "note", "备注", "批注", "comment")


def tables(grids: Iterable[Grid], building: Building) -> dict[str, Table]:
    """The sheets of the script by name. Missing sheets, missing ids and unknown columns are
    remembered as faults."""
    found: dict[str, Table] = {}
    first = Spot("", 0, 0)
    for grid in grids:
        first = first if first.sheet else Spot(grid.name, 0, 0)
        name = _plain(grid.name)
        if name in layout().columns and name not in found:
            found[name] = _table(grid, name, building)
        elif name not in (GUIDE, LISTS, FAULTS) and not name.startswith(_OWN_USE):
            message = f"the sheet {grid.name!r} is no part of a script and was not read"
            building.warn("unknown-sheet", message, Spot(grid.name, 0, 0))
    for name in layout().columns:
        if name not in found:
            message = f"the workbook has no sheet {name!r}: take it from an exported script"
            building.fault("missing-sheet", message, first)
    return found


def _mended(header: str) -> str:
    """A header with plain letters and colons and without spare spaces."""
    return _COLON.sub(":", _BLANKS.sub(" ", unicodedata.normalize("NFKC", header))).strip()


def _plain(header: str) -> str:
    return _mended(header).casefold()


def _table(grid: Grid, sheet: str, building: Building) -> Table:
    known = _known(sheet)
    header = _header_row(grid, known)
    columns: dict[Heading, int] = {}
    spellings: dict[str, str] = {}
    for number, value in enumerate(grid.rows[header] if grid.rows else ()):
        spot = Spot(grid.name, header, number)
        heading = _heading(text(value), known, spellings)
        if heading is None:
            _unknown(grid, spot, known, building)
        elif heading in columns:
            message = f"the column {heading} stands here a second time: remove one of them"
            building.fault("duplicate-column", message, spot)
        else:
            columns[heading] = number
    _lacking(Table(grid, header, columns, ()), sheet, building)
    return Table(grid, header, columns, _rows(grid, header, sheet, columns))


def _known(sheet: str) -> dict[str, Column]:
    """The columns by what a header may call them: their name, or their caption."""
    columns = layout().columns[sheet]
    by_caption = {_plain(column.caption): column for column in columns}
    return by_caption | {_plain(column.header): column for column in columns}


def _header_row(grid: Grid, known: Mapping[str, Column]) -> int:
    """The row of the first ten in which most columns are known, the upper of two alike."""

    def hits(row: tuple[object, ...]) -> int:
        return sum(_heading(text(value), known, {}) is not None for value in row)

    numbered = list(enumerate(grid.rows[:_WITHIN]))
    return max(numbered, key=lambda one: (hits(one[1]), -one[0]))[0] if numbered else 0


def _heading(
    written: str, known: Mapping[str, Column], spellings: dict[str, str]
) -> Heading | None:
    """``label``, ``Label :: EN`` or ``label::English (en)``; None for what nobody knows."""
    name, colons, language = _mended(written).partition("::")
    column = known.get(_plain(name))
    if column is None:
        return None
    if not colons:
        return Heading(column.header)
    named = _NAMED.fullmatch(language.strip())
    tag = (named["tag"] if named else language).strip().replace("_", "-")
    if not column.translated or not tag:
        return None
    first, dash, rest = tag.partition("-")
    tag = first.lower() + dash + rest
    return Heading(column.header, spellings.setdefault(tag.casefold(), tag))


def _unknown(grid: Grid, spot: Spot, known: Mapping[str, Column], building: Building) -> None:
    name = text(grid.value(spot.row, spot.column))
    below = range(spot.row + 1, len(grid.rows))
    used = next((row for row in below if text(grid.value(row, spot.column))), None)
    if _plain(name).startswith(_OWN_USE) or (not name and used is None):
        return
    if not name:
        message = "this cell stands in a column without a header: remove it, or name the column"
        building.fault("unknown-column", message, Spot(grid.name, used or 0, spot.column))
        return
    near = get_close_matches(_plain(name).partition("::")[0], known, 1)
    hint = f"did you mean {known[near[0]].header!r}? " if near else ""
    message = f"nobody reads a column {name!r}: {hint}Begin its name with # to keep it as a note"
    building.fault("unknown-column", message, spot)


def _lacking(table: Table, sheet: str, building: Building) -> None:
    """The columns without which nothing can be read."""
    first = layout().columns[sheet]
    needed = [
        c for c in first if c.key in _NEEDED[sheet] and Heading(c.header) not in table.columns
    ]
    for column in needed:
        message = f"the sheet {sheet} has no column {column.header!r} ({column.caption})"
        building.fault("missing-column", message, Spot(table.grid.name, table.header, 0))


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "survey": ("id", "says"),
    "choices": ("name", "on"),
    "endings": ("id", "outcome", "says"),
    "settings": ("name", "value"),
}


def _rows(grid: Grid, header: int, sheet: str, columns: Mapping[Heading, int]) -> tuple[int, ...]:
    """The rows below the header that hold something, but for the captions below it."""
    name = Heading("name")
    caption = next(c.caption for c in layout().columns[sheet] if c.header == "name")
    filled = []
    for row in range(header + 1, len(grid.rows)):
        cells = [text(grid.value(row, number)) for number in columns.values()]
        is_caption = name in columns and text(grid.value(row, columns[name])) == caption
        if any(cells) and not is_caption:
            filled.append(row)
    return tuple(filled)
