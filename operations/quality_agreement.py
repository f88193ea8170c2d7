"""How far reviewers who heard the same calls agree: answers by question, marks by criterion, and
each reviewer against the others. Reads only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.raters import AgreementReport, Judged, report
from store import quality
from store.database import Session
from store.tables import QualityTask, ScoreSheet


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The agreement about what customers said, by question, and about the scorecard, by
    criterion; ``calls`` were heard by at least two."""

    calls: int
    answers: AgreementReport
    marks: AgreementReport


def agreement(
    session: Session,
    first: date | None = None,
    last: date | None = None,
    plan_id: int | None = None,
) -> Reviewed:
    """The agreement in reviews that were ended on these days, both included, of one plan or
    calibration round or of all."""
    rows = quality.heard_by_several(session, first, last, plan_id)
    questions = quality.questions_of(session, sorted({task.call_id for task, _ in rows}))
    return Reviewed(
        len({(task.plan_id, task.call_id) for task, _ in rows}),
        report(_answers(rows, questions)),
        report(_marks(rows)),
    )


def _answers(
    rows: Sequence[tuple[QualityTask, ScoreSheet]], questions: dict[tuple[int, int], str]
) -> Iterator[Judged]:
    for task, sheet in rows:
        for turn, one in sheet.labels.items():
            question = questions[task.call_id, int(turn)]
            unit = (task.plan_id, task.call_id, turn)
            yield Judged(unit, question, sheet.made_by, task.seat, one["label"])


def _marks(rows: Sequence[tuple[QualityTask, ScoreSheet]]) -> Iterator[Judged]:
    for task, sheet in rows:
        for name, mark in sheet.marks.items():
            unit = (task.plan_id, task.call_id)
            yield Judged(unit, name, sheet.made_by, task.seat, mark)
