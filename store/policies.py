"""Queries about policies and imports."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.agenda import PART, rung, slices
from store.tables import Policy


def by_number(session: Session, number: str) -> Policy | None:
    """The policy with this number."""
    return session.scalar(select(Policy).where(Policy.number == number))


def by_numbers(session: Session, numbers: Sequence[str]) -> dict[str, Policy]:
    """The stored policies among these numbers. Asks in slices: databases limit a statement."""
    found: dict[str, Policy] = {}
    for part in slices(numbers):
        rows = session.scalars(select(Policy).where(Policy.number.in_(part)))
        found.update({row.number: row for row in rows})
    return found


def branches(session: Session) -> list[str]:
    """Every branch that a policy names."""
    query = select(Policy.branch).where(Policy.branch.is_not(None)).distinct()
    return sorted(branch for branch in session.scalars(query) if branch)


def phone_uses(session: Session) -> Iterable[tuple[str, str, str]]:
    """(phone, holder, insured) of every stored policy with a number."""
    rows = session.execute(
        select(Policy.phone, Policy.holder_name, Policy.insured_name).where(
            Policy.phone.is_not(None)
        )
    )
    for phone, holder, insured in rows:
        yield phone or "", holder, insured


def seller_phones(session: Session) -> Iterable[tuple[str, str]]:
    """(phone, name) of every seller that a stored policy names."""
    rows = session.execute(
        select(Policy.seller_phone, Policy.seller_name)
        .where(Policy.seller_phone.is_not(None), Policy.seller_name.is_not(None))
        .distinct()
    )
    for phone, name in rows:
        yield phone or "", name or ""


def callable_with_phone(session: Session, phones: Iterable[str]) -> Sequence[Policy]:
    """Policies under one of these numbers that would be called."""
    return session.scalars(
        select(Policy).where(Policy.phone.in_(list(phones)), Policy.status.in_(["accept", "wait"]))
    ).all()


def person_of(session: Session, name: str, birth: date) -> str | None:
    """The person with this name and birthday whose identity number some policy tells."""
    query = select(Policy.person).where(
        Policy.holder_birth == birth,
        Policy.holder_name == name,
        Policy.holder_id_number.is_not(None),
    )
    return session.scalar(query.order_by(Policy.id.desc()).limit(1))


def open_ids(session: Session) -> list[int]:
    """Policies that may still need a call."""
    return list(session.scalars(select(Policy.id).where(Policy.revisit == "open")))


def to_ring(session: Session) -> list[int]:
    """The same, with those about which a second revisit is booked."""
    return list(session.scalars(select(Policy.id).where(rung())))


_BY_ID = select(Policy).where(Policy.id.in_(PART))


def by_ids(session: Session, ids: Sequence[int]) -> dict[int, Policy]:
    """The stored policies among these ids."""
    found: dict[int, Policy] = {}
    for part in slices(ids):
        rows = session.scalars(_BY_ID, {"part": part})
        found.update({row.id: row for row in rows})
    return found
