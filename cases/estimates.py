"""Shares with 95 % confidence intervals, of simple and of stratified samples. Pure arithmetic: it
knows no answers, and never gives a rate for what nobody has looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

#: Two-sided 95 %.
Z = 1.959964
#: With fewer looked at, the interval says more than the rate, and the reader is told so.
FEW = 30


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` out of ``of``, with Wilson's interval. ``rate`` is None where there is nothing."""

    count: int
    of: int
    rate: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Stratum:
    """``size`` answers of one kind, of which ``reviewed`` were listened to and ``found`` were what
    is looked for."""

    size: int
    reviewed: int
    found: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A rate over everything, estimated from what was reviewed. ``rate`` is None while a stratum
    has not been looked into at all (``unheard`` answers); ``high`` counts each of those as found.
    ``few`` marks a rate that rests on too little to be quoted without its interval."""

    rate: float | None
    low: float
    high: float
    reviewed: int
    found: int
    unheard: int
    few: bool


def share(count: int, of: int) -> Share:
    """A plain share."""
    low, high = wilson(count, of)
    return Share(count, of, count / of if of else None, low, high)


def wilson(count: float, of: float) -> tuple[float, float]:
    """Wilson's score interval; 0 of n has an upper and n of n a lower bound that make sense.
    ``of`` may be a broken number: an effective sample size. Nothing at all is 0 to 1."""
    if of <= 0:
        return 0.0, 1.0
    rate, square = count / of, Z * Z
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = Z / (1 + square / of) * sqrt(rate * (1 - rate) / of + square / (4 * of * of))
    low = 0.0 if count <= 0 else max(0.0, middle - half)
    high = 1.0 if count >= of else min(1.0, middle + half)
    return low, high


def estimate(cells: Sequence[Sequence[Stratum]], population: int) -> Estimate:
    """What is looked for as a share of ``population`` answers.

    A cell is a list of strata in which it may be about equally frequent (agreed answers; answers
    on which the two differ). Each cell has an interval of its own; they are put together by the
    squares of their halves (MOVER: Zou and Donner 2008), weighted by size.
    """
    reviewed = [stratum for cell in cells for stratum in cell if stratum.reviewed]
    unheard = sum(one.size for cell in cells for one in cell if not one.reviewed)
    rate, below, above = 0.0, 0.0, 0.0
    for cell in cells:
        heard = [stratum for stratum in cell if stratum.reviewed]
        weight = sum(stratum.size for stratum in heard) / max(population, 1)
        here, low, high = _within(heard)
        rate += weight * here
        below += (weight * (here - low)) ** 2
        above += (weight * (high - here)) ** 2
    worst = unheard / max(population, 1)
    seen = sum(stratum.reviewed for stratum in reviewed)
    return Estimate(
        rate=None if unheard or not population else rate,
        low=max(0.0, rate - sqrt(below)),
        high=min(1.0, rate + sqrt(above) + worst) if population else 1.0,
        reviewed=seen,
        found=sum(stratum.found for stratum in reviewed),
        unheard=unheard,
        few=seen < FEW,
    )


def _within(strata: Sequence[Stratum]) -> tuple[float, float, float]:
    """Rate and Wilson's interval over strata that were all sampled, each weighted by its size. The
    interval uses the effective sample size; what was looked at whole has no uncertainty left."""
    total = sum(stratum.size for stratum in strata)
    if not total:
        return 0.0, 0.0, 0.0
    rate = sum(s.size / total * s.found / s.reviewed for s in strata)
    spread = sum(_weight(s, total) / s.reviewed for s in strata)
    if spread <= 0:
        return rate, rate, rate
    size = 1 / spread
    own = _own_variance(strata, total, rate)
    if own > 0 and 0 < rate < 1:
        size = min(size, rate * (1 - rate) / own)
    low, high = wilson(rate * size, size)
    return rate, low, high


def _own_variance(strata: Iterable[Stratum], total: int, rate: float) -> float:
    """The variance of a stratified estimate from each stratum's own rate (Cochran, Sampling
    Techniques, 5.3); a stratum of which one answer was heard is given the common rate."""
    return sum(_weight(s, total) * _variance(s, rate) for s in strata)


def _variance(stratum: Stratum, common: float) -> float:
    if stratum.reviewed == 1:
        return common * (1 - common)
    own = stratum.found / stratum.reviewed
    return own * (1 - own) / (stratum.reviewed - 1)


def _weight(stratum: Stratum, total: int) -> float:
    """The square of a stratum's part, less what is known because it was looked at."""
    return (stratum.size / total) ** 2 * (1 - stratum.reviewed / stratum.size)
