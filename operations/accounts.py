"""Accounts: made by an administrator, never deleted. Every change is in the audit log."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyotp

from operations import audit, passwords
from operations.line import Line
from operations.rights import Role
from operations.sign_in import SignInTrouble, code_step, end_others, not_too_often, refused
from store import accounts as store
from store.database import Session
from store.tables import Account

FIRST_LOGIN, FIRST_NAME = "admin", "系统管理员"
LONGEST_CODE = 40


class AccountTrouble(Exception):  # noqa: N818 - trouble of what was asked for, in one sentence
    """The account stays as it was."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new account, and the password to be changed at the first sign-in. Shown once."""

    login: str
    name: str
    password: str


def first_administrator(line: Line) -> Made | None:
    """The administrator of a database without accounts; None when there are some."""
    with line.database.transaction() as session:
        if store.any_there(session):
            return None
        return _add(session, line, FIRST_LOGIN, FIRST_NAME, (Role.ADMIN,), None, "huifang")


def add(
    line: Line,
    login: str,
    name: str,
    roles: Iterable[Role],
    branch: str | None,
    by: str,
    *,
    staff_code: str = "",
    lasting: str | None = None,
) -> Made:
    """An account with a one-time password, or for a demonstration with a ``lasting`` one that
    everybody may know. ``staff_code``: the staff number (工号), which tells the person from a
    seller of the same name. Raises AccountTrouble."""
    with line.database.transaction() as session:
        made = _add(session, line, login, name, tuple(roles), branch, by, lasting)
        if lasting and (why := passwords.fault(lasting, made.login, made.name)):
            raise AccountTrouble(why)
        _number(session, _account(session, made.login), staff_code)
        return made


def change(
    line: Line,
    login: str,
    by: str,
    *,
    roles: Iterable[Role],
    branch: str | None,
    staff_code: str | None = None,
) -> None:
    """Other roles and another branch; another staff number where one is given, none where it is
    empty. Raises AccountTrouble."""
    roles = tuple(sorted(set(roles)))
    with line.database.transaction() as session:
        everybody = store.every(session, lock=True)
        account = _account(session, login)
        _needs(roles, branch)
        if Role.ADMIN in account.roles and Role.ADMIN not in roles:
            _not_the_last(everybody, account)
        account.roles, account.branch = [role.value for role in roles], branch or None
        detail = f"{', '.join(roles)}; {branch or '-'}"
        if staff_code is not None:
            _number(session, account, staff_code)
            detail = f"{detail}; {account.staff_code or '-'}"
        audit.note(session, line, by, "account-changed", f"account:{account.login}", detail)


def lock(line: Line, login: str, by: str) -> None:
    """Nobody signs in with it any more, and whoever is signed in is out. Raises AccountTrouble."""
    with line.database.transaction() as session:
        everybody = store.every(session, lock=True)
        account = _account(session, login)
        _not_the_last(everybody, account)
        account.active = False
        store.end_all(session, account.id, line.wall(), "locked")
        audit.note(session, line, by, "account-locked", f"account:{account.login}")


def unlock(line: Line, login: str, by: str) -> None:
    """Undo ``lock`` and forget refused sign-ins. Raises AccountTrouble."""
    with line.database.transaction() as session:
        account = _account(session, login)
        account.active = True
        store.forget_failures(session, login=account.login)
        audit.note(session, line, by, "account-unlocked", f"account:{account.login}")


def reset(line: Line, login: str, by: str) -> Made:
    """A new one-time password, for somebody who forgot theirs or lost the codes. Raises
    AccountTrouble."""
    with line.database.transaction() as session:
        account = _account(session, login)
        password = passwords.made_up()
        account.password_hash, account.must_change = passwords.hashed(password), True
        account.otp_secret = account.otp_step = None
        store.end_all(session, account.id, line.wall(), "new-password")
        store.forget_failures(session, login=account.login)
        audit.note(session, line, by, "password-reset", f"account:{account.login}")
        return Made(account.login, account.name, password)


def choose_password(
    line: Line, account_id: int, old: str, new: str, again: str, *, word: str = ""
) -> None:
    """A password of one's own. Every other session of the account ends; ``word`` is that of the
    browser that stays signed in. Raises AccountTrouble."""
    account = _with_password(line, account_id, old)
    if new != again:
        raise AccountTrouble("the two new passwords differ; type the same twice")
    if new == old:
        raise AccountTrouble("the new password is the present one; take another one")
    if why := passwords.fault(new, account.login, account.name):
        raise AccountTrouble(why)
    stored = passwords.hashed(new)
    with line.database.transaction() as session:
        row = store.by_number(session, account_id, lock=True)
        assert row is not None  # accounts are never deleted
        row.password_hash, row.must_change = stored, False
        end_others(line, session, account_id, word)
        audit.note(session, line, row.name, "password-changed", f"account:{row.login}")


