"""Queries about who must not be rung (禁拨) and about special revisits (特殊回访件). Decides
nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.agenda import PART, slices
from store.tables import DoNotCall, Handover, Policy, SpecialRevisit

#: States in which an application is in the way of another one.
STANDING = ("applied", "approved")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Numbers and persons that must not be rung now, each with when that ends; None is never."""

    phones: Mapping[str, datetime | None]
    persons: Mapping[str, datetime | None]


def blocks_of(
    session: Session, phones: Collection[str], persons: Collection[str], now: datetime
) -> Blocks:
    """Which of these must not be rung at ``now``. Of several blocks the one that ends last
    counts."""
    return Blocks(
        _blocked(session, DoNotCall.phone, phones, now),
        _blocked(session, DoNotCall.person, persons, now),
    )


def _blocked(
    session: Session,
    column: InstrumentedAttribute[str | None],
    values: Collection[str],
    now: datetime,
) -> dict[str, datetime | None]:
    found: dict[str, datetime | None] = {}
    for part in slices(list(values)):
        for value, until in session.execute(_blocking(column), {"part": part, "now": now}):
            if value is None:
                continue
            before = found.get(value, until)
            found[value] = None if until is None or before is None else max(until, before)
    return found


@cache
def _blocking(
    column: InstrumentedAttribute[str | None],
) -> Select[str | None, datetime | None]:
    query = select(column, DoNotCall.until)
    return query.where(column.in_(PART), _in_force(bindparam("now")))


def _in_force(now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
    """Neither lifted nor over."""
    open_end = or_(DoNotCall.until.is_(None), DoNotCall.until > now)
    return DoNotCall.lifted_at.is_(None) & open_end


_STANDING = select(SpecialRevisit.policy_id).where(
    SpecialRevisit.policy_id.in_(PART), SpecialRevisit.state == "approved"
)


def standing(session: Session, policy_ids: Collection[int]) -> set[int]:
    """Those of the policies that an approved special revisit (特殊回访件) stands for."""
    found: set[int] = set()
    for part in slices(list(policy_ids)):
        found |= set(session.scalars(_STANDING, {"part": part}))
    return found


_OPEN = select(Handover.policy_id).where(
    Handover.policy_id.in_(PART), Handover.state.in_(["waiting", "issued"])
)


def open_of(session: Session, policy_ids: Collection[int]) -> set[int]:
    """Those of the policies that a branch has, or is about to get (a proposal does not count)."""
    found: set[int] = set()
    for part in slices(list(policy_ids)):
        found |= set(session.scalars(_OPEN, {"part": part}))
    return found


def block_by_id(session: Session, block_id: int) -> DoNotCall | None:
    """The block with this id, locked."""
    return session.get(DoNotCall, block_id, with_for_update=True)


def blocks(
    session: Session, now: datetime, *, phone: str | None = None, also_ended: bool = False
) -> Sequence[DoNotCall]:
    """Blocks in force, the oldest first; with ``also_ended`` those that are over or lifted too."""
    query = select(DoNotCall).order_by(DoNotCall.id)
    if phone is not None:
        query = query.where(DoNotCall.phone == phone)
    if not also_ended:
        query = query.where(_in_force(now))
    return session.scalars(query).all()


def block_lasting(
    session: Session, phone: str | None, person: str | None, now: datetime
) -> DoNotCall | None:
    """The block of this number or person that is in force and ends last."""
    one = DoNotCall.phone == phone if phone is not None else DoNotCall.person == person
    query = select(DoNotCall).where(one, _in_force(now))
    query = query.order_by(DoNotCall.until.is_not(None), DoNotCall.until.desc(), DoNotCall.id)
    return session.scalars(query.limit(1)).first()


def special_by_id(session: Session, special_id: int) -> SpecialRevisit | None:
    """The application with this id, locked: two people may decide at once."""
    return session.get(SpecialRevisit, special_id, with_for_update=True)


def special_of(session: Session, policy_id: int) -> SpecialRevisit | None:
    """The application that is open or approved for a policy, locked."""
    query = select(SpecialRevisit).where(
        SpecialRevisit.policy_id == policy_id, SpecialRevisit.state.in_(STANDING)
    )
    return session.scalar(query.with_for_update())


def add_special(session: Session, special: SpecialRevisit) -> bool:
    """Store an application; False when the policy has one that is open or approved, which the
    database itself holds."""
    return only_one(session, special)


def specials(session: Session, states: Iterable[str] | None) -> Sequence[SpecialRevisit]:
    """Applications in these states (None: all), the earliest agreed time first."""
    query = select(SpecialRevisit).join(Policy).order_by(SpecialRevisit.agreed_for)
    if states is not None:
        query = query.where(SpecialRevisit.state.in_(list(states)))
    return session.scalars(query.order_by(SpecialRevisit.id)).all()


def only_one(session: Session, row: SpecialRevisit | Handover) -> bool:
    """Store a row of which a policy has at most one; False when it has it already."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True
