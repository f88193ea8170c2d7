"""A policy list as text: its columns and rows, before anything is understood. Pure."""

from dataclasses import dataclass
from pathlib import Path


class ListFault(Exception):  # noqa: N818 - a fault of the list, not of the program
    """The list as a whole cannot be read: one sentence with the file, the place and the mend."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``number`` is the row number that Excel shows; cells are in the file's order."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list with its header found.

    ``columns`` are the header's cells as the user wrote them; ``groups`` are the labels of a second
    header row above it (投保人 | 被保险人), "" where there is none. ``skipped`` are rows that
    are no policies (合计, footnotes, repeated headers) as (row number, text).
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int = 1
    groups: tuple[str, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
