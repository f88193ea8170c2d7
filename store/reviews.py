"""Queries about reviews, the answers they are about, and what was drawn for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload

from store.console.paging import Query, between
from store.tables import (
    Announcement,
    Call,
    Draw,
    Hearing,
    QualityItem,
    Reading,
    ReadingVersion,
    Recording,
    Review,
    ReviewRelease,
    Turn,
)

DISAGREEMENT = "disagreement"
SAMPLE = "sample"
REVIEWER = "reviewer"  # nothing had spoken against it until a reviewer heard it


@dataclass(frozen=True, slots=True)
class HeardTwice:
    """One answer as the call heard it and as one engine did, in its newest hearing."""

    call_id: int
    script_hash: str
    turn: int
    question_id: str
    via: str
    live: str
    live_words: str
    engine: str
    recorded: str
    recorded_words: str


def heard_twice(
    session: Session, first: date | None, last: date | None, engine: str | None = None
) -> Sequence[HeardTwice]:
    """Every answer of the calls ordered on these days that an engine has heard too. Calls in which
    a carrier's announcement was taken for a person have no answers."""
    query: Query = (
        select(
            Call.id, Call.script_hash, Turn.number, Turn.question_id, Turn.via, Turn.label,
            Turn.words, Hearing.engine, Reading.label, Reading.words,
        )
        .join(Turn, Turn.call_id == Call.id)
        .join(Recording, Recording.call_id == Call.id)
        .join(Hearing, Hearing.recording_id == Recording.id)
        .join(ReadingVersion, and_(ReadingVersion.hearing_id == Hearing.id, ReadingVersion.counts))
        .join(
            Reading,
            and_(Reading.version_id == ReadingVersion.id, Reading.turn_number == Turn.number),
        )
        .outerjoin(Announcement, Announcement.call_id == Call.id)
        .where(
            *between(Call.ordered_at, first, last),
            Announcement.id.is_(None),
            Hearing.id.in_(_newest_hearings()),
        )
        .order_by(Call.id, Turn.number, Hearing.engine)
    )  # fmt: skip
    if engine is not None:
        query = query.where(Hearing.engine == engine)
    return [HeardTwice(*row) for row in session.execute(query)]


def _newest_hearings() -> Query:
    """The newest hearing of every call by every engine."""
    return (
        select(func.max(Hearing.id))
        .join(Recording, Recording.id == Hearing.recording_id)
        .group_by(Recording.call_id, Hearing.engine)
    )


def of_call(session: Session, call_id: int) -> Sequence[Review]:
    """The reviews of a call that stand, in the order they were made."""
    query = select(Review).where(Review.call_id == call_id, Review.withdrawn_at.is_(None))
    return session.scalars(query.order_by(Review.id)).all()


def standing(session: Session) -> Sequence[Review]:
    """Every review that stands."""
    query = select(Review).where(Review.withdrawn_at.is_(None)).order_by(Review.id)
    return session.scalars(query).all()


def of_answers(session: Session, call_ids: Sequence[int]) -> Sequence[Review]:
    """The reviews of these calls that stand."""
    query = select(Review).where(Review.call_id.in_(call_ids), Review.withdrawn_at.is_(None))
    return session.scalars(query.order_by(Review.id)).all()


def by_reviewer(session: Session, item: QualityItem, reviewer: str) -> Review | None:
    """This reviewer's standing word on the item's answer."""
    return next(
        (
            one
            for one in of_call(session, item.call_id)
            if one.turn_number == item.turn_number and one.reviewer == reviewer
        ),
        None,
    )


def by_id(session: Session, review_id: int, *, lock: bool = False) -> Review | None:
    """The review with this number, and its call."""
    query = select(Review).where(Review.id == review_id).options(joinedload(Review.call))
    return session.scalar(query.with_for_update(of=Review) if lock else query)


def release_of(session: Session, review_id: int) -> ReviewRelease | None:
    """What was decided about a review's words, if anything."""
    return session.scalar(select(ReviewRelease).where(ReviewRelease.review_id == review_id))


def released(session: Session) -> Sequence[Review]:
    """Reviews that stand and whose words were released."""
    query = (
        select(Review)
        .join(ReviewRelease, ReviewRelease.review_id == Review.id)
        .where(ReviewRelease.released, Review.withdrawn_at.is_(None))
        .order_by(Review.id)
    )
    return session.scalars(query).all()


def item_by_id(session: Session, item_id: int) -> QualityItem | None:
    """The quality item with this id."""
    return session.get(QualityItem, item_id, options=[joinedload(QualityItem.call)])


def item_of_answer(session: Session, call_id: int, turn: int) -> QualityItem | None:
    """The first quality item about an answer."""
    query = select(QualityItem).where(
        QualityItem.call_id == call_id, QualityItem.turn_number == turn
    )
    return session.scalars(query.order_by(QualityItem.id).limit(1)).first()


def drawn(session: Session) -> set[tuple[int, int, str]]:
    """(call, turn, engine) of every answer that was drawn."""
    return {
        (call, turn, engine)
        for call, turn, engine in session.execute(
            select(Draw.call_id, Draw.turn_number, Draw.engine)
        )
    }


def queued(session: Session) -> set[tuple[int, int]]:
    """(call, turn) of every answer in the quality list, decided or not."""
    rows = session.execute(select(QualityItem.call_id, QualityItem.turn_number))
    return {(call, turn) for call, turn in rows}