def _with_password(line: Line, account_id: int, password: str) -> Account:
    """The account, when this is its password: guesses at an open screen count as at the door."""
    with line.database.reading() as session:
        account = store.by_number(session, account_id)
        assert account is not None  # accounts are never deleted
        place = f"signed in: {account.login}"[:60]  # instead of an address
        try:
            not_too_often(line, session, account.login, place)
        except SignInTrouble as trouble:
            raise AccountTrouble(str(trouble)) from None
    if passwords.fits(account.password_hash, password):
        return account
    with line.database.transaction() as session:
        refused(line, session, account.login, place)
    raise AccountTrouble("the present password is wrong; type it again")


def new_secret() -> str:
    """A secret for one-time codes; it counts when ``use_codes`` was given a code made of it."""
    return pyotp.random_base32()


def secret_address(secret: str, login: str, company: str) -> str:
    """What the picture says that an authenticator reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=f"Huifang {company}")


def use_codes(line: Line, account_id: int, secret: str, code: str) -> None:
    """From now on a code is needed at each sign-in. Raises AccountTrouble."""
    step = code_step(secret, code, line.wall().timestamp(), None) if code.isascii() else None
    if step is None:
        raise AccountTrouble("the code does not fit; look at the authenticator and the clock again")
    with line.database.transaction() as session:
        account = store.by_number(session, account_id, lock=True)
        assert account is not None
        account.otp_secret, account.otp_step = secret, step
        audit.note(session, line, account.name, "codes-on", f"account:{account.login}")


def _add(
    session: Session,
    line: Line,
    login: str,
    name: str,
    roles: tuple[Role, ...],
    branch: str | None,
    by: str,
    lasting: str | None = None,
) -> Made:
    login, name = login.strip().lower(), " ".join(name.split())
    readable = login.isprintable() and name.isprintable()  # no two names that look the same
    if not (login and name and readable) or max(len(login), len(name)) > 60:
        raise AccountTrouble("login and name have 1 to 60 characters each; give both")
    _needs(roles, branch)
    if store.by_login(session, login):
        raise AccountTrouble(f"there is an account {login} already; take another login")
    if store.by_name(session, name):  # the name stands under decisions that two people must make
        raise AccountTrouble(f"there is somebody called {name} already; add what tells them apart")
    password = lasting or passwords.made_up()
    session.add(
        Account(
            login=login, name=name, password_hash=passwords.hashed(password),
            must_change=lasting is None,
            roles=[role.value for role in sorted(set(roles))], branch=branch or None, active=True,
            created_at=line.wall(), created_by=by,
        )
    )  # fmt: skip
    detail = f"{name}; {', '.join(sorted(set(roles)))}; {branch or '-'}"
    audit.note(session, line, by, "account-added", f"account:{login}", detail)
    return Made(login, name, password)


def _number(session: Session, account: Account, text: str) -> None:
    """Write the staff number down; nobody else has it. Raises AccountTrouble."""
    code = "".join(unicodedata.normalize("NFKC", text).split())
    if len(code) > LONGEST_CODE or not code.isprintable():
        raise AccountTrouble(f"a staff number has at most {LONGEST_CODE} characters; check it")
    other = store.by_staff_code(session, code) if code else None
    if other is not None and other.id != account.id:
        raise AccountTrouble(f"the staff number {code} is that of {other.name}; check it")
    account.staff_code = code or None


def _needs(roles: Iterable[Role], branch: str | None) -> None:
    given = set(roles)
    if not given:
        raise AccountTrouble("no role is given; give at least one")
    if Role.BRANCH in given and not branch:
        raise AccountTrouble("a branch handler belongs to a branch; name it")
    if Role.ADMIN in given and branch:
        raise AccountTrouble("an administrator belongs to head office; leave the branch empty")


def _account(session: Session, login: str) -> Account:
    found = login.strip().lower()
    account = store.by_login(session, found, lock=True) if found.isprintable() else None
    if account is None:
        raise AccountTrouble(f"there is no account {login}; see `huifang accounts list`")
    return account


def _not_the_last(everybody: Sequence[Account], account: Account) -> None:
    """Somebody must be able to let others in. All are locked before one is changed: two
    administrators who lock each other at the same moment wait for each other."""
    others = [
        one for one in everybody
        if one.id != account.id and one.active and Role.ADMIN in one.roles
    ]  # fmt: skip
    if Role.ADMIN in account.roles and not others:
        raise AccountTrouble(f"{account.login} is the last administrator; make another one first")
