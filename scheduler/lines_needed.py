"""How many lines it takes to make every deadline that can be made. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.forecast import horizon
from scheduler.opening import Opening
from scheduler.outcome import Outcome
from scheduler.rates import Rates
from scheduler.simulation import run

#: As large a share of the deadlines that can be made may be missing: a policy that is called at
#: another hour answers otherwise, so that two runs always differ a little.
TOLERANCE = 0.005
#: The first guess: what the busiest day holds, done in so many hours.
_HOURS = 4

#: Told before every run how many runs are done, and about how many there will be.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Needed:
    """The least number of lines, what they come to, and what unlimited ones would."""

    lines: int
    with_lines: Outcome
    unlimited: Outcome


def lines_needed(
    opened: Opening,
    rates: Rates,
    *,
    seed: int = 0,
    tolerance: float = TOLERANCE,
    progress: Progress = lambda done, whole: None,
) -> Needed:
    """Search for the least number of lines with which as many policies are revisited in time as
    with unlimited ones, but for ``tolerance`` of them. All runs meet the same people."""
    until, runs = horizon(opened), 0

    def tried(lines: int | None, further: int) -> Outcome:
        nonlocal runs
        progress(runs, runs + 1 + further)
        runs += 1
        return run(opened, until, lines, rates, seed)

    free = tried(None, 8)
    wanted = free.in_time - int(free.in_time * tolerance)
    low, high = 0, _first_guess(free)
    best = tried(high, high.bit_length())
    while best.in_time < wanted:
        low, high = high, 2 * high
        best = tried(high, low.bit_length())
    while high - low > 1:
        middle = (low + high) // 2
        found = tried(middle, (high - low).bit_length())
        if found.in_time >= wanted:
            high, best = middle, found
        else:
            low = middle
    progress(runs, runs)
    return Needed(high, best, free)


def _first_guess(free: Outcome) -> int:
    busiest = max((day.used_s for day in free.days), default=0.0)
    return max(1, round(busiest / (_HOURS * 3600)))
