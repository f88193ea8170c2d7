"""Live hearing held against the recordings over many calls, with what reviewers decided: the
answers for the report and for the sample. Reads only."""

from collections.abc import Iterable
from datetime import date

from cases import agreement
from cases.agreement import Compared
from cases.findings import settled
from operations.calls import script_by_hash
from operations.line import Line
from scripts.heard import Via
from scripts.labels import Label
from scripts.model import Kind, Question
from store import reviews
from store.database import Session
from store.reviews import HeardTwice
from store.tables import Review


def hearing_report(
    line: Line, first: date | None = None, last: date | None = None, engine: str | None = None
) -> list[agreement.Line]:
    """The report over the calls ordered on these days, both included."""
    with line.database.reading() as session:
        return agreement.lines(answers(session, first, last, engine))


def answers(
    session: Session, first: date | None, last: date | None, engine: str | None = None
) -> list[Compared]:
    """Every answer about a fact of the sale that was heard live and by an engine. A birthday or a
    greeting misheard is no false yes, and is left out as it is in the quality list."""
    truths, drawn = _truths(reviews.standing(session)), reviews.drawn(session)
    found, questions = [], dict[tuple[str, str], Question | None]()
    for row in reviews.heard_twice(session, first, last, engine):
        asked = (row.script_hash, row.question_id)
        if asked not in questions:
            questions[asked] = script_by_hash(session, asked[0]).question(asked[1])
        question = questions[asked]
        if question is not None and question.kind is Kind.FACT:
            key = (row.call_id, row.turn)
            found.append(_compared(row, question, truths.get(key), (*key, row.engine) in drawn))
    return found


def _compared(row: HeardTwice, question: Question, truth: Label | None, drawn: bool) -> Compared:
    return Compared(
        call=row.call_id,
        turn=row.turn,
        question_id=row.question_id,
        item=question.item,
        engine=row.engine,
        live=Label(row.live),
        recorded=Label(row.recorded),
        by_key=row.via == Via.KEYS,
        truth=truth,
        drawn=drawn,
    )


def _truths(standing: Iterable[Review]) -> dict[tuple[int, int], Label]:
    """(call, turn) -> what its reviewers heard."""
    labels: dict[tuple[int, int], list[Label]] = {}
    for review in standing:
        labels.setdefault((review.call_id, review.turn_number), []).append(Label(review.label))
    return {key: settled(own) for key, own in labels.items()}
