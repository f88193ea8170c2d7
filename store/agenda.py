"""Queries about the agenda: whose decision has to be made anew, who is next, and what changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from heapq import nsmallest
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Insert,
    Update,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from scheduler.order import UNPROMISED
from store.tables import Agenda, ComplaintRevisit, Policy, SecondRevisit

#: Values of one statement: databases limit how many it may have.
SLICE = 500
#: Policies looked at beyond those that are wanted, where other workers look as well.
_SPARE = 20
#: The place of such a part in a statement that is built once.
PART: BindParameter[Any] = bindparam("part", expanding=True)


def touch(
    session: Session,
    now: datetime,
    *,
    policy_ids: Collection[int] = (),
    phones: Collection[str] = (),
    persons: Collection[str] = (),
) -> None:
    """Have these policies decided anew, and all whose number or person is among these. A policy
    that has no row yet gets one."""
    for column, values in (
        (Agenda.policy_id, policy_ids), (Agenda.phone, phones), (Agenda.person, persons),
    ):  # fmt: skip
        for part in slices(list(values)):
            session.execute(_touching(column), {"part": part, "now": now})
    _forget(session)
    _add(session, policy_ids, now)


@cache
def _touching(column: InstrumentedAttribute[Any]) -> Update:
    """Statements that run at every decision are built once: building takes longer than running."""
    query = update(Agenda).where(column.in_(PART)).values(look_at=bindparam("now"))
    return query.execution_options(synchronize_session=False)


_KNOWN = select(Agenda.policy_id).where(Agenda.policy_id.in_(PART))


def _add(session: Session, policy_ids: Collection[int], now: datetime) -> None:
    known: set[int] = set()
    for part in slices(list(policy_ids)):
        known |= set(session.scalars(_KNOWN, {"part": part}))
    rows = [_undecided(policy_id, now) for policy_id in policy_ids if policy_id not in known]
    if rows:
        put(session, rows)


def _undecided(policy_id: int, now: datetime) -> dict[str, Any]:
    return {
        "policy_id": policy_id, "state": "held", "look_at": now, "rank": "9", "not_before": None,
        "deadline": None, "slots_left": 0, "phone": None, "person": None, "branch": None,
        "why": "", "rules": "", "reasons": [], "decided_at": now,
    }  # fmt: skip


def put(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write whole rows, in the place of those that are there."""
    if not rows:
        return
    statement = _putting(session.get_bind().dialect.name, tuple(rows[0]))
    session.execute(statement, [dict(row) for row in rows])
    _forget(session)


@cache
def _putting(dialect: str, names: tuple[str, ...]) -> Insert:
    if dialect == "postgresql":
        into = postgresql.insert(Agenda)
        changed = {name: into.excluded[name] for name in names if name != "policy_id"}
        return into.on_conflict_do_update(index_elements=["policy_id"], set_=changed)
    onto = sqlite.insert(Agenda)
    changed = {name: onto.excluded[name] for name in names if name != "policy_id"}
    return onto.on_conflict_do_update(index_elements=["policy_id"], set_=changed)


def _forget(session: Session) -> None:
    """Rows of the agenda that are in memory have been changed behind their back. Nothing else has:
    forgetting everything would have each attempt and policy read again, one by one."""
    for one in list(session.identity_map.values()):
        if isinstance(one, Agenda):
            session.expire(one)


def drop(session: Session, policy_ids: Collection[int]) -> None:
    """Take policies out that nobody rings any more."""
    for part in slices(list(policy_ids)):
        session.execute(delete(Agenda).where(Agenda.policy_id.in_(part)))


def to_decide(session: Session, now: datetime, most: int) -> list[int]:
    """Policies whose decision has to be made anew, those that have waited longest first. They are
    locked: what happens to one of them meanwhile touches it after the decision, not before."""
    query = select(Agenda.policy_id).where(Agenda.look_at <= now).order_by(Agenda.look_at)
    return list(session.scalars(query.limit(most).with_for_update(skip_locked=True)))


