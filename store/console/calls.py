"""Calls for the list and for the page of one call."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, union
from sqlalchemy.orm import Session, joinedload, selectinload

from store import announcements, reviews
from store.console.paging import Part, Query, between, contains, part_by_number
from store.reviews import DISAGREEMENT
from store.tables import (
    Announcement,
    Attempt,
    Call,
    CallEvent,
    Case,
    Finding,
    Hearing,
    Policy,
    QualityItem,
    Reading,
    ReadingVersion,
    Recording,
    Review,
    Turn,
)


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What the list of calls is narrowed to; None or an empty text narrows nothing.

    ``words`` is looked for in the policy number, the holder's name and everything the customer
    said; four digits or more also match the end of the phone number.
    """

    outcome: str | None = None
    class_name: str | None = None
    first: date | None = None
    last: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class CallLine:
    """One line of the list of calls. ``recording`` is the state of the newest recording."""

    call: Call
    policy: Policy
    attempt: int
    case_id: int | None
    recording: str | None
    disagreements: int


@dataclass(frozen=True, slots=True)
class WholeCall:
    """A call and everything known of it, each list in the order of time."""

    call: Call
    case: Case | None
    events: list[CallEvent]
    recordings: list[Recording]
    hearing: Hearing | None  # the one that the call is judged by
    hearings: list[Hearing]  # every one, with every version of its readings
    findings: list[Finding]
    quality: list[QualityItem]
    reviews: list[Review]  # that stand
    announcement: Announcement | None  # of a carrier, taken for a person


def calls(session: Session, wanted: CallFilter, first: int, size: int | None) -> Part[CallLine]:
    """The calls wanted, newest first."""
    numbers = select(Call.id).where(*_limits(wanted))
    numbers = numbers.order_by(Call.ordered_at.desc(), Call.id.desc())
    return part_by_number(
        session, numbers, _lines(), lambda row: CallLine(*row), first, size,
        once=bool(wanted.words),
    )  # fmt: skip


def _lines() -> Query:
    newest = (
        select(Recording.state)
        .where(Recording.call_id == Call.id)
        .order_by(Recording.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    unlike = (
        select(func.count())
        .where(QualityItem.call_id == Call.id, QualityItem.reason == DISAGREEMENT)
        .correlate(Call)
        .scalar_subquery()
    )
    case = select(func.min(Case.id)).where(Case.call_id == Call.id).correlate(Call)
    return (
        select(Call, Policy, Attempt.number, case.scalar_subquery(), newest, unlike)
        .join(Policy, Call.policy_id == Policy.id)
        .join(Attempt, Call.attempt_id == Attempt.id)
    )


def _limits(wanted: CallFilter) -> list[ColumnElement[bool]]:
    limits = list(between(Call.ordered_at, wanted.first, wanted.last))
    if wanted.outcome:
        limits.append(Call.outcome == wanted.outcome)
    if wanted.class_name:
        limits.append(Call.class_name == wanted.class_name)
    if wanted.words:
        limits.append(_mentions(wanted.words))
    return limits


def _mentions(words: str) -> ColumnElement[bool]:
    """Each place is searched by itself, which is twice as fast as asking every call about all."""
    live = select(Turn.call_id).where(contains(Turn.words, words))
    recorded = (
        select(Recording.call_id)
        .join(Hearing, Hearing.recording_id == Recording.id)
        .join(ReadingVersion, ReadingVersion.hearing_id == Hearing.id)
        .join(Reading, Reading.version_id == ReadingVersion.id)
        .where(contains(Reading.words, words))
    )
    named = (
        select(Call.id)
        .join(Policy, Call.policy_id == Policy.id)
        .where(or_(contains(Policy.number, words), contains(Policy.holder_name, words)))
    )
    places = [live, recorded, named]
    if len(words) >= 4 and words.isdecimal():
        places.append(select(Call.id).where(Call.phone.endswith(words)))
    return Call.id.in_(union(*places))


def one_call(session: Session, call_id: int) -> WholeCall | None:
    """The call with its turns, callbacks, recordings, findings and case; None if there is none."""
    call = session.get(
        Call,
        call_id,
        options=[joinedload(Call.policy), joinedload(Call.attempt), selectinload(Call.turns)],
    )
    if call is None:
        return None
    recordings = _recordings(session, call_id)
    hearings = [hearing for recording in recordings for hearing in recording.hearings]
    counting = [hearing for hearing in hearings if hearing.counts]
    return WholeCall(
        call,
        session.scalar(select(Case).where(Case.call_id == call_id)),
        _of_call(session, CallEvent, call_id),
        recordings,
        max(counting, key=lambda hearing: hearing.id, default=None),
        hearings,
        _of_call(session, Finding, call_id),
        _of_call(session, QualityItem, call_id),
        list(reviews.of_call(session, call_id)),
        announcements.of_call(session, call_id),
    )


def _recordings(session: Session, call_id: int) -> list[Recording]:
    whole = selectinload(Recording.hearings).selectinload(Hearing.versions)
    query = (
        select(Recording)
        .where(Recording.call_id == call_id)
        .options(whole.selectinload(ReadingVersion.readings))
        .order_by(Recording.id)
    )
    return list(session.scalars(query))


def _of_call(session: Session, table: Any, call_id: int) -> list[Any]:
    return list(session.scalars(select(table).where(table.call_id == call_id).order_by(table.id)))


def recording_path(session: Session, recording_id: int) -> tuple[str, datetime] | None:
    """Where a stored recording lies (relative to the recordings folder) and when it was announced;
    None when there is no such recording or its audio has not arrived."""
    recording = session.get(Recording, recording_id)
    if recording is None or recording.path is None:
        return None
    return recording.path, recording.announced_at
