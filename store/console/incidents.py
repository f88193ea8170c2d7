"""Incidents for their list."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from store.console.paging import Part, between, contains, part_of
from store.tables import Account, Incident, IncidentPerson, Policy

CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What the list is narrowed to; None or "" narrows nothing. ``stage`` may be ``open``."""

    words: str = ""
    stage: str | None = None
    grade: int | None = None
    kind: str | None = None
    branch: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One line of the list; ``people`` are those named."""

    incident: Incident
    people: int


def incidents(
    session: Session, wanted: IncidentFilter, first: int, size: int | None
) -> Part[IncidentLine]:
    """The incidents wanted: open before closed, the gravest first, then the newest."""
    people = (
        select(func.count())
        .where(IncidentPerson.incident_id == Incident.id)
        .correlate(Incident)
        .scalar_subquery()
    )
    query = (
        select(Incident, people)
        .where(*_limits(wanted))
        .order_by(
            Incident.stage == CLOSED,
            Incident.grade,
            Incident.happened_at.desc(),
            Incident.id.desc(),
        )
    )
    return part_of(session, query, lambda row: IncidentLine(row[0], row[1]), first, size)


def branches(session: Session) -> list[str]:
    """Every branch that an incident can belong to: those of people, and those of policies."""
    query = select(Policy.branch).distinct().union(select(Account.branch).distinct())
    return sorted(one for one in session.scalars(query) if one)


def _limits(wanted: IncidentFilter) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if wanted.stage == "open":
        limits.append(Incident.stage != CLOSED)
    elif wanted.stage:
        limits.append(Incident.stage == wanted.stage)
    if wanted.grade:
        limits.append(Incident.grade == wanted.grade)
    if wanted.kind:
        limits.append(Incident.kind == wanted.kind)
    if wanted.branch:
        limits.append(Incident.branch == wanted.branch)
    if wanted.words:
        text = wanted.words
        limits.append(or_(contains(Incident.words, text), contains(Incident.counter, text)))
    return [*limits, *between(Incident.happened_at, wanted.first, wanted.last)]
