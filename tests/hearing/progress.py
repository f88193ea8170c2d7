"""Tells on stderr what is being done, so that nobody takes a long measurement for a hung one."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

One = TypeVar("One")
EVERY_S = 10.0


def tell(what: str) -> None:
    """One line."""
    sys.stderr.write(f"... {what}\n")
    sys.stderr.flush()


def counted(things: Iterable[One], whole: int, what: str) -> Iterator[One]:
    """``things``, with a line at the beginning and every ten seconds after it."""
    tell(f"{what}: {whole}")
    told = time.monotonic()
    for number, thing in enumerate(things, 1):
        yield thing
        if time.monotonic() - told >= EVERY_S:
            tell(f"{what}: {number} of {whole}")
            told = time.monotonic()
