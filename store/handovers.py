"""Queries about hand-overs to branches (电话回访交接清单), their lists, and statements about what
is overdue. Decides nothing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from store.agenda import slices
from store.otherwise import only_one
from store.tables import Handover, HandoverList, OverdueStatement, Policy


def open_one(session: Session, policy_id: int) -> Handover | None:
    """The open hand-over of a policy, locked."""
    query = select(Handover).where(Handover.policy_id == policy_id, Handover.ended_at.is_(None))
    return session.scalar(query.with_for_update())


def add(session: Session, handover: Handover) -> bool:
    """Store a hand-over; False when the policy has an open one, which the database itself holds."""
    return only_one(session, handover)


def by_id(session: Session, handover_id: int) -> Handover | None:
    """The hand-over with this id, locked."""
    return session.get(Handover, handover_id, with_for_update=True)


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Handover]:
    """The hand-overs among these ids, locked in the order of their ids."""
    found: dict[int, Handover] = {}
    for part in slices(sorted(set(ids))):
        query = select(Handover).where(Handover.id.in_(part)).order_by(Handover.id)
        found.update({row.id: row for row in session.scalars(query.with_for_update())})
    return found


def not_issued(session: Session, policy_ids: Collection[int]) -> Sequence[Handover]:
    """Hand-overs of these policies that no branch has yet, locked."""
    found: list[Handover] = []
    for part in slices(list(policy_ids)):
        query = select(Handover).where(
            Handover.policy_id.in_(part), Handover.state.in_(["proposed", "waiting"])
        )
        found += session.scalars(query.with_for_update())
    return found


def waiting(session: Session, branch: str | None = None) -> Sequence[Handover]:
    """Hand-overs of this branch (None: all) that wait for a list, by branch, locked: two workers
    may make lists at once."""
    query = select(Handover).where(Handover.state == "waiting").options(joinedload(Handover.policy))
    if branch is not None:
        query = query.where(Handover.branch == branch)
    query = query.order_by(Handover.branch, Handover.id)
    return session.scalars(query.with_for_update(of=Handover)).all()


def list_by_id(session: Session, list_id: int) -> HandoverList | None:
    """The list with this number."""
    return session.get(HandoverList, list_id)


def of_list(session: Session, list_id: int) -> Sequence[Handover]:
    """The hand-overs on a list with their policies, in the order in which they were opened."""
    query = select(Handover).options(joinedload(Handover.policy))
    return session.scalars(query.where(Handover.list_id == list_id).order_by(Handover.id)).all()


def issued_of(
    session: Session, policy_numbers: Collection[str], branch: str | None = None
) -> dict[str, list[Handover]]:
    """Every hand-over of this branch (None: of any) that was on a list, by the number of its
    policy, the newest first; locked."""
    found: dict[str, list[Handover]] = {}
    for part in slices(sorted(set(policy_numbers))):
        query = (
            select(Handover, Policy.number)
            .join(Policy)
            .where(Policy.number.in_(part), Handover.list_id.is_not(None))
            .order_by(Handover.id.desc())
        )
        if branch is not None:
            query = query.where(Policy.branch == branch)
        for handover, number in session.execute(query.with_for_update(of=Handover)):
            found.setdefault(number, []).append(handover)
    return found


def listed(
    session: Session,
    *,
    states: Iterable[str] | None = None,
    branch: str | None = None,
    due_before: date | None = None,
) -> Sequence[Handover]:
    """Hand-overs with their policies, the earliest due day first; those that are due on or after
    ``due_before``, or have no due day, are left out where it is given."""
    query = select(Handover).options(joinedload(Handover.policy))
    if states is not None:
        query = query.where(Handover.state.in_(list(states)))
    if branch is not None:
        query = query.where(Handover.branch == branch)
    if due_before is not None:
        query = query.where(Handover.due_on < due_before)
    order = (Handover.due_on.is_(None), Handover.due_on, Handover.id)
    return session.scalars(query.order_by(*order)).all()


def statements(
    session: Session, handover_ids: Collection[int]
) -> dict[int, list[OverdueStatement]]:
    """The statements about these hand-overs, the oldest first."""
    found: dict[int, list[OverdueStatement]] = {}
    for part in slices(list(handover_ids)):
        query = select(OverdueStatement).where(OverdueStatement.handover_id.in_(part))
        for row in session.scalars(query.order_by(OverdueStatement.id)):
            found.setdefault(row.handover_id or 0, []).append(row)
    return found
