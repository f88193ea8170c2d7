"""A piece of plain work whose time other times are held against: what a promise about speed says of
the code holds on a slow machine too, and beside others who use it."""

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

Result = TypeVar("Result")

#: CPU seconds of one piece on the machine on which speeds were promised.
REFERENCE_S = 0.0059
_TRIES = 20
_WORDS = {f"w{number}": number for number in range(200_000)}
_ASKED = [f"w{number * 7919 % 200_000}" for number in range(6_000)]
_ROWS = np.zeros((2, 512), dtype=np.float32)


def seconds() -> float:
    """CPU seconds of the piece here and now, the best of several tries: others slow a try, and
    never speed one up."""
    return min(_once() for _ in range(_TRIES))


def slowness() -> float:
    """How many times as long the piece takes here; at least 1, so that nothing is asked of a fast
    machine that was not promised."""
    return max(1.0, seconds() / REFERENCE_S)


def timely(do: Callable[[], Result], promised: float) -> Result:
    """What ``do`` gives. Fails when it takes more CPU seconds than promised, here and now, every
    one of several times: beside others one try may take three times as long."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        result = do()
        spent.append(time.process_time() - began)
        if spent[-1] < promised or spent[-1] < promised * slowness():
            return result
    raise AssertionError(f"took {min(spent):.2f} s of CPU, promised were {promised:.2f}")


def _once() -> float:
    """Looks words up all over a large table, counts short ones in a small one, adds vectors: memory
    is what the measured code waits for, too."""
    began, counts = time.process_time(), dict[str, int]()
    for number, word in enumerate(_ASKED):
        part = word[: 2 + _WORDS[word] % 3]
        counts[part] = counts.get(part, 0) + 1
        if number % 20 == 0:
            (_ROWS[0] + _ROWS[1]).sum()
    return time.process_time() - began
