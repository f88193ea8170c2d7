"""Accounts, signed-in browsers and refused sign-ins."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from store.database import Session
from store.tables import Account, SignIn, SignInFailure


def by_login(session: Session, login: str, *, lock: bool = False) -> Account | None:
    """The account with this login, in lower case; ``lock`` it to change it."""
    query = select(Account).where(Account.login == login)
    return session.scalar(query.with_for_update() if lock else query)


def by_name(session: Session, name: str) -> Account | None:
    """The account of the person with this name, in whatever case it is written: a decision by two
    people takes both for one."""
    return session.scalar(select(Account).where(func.lower(Account.name) == func.lower(name)))


def by_staff_code(session: Session, code: str) -> Account | None:
    """The account of whoever has this staff number (工号)."""
    return session.scalar(select(Account).where(Account.staff_code == code))


def by_number(session: Session, number: int, *, lock: bool = False) -> Account | None:
    """The account with this number; ``lock`` it to change it."""
    query = select(Account).where(Account.id == number)
    return session.scalar(query.with_for_update() if lock else query)


def every(session: Session, *, lock: bool = False) -> Sequence[Account]:
    """All accounts, by login; ``lock`` them so that nobody changes one meanwhile."""
    query = select(Account).order_by(Account.login)
    return session.scalars(query.with_for_update() if lock else query).all()


def any_there(session: Session) -> bool:
    """Whether there is any account yet."""
    return session.scalar(select(Account.id).limit(1)) is not None


def signed_in(session: Session, word_hash: str) -> SignIn | None:
    """The browser that shows this word."""
    return session.scalar(select(SignIn).where(SignIn.word_hash == word_hash))


def end_all(
    session: Session, account_id: int, at: datetime, because: str, *, but: str = ""
) -> None:
    """Sign somebody out everywhere, or everywhere ``but`` in the browser with this word's hash."""
    session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.word_hash != but)
        .values(ended_at=at, ended_because=because)
    )


def failures(session: Session, since: datetime, login: str, address: str) -> tuple[int, int]:
    """How often this login, and how often this address, was refused since then."""
    late = select(func.count()).where(SignInFailure.at > since)
    of_login = session.scalar(late.where(SignInFailure.login == login)) or 0
    return of_login, session.scalar(late.where(SignInFailure.address == address)) or 0


def forget_failures(session: Session, *, login: str = "", before: datetime | None = None) -> None:
    """Those of a login that has got in, or all that are old."""
    which = SignInFailure.login == login if login else SignInFailure.at < before
    session.execute(delete(SignInFailure).where(which))
