"""Complaints counted for what they teach; a session behind a branch's wall counts that branch's.
What was merged into another complaint, or is none of a complainant's (第18条), does not count."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from cases.complaint_statistics import Group, Grouping
from store.tables import Complaint, ComplaintReport, Policy

_COLUMNS: dict[Grouping, InstrumentedAttribute[Any]] = {
    Grouping.KIND: Complaint.kind,
    Grouping.CHANNEL: Complaint.channel,
    Grouping.PRODUCT: Complaint.product,
    Grouping.SELLER: Complaint.seller_name,
    Grouping.BRANCH: Complaint.branch,
    Grouping.RESULT: Complaint.result,
    Grouping.CAUSE: Complaint.root_cause,
}
#: Not counted.
LEFT_OUT = ("merged", "refused")
#: Results that are for the customer.
_UPHELD = ("upheld", "partly")


def groups(session: Session, begin: datetime, end: datetime) -> dict[Grouping, list[Group]]:
    """Complaints received from ``begin`` until before ``end``, in every grouping. Their rows are
    read once, and then grouped seven times: reading them costs more than counting them."""
    rows = (
        select(
            *(column.label(by.value) for by, column in _COLUMNS.items()),
            case((Complaint.answered_at.is_not(None), 1), else_=0).label("answered"),
            case((Complaint.result.in_(_UPHELD), 1), else_=0).label("upheld"),
            case((Complaint.satisfied.is_(False), 1), else_=0).label("discontent"),
        )
        .where(*_within(begin, end))
        .cte("received")
    )
    counts = (rows.c.answered, rows.c.upheld, rows.c.discontent)
    parts = (
        select(
            literal(by.value),
            rows.c[by.value],
            func.count(),
            *(cast(func.sum(one), Integer) for one in counts),
        ).group_by(rows.c[by.value])
        for by in Grouping
    )
    found: dict[Grouping, list[Group]] = {by: [] for by in Grouping}
    for by, name, *numbers in session.execute(union_all(*parts)):
        found[Grouping(by)].append(Group(name or None, *numbers))
    return found


def received(session: Session, begin: datetime, end: datetime) -> int:
    """How many were received."""
    return session.scalar(select(func.count()).where(*_within(begin, end))) or 0


def paid(session: Session, begin: datetime, end: datetime) -> Decimal:
    """What was paid to the customers of these complaints, in yuan."""
    found = session.scalar(select(func.sum(Complaint.paid)).where(*_within(begin, end)))
    return Decimal(found or 0)


def months(session: Session) -> tuple[datetime, datetime] | None:
    """When the first and the last complaint were received; None while there is none."""
    query = select(func.min(Complaint.received_at), func.max(Complaint.received_at))
    first, last = session.execute(query).one()
    return None if first is None or last is None else (first, last)


def policies(session: Session, until: date, products: Sequence[str]) -> dict[str, int]:
    """How many policies of these products were issued until a day."""
    if not products:
        return {}
    query = (
        select(Policy.product, func.count())
        .where(Policy.issued_on <= until, Policy.product.in_(products))
        .group_by(Policy.product)
    )
    found = session.execute(query)
    return {row[0]: row[1] for row in found}


def report(session: Session, month: str) -> ComplaintReport | None:
    """The report of a month as it was made last."""
    return session.get(ComplaintReport, month)


def reports(session: Session) -> list[ComplaintReport]:
    """Every report, the newest month first, without its files."""
    return list(session.scalars(select(ComplaintReport).order_by(ComplaintReport.month.desc())))


def _within(begin: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Complaint.received_at >= begin,
        Complaint.received_at < end,
        Complaint.state.not_in(LEFT_OUT),
    )
