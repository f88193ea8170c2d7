"""Clusters of complaints about one seller: what the nightly search looks at, and the alarms that it
raised."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from store.agenda import slices
from store.complaint_figures import LEFT_OUT
from store.console.paging import Part, part_of
from store.tables import Complaint, ComplaintCluster

#: A seller of a branch; None: of head office.
Seller = tuple[str | None, str]


def sellers_since(session: Session, taken_since: datetime, least: int) -> list[Seller]:
    """Sellers about whom a complaint was written down since then, and at least so many ever."""
    named = Complaint.seller_name.is_not(None) & (Complaint.seller_name != "")
    query = (
        select(Complaint.branch, Complaint.seller_name)
        .where(named, Complaint.state.not_in(LEFT_OUT))
        .group_by(Complaint.branch, Complaint.seller_name)
        .having(func.count() >= least, func.max(Complaint.taken_at) >= taken_since)
    )
    return [(branch, seller) for branch, seller in session.execute(query) if seller]


def complaints_about(
    session: Session, sellers: Sequence[Seller]
) -> dict[Seller, list[tuple[datetime, datetime, int]]]:
    """Of these sellers: when each complaint was received, when it was written down, its number."""
    found: dict[Seller, list[tuple[datetime, datetime, int]]] = {one: [] for one in sellers}
    keys = [(branch or "", seller) for branch, seller in sellers]
    key = tuple_(func.coalesce(Complaint.branch, ""), Complaint.seller_name)
    for part in slices(keys):
        query = select(
            Complaint.branch,
            Complaint.seller_name,
            Complaint.received_at,
            Complaint.taken_at,
            Complaint.id,
        ).where(key.in_(part), Complaint.state.not_in(LEFT_OUT))
        for branch, seller, received, taken, number in session.execute(query):
            found[branch, seller or ""].append((received, taken, number))
    return found


def newest(session: Session, seller: Seller) -> ComplaintCluster | None:
    """The last alarm about a seller, open or closed."""
    branch, name = seller
    query = (
        select(ComplaintCluster)
        .join(Complaint, ComplaintCluster.complaint_id == Complaint.id)
        .where(
            ComplaintCluster.seller_name == name,
            func.coalesce(Complaint.branch, "") == (branch or ""),
        )
        .order_by(ComplaintCluster.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def by_id(session: Session, number: int) -> ComplaintCluster | None:
    """One alarm."""
    return session.scalar(select(ComplaintCluster).where(ComplaintCluster.id == number))


def locked(session: Session, number: int) -> ComplaintCluster | None:
    """The same, which nobody else can change until the transaction ends."""
    query = select(ComplaintCluster).where(ComplaintCluster.id == number)
    return session.scalar(query.with_for_update())


def open_count(session: Session) -> int:
    """How many alarms are open."""
    query = select(func.count(ComplaintCluster.id)).where(ComplaintCluster.closed_at.is_(None))
    return session.scalar(query) or 0


def listed(
    session: Session, *, closed: bool, first: int, size: int | None
) -> Part[ComplaintCluster]:
    """Open alarms, the largest first; or closed ones, the newest first."""
    ended = ComplaintCluster.closed_at
    query = select(ComplaintCluster).options(joinedload(ComplaintCluster.complaint))
    if closed:
        query = query.where(ended.is_not(None)).order_by(ended.desc(), ComplaintCluster.id)
    else:
        query = query.where(ended.is_(None)).order_by(
            ComplaintCluster.count.desc(), ComplaintCluster.id
        )
    return part_of(session, query, lambda row: row[0], first, size)


def complaints_of(session: Session, cluster: ComplaintCluster, most: int) -> list[Complaint]:
    """The complaints of a cluster, the newest first, at most so many."""
    branch = cluster.complaint.branch
    query = (
        select(Complaint)
        .where(
            Complaint.seller_name == cluster.seller_name,
            func.coalesce(Complaint.branch, "") == (branch or ""),
            Complaint.received_at >= cluster.first_at,
            Complaint.received_at <= cluster.last_at,
            Complaint.state.not_in(LEFT_OUT),
        )
        .order_by(Complaint.received_at.desc(), Complaint.id.desc())
        .limit(most)
    )
    return list(session.scalars(query))
