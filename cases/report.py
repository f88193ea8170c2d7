"""What a report or a decision letter says, before anybody thinks of a file: words, numbers and
shares. Pure: it writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cases.estimates import Share

#: One cell. A share is shown in percent.
Cell = str | int | float | Share | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``note`` stands below it, ``first`` is how much wider the first column is than
    the others, ``last`` the same of the last one. ``bar`` is a column of counts that have a bar
    beside them on paper."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    first: float = 2
    last: float = 1
    bar: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The report: its title, what it rests on, and its tables in order. ``day`` is an ISO day;
    ``signed`` are those who sign it by hand."""

    title: str
    company: str
    day: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A decision as it is sent: its number, whom it speaks to and how it begins (``opening``), its
    headed parts, and how it ends. ``day`` is an ISO day; ``mark`` stands over a draft."""

    title: str
    number: str
    company: str
    day: str
    opening: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    mark: str = ""


def said_safely(report: Report, safe: Callable[[str], str]) -> Report:
    """The same report with every text of its facts and cells as ``safe`` gives it: whoever prints
    people's own words keeps the numbers in them to themselves."""

    def cell(one: Cell) -> Cell:
        return safe(one) if isinstance(one, str) else one

    tables = (
        replace(table, rows=tuple(tuple(map(cell, row)) for row in table.rows))
        for table in report.tables
    )
    facts = tuple((name, safe(value)) for name, value in report.facts)
    return replace(report, facts=facts, tables=tuple(tables))


def words(cell: Cell) -> str:
    """A cell as it is read on paper."""
    if cell is None:
        return "–"
    if isinstance(cell, Share):
        return "–" if cell.rate is None else f"{cell.rate:.1%}"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
