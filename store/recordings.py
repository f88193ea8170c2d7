"""Queries about recordings, what was heard in them, and how that was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from store.tables import Call, Hearing, ReadingVersion, Recording

#: How far a recording has come, in the order of its life.
STATES = ("announced", "stored", "heard", "unreadable", "absent", "deleted")


def by_vendor_id(session: Session, vendor_id: str) -> Recording | None:
    """The recording with the carrier's id."""
    return session.scalar(select(Recording).where(Recording.vendor_id == vendor_id))


def by_id(session: Session, recording_id: int) -> Recording | None:
    """The recording with this id."""
    return session.get(Recording, recording_id)


@dataclass(frozen=True, slots=True)
class Queue:
    """Recordings that wait in a state. With an ``engine`` and its ``version`` also those that were
    heard, where the hearing that counts is not by this engine in this version."""

    state: str
    engine: str | None = None
    version: str | None = None


TO_FETCH, TO_HEAR = Queue("announced"), Queue("stored")


def _in(queue: Queue) -> ColumnElement[bool]:
    waits = Recording.state == queue.state
    if queue.engine is None:
        return waits
    heard = exists().where(
        Hearing.recording_id == Recording.id,
        Hearing.counts,
        Hearing.engine == queue.engine,
        Hearing.version == queue.version,
    )
    return or_(waits, and_(Recording.state == "heard", ~heard))


def take(session: Session, queue: Queue, now: datetime, lease_s: int) -> Recording | None:
    """Take one recording that is due; nobody else takes it while the lease holds. The try is
    counted at once, for a process may die of it without a word."""
    recording = session.scalar(
        select(Recording)
        .where(_in(queue), Recording.next_try_at <= now, ~_leased(now))
        .order_by(Recording.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if recording is not None:
        recording.leased_until = now + timedelta(seconds=lease_s)
        recording.tries += 1
    return recording


def renew(session: Session, recording_id: int, until: datetime) -> None:
    """Keep a recording that takes long to hear from being taken by another."""
    session.execute(
        update(Recording).where(Recording.id == recording_id).values(leased_until=until)
    )


def left(session: Session, queue: Queue) -> int:
    """How many recordings are in this queue, due or not."""
    return session.scalar(select(func.count()).select_from(Recording).where(_in(queue))) or 0


def free_at(session: Session, queue: Queue, now: datetime) -> datetime | None:
    """When the next recording of this queue is free that somebody holds now; None when nobody
    holds one. Whoever holds it may have died."""
    return session.scalar(select(func.min(Recording.leased_until)).where(_in(queue), _leased(now)))


def _leased(now: datetime) -> ColumnElement[bool]:
    return and_(Recording.leased_until.is_not(None), Recording.leased_until >= now)


def waiting(session: Session, state: str) -> int:
    """How many recordings are in this state."""
    return left(session, Queue(state))


def counted(session: Session) -> dict[str, int]:
    """How many recordings are in every state."""
    query = select(Recording.state, func.count()).group_by(Recording.state)
    found = dict.fromkeys(STATES, 0)
    found.update((state, count) for state, count in session.execute(query))
    return found


def give_up(recording: Recording, now: datetime) -> None:
    """Put a recording into the queue of those that a person must look at (无法读取)."""
    recording.state, recording.unreadable_at = "unreadable", now


def unreadable(session: Session) -> list[int]:
    """The ids of all that a person must look at."""
    query = select(Recording.id).where(Recording.state == "unreadable").order_by(Recording.id)
    return list(session.scalars(query))


def put_back(session: Session, call_id: int, now: datetime) -> None:
    """Let what was heard of a call be heard again, for an answer came after it was heard."""
    session.execute(
        update(Recording)
        .where(Recording.call_id == call_id, Recording.state == "heard")
        .values(state="stored", tries=0, next_try_at=now, leased_until=None)
    )


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


# Hearings, and the versions of their readings.


def newest_hearing(session: Session, call_id: int) -> Hearing | None:
    """The hearing that a call is judged by: of its recordings' hearings that count, the latest."""
    return session.scalar(
        select(Hearing)
        .join(Recording)
        .where(Recording.call_id == call_id, Hearing.counts)
        .order_by(Hearing.id.desc())
        .limit(1)
    )


def hearing_by(
    session: Session, recording_id: int, engine: str, version: str, turns: int
) -> Hearing | None:
    """What this engine, in this version, heard in the recording when its call had so many answers;
    None when it has not."""
    return session.scalar(
        select(Hearing).where(
            Hearing.recording_id == recording_id,
            Hearing.engine == engine,
            Hearing.version == version,
            Hearing.turns == turns,
        )
    )


def hearing(session: Session, hearing_id: int) -> Hearing:
    """The hearing with this id."""
    return session.get_one(Hearing, hearing_id)


def let_count(session: Session, one: Hearing) -> None:
    """From now on this is the hearing of its recording that counts."""
    session.execute(
        update(Hearing)
        .where(Hearing.recording_id == one.recording_id, Hearing.counts)
        .values(counts=False)
    )
    one.counts = True
    session.flush()


def let_version_count(session: Session, one: ReadingVersion) -> None:
    """From now on this is the version of its hearing's readings that counts."""
    session.execute(
        update(ReadingVersion)
        .where(ReadingVersion.hearing_id == one.hearing_id, ReadingVersion.counts)
        .values(counts=False)
    )
    one.counts = True
    session.flush()


def not_read_by(session: Session, fingerprint: str, rules: int) -> list[int]:
    """The ids of the hearings that count and whose reading that counts is by another lexicon, or by
    other rules."""
    read = exists().where(
        ReadingVersion.hearing_id == Hearing.id,
        ReadingVersion.counts,
        ReadingVersion.fingerprint == fingerprint,
        ReadingVersion.rules == rules,
    )
    return list(
        session.scalars(select(Hearing.id).where(Hearing.counts, ~read).order_by(Hearing.id))
    )


def version_by(
    session: Session, hearing_id: int, fingerprint: str, rules: int
) -> ReadingVersion | None:
    """How a hearing was read by this lexicon and these rules; None when it was not."""
    return session.scalar(
        select(ReadingVersion).where(
            ReadingVersion.hearing_id == hearing_id,
            ReadingVersion.fingerprint == fingerprint,
            ReadingVersion.rules == rules,
        )
    )
