"""A sheet as it was received: every value at its place, the sender's notes, and the cells whose
value is not usable. Plain data; it knows no script."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

#: Row and column of a cell, both from 0.
At = tuple[int, int]


class Spot(NamedTuple):
    """One cell of the workbook."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        address: str = xl_rowcol_to_cell(self.row, self.column)
        return f"{self.sheet}!{address}"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. ``rows`` begin with row 1 of the sheet; values are str, int, float, bool, date,
    datetime, time or timedelta, "" where a cell is empty. ``broken`` says what is the matter with
    a cell that has no usable value."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    notes: Mapping[At, str] = field(default_factory=dict)
    broken: Mapping[At, str] = field(default_factory=dict)

    def value(self, row: int, column: int) -> object:
        """The value of a cell, "" outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]
