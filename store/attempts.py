"""Queries about attempts: what was tried, how numbers and persons were used, and the leases under
which exactly one worker places a call. Each is limited to what is asked about."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from scripts.outcomes import Cause
from store.agenda import PART, slices
from store.tables import Attempt

#: A call that was decided before this long cannot go on, or have rung, today.
_LONGEST = timedelta(days=1)


_OF_POLICIES = (
    select(Attempt).where(Attempt.policy_id.in_(PART)).order_by(Attempt.policy_id, Attempt.number)
)


def of_policies(session: Session, policy_ids: Collection[int]) -> dict[int, list[Attempt]]:
    """Every attempt of these policies, in order, by policy."""
    found: dict[int, list[Attempt]] = defaultdict(list)
    for part in slices(list(policy_ids)):
        for row in session.scalars(_OF_POLICIES, {"part": part}):
            found[row.policy_id].append(row)
    return found


@dataclass(frozen=True, slots=True)
class Used:
    """Calls that rang on a day, when the last one ended, and whether one goes on."""

    today: int = 0
    last_ended_at: datetime | None = None
    in_call: bool = False


def used(
    session: Session,
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    values: Collection[str],
    day: datetime,
) -> dict[str, Used]:
    """What these numbers (``Attempt.phone``) or persons (``Attempt.person``) were rung for since
    ``day`` began, whatever the policy. Calls that go on count."""
    found: dict[str, Used] = {}
    for part in slices(list(values)):
        given = {"part": part, "day": day, "since": day - _LONGEST}
        for value, today, ended, running in session.execute(_using(column), given):
            found[value] = Used(today, ended, running > 0)
    return found


@cache
def _using(column: InstrumentedAttribute[Any]) -> Select[Any, int, datetime | None, int]:
    unfinished = Attempt.ended_at.is_(None)
    counts: ColumnElement[bool] = or_(unfinished, Attempt.rang_at >= bindparam("day"))
    return (
        select(
            column,
            func.count(case((counts, 1))),
            func.max(case((Attempt.rang_at.is_not(None), Attempt.ended_at))),
            func.count(case((unfinished, 1))),
        )
        .where(and_(column.in_(PART), or_(unfinished, Attempt.planned_at >= bindparam("since"))))
        .group_by(column)
    )


_EMPTY = (
    select(Attempt.phone)
    .where(Attempt.phone.in_(PART), Attempt.cause == Cause.EMPTY_NUMBER)
    .distinct()
)


def empty_numbers(session: Session, phones: Collection[str]) -> set[str]:
    """Those of the numbers that turned out not to exist, whoever was rung there."""
    found: set[str] = set()
    for part in slices(list(phones)):
        found |= set(session.scalars(_EMPTY, {"part": part}))
    return found


def that_count(since: datetime | None, tried: Sequence[Attempt]) -> list[Attempt]:
    """Of a policy's attempts those that have ended and were made on the data it has now; ``since``
    is when it was opened again."""
    return [a for a in tried if a.outcome and (since is None or a.planned_at >= since)]


def of_policy(session: Session, policy_id: int) -> Sequence[Attempt]:
    """The attempts of one policy, in order."""
    return session.scalars(
        select(Attempt).where(Attempt.policy_id == policy_id).order_by(Attempt.number)
    ).all()


def open_new(session: Session, new: Sequence[Attempt]) -> list[Attempt]:
    """Keep new attempts. Returns those that were kept: not one whose policy, phone or person has an
    unfinished one, for two workers took policies of one person at once and the other was faster.

    All are written together; only when one of them cannot be, each by itself.
    """
    if not new or _kept(session, new):
        return list(new)
    return [one for one in new if len(new) > 1 and _kept(session, [one])]


def _kept(session: Session, new: Sequence[Attempt]) -> bool:
    try:
        with session.begin_nested():
            session.add_all(new)
    except IntegrityError:
        return False
    return True


def placing(session: Session) -> Sequence[Attempt]:
    """Attempts whose order may be out while nobody knows the carrier's id."""
    return session.scalars(
        select(Attempt)
        .where(Attempt.state == "placing", Attempt.ended_at.is_(None), Attempt.retry_at.is_(None))
        .order_by(Attempt.id)
    ).all()


def to_retry(session: Session, now: datetime, latest: datetime) -> Attempt | None:
    """An attempt whose order the carrier refused for the moment, when it is to be sent again. One
    that would wait until after ``latest`` waits on a clock that was set back since."""
    return session.scalar(
        select(Attempt)
        .where(
            Attempt.state == "placing",
            or_(Attempt.retry_at <= now, Attempt.retry_at > latest),
        )
        .order_by(Attempt.retry_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def take(session: Session, attempt_id: int, lease: int, worker: str) -> bool:
    """Take over a lease that still is what was seen of it. False when somebody was faster."""
    done = session.execute(
        update(Attempt)
        .where(Attempt.id == attempt_id, Attempt.lease == lease, Attempt.state == "placing")
        .values(lease=lease + 1, leased_by=worker)
        .execution_options(synchronize_session="fetch")
    )
    assert isinstance(done, CursorResult)  # an update has a count
    return done.rowcount == 1


def unfinished(session: Session) -> int:
    """How many attempts are being placed or in call."""
    query = select(func.count()).select_from(Attempt).where(Attempt.ended_at.is_(None))
    return session.scalar(query) or 0
