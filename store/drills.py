"""Queries about drills: one with what was done in it, and the calendar of a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import Session

from store.console.paging import Part, contains, part_of
from store.tables import Drill, DrillStep


@dataclass(frozen=True, slots=True)
class DrillFilter:
    """What the list is narrowed to: a year, a month of it, a state, words."""

    year: int
    month: int | None = None
    state: str | None = None
    words: str = ""


def by_id(session: Session, drill_id: int) -> Drill | None:
    """The drill with this number."""
    return session.scalar(select(Drill).where(Drill.id == drill_id))


def by_form(session: Session, form_key: str) -> Drill | None:
    """The drill that this form has planned."""
    return session.scalar(select(Drill).where(Drill.form_key == form_key))


def locked(session: Session, drill_id: int) -> Drill | None:
    """The drill, which nobody else changes meanwhile."""
    return session.scalar(
        select(Drill)
        .where(Drill.id == drill_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def steps_of(session: Session, drill_id: int) -> list[DrillStep]:
    """What was done in a drill, in the order in which it was."""
    query = select(DrillStep).where(DrillStep.drill_id == drill_id)
    return list(session.scalars(query.order_by(DrillStep.at, DrillStep.id)))


def drills(session: Session, wanted: DrillFilter, first: int, size: int | None) -> Part[Drill]:
    """The drills wanted, by day."""
    query = select(Drill).where(*_limits(wanted)).order_by(Drill.planned_on, Drill.id)
    return part_of(session, query, lambda row: row[0], first, size)


def by_month(session: Session, year: int) -> Sequence[tuple[int, str, int]]:
    """Month, state, how many: of the drills of a year."""
    month = extract("month", Drill.planned_on)
    query = (
        select(month, Drill.state, func.count())
        .where(*_year(year))
        .group_by(month, Drill.state)
        .order_by(month, Drill.state)
    )
    return [(int(number), state, count) for number, state, count in session.execute(query)]


def _limits(wanted: DrillFilter) -> list[ColumnElement[bool]]:
    limits = _year(wanted.year)
    if wanted.month:
        after = date(wanted.year + wanted.month // 12, wanted.month % 12 + 1, 1)
        limits += [Drill.planned_on >= date(wanted.year, wanted.month, 1), Drill.planned_on < after]
    if wanted.state:
        limits.append(Drill.state == wanted.state)
    if wanted.words:
        limits.append(contains(Drill.title, wanted.words))
    return limits


def _year(year: int) -> list[ColumnElement[bool]]:
    return [Drill.planned_on >= date(year, 1, 1), Drill.planned_on <= date(year, 12, 31)]
