"""Special revisits, blocks, and what was done to the dialling, for their lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from store.agenda import slices
from store.console.paging import Part, contains, part_by_number
from store.tables import DiallingEvent, DoNotCall, Policy, SpecialRevisit


def about(words: str) -> ColumnElement[bool]:
    """The policy has these words in its number, or in its holder's name."""
    return or_(contains(Policy.number, words), contains(Policy.holder_name, words))


@dataclass(frozen=True, slots=True)
class SpecialFilter:
    """What the special revisits are narrowed to; None or "" narrows nothing."""

    state: str | None = None
    words: str = ""


def specials(
    session: Session, wanted: SpecialFilter, first: int, size: int | None
) -> Part[tuple[SpecialRevisit, Policy]]:
    """Special revisits, those that wait for a decision first, then by the time agreed."""
    numbers = select(SpecialRevisit.id).order_by(
        SpecialRevisit.state != "applied", SpecialRevisit.agreed_for, SpecialRevisit.id
    )
    if wanted.state:
        numbers = numbers.where(SpecialRevisit.state == wanted.state)
    if wanted.words:
        numbers = numbers.join(Policy, SpecialRevisit.policy_id == Policy.id)
        numbers = numbers.where(about(wanted.words))
    lines = select(SpecialRevisit, Policy).join(Policy, SpecialRevisit.policy_id == Policy.id)
    return part_by_number(
        session,
        numbers,
        lines,
        lambda row: (row[0], row[1]),
        first,
        size,
        once=bool(wanted.words),
    )


def one_special(session: Session, special_id: int) -> tuple[SpecialRevisit, Policy] | None:
    """The application with this number and its policy; None if there is none."""
    found = session.get(SpecialRevisit, special_id)
    return None if found is None else (found, found.policy)


@dataclass(frozen=True, slots=True)
class BlockFilter:
    """What the blocks are narrowed to: ``ended`` shows also those that are over or lifted;
    ``words`` is the end of a number or part of a reason. ``reader`` is somebody of a branch: they
    see what they blocked themselves, and what concerns policies behind the session's wall."""

    ended: bool = False
    words: str = ""
    reader: str | None = None


def blocks(
    session: Session, wanted: BlockFilter, now: datetime, first: int, size: int | None
) -> Part[tuple[DoNotCall, str | None]]:
    """Blocks, the newest first, each with the name of the holder whom a block of a person is
    about."""
    numbers = select(DoNotCall.id).order_by(DoNotCall.id.desc())
    if not wanted.ended:
        numbers = numbers.where(in_force(now))
    if wanted.reader is not None:
        numbers = numbers.where(_concerns(wanted.reader))
    if wanted.words:
        numbers = numbers.where(_block_about(wanted.words))
    part = part_by_number(
        session, numbers, select(DoNotCall), lambda row: row[0], first, size,
        once=bool(wanted.words),
    )  # fmt: skip
    names = _holders(session, {one.person for one in part.rows if one.person})
    rows = [(one, names.get(one.person or "")) for one in part.rows]
    return Part(rows, part.first, part.total)


def _holders(session: Session, persons: Collection[str]) -> dict[str, str]:
    """Person -> name, of those with a policy that the session sees."""
    found: dict[str, str] = {}
    for some in slices(sorted(persons)):
        query = select(Policy.person, Policy.holder_name).where(Policy.person.in_(some))
        found.update({person: name for person, name in session.execute(query) if person})
    return found


def one_block(session: Session, block_id: int, reader: str | None) -> DoNotCall | None:
    """The block with this number; None where ``reader``, somebody of a branch, does not see it."""
    query = select(DoNotCall).where(DoNotCall.id == block_id)
    return session.scalar(query if reader is None else query.where(_concerns(reader)))


def _concerns(reader: str) -> ColumnElement[bool]:
    """Blocks belong to no branch; those of a branch's customers concern it."""
    return or_(
        DoNotCall.by == reader,
        DoNotCall.phone.in_(select(Policy.phone)),
        DoNotCall.person.in_(select(Policy.person)),
    )


def in_force(now: datetime) -> ColumnElement[bool]:
    """Blocks that are neither lifted nor over."""
    return and_(
        DoNotCall.lifted_at.is_(None), or_(DoNotCall.until.is_(None), DoNotCall.until > now)
    )


def _block_about(words: str) -> ColumnElement[bool]:
    named = select(Policy.person).where(contains(Policy.holder_name, words))
    places: list[Any] = [contains(DoNotCall.reason, words), DoNotCall.person.in_(named)]
    if len(words) >= 4 and words.isdecimal():
        places.append(DoNotCall.phone.endswith(words))
    return or_(*places)


def dialling_events(session: Session, most: int) -> Sequence[DiallingEvent]:
    """What was done to the dialling last, the newest first."""
    query = select(DiallingEvent).order_by(DiallingEvent.id.desc()).limit(most)
    return session.scalars(query).all()
