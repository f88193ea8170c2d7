"""The audit log: adding to it, reading it. There is no function that changes it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, or_, select

from store.columns import LOCAL
from store.database import Session
from store.tables import AuditEntry, AuditHead

#: What the first entry has instead of a hash before it.
NOTHING_BEFORE = "0" * 64
_PAGE = 1000


def add(session: Session, at: datetime, who: str, what: str, about: str, detail: str) -> AuditEntry:
    """The next link of the chain. Others wait for this transaction's end."""
    head = wait(session)
    entry = AuditEntry(
        number=head.number + 1, at=at.replace(microsecond=0), who=who[:60], what=what,
        about=about[:120], detail=detail, before=head.hash, hash="",
    )  # fmt: skip
    entry.hash = digest(entry)
    head.number, head.hash = entry.number, entry.hash
    session.add(entry)
    session.flush()
    return entry


def wait(session: Session) -> AuditHead:
    """Wait for whoever is writing into the log; nobody else does until this transaction ends."""
    query = select(AuditHead).where(AuditHead.id == 1).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def digest(entry: AuditEntry) -> str:
    """SHA-256, in hex, of what an entry says: a JSON list of number, time in China to the second,
    who, what, about, detail and the hash before, in UTF-8."""
    moment = entry.at.astimezone(LOCAL).isoformat(timespec="seconds")
    said = [entry.number, moment, entry.who, entry.what, entry.about, entry.detail, entry.before]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash."""

    number: int
    hash: str


def head(session: Session) -> Head:
    """The last entry as it was written."""
    row = session.execute(select(AuditHead.number, AuditHead.hash).where(AuditHead.id == 1)).one()
    return Head(*row)


def chain(session: Session) -> Iterator[AuditEntry]:
    """Every entry in order, a few at a time."""
    number = 0
    while True:
        query = select(AuditEntry).where(AuditEntry.number > number).order_by(AuditEntry.number)
        part = session.scalars(query.limit(_PAGE)).all()
        yield from part
        if len(part) < _PAGE:
            return
        number = part[-1].number


def about(session: Session, subjects: Sequence[str]) -> Sequence[AuditEntry]:
    """What was noted about these, the oldest first."""
    query = select(AuditEntry).where(AuditEntry.about.in_(subjects)).order_by(AuditEntry.number)
    return session.scalars(query).all()


def noted_since(session: Session, since: datetime, who: str, what: str, about: str) -> bool:
    """Whether this person did this, with this, at or after ``since``."""
    query = select(AuditEntry.number).where(
        AuditEntry.about == about, AuditEntry.who == who, AuditEntry.what == what,
        AuditEntry.at >= since,
    )  # fmt: skip
    return session.scalar(query.limit(1)) is not None


def listed(
    session: Session, words: str, what: str, skipped: int, size: int | None
) -> tuple[Sequence[AuditEntry], int]:
    """A part of the log, the newest first, and how many entries fit the filters."""
    query = select(AuditEntry)
    if what:
        query = query.where(AuditEntry.what == what)
    if words:
        query = query.where(
            or_(AuditEntry.who.contains(words, autoescape=True),
                AuditEntry.about.contains(words, autoescape=True))
        )  # fmt: skip
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = query.order_by(AuditEntry.number.desc()).offset(skipped).limit(size)
    return session.scalars(page).all(), total
