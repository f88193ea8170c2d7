"""The register of complaints as a list: narrowed, in the order in which their limits run out, one
page at a time."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from store.console.paging import Part, contains, part_by_number
from store.tables import Complaint, Policy

#: Complaints of which nothing is left to be done.
ENDED = ("closed", "withdrawn", "refused", "merged")
_NUMBER = re.compile(r"(?:TS\d{4}-)?0*(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ComplaintFilter:
    """What the register is narrowed to. ``stage`` is a state, ``state`` is open or closed,
    ``whose`` a handler's name, or "" for nobody's; ``warned`` is how near a limit is a warning."""

    words: str = ""
    stage: str | None = None
    state: str | None = None
    kind: str | None = None
    channel: str | None = None
    light: str | None = None
    whose: str | None = None
    branch: str | None = None
    warned: timedelta = timedelta(days=3)


def complaints(
    session: Session, wanted: ComplaintFilter, now: datetime, first: int, size: int | None
) -> Part[Complaint]:
    """The complaints wanted: what runs out first in front, what nothing runs of at the end, the
    newest first."""
    numbers = (
        select(Complaint.id)
        .where(*_limits(wanted, now))
        .order_by(Complaint.next_due_at.is_(None), Complaint.next_due_at, Complaint.id.desc())
    )
    lines = select(Complaint).options(selectinload(Complaint.policy))
    return part_by_number(
        session, numbers, lines, lambda row: row[0], first, size, once=bool(wanted.words)
    )


def branches(session: Session) -> list[str]:
    """Every branch with a complaint."""
    query = select(Complaint.branch).where(Complaint.branch.is_not(None)).distinct()
    return [one for one in session.scalars(query.order_by(Complaint.branch)) if one]


def _limits(wanted: ComplaintFilter, now: datetime) -> list[ColumnElement[bool]]:
    same = (
        (Complaint.state, wanted.stage),
        (Complaint.kind, wanted.kind),
        (Complaint.channel, wanted.channel),
        (Complaint.branch, wanted.branch),
    )
    limits = [column == value for column, value in same if value]
    if wanted.state:
        ended = Complaint.state.in_(ENDED)
        limits.append(ended if wanted.state == "closed" else ~ended)
    if wanted.whose is not None:
        limits.append(Complaint.handler == wanted.whose if wanted.whose else _nobodys())
    if wanted.light:
        limits.append(_lit(wanted, now))
    if wanted.words:
        limits.append(_mentions(wanted.words))
    return limits


def _nobodys() -> ColumnElement[bool]:
    return Complaint.handler.is_(None) & Complaint.state.not_in(ENDED)


def _lit(wanted: ComplaintFilter, now: datetime) -> ColumnElement[bool]:
    due = Complaint.next_due_at
    if wanted.light == "overdue":
        return due < now
    if wanted.light == "warning":
        return (due >= now) & (due < now + wanted.warned)
    return or_(due.is_(None), due >= now + wanted.warned)


def _mentions(words: str) -> ColumnElement[bool]:
    of_policy = select(Policy.id).where(contains(Policy.number, words))
    found = [
        contains(Complaint.matter, words),
        contains(Complaint.complainant_name, words),
        contains(Complaint.product, words),
        contains(Complaint.seller_name, words),
        contains(Complaint.reference, words),
        Complaint.policy_id.in_(of_policy),
    ]
    number = _NUMBER.fullmatch(words.strip())
    if number:
        found.append(Complaint.id == int(number[1]))
    return or_(*found)
