"""Queries about recordings and what was heard in them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from store.tables import Call, Hearing, Recording


def by_vendor_id(session: Session, vendor_id: str) -> Recording | None:
    """The recording with the carrier's id."""
    return session.scalar(select(Recording).where(Recording.vendor_id == vendor_id))


def by_id(session: Session, recording_id: int) -> Recording | None:
    """The recording with this id."""
    return session.get(Recording, recording_id)


def take(session: Session, state: str, now: datetime, lease_s: int) -> Recording | None:
    """Take one recording that is due in this state; nobody else takes it while the lease holds."""
    recording = session.scalar(
        select(Recording)
        .where(
            Recording.state == state,
            Recording.next_try_at <= now,
            or_(Recording.leased_until.is_(None), Recording.leased_until < now),
        )
        .order_by(Recording.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if recording is not None:
        recording.leased_until = now + timedelta(seconds=lease_s)
    return recording


def waiting(session: Session, state: str) -> int:
    """How many recordings are in this state."""
    return len(session.scalars(select(Recording.id).where(Recording.state == state)).all())


def ended_without(session: Session, after: datetime, before: datetime) -> Sequence[Call]:
    """Answered calls that ended between the two and of which no recording was announced."""
    return session.scalars(
        select(Call)
        .outerjoin(Recording, Recording.call_id == Call.id)
        .where(
            Call.answered_at.is_not(None),
            Call.ended_at.between(after, before),
            Recording.id.is_(None),
        )
        .order_by(Call.id)
    ).all()


def newest_hearing(session: Session, call_id: int) -> Hearing | None:
    """The latest hearing of a call's recordings."""
    return session.scalar(
        select(Hearing)
        .join(Recording)
        .where(Recording.call_id == call_id)
        .order_by(Hearing.id.desc())
        .limit(1)
    )


def was_heard(session: Session, recording_id: int, engine: str, version: str) -> bool:
    """Whether this engine, in this version, has heard the recording."""
    query = select(Hearing.id).where(
        Hearing.recording_id == recording_id, Hearing.engine == engine, Hearing.version == version
    )
    return session.scalar(query) is not None
