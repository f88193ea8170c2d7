"""Made-up people and how they answer, drawn by a hash of the seed, the policy and the n-th call, so
that every order of dialling meets the same people. Decides nothing about whom to ring."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from scheduler.rates import Part, part_of
from scheduler.workdays import workday
from scripts.outcomes import Cause

_WORDS = 6  # numbers drawn for one call
#: Hours at which people who name a time want to be rung, all of them calling hours.
_HOURS = (10, 11, 14, 16, 18, 19)


@cache
def assumptions() -> dict[str, Any]:
    """The file beside this one."""
    found: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("people.yaml").read_text(encoding="utf-8")
    )
    return found


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of person: the chance to answer by (part of the day, working day)."""

    name: str
    chances: Mapping[tuple[Part, bool], float]
    refuses: bool
    names_a_time: bool

    @property
    def best(self) -> float:
        """The chance in their best hour."""
        return max(self.chances.values())


@dataclass(frozen=True, slots=True)
class Person:
    """The holder of a policy as nobody knows them. ``wrong``: the first number is somebody else's,
    whoever answers there."""

    policy: int
    kind: Kind
    wrong: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """How a call ends, how many seconds it holds a line, and the time that was named in it."""

    cause: Cause
    seconds: float
    callback_at: datetime | None = None


@cache
def kinds() -> tuple[tuple[Kind, ...], tuple[float, ...]]:
    """The types of people, and their cumulated shares."""
    told = assumptions()["types"]
    found = [
        Kind(
            name,
            {
                (Part(part), working): chance
                for key, working in (("working", True), ("day-off", False))
                for part, chance in one[key].items()
            },
            one.get("refuses", False),
            one.get("names-a-time", False),
        )
        for name, one in told.items()
    ]
    return tuple(found), tuple(accumulate(one["share"] for one in told.values()))


def numbers(*about: object, words: int = _WORDS) -> list[float]:
    """Numbers from 0 (included) to 1 (excluded) that look random, always the same for the same."""
    text = ":".join(map(str, about)).encode()
    digest = blake2b(text, digest_size=8 * words).digest()
    return [int.from_bytes(digest[at : at + 8]) / 2**64 for at in range(0, 8 * words, 8)]


def person(seed: int, policy: int) -> Person:
    """Who has this policy."""
    first, second = numbers(seed, policy, "person", words=2)
    every, shares = kinds()
    kind = every[min(bisect(shares, first), len(every) - 1)]
    return Person(policy, kind, wrong=second < assumptions()["wrong-number"])


def picked(shares: Mapping[Any, float], draw: float) -> Any:
    """One of several by their shares."""
    sums = list(accumulate(shares.values()))
    return list(shares)[min(bisect(sums, draw * sums[-1]), len(sums) - 1)]


@dataclass(frozen=True, slots=True)
class Draw:
    """What is settled about the n-th call to somebody before it is made: all but the hour."""

    answers: float  # below the chance of the hour: somebody answers
    if_answered: Cause
    if_not: Cause
    seconds: float
    named: float
    hour: float


def draw(seed: int, who: Person, number: int) -> Draw:
    """The n-th call, counted from 0."""
    answers, how, why, seconds, named, hour = numbers(seed, who.policy, number)
    cause = Cause(picked(assumptions()["answered"], how))
    if who.kind.refuses:
        cause = Cause.REFUSED
    elif who.kind.names_a_time and number == 0:
        cause, named = Cause.CALLBACK, 0.0
    return Draw(
        answers, cause, Cause(picked(assumptions()["unanswered"], why)), seconds, named, hour
    )


def answer(
    seed: int,
    who: Person,
    number: int,
    now: datetime,
    *,
    on_wrong_number: bool = False,
    promised: datetime | None = None,
) -> Answer:
    """How the n-th call ends that is made now, in the insurer's own time. ``promised``: the time
    that was named in the call before."""
    drawn = draw(seed, who, number)
    if on_wrong_number:
        return Answer(Cause.WRONG_NUMBER, seconds_of(Cause.WRONG_NUMBER, drawn.seconds))
    if drawn.answers >= chance(who, now, promised):
        return Answer(drawn.if_not, seconds_of(drawn.if_not, drawn.seconds))
    cause = drawn.if_answered
    return Answer(cause, seconds_of(cause, drawn.seconds), _named(drawn, now))


def chance(who: Person, now: datetime, promised: datetime | None) -> float:
    """That somebody answers now."""
    lasts = timedelta(minutes=assumptions()["promise-lasts-min"])
    usual = who.kind.chances[part_of(now), _works(now.date())]
    if promised is not None and promised <= now <= promised + lasts:
        return max(usual, float(assumptions()["promise-kept"]))
    return usual


@cache
def _works(day: Any) -> bool:
    return workday(day).working


def _named(drawn: Draw, now: datetime) -> datetime | None:
    """A full hour of one of the next working days."""
    share = assumptions()["names-a-time"]
    if drawn.if_answered is not Cause.CALLBACK or drawn.named >= share:
        return None
    day = now.date() + timedelta(days=1 + int(3 * drawn.named / share))
    while not _works(day):
        day += timedelta(days=1)
    hour = _HOURS[int(drawn.hour * len(_HOURS))]
    return datetime.combine(day, time(hour), tzinfo=now.tzinfo)


def seconds_of(cause: Cause, draw: float) -> float:
    """How long a call that ends so holds a line."""
    least, most = assumptions()["seconds"][cause.value]
    return float(least + draw * (most - least))


def longest() -> float:
    """The most seconds that any call takes."""
    return max(float(most) for _, most in assumptions()["seconds"].values())
