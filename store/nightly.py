"""Queries of the nightly rules: policies that have not been revisited, and marks to take away."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from store.tables import Policy


def unrevisited(
    session: Session, unreached: Collection[str], done: str, after: int, most: int
) -> Sequence[Policy]:
    """Policies with a signed receipt that are open, or closed for one of these reasons, and whose
    mark is not ``done`` already; in the order of their ids, those after ``after``."""
    query = (
        select(Policy)
        .where(
            Policy.id > after,
            Policy.receipt_signed_on.is_not(None),
            _waits(unreached),
            Policy.follow_up.is_distinct_from(done),
            Policy.status != "out-of-scope",
        )
        .order_by(Policy.id)
        .limit(most)
    )
    return session.scalars(query).all()


def clear(session: Session, unreached: Collection[str]) -> int:
    """Take the mark from policies that are closed for any other reason. Returns how many."""
    done = session.execute(
        update(Policy)
        .where(Policy.follow_up.is_not(None), ~_waits(unreached))
        .values(follow_up=None)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)  # an update has a count
    return done.rowcount


def _waits(unreached: Collection[str]) -> ColumnElement[bool]:
    closed = Policy.closed_because
    return or_(Policy.revisit == "open", closed.is_not(None) & closed.in_(unreached))
