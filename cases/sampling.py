"""Stratified systematic samples, and which agreed answers a reviewer hears. Pure; the same answers
and the same seed give the same sample."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any, TypeVar

from cases.agreement import Cell, Compared

#: One stratum: question, engine, and whether both heard a yes.
Stratum = tuple[str, str, Cell]
Key = TypeVar("Key", bound=tuple[Any, ...])
Thing = TypeVar("Thing")


def draw(answers: Iterable[Compared], count: int, seed: int) -> list[Compared]:
    """``count`` of the agreed answers that were not drawn before for their engine, or all there
    are. One that was reviewed for another reason may be drawn too: chance must not pass it over.

    Every question, engine and kind of agreement has at least one where ``count`` allows it, the
    rest goes by size; inside a stratum every k-th answer in the order of time is taken, from a
    random start.
    """
    strata: dict[Stratum, list[Compared]] = defaultdict(list)
    for answer in answers:
        if may_be_drawn(answer):
            strata[(answer.question_id, answer.engine, answer.cell)].append(answer)
    shares = allotted({key: len(own) for key, own in strata.items()}, count)
    chance = Random(seed)
    drawn = []
    for key in sorted(strata):
        in_time = sorted(strata[key], key=lambda answer: (answer.call, answer.turn))
        drawn.extend(every_kth(in_time, shares[key], chance.random()))
    return drawn


def may_be_drawn(answer: Compared) -> bool:
    """Whether an answer is one of those that the sample is taken of."""
    agreed = answer.cell in (Cell.BOTH, Cell.NEITHER)
    return agreed and not answer.by_key and not answer.drawn


def allotted(sizes: Mapping[Key, int], count: int) -> dict[Key, int]:
    """How many to take of each stratum: one each, the rest in proportion to what is left, the
    largest remainders first. With fewer than there are strata, the largest strata get theirs."""
    total = sum(sizes.values())
    if count >= total:
        return dict(sizes)
    ranked = sorted(sizes, key=lambda key: (-sizes[key], key))
    given = dict.fromkeys(sizes, 0) | dict.fromkeys(ranked[:count], 1)
    spare, room = max(0, count - len(sizes)), total - len(sizes)
    if spare:
        exact = {key: spare * (sizes[key] - 1) / room for key in ranked}
        for key in ranked:
            given[key] += int(exact[key])
        left = count - sum(given.values())
        by_remainder = sorted(ranked, key=lambda key: (int(exact[key]) - exact[key], key))
        for key in by_remainder[:left]:
            given[key] += 1
    return given


def every_kth(own: Sequence[Thing], count: int, start: float) -> list[Thing]:
    """``count`` at equal intervals. ``start`` is where in the first interval, from 0 to below 1; an
    interval need not be whole."""
    if not count:
        return []
    step = len(own) / count
    return [own[min(int((start + place) * step), len(own) - 1)] for place in range(count)]
