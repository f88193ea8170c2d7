"""Queries about policies and imports."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import Import, Policy


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


def holders_by_phone(session: Session) -> Iterable[tuple[str, str, str, str]]:
    """(phone, holder's name, identity number, policy number) of every stored policy."""
    rows = session.execute(
        select(Policy.phone, Policy.holder_name, Policy.holder_id_number, Policy.number).where(
            Policy.phone.is_not(None)
        )
    )
    for phone, name, identity, number in rows:
        yield phone or "", name, identity or "", number


def open_for_revisit(session: Session) -> Sequence[Policy]:
    """Policies that may still need a call."""
    return session.scalars(select(Policy).where(Policy.revisit == "open").order_by(Policy.id)).all()


def imports(session: Session) -> Sequence[Import]:
    """Every import, newest first."""
    return session.scalars(select(Import).order_by(Import.id.desc())).all()
