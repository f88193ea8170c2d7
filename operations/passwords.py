"""Passwords: what is good enough, and how they are kept (argon2id). No password is ever logged."""

import re
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: Characters; NIST SP 800-63B asks for length rather than for kinds of characters.
SHORTEST, LONGEST = 10, 200
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def fault(password: str, login: str, name: str) -> str:
    """Why a password is not good enough; empty when it is."""
    if len(password) < SHORTEST:
        return f"the password has fewer than {SHORTEST} characters; take a longer one"
    if len(password) > LONGEST:
        return f"the password has more than {LONGEST} characters; take a shorter one"
    if len(set(password)) < 5 or re.fullmatch(r"\d+", password):
        return "the password is easily guessed; take several words"
    if any(_tells(one) and one.lower() in password.lower() for one in (login, name)):
        return "the password contains the login or the name; take another one"
    return ""


def _tells(word: str) -> bool:
    """Two or three Latin letters stand in many a good password by chance."""
    return len(word) > 3 or (bool(word) and not word.isascii())


def made_up() -> str:
    """A one-time password that can be read out: three groups of four."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def hashed(password: str) -> str:
    """What is stored."""
    return _hasher().hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Whether this is the password. Takes as long for an account that is not there."""
    try:
        return _hasher().verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return hashed(secrets.token_urlsafe())
