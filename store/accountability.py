"""Measures against people who answer for what went wrong with a complaint, and their appeals."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, case, cast, func, select, true
from sqlalchemy.orm import Session, joinedload

from store.console.paging import Part, contains, part_of
from store.tables import Accountability

#: What a list can be narrowed to.
TO_TELL, APPEALED, TOLD, ENDED = "to-tell", "appealed", "told", "ended"
STATES = (TO_TELL, APPEALED, TOLD, ENDED)


@dataclass(frozen=True, slots=True)
class Decided:
    """Measures of one kind for one part in it: how many were decided, of how many the person was
    told, how many were contested, and how many of these lifted."""

    part: str
    measure: str
    count: int
    told: int
    appealed: int
    lifted: int


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


def decided(session: Session, begin: datetime, end: datetime) -> list[Decided]:
    """Measures that were decided from ``begin`` until before ``end``, by part and measure."""

    def many(which: ColumnElement[bool]) -> ColumnElement[int]:
        return cast(func.sum(case((which, 1), else_=0)), Integer)

    query = (
        select(
            Accountability.part,
            Accountability.measure,
            func.count(),
            many(Accountability.notified_at.is_not(None)),
            many(Accountability.appealed_at.is_not(None)),
            many(Accountability.appeal_granted.is_(True)),
        )
        .where(Accountability.decided_at >= begin, Accountability.decided_at < end)
        .group_by(Accountability.part, Accountability.measure)
    )
    return [Decided(*row) for row in session.execute(query)]


def _in(state: str) -> ColumnElement[bool]:
    told, appealed = Accountability.notified_at, Accountability.appealed_at
    decided = Accountability.appeal_decided_at
    return {
        TO_TELL: told.is_(None),
        TOLD: told.is_not(None) & appealed.is_(None),
        APPEALED: appealed.is_not(None) & decided.is_(None),
        ENDED: decided.is_not(None),
    }[state]
