"""One page of a long list, and how words typed into a search box become SQL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.columns import LOCAL

Row = TypeVar("Row")
Query = Select[*tuple[Any, ...]]  # of any columns


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """``rows`` from ``first`` on (0 is the top) out of ``total``."""

    rows: list[Row]
    first: int
    total: int


def part_of(
    session: Session,
    query: Query,
    make: Callable[[Any], Row],
    first: int,
    size: int | None,
) -> Part[Row]:
    """``size`` rows of the query from ``first`` on, or all of them when ``size`` is None."""
    # what the columns cost is not paid for every row that is only counted
    counted = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total = session.scalar(counted) or 0
    window = query.offset(first).limit(size) if size is not None else query
    return Part([make(row) for row in session.execute(window)], first, total)


def part_by_number(
    session: Session,
    numbers: Select[int],
    lines: Query,
    make: Callable[[Any], Row],
    first: int,
    size: int | None,
    *,
    once: bool = False,
) -> Part[Row]:
    """The same of a long list, in two steps: ``numbers`` selects the row numbers wanted, in their
    order and with no more joins than its conditions need; ``lines`` is everything that is shown,
    its first column a row with an ``id``. The joins are then made for one page only. Where every
    row must be looked at, for words or to sort those behind a branch's wall, it is looked at
    ``once``, and not again to count."""
    key = numbers.selected_columns[0]
    if size is None:
        wanted = list(session.scalars(numbers))
        total, found = len(wanted), session.execute(lines.where(key.in_(numbers.order_by(None))))
    elif once:
        every = session.scalars(numbers).all()
        total, wanted = len(every), list(every[first : first + size])
        found = session.execute(lines.where(key.in_(wanted)))
    else:
        counted = numbers.with_only_columns(func.count(), maintain_column_froms=True)
        total = session.scalar(counted.order_by(None)) or 0
        wanted = list(session.scalars(numbers.offset(first).limit(size)))
        found = session.execute(lines.where(key.in_(wanted)))
    made = {row[0].id: make(row) for row in found}
    return Part([made[number] for number in wanted if number in made], first, total)


def contains(column: Any, words: str) -> ColumnElement[bool]:
    """The column holds these words; ``%`` and ``_`` mean themselves. Chinese has no lower case, and
    to compute it costs more than to compare."""
    plain = words.lower() == words.upper()
    look = column.contains if plain else column.icontains
    found: ColumnElement[bool] = look(words, autoescape=True)
    return found


def between(
    column: InstrumentedAttribute[datetime], first: date | None, last: date | None
) -> Sequence[ColumnElement[bool]]:
    """The moment lies on one of these days, both included; None leaves that side open."""
    limits: list[ColumnElement[bool]] = []
    if first is not None:
        limits.append(column >= start_of(first))
    if last is not None:
        limits.append(column < start_of(last + timedelta(days=1)))
    return limits


def start_of(day: date) -> datetime:
    """Midnight at which the day begins, in the insurer's time."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)
