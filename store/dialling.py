"""Queries about the dialling: its one row, which workers lock while they decide, and what runs.
They look at open calls and the newest orders only: a million old calls make none of them slower."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scripts.outcomes import Outcome
from store.tables import Agenda, Attempt, Call, Dialling, DiallingEvent, Policy

_ONLY = 1  # the row's id


def standing(session: Session) -> Dialling | None:
    """How the dialling stands, to look at; None as long as nothing has happened to it."""
    return session.get(Dialling, _ONLY)


def locked(session: Session, now: datetime) -> Dialling:
    """The row, made at its first use and locked until the transaction ends. Read anew: another
    worker may have changed it while we waited for the lock."""
    query = select(Dialling).where(Dialling.id == _ONLY).with_for_update()
    query = query.execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        _make(session, now)
        found = session.scalars(query).one()
    return found


def _make(session: Session, now: datetime) -> None:
    """Two workers may do it at once: the second waits for the first, and then has that row."""
    row = Dialling(id=_ONLY, state="running", since=now, by=None, why="", failures=0, rest_s=0)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return


def note(session: Session, what: str, by: str | None, why: str, now: datetime) -> None:
    """Keep that the dialling was changed."""
    session.add(DiallingEvent(at=now, what=what, by=by, why=why))


def newest_orders(session: Session, before: datetime, most: int) -> tuple[datetime, ...]:
    """The moments of the newest orders, the newest first. Those at ``before`` and later are left
    out: the clock was set back since."""
    query = select(Call.ordered_at).where(Call.ordered_at < before)
    return tuple(session.scalars(query.order_by(Call.ordered_at.desc()).limit(most)))


@dataclass(frozen=True, slots=True)
class Live:
    """Calls that were ordered and have not ended, ``transferred`` those that a person has taken
    over. A policy without a branch is counted under ""."""

    calls: int = 0
    transferred: int = 0
    by_branch: Mapping[str, int] = field(default_factory=dict)


def live(session: Session) -> Live:
    """What runs at this moment."""
    rows = session.execute(live_query()).all()
    by_branch = _summed((branch, calls) for branch, calls, _ in rows)
    return Live(sum(by_branch.values()), sum(over for _, _, over in rows), by_branch)


def live_query() -> Select[str | None, int, int]:
    """Branch, calls, and calls that a person has taken over. The open attempts come out of one of
    the indexes that hold nothing else (``uq_attempt_one_open_…``)."""
    transferred = func.count().filter(Call.ending == Outcome.TRANSFERRED.value)
    return (
        select(Policy.branch, func.count(), transferred)
        .select_from(Attempt)
        .join(Call, Call.attempt_id == Attempt.id)
        .join(Policy, Policy.id == Attempt.policy_id)
        .where(Attempt.ended_at.is_(None))
        .group_by(Policy.branch)
    )


def ready_by_branch(session: Session) -> dict[str, int]:
    """How many policies may be rung as soon as a line is free, by branch. Counts them all: for
    people who look, not for every call."""
    query = (
        select(Agenda.branch, func.count()).where(Agenda.state == "ready").group_by(Agenda.branch)
    )
    return _summed((branch, count) for branch, count in session.execute(query))


def _summed(rows: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    """An empty name and none are the same branch."""
    found: Counter[str] = Counter()
    for branch, count in rows:
        found[branch or ""] += count
    return dict(found)
