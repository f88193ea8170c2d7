"""Live hearing held against the recordings over many calls, with what reviewers decided: the
answers for the report and for the sample. Reads only."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from cases import agreement
from cases.agreement import Compared
from cases.findings import settled
from operations.calls import script_by_hash
from operations.line import Line
from scripts.heard import Via
from scripts.labels import Label
from scripts.model import Kind
from store import reviews
from store.database import Session
from store.reviews import HeardAlike, HeardTwice


def hearing_report(
    line: Line, first: date | None = None, last: date | None = None, engine: str | None = None
) -> list[agreement.Line]:
    """The report over the calls ordered on these days, both included."""
    with line.database.reading() as session:
        reviewed = answers(session, first, last, engine, reviewed_only=True)
        return agreement.lines([*reviewed, *_unreviewed(session, first, last, engine)])


def answers(
    session: Session,
    first: date | None,
    last: date | None,
    engine: str | None = None,
    *,
    reviewed_only: bool = False,
) -> list[Compared]:
    """Every answer about a fact of the sale that was heard live and by an engine. A birthday or a
    greeting misheard is no false yes, and is left out as it is in the quality list."""
    truths = _truths(reviews.heard_as(session, first, last))
    drawn = reviews.drawn(session)
    found, asked = [], _Asked(session)
    for row in reviews.heard_twice(session, first, last, engine, reviewed_only=reviewed_only):
        item = asked.fact(row.script_hash, row.question_id)
        if item is not None:
            key = (row.call_id, row.turn)
            one = _compared(row, item[0], call=row.call_id, turn=row.turn)
            found.append(replace(one, truth=truths.get(key), drawn=(*key, row.engine) in drawn))
    return found


def _unreviewed(
    session: Session, first: date | None, last: date | None, engine: str | None
) -> list[Compared]:
    """The answers that nobody reviewed, which are nearly all, as numbers of answers alike."""
    found, asked = [], _Asked(session)
    for row in reviews.heard_alike(session, first, last, engine):
        item = asked.fact(row.script_hash, row.question_id)
        if item is not None:
            found.append(_compared(row, item[0], times=row.times))
    return found


class _Asked:
    """The questions of the scripts, each looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facts: dict[tuple[str, str], tuple[str | None] | None] = {}

    def fact(self, script_hash: str, question_id: str) -> tuple[str | None] | None:
        """The item that a question about a fact stands for, as a tuple of one, for some stand for
        none; None for any other question."""
        key = (script_hash, question_id)
        if key not in self._facts:
            question = script_by_hash(self._session, script_hash).question(question_id)
            told = question is not None and question.kind is Kind.FACT
            self._facts[key] = (question.item,) if question is not None and told else None
        return self._facts[key]


def _compared(
    row: HeardTwice | HeardAlike, item: str | None, call: int = 0, turn: int = 0, times: int = 1
) -> Compared:
    return Compared(
        call=call,
        turn=turn,
        question_id=row.question_id,
        item=item,
        engine=row.engine,
        live=Label(row.live),
        recorded=Label(row.recorded),
        by_key=row.via == Via.KEYS,
        times=times,
    )


def _truths(heard: Iterable[tuple[int, int, str]]) -> dict[tuple[int, int], Label]:
    """(call, turn) -> what its reviewers heard."""
    labels: dict[tuple[int, int], list[Label]] = {}
    for call, turn, label in heard:
        labels.setdefault((call, turn), []).append(Label(label))
    return {key: settled(own) for key, own in labels.items()}
