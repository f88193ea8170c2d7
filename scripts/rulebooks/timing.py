"""Faults of when and how often a rulebook rings, whom it rings earlier, and what the branch does
where the telephone cannot."""

from collections.abc import Iterator, Sequence
from datetime import time
from itertools import pairwise

from pydantic import ValidationError

from scripts.faults import Fault
from scripts.rulebooks.plain import Plain
from scripts.rulebooks.risks import RISK_FACTS
from scripts.rulebooks.rules import bad_rule, condition_faults
from scripts.rulebooks.schema import (
    CallingShape,
    HoursShape,
    OtherWayShape,
    RetryShape,
    RiskShape,
    clocks,
)

#: Nobody is rung before or after (保监发〔2013〕40号 第25条, domain.md 2.9). scheduler.hours keeps
#: to the same, whatever a rulebook says.
MORNING, NIGHT = time(9), time(21)


def timing_faults(book: Plain) -> Iterator[Fault]:
    """Every such fault, in no order."""
    for find in (_calling, _retries, _ways, _risk):
        yield from find(book)


def _calling(book: Plain) -> Iterator[Fault]:
    shape = book.one("calling", CallingShape)
    if shape is None:
        return
    yield from _hours(book, shape.hours)
    if shape.per_day_number < shape.per_day:
        message = "per_day_number is less than per_day, but many a person has only one number"
        yield bad_rule(book, message, ("calling", "per_day_number"))


def _hours(book: Plain, shape: HoursShape) -> Iterator[Fault]:
    for day, texts in shape.model_dump(by_alias=True, exclude_none=True).items():
        for message in _objections(texts):
            yield bad_rule(book, f"hours of {day}: {message}", ("calling", "hours", day))
    if not shape.working and not shape.day_off:
        message = "nobody could be rung: write spans under 'working' or 'day-off'"
        yield bad_rule(book, message, ("calling", "hours"))


def _objections(texts: Sequence[str]) -> Iterator[str]:
    """Why these spans cannot be the hours of one day."""
    for text in texts:
        start, end = clocks(text)
        if start >= end:
            yield f"{text} must end after it starts"
        elif end <= MORNING or start >= NIGHT:
            yield f"{text} is night: nobody is rung between {NIGHT:%H:%M} and {MORNING:%H:%M}"
    for earlier, later in pairwise(sorted(texts)):
        if clocks(later)[0] < clocks(earlier)[1]:
            yield f"{earlier} and {later} overlap: write one span"


def _retries(book: Plain) -> Iterator[Fault]:
    ways = {shape.way for _, shape in book.entries("other_ways", OtherWayShape)}
    for cause, data in book.pairs("retries"):
        try:
            shape = RetryShape.model_validate(data)
        except ValidationError:
            continue
        place = ("retries", cause)
        if shape.other_number and not shape.again:
            message = f"{cause}: 'other_number' needs 'again: true', for it says what is rung next"
            yield bad_rule(book, message, place)
        if shape.again and shape.most == 1:
            message = f"{cause}: with 'most: 1' nobody is rung again: write 2 or 'again: false'"
            yield bad_rule(book, message, place)
        if shape.then is not None and shape.then not in ways:
            message = f"{cause}: 'other_ways' does not say how long {shape.then} takes: add it"
            yield bad_rule(book, message, place)


def _ways(book: Plain) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, shape in book.entries("other_ways", OtherWayShape):
        if shape.way in seen:
            yield bad_rule(book, f"{shape.way} stands twice in 'other_ways'", place)
        seen.add(shape.way)


def _risk(book: Plain) -> Iterator[Fault]:
    shape = book.one("risk", RiskShape)
    seen: set[str] = set()
    for index, rule in enumerate(shape.rules if shape else ()):
        place = ("risk", "rules", index)
        yield from condition_faults(book, rule.when, place, RISK_FACTS)
        if rule.id in seen:
            message = f"the id {rule.id!r} is used twice in risk.rules"
            yield book.document.fault("duplicate-id", message, place, rule.id)
        seen.add(rule.id)
