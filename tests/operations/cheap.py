"""Argon2 with the least that it takes. What the product uses stands in operations.passwords."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from operations import passwords


@contextmanager
def hashes() -> Iterator[pytest.MonkeyPatch]:
    """Passwords cost next to nothing in here."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: hasher)
        passwords._nobodys.cache_clear()
        yield patch
    passwords._nobodys.cache_clear()
