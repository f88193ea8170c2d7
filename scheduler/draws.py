"""The answers that a simulation draws. Pure: the same policy gives the same n-th answer under the
same seed, whatever else is simulated."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.rates import Cell, Rates
from scripts.outcomes import Cause

#: How often somebody who asks to be called later names a time, and how far ahead: assumed, for
#: want of figures, like the first rates.
_NAMED, _HALF_HOURS = 0.5, 96
#: After these causes a time may be named.
_LATER = (Cause.CALLBACK, Cause.NOT_HOLDER)

_MASK = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Answer:
    """How a call ends, how many seconds it holds a line, and the time that was named in it."""

    cause: Cause
    seconds: int
    callback_at: datetime | None = None


def drawn(rates: Rates, cell: Cell, now: datetime, about: tuple[int, int, int]) -> Answer:
    """The answer to a call that begins now. ``about``: the seed, the policy's id, and how often it
    was tried before."""
    state = _mixed(about)
    first, second, third = _part(state, 1), _part(state, 2), _part(state, 3)
    cause = rates.answer(cell, first)
    seconds = max(1, round(rates.seconds[cause] * (0.5 + second)))
    if cause not in _LATER or third >= _NAMED:
        return Answer(cause, seconds)
    named = now + timedelta(minutes=30 * (2 + int(third / _NAMED * _HALF_HOURS)))
    return Answer(cause, seconds, named.replace(minute=named.minute // 30 * 30, second=0))


def _mixed(numbers: tuple[int, ...]) -> int:
    """One number of 64 bits that looks random, from several."""
    state = 0
    for number in numbers:
        state = _step(state ^ (number & _MASK))
    return state


def _part(state: int, which: int) -> float:
    """One of several independent numbers from 0 (included) to 1 (excluded)."""
    return (_step(state + which) >> 11) / 2**53


def _step(state: int) -> int:
    """SplitMix64: quick, and good enough for answers to the telephone."""
    state = (state + 0x9E3779B97F4A7C15) & _MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
    return state ^ (state >> 31)