def next_ready(
    session: Session,
    most: int,
    *,
    promised_only: bool,
    full_branches: Collection[str] = (),
    besides: Collection[int] = (),
) -> list[int]:
    """The first policies in the order of dialling, locked; those that another worker is looking at
    are passed over (PostgreSQL: SKIP LOCKED; SQLite: one writer at a time), and those ``besides``
    which have been looked at already."""
    ready = [Agenda.state == "ready"]
    if besides:
        ready.append(Agenda.policy_id.not_in(list(besides)))
    if promised_only:
        ready.append(Agenda.rank < UNPROMISED)
    if full_branches:
        ready.append(Agenda.policy_id.in_(_of_others(session, most, full_branches, ready)))
    query = select(Agenda.policy_id).where(*ready).order_by(Agenda.rank)
    return list(session.scalars(query.limit(most).with_for_update(skip_locked=True)))


def _of_others(
    session: Session,
    most: int,
    full_branches: Collection[str],
    ready: Sequence[ColumnElement[bool]],
) -> list[int]:
    """The first policies of every branch but the full ones, and some to spare for those that
    another worker is looking at. Each branch has a part of an index of its own, so that those of a
    full one, however many come first, are not passed over one by one."""
    front: list[tuple[str, int]] = []
    for branch in _branches(session):
        if (branch or "") not in full_branches:
            own = select(Agenda.rank, Agenda.policy_id).where(Agenda.branch == branch, *ready)
            for row in session.execute(own.order_by(Agenda.rank).limit(most + _SPARE)):
                front.append((row.rank, row.policy_id))
    return [policy_id for _, policy_id in nsmallest(most + _SPARE, front)]


def _branches(session: Session) -> list[str | None]:
    """Every branch of the agenda, and None for policies without one: from one to the next in the
    index."""
    found: list[str | None] = [None]
    while True:
        after = () if found[-1] is None else (Agenda.branch > found[-1],)
        following = session.scalar(select(func.min(Agenda.branch)).where(*after))
        if following is None:
            return found
        found.append(following)


def waiting(session: Session) -> int:
    """How many policies may be rung as soon as a line is free."""
    query = select(func.count()).select_from(Agenda).where(Agenda.state == "ready")
    return session.scalar(query) or 0


def next_change(session: Session) -> datetime | None:
    """When the next decision is to be made anew; None when none is."""
    return session.scalar(select(func.min(Agenda.look_at)))


def overdue(session: Session, now: datetime, most: int) -> list[int]:
    """Policies whose last deadline has passed."""
    query = select(Agenda.policy_id).where(Agenda.state == "late", Agenda.deadline < now)
    return list(session.scalars(query.limit(most)))


def rung() -> ColumnElement[bool]:
    """Policies that somebody is to ring: for the first revisit, for a second one, or to follow up a
    complaint."""
    second = select(SecondRevisit.policy_id).where(SecondRevisit.state == "booked")
    complained = select(ComplaintRevisit.policy_id).where(ComplaintRevisit.state == "booked")
    return or_(Policy.revisit == "open", Policy.id.in_(second), Policy.id.in_(complained))


def forgotten(session: Session) -> list[int]:
    """Policies that are to be rung and not in the agenda."""
    query = (
        select(Policy.id)
        .outerjoin(Agenda, Agenda.policy_id == Policy.id)
        .where(rung(), Agenda.policy_id.is_(None))
    )
    return list(session.scalars(query))


def left_over(session: Session) -> list[int]:
    """Policies in the agenda that nobody is to ring any more."""
    query = select(Agenda.policy_id).join(Policy).where(~rung())
    return list(session.scalars(query))


def out_of_date(session: Session, before: datetime, now: datetime, rules: str) -> list[int]:
    """Policies whose decision is older than this, so that whatever changed unnoticed is noticed;
    was made later than ``now``, because the clock was set back since; or by other ``rules``."""
    made = Agenda.decided_at
    wrong = or_(made < before, made > now, Agenda.rules != rules)
    return list(session.scalars(select(Agenda.policy_id).where(wrong)))


def of_policy(session: Session, policy_id: int) -> Agenda | None:
    """The row of one policy."""
    return session.get(Agenda, policy_id)


def slices(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """The values in parts that one statement can hold."""
    for start in range(0, len(values), SLICE):
        yield values[start : start + SLICE]
