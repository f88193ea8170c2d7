"""Queries about the register of complaints: one complaint with everything about it, those that
belong together, and the follow-up revisits that are booked."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from store.agenda import PART, slices
from store.tables import (
    Base,
    Complaint,
    ComplaintApproval,
    ComplaintEvent,
    ComplaintEvidence,
    ComplaintFile,
    ComplaintLink,
    ComplaintNotice,
    ComplaintProposal,
    ComplaintReview,
    ComplaintRevisit,
    ComplaintStop,
    ComplaintTalk,
    ComplaintTransfer,
)

BOOKED = "booked"
#: Rows of one kind that a complaint is linked to: a seller may have hundreds.
MOST_LINKS = 20

RowT = TypeVar("RowT", bound=Base)


def by_id(session: Session, number: int) -> Complaint | None:
    """The complaint with this id."""
    return session.scalar(select(Complaint).where(Complaint.id == number))


def by_key(session: Session, key: str) -> Complaint | None:
    """The complaint that was taken in under this key."""
    return session.scalar(select(Complaint).where(Complaint.key == key))


def locked(session: Session, number: int) -> Complaint | None:
    """The complaint, which nobody else changes meanwhile."""
    query = select(Complaint).where(Complaint.id == number).with_for_update(of=Complaint)
    return session.scalar(query.execution_options(populate_existing=True))


def add(session: Session, new: Complaint) -> Complaint | None:
    """Keep a new one. The one that is there already where the key is known; None when it is new."""
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        return by_key(session, new.key)
    return None


def events_of(session: Session, number: int) -> list[ComplaintEvent]:
    """Everything that was done to a complaint, in order."""
    query = select(ComplaintEvent).where(ComplaintEvent.complaint_id == number)
    return list(session.scalars(query.order_by(ComplaintEvent.number)))


def files_of(session: Session, number: int) -> list[ComplaintFile]:
    """Its papers."""
    return _of(session, ComplaintFile, number)


def file_of(session: Session, number: int, file: int) -> ComplaintFile | None:
    """One of its papers."""
    query = select(ComplaintFile).where(ComplaintFile.complaint_id == number)
    return session.scalar(query.where(ComplaintFile.id == file))


def same_file(session: Session, number: int, sha256: str) -> ComplaintFile | None:
    """The paper of this content."""
    query = select(ComplaintFile).where(ComplaintFile.complaint_id == number)
    return session.scalar(query.where(ComplaintFile.sha256 == sha256))


def talks_of(session: Session, number: int) -> list[ComplaintTalk]:
    """What was written down of talks."""
    return _of(session, ComplaintTalk, number)


def talk_of(session: Session, number: int, talk: int) -> ComplaintTalk | None:
    """One of its talks."""
    query = select(ComplaintTalk).where(ComplaintTalk.complaint_id == number)
    return session.scalar(query.where(ComplaintTalk.id == talk))


def transfers_of(session: Session, number: int) -> list[ComplaintTransfer]:
    """To whom it was passed."""
    return _of(session, ComplaintTransfer, number)


def evidence_of(session: Session, number: int) -> list[ComplaintEvidence]:
    """What it rests on."""
    return _of(session, ComplaintEvidence, number)


def resting_on(session: Session, call_id: int) -> list[ComplaintEvidence]:
    """The evidence of every complaint that is taken from this call."""
    query = select(ComplaintEvidence).where(ComplaintEvidence.call_id == call_id)
    return list(session.scalars(query.order_by(ComplaintEvidence.id)))


def proposals_of(session: Session, number: int) -> list[ComplaintProposal]:
    """What was proposed."""
    return _of(session, ComplaintProposal, number)


def approvals_of(session: Session, number: int) -> list[ComplaintApproval]:
    """What had to be approved."""
    return _of(session, ComplaintApproval, number)


def notices_of(session: Session, number: int) -> list[ComplaintNotice]:
    """What the complainant was told."""
    return _of(session, ComplaintNotice, number)


def stops_of(session: Session, number: int) -> list[ComplaintStop]:
    """What stopped the clock."""
    return _of(session, ComplaintStop, number)


def reviews_of(session: Session, number: int) -> list[ComplaintReview]:
    """The reviews that were asked for."""
    return _of(session, ComplaintReview, number)


def revisits_of(session: Session, number: int) -> list[ComplaintRevisit]:
    """Its follow-up revisits."""
    return _of(session, ComplaintRevisit, number)


def links_of(session: Session, number: int) -> list[ComplaintLink]:
    """The earlier complaints that it belongs to, with them."""
    query = select(ComplaintLink).where(ComplaintLink.complaint_id == number)
    whole = query.options(joinedload(ComplaintLink.earlier)).order_by(ComplaintLink.id)
    return list(session.scalars(whole))


def later_of(session: Session, number: int) -> list[tuple[ComplaintLink, Complaint]]:
    """The later complaints that belong to it."""
    query = (
        select(ComplaintLink, Complaint)
        .join(Complaint, ComplaintLink.complaint_id == Complaint.id)
        .where(ComplaintLink.earlier_id == number)
        .order_by(ComplaintLink.id)
        .limit(MOST_LINKS)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def of_policy(session: Session, policy_id: int) -> list[Complaint]:
    """The complaints about a policy, the newest first."""
    query = select(Complaint).where(Complaint.policy_id == policy_id)
    return list(session.scalars(query.order_by(Complaint.id.desc())))


def earlier(session: Session, new: Complaint, since: datetime) -> Iterator[tuple[str, Complaint]]:
    """Complaints before this one that have something in common, by what it is: the policy, the
    holder, the telephone at any time, the seller ``since`` then."""
    ways = (
        ("policy", Complaint.policy_id, new.policy_id),
        ("holder", Complaint.person, new.person),
        ("phone", Complaint.complainant_phone, new.complainant_phone),
        ("seller", Complaint.seller_name, new.seller_name),
    )
    for kind, column, value in ways:
        if value is None:
            continue
        query = select(Complaint).where(column == value, Complaint.id != new.id)
        if kind == "seller":
            query = query.where(Complaint.received_at >= since)
        for one in session.scalars(query.order_by(Complaint.id.desc()).limit(MOST_LINKS)):
            yield kind, one


def to_alarm(session: Session, before: datetime, most: int, after_id: int) -> list[Complaint]:
    """Complaints with a running limit before this moment, by number."""
    query = select(Complaint).where(Complaint.next_due_at < before, Complaint.id > after_id)
    return list(session.scalars(query.order_by(Complaint.id).limit(most)))


def reviews_to_alarm(session: Session, before: datetime) -> list[ComplaintReview]:
    """Reviews that are not answered and due before this moment."""
    query = select(ComplaintReview).where(
        ComplaintReview.answered_at.is_(None), ComplaintReview.due_at < before
    )
    return list(session.scalars(query.order_by(ComplaintReview.id)))


def alarms(session: Session) -> dict[str, int]:
    """How many complaints carry which alarm."""
    query = (
        select(Complaint.alarm, func.count())
        .where(Complaint.next_due_at.is_not(None), Complaint.alarm.is_not(None))
        .group_by(Complaint.alarm)
    )
    return {alarm: count for alarm, count in session.execute(query) if alarm}


def booked_of(session: Session, policy_id: int) -> ComplaintRevisit | None:
    """The follow-up revisit of a policy that is to be rung."""
    return session.scalar(_booked().where(ComplaintRevisit.policy_id == policy_id))


def booked_of_all(session: Session, policy_ids: Sequence[int]) -> dict[int, ComplaintRevisit]:
    """Those of many policies, by policy."""
    found: dict[int, ComplaintRevisit] = {}
    for part in slices(policy_ids):
        rows = session.scalars(_BOOKED_OF, {"part": part})
        found |= {row.policy_id: row for row in rows}
    return found


def booked(session: Session) -> list[ComplaintRevisit]:
    """Every follow-up revisit that is to be rung."""
    return list(session.scalars(_booked().order_by(ComplaintRevisit.id)))


def of_call(session: Session, call_id: int) -> ComplaintRevisit | None:
    """The follow-up revisit that this call has ended."""
    return session.scalar(select(ComplaintRevisit).where(ComplaintRevisit.call_id == call_id))


def add_booked(session: Session, new: ComplaintRevisit) -> bool:
    """Keep a booking. False where the policy has one already."""
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        return False
    return True


def _booked() -> Select[ComplaintRevisit]:
    return select(ComplaintRevisit).where(ComplaintRevisit.state == BOOKED)


_BOOKED_OF = _booked().where(ComplaintRevisit.policy_id.in_(PART))


def _of(session: Session, table: type[RowT], number: int) -> list[RowT]:
    """A complaint's rows of a table, in the order in which they came."""
    columns = table.__table__.c
    query = select(table).where(columns.complaint_id == number).order_by(columns.id)
    return list(session.scalars(query))
