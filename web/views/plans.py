"""Plans of quality work: how each was drawn, how far it is, and a round side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scripts import scorecards
from scripts.labels import code_of
from store import quality
from store.console.reviewing import PlanLine, Side
from store.database import Session
from store.quality import CALIBRATION
from store.tables import QualityPlan
from web.languages import is_chinese
from web.views.tasks import Shown


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan. ``strata`` are its groups with size, taken, step and start of each."""

    id: int
    kind: str
    first: date
    last: date
    seed: int
    share: float
    least: int
    by_risk: int
    every: bool
    twice: float
    population: int
    calls: int
    tasks: int
    done: int
    drawn_at: datetime
    drawn_by: str
    strata: list[dict[str, Any]]

    @property
    def calibration(self) -> bool:
        """Whether it is a round for everybody."""
        return self.kind == CALIBRATION

    @property
    def over(self) -> bool:
        """Whether nothing of it is open any more."""
        return self.tasks == self.done


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that everybody of a round told: a criterion, or an answer with its question."""

    title: str
    code: str
    question: str
    said: list[str]

    @property
    def differs(self) -> bool:
        """Whether not all said the same."""
        return len({one for one in self.said if one}) > 1


@dataclass(frozen=True, slots=True)
class RoundCall:
    """One call of a round: who heard it, their scores, and what they said."""

    call_id: int
    names: list[str]
    scores: list[Shown | None]
    marks: list[Compared]
    answers: list[Compared]


def row(found: PlanLine) -> PlanRow:
    """The row of a plan."""
    plan = found.plan
    return PlanRow(
        plan.id, plan.kind, plan.first, plan.last, plan.seed, plan.share, plan.least,
        plan.by_risk, plan.every, plan.twice, plan.population, found.calls, found.tasks,
        found.done, plan.drawn_at, plan.drawn_by, plan.strata,
    )  # fmt: skip


def sides(session: Session, plan: QualityPlan, found: Sequence[Side]) -> list[RoundCall]:
    """A calibration round, call by call."""
    by_call: dict[int, list[Side]] = {}
    for side in found:
        by_call.setdefault(side.task.call_id, []).append(side)
    questions = quality.questions_of(session, list(by_call))
    titles = _titles(plan)
    return [
        RoundCall(
            call_id,
            [one.task.reviewer or "" for one in own],
            [_score(one) for one in own],
            _marks(own, titles),
            _answers(
                own, {turn: name for (call, turn), name in questions.items() if call == call_id}
            ),
        )
        for call_id, own in by_call.items()
    ]


def _titles(plan: QualityPlan) -> dict[str, str]:
    card = scorecards.of_plain(plan.scorecard)
    return {one.id: one.title if is_chinese() else one.title_en for one in card.criteria}


def _score(side: Side) -> Shown | None:
    sheet = side.sheet
    return Shown(sheet.points, sheet.passed, len(sheet.critical)) if sheet else None


def _marks(own: Sequence[Side], titles: dict[str, str]) -> list[Compared]:
    return [
        Compared(title, "", "", said)
        for name, title in titles.items()
        if any(said := [str(one.sheet.marks.get(name, "")) if one.sheet else "" for one in own])
    ]


def _answers(own: Sequence[Side], questions: dict[int, str]) -> list[Compared]:
    found = []
    for turn, name in sorted(questions.items()):
        told = [one.sheet.labels.get(str(turn), {}) if one.sheet else {} for one in own]
        said = [str(one.get("label", "")) for one in told]
        if any(said):
            found.append(Compared("", code_of(name), name, said))
    return found
