"""How far several people who heard the same agree: Cohen's kappa and Krippendorff's alpha of names
without an order (nominal), with 95 % intervals. Pure; it knows neither calls nor questions."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from cases.estimates import Z

#: Half an interval that is narrower comes of rounding alone.
_NOTHING = 1e-6
#: With fewer units an interval says more than the value, and the reader is told so.
FEW = 30

#: What the raters of one unit said; a rater who did not hear it is simply not there.
Unit = Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient over ``units``: 1 is complete agreement, 0 what chance would bring, below 0
    worse than chance. ``value`` is None where everybody always said the same one thing, or nothing
    was heard twice: then there is nothing to correct for chance. ``low`` and ``high`` bound it,
    None where they cannot be told: also where nothing varied in what was heard, as when everybody
    agreed, which does not mean that it never will. ``few`` marks what rests on too little to be
    quoted alone."""

    value: float | None
    low: float | None
    high: float | None
    units: int

    @property
    def few(self) -> bool:
        """Whether it rests on too few units."""
        return self.units < FEW


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Cohen's kappa of two raters (Cohen 1960), with the large-sample interval of Fleiss, Cohen and
    Everitt (1969), cut off at -1 and 1."""
    return kappa_of(Counter(pairs))


def kappa_of(table: Mapping[tuple[Hashable, Hashable], int]) -> Agreement:
    """The same of pairs that are counted already: pair -> how often."""
    total = sum(table.values())
    rows, columns = Counter[Hashable](), Counter[Hashable]()
    for (a, b), count in table.items():
        rows[a] += count
        columns[b] += count
    chance = sum(rows[name] * columns[name] for name in rows) / total**2 if total else 1.0
    if chance == 1:
        return Agreement(None, None, None, total)
    seen = sum(count for (a, b), count in table.items() if a == b) / total
    value = (seen - chance) / (1 - chance)
    shares = _Shares(table, rows, columns, total)
    half = Z * sqrt(max(0.0, _kappa_variance(shares, value, chance)))
    return _within(value, half, total)


def _within(value: float, half: float, units: int) -> Agreement:
    """The value with its interval, cut off at -1 and 1."""
    if half < _NOTHING:
        return Agreement(value, None, None, units)
    return Agreement(value, max(-1.0, value - half), min(1.0, value + half), units)


@dataclass(frozen=True, slots=True)
class _Shares:
    table: Mapping[tuple[Hashable, Hashable], int]
    rows: Mapping[Hashable, int]
    columns: Mapping[Hashable, int]
    total: int


def _kappa_variance(shares: _Shares, value: float, chance: float) -> float:
    """Fleiss, Cohen and Everitt (1969), formula 13, over all cells that were seen."""
    total, same, other = shares.total, 0.0, 0.0
    for (a, b), count in shares.table.items():
        share = count / total
        if a == b:
            margins = (shares.rows[a] + shares.columns[a]) / total
            same += share * (1 - margins * (1 - value)) ** 2
        else:
            # crosswise on purpose: the column margin of a's name, the row margin of b's
            margins = (shares.columns.get(a, 0) + shares.rows.get(b, 0)) / total
            other += share * margins**2
    rest = (value - chance * (1 - value)) ** 2
    return (same + (1 - value) ** 2 * other - rest) / (total * (1 - chance) ** 2)


def alpha(units: Iterable[Unit]) -> Agreement:
    """Krippendorff's alpha for names (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"). Any number of raters, any of whom may be missing; a unit that fewer than
    two heard tells nothing and is left out. The interval is the jackknife's, leaving out one unit
    after the other, cut off at -1 and 1; it needs three units."""
    seen = Counter(tuple(unit) for unit in units if len(unit) > 1)
    heard: Counter[_Pattern] = Counter()
    for unit, times in seen.items():  # what was said alike is looked at once
        heard[_pattern(unit)] += times
    total = sum(heard.values())
    value = _alpha(heard)
    if value is None or total < 3:
        return Agreement(value, None, None, total)
    without = [(count, _alpha(heard - Counter({pattern: 1}))) for pattern, count in heard.items()]
    known = [(count, one) for count, one in without if one is not None]
    size = sum(count for count, _ in known)
    middle = sum(count * one for count, one in known) / size
    spread = sum(count * (one - middle) ** 2 for count, one in known)
    return _within(value, Z * sqrt((size - 1) / size * spread), total)


_Pattern = tuple[tuple[Hashable, int], ...]


def _pattern(unit: Unit) -> _Pattern:
    """What was said of a unit and how often; who said it makes no difference."""
    return tuple(sorted(Counter(unit).items(), key=lambda item: (str(item[0]), item[1])))


def _alpha(heard: Mapping[_Pattern, int]) -> float | None:
    """One minus the disagreement that was seen over the one that chance would bring."""
    names: Counter[Hashable] = Counter()
    unlike = 0.0
    for pattern, times in heard.items():
        raters = sum(count for _, count in pattern)
        for name, count in pattern:
            names[name] += count * times
            unlike += times * count * (raters - count) / (raters - 1)
    total = sum(names.values())
    by_chance = total**2 - sum(count**2 for count in names.values())
    return None if by_chance == 0 else 1 - (total - 1) * unlike / by_chance


@dataclass(frozen=True, slots=True)
class Judged:
    """What one rater said of one thing. ``unit`` tells one thing from another, ``kind`` is what it
    is reported under: a question, a criterion. ``seat`` orders the raters of a unit: kappa compares
    the first two of them."""

    unit: Hashable
    kind: str
    rater: str
    seat: int
    said: Hashable


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One line of the report. ``name`` is a kind, a rater, or empty for everything; ``same`` is the
    share of pairs that said the same, None without pairs."""

    name: str
    pairs: int
    same: float | None
    kappa: Agreement
    alpha: Agreement


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Over everything, by kind, and by rater: each against whoever heard the same."""

    whole: AgreementLine
    kinds: Sequence[AgreementLine]
    raters: Sequence[AgreementLine]


def report(judged: Iterable[Judged]) -> AgreementReport:
    """The agreement of everything that at least two have heard."""
    units: dict[Hashable, list[Judged]] = {}
    for one in judged:
        units.setdefault((one.kind, one.unit), []).append(one)
    twice = [sorted(own, key=lambda one: one.seat) for own in units.values() if len(own) > 1]
    kinds: dict[str, list[Sequence[Judged]]] = {}
    raters: dict[str, list[Sequence[Judged]]] = {}
    for own in twice:
        kinds.setdefault(own[0].kind, []).append(own)
        for name in {one.rater for one in own}:
            raters.setdefault(name, []).append(own)
    return AgreementReport(
        _line("", twice, _in_order),
        [_line(kind, of_kind, _in_order) for kind, of_kind in sorted(kinds.items())],
        [_line(name, heard, _against(name)) for name, heard in sorted(raters.items())],
    )


_Pair = tuple[Hashable, Hashable]
_Pairing = Callable[[Sequence[Judged]], list[_Pair]]


def _line(name: str, units: Sequence[Sequence[Judged]], paired: _Pairing) -> AgreementLine:
    pairs = [pair for own in units for pair in paired(own)]
    same = sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    said = [[one.said for one in own] for own in units]
    return AgreementLine(name, len(pairs), same, kappa(pairs), alpha(said))


def _in_order(own: Sequence[Judged]) -> list[_Pair]:
    return [(own[0].said, own[1].said)]


def _against(name: str) -> _Pairing:
    """This rater's word beside that of everybody else who heard the same."""

    def pairs(own: Sequence[Judged]) -> list[_Pair]:
        found = []
        for a, b in combinations(own, 2):
            if name in (a.rater, b.rater):
                first, second = (a, b) if a.rater == name else (b, a)
                found.append((first.said, second.said))
        return found

    return pairs
