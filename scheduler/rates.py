"""How calls end and how long they hold a line: measured figures, on an assumption that gives way to
them. Pure; the counting is done elsewhere."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, product

from scripts.outcomes import FINER, TALKED, Cause


class Part(StrEnum):
    """The part of the day in which a call was made, by the insurer's clock."""

    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"


#: When a part of the day begins; before the first is morning too.
_BEGINS = ((time(18), Part.EVENING), (time(14), Part.AFTERNOON), (time(12), Part.MIDDAY))
#: Policies that were tried so often, or more often, are counted together.
MOST_TRIES = 3

#: The assumption, in parts of a thousand of first calls. No corpus of field figures is known: the
#: published ones (domain.md 3.1) are shares of revisits, not of calls, and only say that most
#: holders are reached after some calls. So this is a guess, weighs as little as the constants
#: below say, and everything made with it says how many calls were measured.
_FIRST_CALLS: Mapping[Cause, float] = {
    Cause.COMPLETED: 450, Cause.NOT_HOLDER: 40, Cause.WRONG_NUMBER: 10, Cause.IDENTITY_FAILED: 5,
    Cause.CALLBACK: 45, Cause.REFUSED: 12, Cause.UNAWARE: 3, Cause.NOT_RECEIVED: 5,
    Cause.TRANSFERRED: 5, Cause.COMPLAINT: 3, Cause.LANGUAGE: 5, Cause.SILENT: 7,
    Cause.HUNG_UP_EARLY: 30, Cause.HUNG_UP: 10,
    Cause.BUSY: 60, Cause.NO_ANSWER: 180, Cause.SWITCHED_OFF: 50, Cause.UNREACHABLE: 25,
    Cause.SUSPENDED: 8, Cause.EMPTY_NUMBER: 12, Cause.VOICEMAIL: 25, Cause.FAILED: 5,
    Cause.CANCELED: 2, Cause.ERROR: 3,
}  # fmt: skip
#: How much rarer somebody talks to us who was tried in vain so often.
_AFTER_TRIES = (1.0, 0.8, 0.65, 0.5)
_IN_PART = {Part.MORNING: 1.0, Part.MIDDAY: 0.95, Part.AFTERNOON: 1.0, Part.EVENING: 1.1}
_ON_DAY_OFF = 0.95
_MOST_TALK = 0.95

#: The assumed seconds that a call holds a line, ringing included.
_SECONDS: Mapping[Cause, float] = {
    Cause.COMPLETED: 240, Cause.NOT_HOLDER: 45, Cause.WRONG_NUMBER: 30, Cause.IDENTITY_FAILED: 90,
    Cause.CALLBACK: 45, Cause.REFUSED: 45, Cause.UNAWARE: 120, Cause.NOT_RECEIVED: 90,
    Cause.TRANSFERRED: 240, Cause.COMPLAINT: 150, Cause.LANGUAGE: 60, Cause.SILENT: 60,
    Cause.HUNG_UP_EARLY: 30, Cause.HUNG_UP: 120,
    Cause.BUSY: 10, Cause.NO_ANSWER: 45, Cause.SWITCHED_OFF: 15, Cause.UNREACHABLE: 15,
    Cause.SUSPENDED: 15, Cause.EMPTY_NUMBER: 15, Cause.VOICEMAIL: 25, Cause.FAILED: 3,
    Cause.CANCELED: 5, Cause.ERROR: 5,
}  # fmt: skip

#: As many calls as the assumption weighs: of all, of those of one number of tries, of one cell,
#: and of one cause for its seconds. After some hundreds of calls the measured figures rule.
_WEIGHT_ALL, _WEIGHT_TRIES, _WEIGHT_CELL, _WEIGHT_SECONDS = 200, 100, 50, 20


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Calls that are alike: the part of the day, whether the day is worked, and how often the
    policy was tried before (MOST_TRIES stands for more, too)."""

    part: Part
    working: bool
    tries: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Calls of a cell that ended so, and the seconds that they held lines in all."""

    cell: Cell
    cause: Cause
    calls: int
    seconds: float


Shares = Mapping[Cause, float]
CELLS = tuple(Cell(*one) for one in product(Part, (True, False), range(MOST_TRIES + 1)))


