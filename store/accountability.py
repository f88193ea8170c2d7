"""Measures against people who answer for what went wrong with a complaint, and their appeals."""

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload

from store.console.paging import Part, contains, part_of
from store.tables import Accountability

#: What a list can be narrowed to.
TO_TELL, APPEALED, TOLD, ENDED = "to-tell", "appealed", "told", "ended"
STATES = (TO_TELL, APPEALED, TOLD, ENDED)


def by_id(session: Session, number: int) -> Accountability | None:
    """One measure with its complaint."""
    query = select(Accountability).where(Accountability.id == number)
    return session.scalar(query.options(joinedload(Accountability.complaint)))


def locked(session: Session, number: int) -> Accountability | None:
    """The same, which nobody else can change until the transaction ends."""
    query = select(Accountability).where(Accountability.id == number)
    return session.scalar(query.with_for_update())


def of_complaint(session: Session, number: int) -> list[Accountability]:
    """All measures about one complaint, the oldest first."""
    query = select(Accountability).where(Accountability.complaint_id == number)
    return list(session.scalars(query.order_by(Accountability.id)))


def listed(
    session: Session, state: str, words: str, first: int, size: int | None
) -> Part[Accountability]:
    """Measures in one of ``STATES``, the newest first; ``words`` stand in the person's name."""
    query = (
        select(Accountability)
        .where(_in(state), contains(Accountability.who, words) if words else true())
        .options(joinedload(Accountability.complaint))
        .order_by(Accountability.id.desc())
    )
    return part_of(session, query, lambda row: row[0], first, size)


def told_to(session: Session, who: str, first: int, size: int | None) -> Part[Accountability]:
    """What somebody was told of, the newest first."""
    query = (
        select(Accountability)
        .where(Accountability.who == who, Accountability.notified_at.is_not(None))
        .options(joinedload(Accountability.complaint))
        .order_by(Accountability.id.desc())
    )
    return part_of(session, query, lambda row: row[0], first, size)


def _in(state: str) -> ColumnElement[bool]:
    told, appealed = Accountability.notified_at, Accountability.appealed_at
    decided = Accountability.appeal_decided_at
    return {
        TO_TELL: told.is_(None),
        TOLD: told.is_not(None) & appealed.is_(None),
        APPEALED: appealed.is_not(None) & decided.is_(None),
        ENDED: decided.is_not(None),
    }[state]
