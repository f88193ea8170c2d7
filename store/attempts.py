"""Queries about attempts: what was tried, what is planned, and the lease that lets exactly one
worker place a call."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scheduler.rules import NEVER_RANG
from store.tables import Attempt, Policy


def by_policy(session: Session) -> dict[int, list[Attempt]]:
    """Every attempt of the policies that are still open, by policy id, in order."""
    rows = session.scalars(
        select(Attempt)
        .join(Policy, Policy.id == Attempt.policy_id)
        .where(Policy.revisit == "open")
        .order_by(Attempt.policy_id, Attempt.number)
    )
    found: dict[int, list[Attempt]] = defaultdict(list)
    for row in rows:
        found[row.policy_id].append(row)
    return found


def that_count(policy: Policy, tried: Sequence[Attempt]) -> list[Attempt]:
    """Of a policy's attempts those that have ended and were made on the data it has now."""
    since = policy.reopened_at
    return [a for a in tried if a.outcome and (since is None or a.planned_at >= since)]


def of_policy(session: Session, policy_id: int) -> Sequence[Attempt]:
    """The attempts of one policy, in order."""
    return session.scalars(
        select(Attempt).where(Attempt.policy_id == policy_id).order_by(Attempt.number)
    ).all()


@dataclass(frozen=True, slots=True)
class PhoneUse:
    """How often a number was tried on a day, and when the last call that rang there ended."""

    today: int = 0
    last_ended_at: datetime | None = None


def phone_uses(
    session: Session, day: datetime, recent: datetime, besides: Attempt | None = None
) -> dict[str, PhoneUse]:
    """What every number was used for since ``day`` began, whatever the policy; an end before
    ``recent`` may be left out. ``besides`` an attempt: only of its number, without itself."""
    rang = Attempt.outcome.not_in(NEVER_RANG)
    query = (
        select(
            Attempt.phone,
            func.count().filter(Attempt.planned_at >= day),
            func.max(Attempt.ended_at).filter(rang),
        )
        .where(or_(Attempt.planned_at >= day, Attempt.ended_at >= recent))
        .group_by(Attempt.phone)
    )
    if besides is not None:
        query = query.where(Attempt.phone == besides.phone, Attempt.id != besides.id)
    return {phone: PhoneUse(today, ended) for phone, today, ended in session.execute(query)}


def phones_in_use(session: Session) -> set[str]:
    """Numbers with an unfinished attempt: none of them may be planned again."""
    return set(session.scalars(select(Attempt.phone).where(Attempt.ended_at.is_(None))))


def planned(session: Session) -> Sequence[Attempt]:
    """Attempts that wait to be placed."""
    return session.scalars(select(Attempt).where(Attempt.state == "planned")).all()


def lease_planned(session: Session, worker: str, now: datetime, lease_s: int) -> Attempt | None:
    """Take the most urgent planned attempt for this worker, or None when nothing waits.

    The row is locked while it is taken (PostgreSQL: SKIP LOCKED; SQLite: one writer at a time),
    so two workers never get the same one.
    """
    attempt = session.scalar(
        select(Attempt)
        .where(Attempt.state == "planned")
        .order_by(Attempt.deadline, Attempt.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if attempt is not None:
        attempt.state = "placing"
        attempt.leased_by = worker
        attempt.leased_until = now + timedelta(seconds=lease_s)
    return attempt


def take_abandoned(session: Session, worker: str, now: datetime, lease_s: int) -> Attempt | None:
    """An attempt whose worker died, or lost the carrier's answer, while placing it."""
    attempt = session.scalar(
        select(Attempt)
        .where(Attempt.state == "placing", Attempt.leased_until < now)
        .order_by(Attempt.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if attempt is not None:
        attempt.leased_by = worker
        attempt.leased_until = now + timedelta(seconds=lease_s)
    return attempt


def unfinished(session: Session) -> int:
    """How many attempts are planned, being placed or in call."""
    return len(session.scalars(select(Attempt.id).where(Attempt.ended_at.is_(None))).all())
