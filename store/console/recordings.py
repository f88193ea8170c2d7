"""Recordings for their list: how far each is, why it is not further, and by what it was heard."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from store import walls
from store.console.paging import Part, contains, part_by_number
from store.tables import Call, Hearing, Policy, ReadingVersion, Recording


@dataclass(frozen=True, slots=True)
class RecordingFilter:
    """What the list is narrowed to; None or an empty text narrows nothing. ``words`` is looked for
    in the policy number, the holder's name and the reason."""

    state: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecordingLine:
    """One line of the list, with the hearing and the reading that count."""

    recording: Recording
    call: Call
    policy: Policy
    hearing: Hearing | None
    read_by: ReadingVersion | None


def recording_lines(
    session: Session, wanted: RecordingFilter, first: int, size: int | None
) -> Part[RecordingLine]:
    """The recordings wanted: those that a person must look at first, the longest waiting before;
    then the newest."""
    numbers = select(Recording.id).order_by(
        Recording.unreadable_at.is_(None), Recording.unreadable_at, Recording.id.desc()
    )
    if wanted.state:
        numbers = numbers.where(Recording.state == wanted.state)
    if wanted.words:
        places = (Policy.number, Policy.holder_name, Recording.problem)
        numbers = (
            numbers.join(Call, Recording.call_id == Call.id)
            .join(Policy, Call.policy_id == Policy.id)
            .where(or_(*(contains(place, wanted.words) for place in places)))
        )
    lines = (
        select(Recording, Call, Policy, Hearing, ReadingVersion)
        .join(Call, Recording.call_id == Call.id)
        .join(Policy, Call.policy_id == Policy.id)
        .outerjoin(Hearing, and_(Hearing.recording_id == Recording.id, Hearing.counts))
        .outerjoin(
            ReadingVersion, and_(ReadingVersion.hearing_id == Hearing.id, ReadingVersion.counts)
        )
    )
    once = bool(wanted.words) or walls.stands(session)
    return part_by_number(
        session, numbers, lines, lambda row: RecordingLine(*row), first, size, once=once
    )