@dataclass(frozen=True)
class Rates:
    """For each cell the share of every cause, and the mean seconds of a call by its cause.
    ``measured`` is how many calls they were counted from."""

    shares: Mapping[Cell, Shares]
    seconds: Mapping[Cause, float]
    measured: int = 0
    _answers: "dict[Cell, tuple[list[float], list[Cause]]]" = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def answer(self, cell: Cell, draw: float) -> Cause:
        """How a call of this cell ends for a number drawn from 0 (included) to 1 (excluded)."""
        found = self._answers.get(cell)
        if found is None:
            shares = self.shares[cell]
            found = self._answers[cell] = (list(accumulate(shares.values())), list(shares))
        sums, causes = found
        return causes[min(bisect(sums, draw * sums[-1]), len(causes) - 1)]

    @cached_property
    def mean_seconds(self) -> float:
        """Of a first call on a working morning: what a call costs, in round figures."""
        shares = self.shares[Cell(Part.MORNING, True, 0)]
        return sum(share * self.seconds[cause] for cause, share in shares.items())


def cell_of(at: datetime, working: bool, tries: int) -> Cell:
    """The cell of a call at this moment, in the insurer's own time."""
    return Cell(part_of(at), working, min(tries, MOST_TRIES))


def part_of(at: datetime) -> Part:
    """The part of the day of a moment in the insurer's own time."""
    clock = at.time()
    return next((part for begins, part in _BEGINS if clock >= begins), Part.MORNING)


def rates_of(counted: Iterable[Counted] = ()) -> Rates:
    """The rates that follow from what was counted; from nothing, the assumption.

    Additive smoothing on three levels: all calls, those of one number of tries, one cell. A finer
    level with few calls is taken to differ from the coarser one as it does in the assumption.
    """
    rows = list(counted)
    calls: dict[Cell, dict[Cause, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        calls[row.cell][row.cause] += row.calls
    whole = _smoothed(_sum(calls.values()), _mean(CELLS), _WEIGHT_ALL)
    shares: dict[Cell, Shares] = {}
    for tries in range(MOST_TRIES + 1):
        cells = [cell for cell in CELLS if cell.tries == tries]
        expected = _scaled(_mean(cells), whole, _mean(CELLS))
        counts = _sum(calls[cell] for cell in cells)
        of_tries = _smoothed(counts, expected, _WEIGHT_TRIES)
        for cell in cells:
            own = _scaled(_assumed(cell), of_tries, _mean(cells))
            shares[cell] = _smoothed(calls[cell], own, _WEIGHT_CELL)
    return Rates(shares, _seconds(rows), sum(row.calls for row in rows))


def _smoothed(counts: Mapping[Cause, int], expected: Shares, weight: int) -> Shares:
    total = sum(counts.values()) + weight
    return {
        cause: (counts.get(cause, 0) + weight * share) / total for cause, share in expected.items()
    }


def _scaled(fine: Shares, known: Shares, coarse: Shares) -> Shares:
    """What is known on the coarser level, with the difference that the assumption makes."""
    return _normal({cause: fine[cause] * known[cause] / coarse[cause] for cause in fine})


def _sum(counts: Iterable[Mapping[Cause, int]]) -> dict[Cause, int]:
    found: dict[Cause, int] = defaultdict(int)
    for one in counts:
        for cause, calls in one.items():
            found[cause] += calls
    return found


def _mean(cells: Iterable[Cell]) -> Shares:
    parts = [_assumed(cell) for cell in cells]
    return {cause: sum(part[cause] for part in parts) / len(parts) for cause in _FIRST_CALLS}


def _assumed(cell: Cell) -> Shares:
    """The assumption about one cell: in some somebody talks to us more often than in others."""
    plain = _normal(_FIRST_CALLS)
    talk = sum(share for cause, share in plain.items() if _talks(cause))
    factor = _AFTER_TRIES[cell.tries] * _IN_PART[cell.part] * (1 if cell.working else _ON_DAY_OFF)
    wanted = min(_MOST_TALK, talk * factor)
    return {
        cause: share * (wanted / talk if _talks(cause) else (1 - wanted) / (1 - talk))
        for cause, share in plain.items()
    }


def _talks(cause: Cause) -> bool:
    return FINER.get(cause, cause.value) in TALKED


def _normal(shares: Shares) -> Shares:
    total = sum(shares.values())
    return {cause: share / total for cause, share in shares.items()}


def _seconds(rows: Iterable[Counted]) -> Mapping[Cause, float]:
    calls: dict[Cause, float] = defaultdict(float)
    spent: dict[Cause, float] = defaultdict(float)
    for row in rows:
        calls[row.cause] += row.calls
        spent[row.cause] += row.seconds
    return {
        cause: (spent[cause] + _WEIGHT_SECONDS * assumed) / (calls[cause] + _WEIGHT_SECONDS)
        for cause, assumed in _SECONDS.items()
    }
