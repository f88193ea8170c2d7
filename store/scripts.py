"""Queries about scripts: their texts by hash, what was published, and the drafts."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.tables import ScriptDraft, ScriptEvent, ScriptRelease, ScriptVersion


def version(session: Session, digest: str) -> ScriptVersion | None:
    """The text under this hash."""
    return session.get(ScriptVersion, digest)


def versions_like(session: Session, script_id: str, part: str) -> Sequence[ScriptVersion]:
    """The kept texts of a script whose hash begins so, also those that were never published."""
    query = select(ScriptVersion).where(
        ScriptVersion.script_id == script_id, ScriptVersion.hash.startswith(part, autoescape=True)
    )
    return session.scalars(query.order_by(ScriptVersion.hash)).all()


def keep(session: Session, digest: str, script_id: str, text: str) -> ScriptVersion:
    """The text under its hash, stored now if it was not. Two workers may do it at once."""
    found = version(session, digest)
    if found is not None:
        return found
    row = ScriptVersion(hash=digest, script_id=script_id, text=text)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.get_one(ScriptVersion, digest)
    return row


def releases(session: Session, script_id: str, *, lock: bool = False) -> Sequence[ScriptRelease]:
    """Every publication of a script, the oldest first; ``lock`` them all to retire one."""
    query = (
        select(ScriptRelease)
        .where(ScriptRelease.script_id == script_id)
        .order_by(ScriptRelease.number)
    )
    return session.scalars(query.with_for_update() if lock else query).all()


def in_force(session: Session, script_id: str, at: datetime | None = None) -> ScriptRelease | None:
    """The newest publication of a script that is not retired, now or at a moment; None when
    there is none."""
    query = select(ScriptRelease).where(ScriptRelease.script_id == script_id)
    if at is None:
        query = query.where(ScriptRelease.retired_at.is_(None))
    else:
        stood = or_(ScriptRelease.retired_at.is_(None), ScriptRelease.retired_at > at)
        query = query.where(ScriptRelease.published_at <= at, stood)
    return session.scalar(query.order_by(ScriptRelease.number.desc()).limit(1))


def add_release(session: Session, release: ScriptRelease) -> bool:
    """Store a publication. False when its number was given to another one at the same moment."""
    try:
        with session.begin_nested():
            session.add(release)
    except IntegrityError:
        return False
    return True


def retired(session: Session, digest: str) -> bool:
    """Whether a text was published and every publication of it is retired."""
    query = select(func.count(), func.count(ScriptRelease.retired_at)).where(
        ScriptRelease.hash == digest
    )
    published, gone = session.execute(query).one()
    return bool(published) and published == gone


def published_ids(session: Session) -> list[str]:
    """The ids of every script that was ever published."""
    query = select(ScriptRelease.script_id).distinct().order_by(ScriptRelease.script_id)
    return list(session.scalars(query))


def draft(session: Session, number: int, *, lock: bool = False) -> ScriptDraft | None:
    """One draft; ``lock`` it to change it."""
    query = select(ScriptDraft).where(ScriptDraft.id == number)
    return session.scalar(query.with_for_update() if lock else query)


def drafts(session: Session, *, unfinished: bool) -> Sequence[ScriptDraft]:
    """Every draft, the newest first, or only those that are neither approved nor withdrawn."""
    query = select(ScriptDraft).order_by(ScriptDraft.id.desc())
    if unfinished:
        query = query.where(ScriptDraft.state.not_in(("approved", "withdrawn")))
    return session.scalars(query).all()


def events(session: Session, script_id: str) -> Sequence[ScriptEvent]:
    """What was done to a script, the oldest first."""
    query = select(ScriptEvent).where(ScriptEvent.script_id == script_id)
    return session.scalars(query.order_by(ScriptEvent.id)).all()


def writers(session: Session, draft_id: int) -> set[str]:
    """Everybody who has saved or proposed this draft."""
    query = select(ScriptEvent.by).where(
        ScriptEvent.draft_id == draft_id, ScriptEvent.what.in_(("saved", "proposed"))
    )
    return set(session.scalars(query))


def names_of(session: Session, digests: Collection[str]) -> dict[str, tuple[str, int | None]]:
    """Hash -> the script's id and the number of its newest release; None: the packaged text, or
    one that was never published."""
    query = (
        select(ScriptVersion.hash, ScriptVersion.script_id, func.max(ScriptRelease.number))
        .outerjoin(ScriptRelease, ScriptRelease.hash == ScriptVersion.hash)
        .where(ScriptVersion.hash.in_(digests))
        .group_by(ScriptVersion.hash, ScriptVersion.script_id)
    )
    return {digest: (name, number) for digest, name, number in session.execute(query)}
