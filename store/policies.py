"""Queries about policies and imports."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import Policy


def by_number(session: Session, number: str) -> Policy | None:
    """The policy with this number."""
    return session.scalar(select(Policy).where(Policy.number == number))


def by_numbers(session: Session, numbers: Sequence[str]) -> dict[str, Policy]:
    """The stored policies among these numbers. Asks in slices: databases limit a statement."""
    found: dict[str, Policy] = {}
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        rows = session.scalars(select(Policy).where(Policy.number.in_(part)))
        found.update({row.number: row for row in rows})
    return found


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


def open_for_revisit(session: Session) -> Sequence[Policy]:
    """Policies that may still need a call."""
    return session.scalars(select(Policy).where(Policy.revisit == "open").order_by(Policy.id)).all()
