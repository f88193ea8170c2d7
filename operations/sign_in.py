"""Signing in and out: passwords, one-time codes, lock-out, and sessions that end by themselves.
Times are the machine's own (``line.wall``), whatever clock the calls follow."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import pyotp

from operations import audit, passwords
from operations.line import Line
from operations.rights import Role, Who
from store import accounts as store
from store.database import Session
from store.tables import Account, SignIn, SignInFailure

#: A session ends when nothing was done for so long, and at the latest after a working day.
IDLE, LONGEST = timedelta(minutes=60), timedelta(hours=12)
#: Refusals within ``WINDOW`` until a login, or an address, must wait.
WINDOW, PER_LOGIN, PER_ADDRESS = timedelta(minutes=15), 5, 30
#: The last use is written down this often, not at every page.
_NOTED_EVERY = timedelta(minutes=1)
_STEP_S = 30  # of a one-time code, RFC 6238


class SignInTrouble(Exception):  # noqa: N818 - trouble of the person at the door, not an error
    """Nobody is signed in. The message does not tell whether the login exists."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who a session belongs to, and whether they must choose a password of their own first."""

    who: Who
    must_change: bool


def sign_in(line: Line, login: str, password: str, code: str, address: str) -> str:
    """A session's word, for the cookie. Raises SignInTrouble."""
    login = login.replace("\0", "").strip().lower()[:60]
    with line.database.reading() as session:
        not_too_often(line, session, login, address)
        account = store.by_login(session, login)
    # Outside the transaction: an argon2 hash takes a while, on purpose.
    right = passwords.fits(account.password_hash if account else None, password)
    with line.database.transaction() as session:
        account = store.by_login(session, login, lock=True)
        # Once more: many guesses sent at the same moment had all found the count at nothing.
        not_too_often(line, session, login, address)
        if account is not None and right and account.active and _code_fits(line, account, code):
            store.forget_failures(session, login=login)
            audit.note(session, line, account.name, "signed-in", f"account:{login}")
            return begin(line, session, account)
        refused(line, session, login, address)
    raise SignInTrouble("login, password or code is wrong, or the account is locked")


def refused(line: Line, session: Session, login: str, address: str) -> None:
    """Count a wrong password; what was counted is forgotten after a day."""
    now = line.wall()
    store.forget_failures(session, before=now - timedelta(days=1))
    session.add(SignInFailure(at=now, login=login, address=address))


def not_too_often(line: Line, session: Session, login: str, address: str) -> None:
    """Raises SignInTrouble where the login, or the address, must wait."""
    of_login, of_address = store.failures(session, line.wall() - WINDOW, login, address)
    if of_login >= PER_LOGIN or of_address >= PER_ADDRESS:
        minutes = int(WINDOW.total_seconds() // 60)
        raise SignInTrouble(f"too many attempts failed; try again after {minutes} minutes")


def begin(line: Line, session: Session, account: Account) -> str:
    """A new session of an account; its word is stored as a hash."""
    word, now = secrets.token_urlsafe(32), line.wall()
    session.add(SignIn(word_hash=_hash(word), account_id=account.id, started_at=now, seen_at=now))
    return word


def signed(line: Line, word: str, *, by_itself: bool = False) -> Signed | None:
    """Who shows this word; None when the session has ended or the account was locked. What a page
    asks for ``by_itself`` is no use of the session: nobody need sit before it."""
    now = line.wall()
    with line.database.reading() as session:
        found = store.signed_in(session, _hash(word))
        if found is None or found.ended_at is not None or not found.account.active:
            return None
        if now - found.seen_at > IDLE or now - found.started_at > LONGEST:
            return None
        account, stale = found.account, not by_itself and now - found.seen_at > _NOTED_EVERY
    if stale:
        with line.database.transaction() as session:
            if row := store.signed_in(session, _hash(word)):
                row.seen_at = now
    return Signed(who_of(account), account.must_change)


def sign_out(line: Line, word: str) -> None:
    """End one session."""
    with line.database.transaction() as session:
        found = store.signed_in(session, _hash(word))
        if found is not None and found.ended_at is None:
            found.ended_at, found.ended_because = line.wall(), "signed-out"


def end_others(line: Line, session: Session, account_id: int, word: str) -> None:
    """After a new password: whoever is signed in with the old one is out, but for this browser."""
    store.end_all(session, account_id, line.wall(), "new-password", but=_hash(word))


def who_of(account: Account) -> Who:
    """The person of an account. Roles that this version does not know give no right."""
    known = {role.value for role in Role}
    roles = frozenset(Role(one) for one in account.roles if one in known)
    return Who(account.id, account.name, roles, account.branch)


def code_step(secret: str, code: str, now_s: float, newest: int | None) -> int | None:
    """The step of a one-time code that fits, one to either side allowed; None when it does not fit
    or was used before (RFC 6238 5.2)."""
    totp, current = pyotp.TOTP(secret, interval=_STEP_S), int(now_s // _STEP_S)
    for step in (current, current - 1, current + 1):
        fits = secrets.compare_digest(totp.generate_otp(step), code.replace(" ", ""))
        if fits and (newest is None or step > newest):
            return step
    return None


def _code_fits(line: Line, account: Account, code: str) -> bool:
    if account.otp_secret is None:
        return True
    if not code.isascii():
        return False
    step = code_step(account.otp_secret, code, line.wall().timestamp(), account.otp_step)
    if step is None:
        return False
    account.otp_step = step
    return True


def _hash(word: str) -> str:
    return sha256(word.encode()).hexdigest()
