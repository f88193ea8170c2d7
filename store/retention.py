"""Queries about recordings whose time may be over, and what they depend on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from store.tables import Call, Case, Policy, Recording

DELETED = "deleted"
#: A case that was closed so was none: nobody had spoken.
_NEVER_A_DISPUTE = "announcement"


@dataclass(frozen=True, slots=True)
class Stored:
    """A recording whose file is here, with its call and policy."""

    recording: Recording
    call: Call
    policy: Policy


def stored_before(
    session: Session, moment: datetime, now: datetime, after: int, most: int
) -> list[Stored]:
    """Recordings with a file, of calls ordered before ``moment``, that nobody works on; in the
    order of their ids, those after ``after``."""
    free = or_(Recording.leased_until.is_(None), Recording.leased_until < now)
    query = (
        select(Recording, Call, Policy)
        .join(Call, Recording.call_id == Call.id)
        .join(Policy, Call.policy_id == Policy.id)
        .where(
            Call.ordered_at < moment,
            Recording.id > after,
            and_(Recording.path.is_not(None), Recording.state != DELETED, free),
        )
        .order_by(Recording.id)
        .limit(most)
    )
    return [Stored(*row) for row in session.execute(query)]


def case_ends(session: Session, policy_ids: Collection[int]) -> dict[int, list[datetime | None]]:
    """When the cases of these policies were closed, by policy; None for one that is open, or closed
    nobody knows when."""
    found: dict[int, list[datetime | None]] = {policy_id: [] for policy_id in policy_ids}
    query = select(Case.policy_id, Case.state, Case.closed_at, Case.closed_because)
    for policy_id, state, closed_at, because in session.execute(
        query.where(Case.policy_id.in_(policy_ids))
    ):
        if state == "open" or because != _NEVER_A_DISPUTE:
            found[policy_id].append(closed_at if state != "open" else None)
    return found


def to_remove(session: Session) -> Sequence[Recording]:
    """Recordings that are deleted and whose file may still lie there."""
    query = select(Recording).where(Recording.state == DELETED, Recording.path.is_not(None))
    return session.scalars(query.order_by(Recording.id)).all()


def needed(session: Session, path: str) -> bool:
    """Whether a recording that is not deleted has this file: the same content is stored once."""
    query = select(Recording.id).where(Recording.path == path, Recording.state != DELETED)
    return session.scalar(query.limit(1)) is not None
