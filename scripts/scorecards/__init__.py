"""What a reviewer looks at in a call (质检评分表), as data: criteria with weights, critical faults,
and what makes a call worth hearing. Loads and checks it; scores nothing."""

from scripts.scorecards.model import Criterion, Made, Nightly, Risk, Scorecard
from scripts.scorecards.reader import load, of_plain, plain, scorecards

__all__ = [
    "Criterion",
    "Made",
    "Nightly",
    "Risk",
    "Scorecard",
    "load",
    "of_plain",
    "plain",
    "scorecards",
]
