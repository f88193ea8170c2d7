"""Which whole calls reviewers hear in a period: a stratified systematic sample as the regulator's
self-check takes it, and calls drawn by what is known of them. Pure; the same calls and the same
seed give the same plan."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import ceil
from random import Random

from cases.sampling import allotted, every_kth
from scripts.facts import Channel, ProductType
from scripts.scorecards import Risk

#: 沪保监发〔2011〕69号: 0.5 % of the period's revisits, at least 1,200, all where there are fewer.
SHARE, LEAST = 0.005, 1200
#: A seller with so many problem cases in the period is a risk.
SELLER_CASES = 2

OTHER = "other"
#: Its groups of channels (个险, 银保, 其他) and of products (分红, 万能, 投连, 其他).
_CHANNELS = frozenset({Channel.AGENT, Channel.BANK})
_PRODUCTS = frozenset({ProductType.PARTICIPATING, ProductType.UNIVERSAL, ProductType.UNIT_LINKED})

#: Channel group and product group.
Stratum = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Revisit:
    """A policy's last call of the period in which something was answered. ``waits``: an answer of
    it waits for a reviewer, e.g. since live and recorded hearing differ; ``drawn_before``: it is on
    a work list already."""

    call: int
    policy: str
    channel: str
    product: str
    seller: str | None = None
    risks: frozenset[Risk] = frozenset()
    waits: bool = False
    drawn_before: bool = False

    @property
    def stratum(self) -> Stratum:
        """Where the regulator counts it."""
        channel = self.channel if self.channel in _CHANNELS else OTHER
        return channel, self.product if self.product in _PRODUCTS else OTHER


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much is to be heard: ``share`` of all calls and at least ``least`` of them by chance,
    ``by_risk`` more by what is known of them, with ``every`` also every one in which an answer
    waits for a reviewer, and of all these ``twice`` (a share) by a second reviewer."""

    share: float = SHARE
    least: int = LEAST
    by_risk: int = 0
    twice: float = 0.0
    every: bool = False

    def count(self, population: int) -> int:
        """How many calls chance chooses out of so many."""
        return min(population, max(ceil(round(self.share * population, 6)), self.least))


@dataclass(frozen=True, slots=True)
class Row:
    """One stratum as it was drawn: every ``step``-th of ``size`` calls in the order of policy
    numbers, beginning ``start`` of an interval in."""

    channel: str
    product: str
    size: int
    taken: int
    step: float
    start: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """A call that is to be heard. ``risks`` are why, where it was not chance; ``twice`` whether a
    second reviewer hears it too."""

    call: int
    stratum: Stratum
    by_chance: bool
    risks: tuple[Risk, ...]
    twice: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What is heard of ``population`` calls: those in which an answer waits, those of risk, then
    the sample in random order."""

    population: int
    rows: Sequence[Row]
    chosen: Sequence[Chosen]


def drawn(
    revisits: Iterable[Revisit], wanted: Wanted, weights: Mapping[Risk, int], seed: int
) -> Plan:
    """The plan of a period. ``weights`` of risks: a call without any is never drawn by risk. What
    is on a work list already is drawn again by chance alone, which must not pass it over."""
    everything = sorted(revisits, key=lambda one: (one.policy, one.call))
    known = _with_sellers(everything)
    rows, sample = _sample(known, wanted, seed)
    taken = {one.call for one in sample}
    rest = [one for one in known if one.call not in taken and not one.drawn_before]
    waiting = [one for one in rest if one.waits and wanted.every]
    others = [one for one in rest if not (one.waits and wanted.every)]
    risky = _by_risk(others, weights, wanted.by_risk, seed)
    Random(f"{seed}:order").shuffle(sample)
    chosen = [
        *(_chosen(one, weights, wanted, seed, by_chance=False) for one in (*waiting, *risky)),
        *(_chosen(one, weights, wanted, seed, by_chance=True) for one in sample),
    ]
    return Plan(len(known), rows, chosen)


def twice(seed: int, call: int, share: float) -> bool:
    """Whether a call is heard by a second reviewer. Nobody can tell beforehand, and nobody can
    choose: the call's number and the plan's seed decide."""
    digest = sha256(f"{seed}:{call}:twice".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def _with_sellers(revisits: Sequence[Revisit]) -> list[Revisit]:
    """The same, each seller with several problem cases marked."""
    found = Counter(one.seller for one in revisits if one.seller and Risk.CASE in one.risks)
    many = {seller for seller, count in found.items() if count >= SELLER_CASES}
    return [_marked(one) if one.seller in many else one for one in revisits]


def _marked(one: Revisit) -> Revisit:
    return replace(one, risks=one.risks | {Risk.SELLER})


def _sample(
    revisits: Sequence[Revisit], wanted: Wanted, seed: int
) -> tuple[list[Row], list[Revisit]]:
    """By stratum in the order of policy numbers, at equal intervals from a random start."""
    strata: dict[Stratum, list[Revisit]] = defaultdict(list)
    for one in revisits:
        strata[one.stratum].append(one)
    sizes = {key: len(own) for key, own in strata.items()}
    shares = allotted(sizes, wanted.count(len(revisits)))
    chance, rows, sample = Random(seed), [], []
    for key in sorted(strata):
        start, count = chance.random(), shares[key]
        sample.extend(every_kth(strata[key], count, start))
        step = sizes[key] / count if count else 0.0
        rows.append(Row(*key, sizes[key], count, round(step, 4), round(start, 4)))
    return rows, sample


def _by_risk(
    revisits: Sequence[Revisit], weights: Mapping[Risk, int], count: int, seed: int
) -> list[Revisit]:
    """Without replacement, each with a chance in proportion to its weight: the largest of
    u**(1/weight) are taken (Efraimidis and Spirakis 2006)."""
    chance, keys = Random(f"{seed}:risk"), []
    for one in revisits:
        weight = sum(weights.get(risk, 0) for risk in one.risks)
        if weight:
            keys.append((chance.random() ** (1 / weight), one))
    keys.sort(key=lambda pair: (-pair[0], pair[1].call))
    return [one for _, one in keys[:count]]


def _chosen(
    one: Revisit, weights: Mapping[Risk, int], wanted: Wanted, seed: int, *, by_chance: bool
) -> Chosen:
    risks = sorted((risk for risk in one.risks if weights.get(risk)), key=lambda risk: risk.value)
    again = twice(seed, one.call, wanted.twice)
    return Chosen(one.call, one.stratum, by_chance, tuple(risks), again)
