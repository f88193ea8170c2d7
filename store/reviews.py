"""Queries about reviews, the answers they are about, and what was drawn for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased, joinedload

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


@dataclass(frozen=True, slots=True)
class HeardAlike:
    """So many answers that the calls and one engine heard alike."""

    script_hash: str
    question_id: str
    via: str
    live: str
    engine: str
    recorded: str
    times: int


def heard_twice(
    session: Session,
    first: date | None,
    last: date | None,
    engine: str | None = None,
    *,
    reviewed_only: bool = False,
) -> Sequence[HeardTwice]:
    """Every answer of the calls ordered on these days that an engine has heard too, or those of
    them that a reviewer has decided. Calls in which a carrier's announcement was taken for a person
    have no answers."""
    query: Query = select(
        Call.id, Call.script_hash, Turn.number, Turn.question_id, Turn.via, Turn.label,
        Turn.words, Hearing.engine, Reading.label, Reading.words,
    ).order_by(Call.id, Turn.number, Hearing.engine)  # fmt: skip
    query = _heard_too(query, first, last, engine)
    if reviewed_only:
        calls = select(Review.call_id).where(Review.withdrawn_at.is_(None))  # few: looked up first
        query = query.where(Call.id.in_(calls), _decided())
    return [HeardTwice(*row) for row in session.execute(query)]


def heard_alike(
    session: Session, first: date | None, last: date | None, engine: str | None = None
) -> Sequence[HeardAlike]:
    """The same answers but for those that a reviewer has decided, counted."""
    same = (
        Call.script_hash, Turn.question_id, Turn.via, Turn.label, Hearing.engine, Reading.label,
    )  # fmt: skip
    query = _heard_too(select(*same, func.count()), first, last, engine)
    query = query.where(~_decided()).group_by(*same)
    return [HeardAlike(*row) for row in session.execute(query)]


def _heard_too(query: Query, first: date | None, last: date | None, engine: str | None) -> Query:
    query = (
        query.join(Turn, Turn.call_id == Call.id)
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
            ~_heard_later(),
        )
    )
    return query if engine is None else query.where(Hearing.engine == engine)


def _heard_later() -> ColumnElement[bool]:
    """Whether the same engine heard the call again after this hearing."""
    later, its = aliased(Hearing), aliased(Recording)
    return (
        select(later.id)
        .join(its, its.id == later.recording_id)
        .where(its.call_id == Call.id, later.engine == Hearing.engine, later.id > Hearing.id)
        .correlate(Call, Hearing)
        .exists()
    )


def _decided() -> ColumnElement[bool]:
    """Whether a review of the answer stands."""
    return (
        select(Review.id)
        .where(
            Review.call_id == Turn.call_id,
            Review.turn_number == Turn.number,
            Review.withdrawn_at.is_(None),
        )
        .correlate(Turn)
        .exists()
    )


def of_call(session: Session, call_id: int) -> Sequence[Review]:
    """The reviews of a call that stand, in the order they were made."""
    query = select(Review).where(Review.call_id == call_id, Review.withdrawn_at.is_(None))
    return session.scalars(query.order_by(Review.id)).all()


def heard_as(
    session: Session, first: date | None, last: date | None
) -> Sequence[tuple[int, int, str]]:
    """Call, turn and label of every review that stands, of the calls ordered on these days."""
    query = select(Review.call_id, Review.turn_number, Review.label).order_by(Review.id)
    if first is not None or last is not None:
        query = query.join(Call, Call.id == Review.call_id)
    query = query.where(*between(Call.ordered_at, first, last), Review.withdrawn_at.is_(None))
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


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
