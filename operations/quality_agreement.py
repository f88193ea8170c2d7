"""How far reviewers who heard the same calls agree: answers by question, marks by criterion, and
each reviewer against the others. Reads only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.raters import AgreementReport, Judged, report
from store import quality
from store.database import Session
from store.quality import Told


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
    questions = quality.questions_of(session, sorted({one.call_id for one in rows}))
    return Reviewed(
        len({(one.plan_id, one.call_id) for one in rows}),
        report(_answers(rows, questions)),
        report(_marks(rows)),
    )


def _answers(rows: Sequence[Told], questions: dict[tuple[int, int], str]) -> Iterator[Judged]:
    for one in rows:
        for turn, heard in one.labels.items():
            question = questions[one.call_id, int(turn)]
            unit = (one.plan_id, one.call_id, turn)
            yield Judged(unit, question, one.reviewer, one.seat, heard["label"])


def _marks(rows: Sequence[Told]) -> Iterator[Judged]:
    for one in rows:
        for name, mark in one.marks.items():
            yield Judged((one.plan_id, one.call_id), name, one.reviewer, one.seat, mark)
