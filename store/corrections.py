"""Complaints behind which something is to be put right (溯源整改), or was."""

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from store.console.paging import Part, part_of
from store.tables import Complaint


def listed(session: Session, *, done: bool, first: int, size: int | None) -> Part[Complaint]:
    """Corrections that are open, the first due in front and those without a day last; or those
    done, the newest first."""
    promised, at = Complaint.correction.is_not(None), Complaint.corrected_at
    query = select(Complaint)
    if done:
        query = query.where(promised, at.is_not(None)).order_by(at.desc(), Complaint.id.desc())
    else:
        due = Complaint.correction_due_on
        query = query.where(promised, at.is_(None)).order_by(due.is_(None), due, Complaint.id)
    return part_of(session, query, lambda row: row[0], first, size)


def overdue(session: Session, today: date) -> int:
    """How many were to be done before today and are not."""
    return session.scalar(select(func.count(Complaint.id)).where(*_late(today))) or 0


def to_alarm(session: Session, today: date, most: int, after_id: int) -> list[int]:
    """The numbers of complaints whose correction is late, in order."""
    query = select(Complaint.id).where(*_late(today), Complaint.id > after_id)
    return list(session.scalars(query.order_by(Complaint.id).limit(most)))


def _late(today: date) -> list[ColumnElement[bool]]:
    return [
        Complaint.correction.is_not(None),
        Complaint.corrected_at.is_(None),
        Complaint.correction_due_on < today,
    ]
