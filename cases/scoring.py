"""From a reviewer's marks to a score, by a scorecard: one critical fault fails the call, whatever
the score. Pure; it knows neither calls nor reviewers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scripts.scorecards import Criterion, Made, Scorecard


class Mark(StrEnum):
    """What a reviewer says of one criterion."""

    MET = "met"
    MISSED = "missed"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Score:
    """``points`` out of 100, rounded to one decimal; ``critical`` are the critical criteria that
    were missed."""

    points: float
    passed: bool
    critical: tuple[str, ...]


def applying(card: Scorecard, codes: Iterable[str], *, by_agent: bool) -> tuple[Criterion, ...]:
    """The criteria of a call in which questions of these codes were asked, in their order."""
    made, asked = (Made.AGENT if by_agent else Made.ROBOT), set(codes)
    return tuple(
        one
        for one in card.criteria
        if one.made in (Made.BOTH, made) and (not one.codes or asked & set(one.codes))
    )


def unmarked(criteria: Iterable[Criterion], marks: Mapping[str, Mark]) -> tuple[str, ...]:
    """The criteria that a reviewer has said nothing about."""
    return tuple(one.id for one in criteria if one.id not in marks)


def score(card: Scorecard, marks: Mapping[str, Mark]) -> Score:
    """The score of these marks. What does not apply takes its weight with it; where nothing
    applies there is nothing to find fault with, and the call has all points."""
    counted = [one for one in card.criteria if marks.get(one.id) in (Mark.MET, Mark.MISSED)]
    total = sum(one.weight for one in counted)
    met = sum(one.weight for one in counted if marks[one.id] is Mark.MET)
    points = round(100 * met / total, 1) if total else 100.0
    critical = tuple(one.id for one in counted if one.critical and marks[one.id] is Mark.MISSED)
    return Score(points, not critical and points >= card.pass_mark, critical)


def differing(first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, ...]:
    """What two reviewers said differently about: a third decides."""
    names = [*first, *(name for name in second if name not in first)]
    return tuple(name for name in names if first.get(name) != second.get(name))
