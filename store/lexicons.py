"""Queries about published lexicons, and about the stored answers that another lexicon may read
otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from store.tables import (
    Call,
    Hearing,
    LexiconVersion,
    Reading,
    ReadingVersion,
    Recording,
    Review,
    Turn,
)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What one reading was made of. ``facts`` are those of the call; ``label`` is what a reviewer
    heard with his own ears, where one did."""

    call_id: int
    turn_number: int
    source: str  # live, or the recording's engine
    question_id: str
    words: str
    heard_at: datetime
    facts: dict[str, Any]
    label: str | None


def all_versions(session: Session) -> Sequence[LexiconVersion]:
    """Every published lexicon, the oldest first."""
    return session.scalars(select(LexiconVersion).order_by(LexiconVersion.id)).all()


def in_force(session: Session, at: datetime | None = None) -> LexiconVersion | None:
    """The lexicon in force at a moment, or now; None while none was published."""
    query = select(LexiconVersion).order_by(LexiconVersion.id.desc()).limit(1)
    if at is not None:
        query = query.where(LexiconVersion.published_at <= at)
    return session.scalar(query)


def count_answers(session: Session) -> int:
    """How many stored answers there are."""
    return sum(
        session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
        for query in (_live(), _recorded())
    )


def stored_answers(session: Session) -> Iterator[StoredAnswer]:
    """Everything that was read: live answers first, then recorded ones, by call."""
    reviewed = _reviewed(session)
    for query in (_live(), _recorded()):
        for row in session.execute(query.execution_options(yield_per=_AT_ONCE)):
            call_id, turn, source, question, words, heard_at, facts = tuple[Any, ...](row)
            label = reviewed.get((call_id, turn))
            yield StoredAnswer(call_id, turn, source, question, words, heard_at, facts, label)


def _reviewed(session: Session) -> dict[tuple[int, int], str]:
    """What reviewers heard, by call and turn; the latest word where several heard the same."""
    query = select(Review).where(Review.withdrawn_at.is_(None)).order_by(Review.id)
    return {(one.call_id, one.turn_number): one.label for one in session.scalars(query)}


def _live() -> Select[Any]:
    return (
        select(
            Turn.call_id,
            Turn.number,
            Turn.via,
            Turn.question_id,
            Turn.words,
            Turn.heard_at,
            Call.facts,
        )
        .join(Call)
        .where(Turn.via == "speech", Turn.words != "")
        .order_by(Turn.call_id, Turn.number)
    )


def _recorded() -> Select[Any]:
    return (
        select(
            Recording.call_id,
            Reading.turn_number,
            Hearing.engine,
            Reading.question_id,
            Reading.words,
            Hearing.made_at,
            Call.facts,
        )
        .join(ReadingVersion, Reading.version_id == ReadingVersion.id)
        .join(Hearing, ReadingVersion.hearing_id == Hearing.id)
        .join(Recording, Hearing.recording_id == Recording.id)
        .join(Call, Recording.call_id == Call.id)
        .where(ReadingVersion.counts, Reading.words != "")
        .order_by(Recording.call_id, Reading.turn_number, Reading.id)
    )
