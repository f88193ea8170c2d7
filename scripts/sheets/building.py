"""A script being put together from the cells of a workbook: the plain data so far, the cell that
each part of it came from, and what was found wrong on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scripts.faults import Severity
from scripts.schema import Id
from scripts.sheets import cells
from scripts.sheets.grid import Grid, Spot
from scripts.sheets.layout import Column, Heading
from scripts.yamlfile import Place

_ID: TypeAdapter[str] = TypeAdapter(Id)
#: What an id is, for the sentence about one that is none.
ID_WORDS = "it begins with a letter and has letters, digits, _ and single dots or hyphens"


@dataclass(frozen=True, slots=True)
class Found:
    """One fault of the workbook and the cell to mark."""

    code: str
    message: str
    spot: Spot
    question: str | None = None
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header was found: which column is where, and which rows hold something."""

    grid: Grid
    header: int
    columns: Mapping[Heading, int]
    rows: tuple[int, ...]

    def spot(self, row: int, heading: Heading) -> Spot | None:
        """The cell of a column in a row; None where the sheet lacks the column."""
        column = self.columns.get(heading)
        return None if column is None else Spot(self.grid.name, row, column)

    def value(self, row: int, heading: Heading) -> object:
        """The value there, "" where the sheet lacks the column."""
        column = self.columns.get(heading)
        return "" if column is None else self.grid.value(row, column)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the sheet has columns for, in their order."""
        return tuple(dict.fromkeys(h.language for h in self.columns if h.language))


@dataclass
class Building:
    """The script so far."""

    data: dict[str, Any] = field(default_factory=dict)
    where: dict[Place, Spot] = field(default_factory=dict)
    faults: list[Found] = field(default_factory=list)

    def fault(self, code: str, message: str, spot: Spot, question: str | None = None) -> None:
        """Remember a fault of a cell."""
        self.faults.append(Found(code, message, spot, question))

    def warn(self, code: str, message: str, spot: Spot) -> None:
        """Remember what is worth knowing, but stops nothing."""
        self.faults.append(Found(code, message, spot, None, Severity.WARNING))

    def read(self, table: Table, row: int, heading: Heading, column: Column, place: Place) -> Any:
        """The value of a cell as a script has it, None for an empty one. The cell is remembered
        for ``place``, also when it is empty: something may be missing there."""
        spot = table.spot(row, heading)
        if spot is None:
            return None
        self.where[place] = spot
        if (row, spot.column) in table.grid.broken:
            why = table.grid.broken[row, spot.column]
            owner = cells.word(table.value(row, Heading("name"))) or None
            self.fault("bad-cell", f"{why}: write the value itself", spot, owner)
            return None
        return cells.plain(column.cell, table.value(row, heading))

    def spot_of(self, place: Place) -> Spot | None:
        """The cell of the nearest enclosing part that has one."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.where:
                return self.where[place[:length]]
        return None


def is_id(name: str) -> bool:
    """Whether a question or an ending may be called so."""
    try:
        _ID.validate_python(name)
    except ValidationError:
        return False
    return True


def put(data: dict[str, Any], place: Place, value: Any) -> None:
    """Set a value inside nested mappings, which are made on the way; None sets nothing."""
    if value is None:
        return
    *outer, last = map(str, place)
    for key in outer:
        data = data.setdefault(key, {})
    data[last] = value


def translations(table: Table, columns: tuple[Column, ...]) -> Iterator[tuple[Heading, Column]]:
    """The translated columns of a table, language by language."""
    for language in table.languages:
        for column in columns:
            heading = Heading(column.header, language)
            if column.translated and heading in table.columns:
                yield heading, column
