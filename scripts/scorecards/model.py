"""A scorecard in memory. Plain data, checked at the door; it must not know how a score is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Made(StrEnum):
    """Whose calls a criterion is about."""

    BOTH = "both"
    ROBOT = "robot"
    AGENT = "agent"


class Risk(StrEnum):
    """What makes a call worth hearing beyond chance; each may have a weight."""

    CASE = "case"  # a problem case rests on it
    DISAGREEMENT = "disagreement"  # live and recorded hearing differ
    KEPT_YES = "kept-yes"  # an agent kept a yes over words that read otherwise
    HOLDER = "holder"  # the rulebook's risk rules: age, product, years of paying
    SELLER = "seller"  # the seller has several problem cases in the period
    SHORT = "short"  # completed in less time than the questions take
    AGENT = "agent"  # a person asked, and no machine keeps a person to the text


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the scorecard. ``critical``: missing it alone fails the call, whatever the score.
    ``codes`` are the questions it is about: where none of them was asked, it does not apply; with
    none named it is about the whole call."""

    id: str
    title: str
    title_en: str
    weight: int
    critical: bool
    made: Made
    codes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Nightly:
    """What is drawn by itself of every day's calls: ``share`` and ``least`` by chance, ``by_risk``
    more by what is known of them, and of both ``twice`` (a share) for a second reviewer."""

    share: float
    least: int
    by_risk: int
    twice: float


@dataclass(frozen=True, slots=True)
class Scorecard:
    """``pass_mark`` is the least score, out of 100, of a call that passes. ``risks`` are the
    weights by which calls are drawn for what is known of them; an agent may appeal for
    ``appeal_days`` working days after the result."""

    id: str
    version: int
    title: str
    title_en: str
    pass_mark: int
    criteria: tuple[Criterion, ...]
    risks: Mapping[Risk, int]
    short_s: int
    nightly: Nightly
    appeal_days: int

    def criterion(self, name: str) -> Criterion | None:
        """The criterion with this id."""
        return next((one for one in self.criteria if one.id == name), None)
