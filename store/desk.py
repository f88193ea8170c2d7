"""Queries about the agent's desk: interviews, answers that were changed, and requests."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from scheduler.order import UNPROMISED
from scripts.outcomes import Outcome
from store.console.paging import Part, part_by_number
from store.tables import (
    Agenda,
    Attempt,
    Call,
    Case,
    CustomerRequest,
    FormerAnswer,
    Interview,
    KeptYes,
    Policy,
    QualityItem,
    Turn,
)

KEPT_YES = "kept-yes"


def by_id(session: Session, number: int, *, lock: bool = False) -> Interview | None:
    """The interview with this number; ``lock`` it to write to it."""
    query = select(Interview).where(Interview.id == number)
    return session.scalar(query.with_for_update() if lock else query)


def by_call(session: Session, call_id: int) -> Interview | None:
    """The interview that a call is, None for one of the robot's."""
    return session.scalar(select(Interview).where(Interview.call_id == call_id))


def open_of(session: Session, agent: str) -> Interview | None:
    """The interview that an agent has open."""
    query = select(Interview).where(Interview.agent == agent, Interview.ended_at.is_(None))
    return session.scalar(query)


def open_ones(session: Session) -> Sequence[Interview]:
    """Every open interview, the oldest first."""
    query = select(Interview).where(Interview.ended_at.is_(None)).order_by(Interview.id)
    return session.scalars(query.options(joinedload(Interview.policy))).all()


def add(session: Session, interview: Interview) -> bool:
    """Keep a new one. False where the agent has another one open."""
    try:
        with session.begin_nested():
            session.add(interview)
    except IntegrityError:
        return False
    return True


def give(session: Session, interview: Interview, agent: str) -> bool:
    """Give an open one to another agent. False where that agent has another one open."""
    try:
        with session.begin_nested():
            interview.before, interview.agent = interview.agent, agent
            session.flush()
    except IntegrityError:
        session.refresh(interview)
        return False
    return True


def forget_call(session: Session, interview: Interview) -> None:
    """An interview is put back before anybody was rung: there was no attempt and no call."""
    call = interview.call
    interview.call_id = interview.call = None
    session.flush()
    if call is not None:
        attempt = call.attempt
        session.delete(call)
        session.flush()
        session.delete(attempt)
        session.flush()


def next_ready(
    session: Session,
    most: int,
    *,
    branch: str | None,
    promised_only: bool = False,
    besides: Collection[int] = (),
) -> list[int]:
    """The first policies in the order of dialling that an agent may take, of one branch or of all,
    locked; those that somebody else is looking at are passed over."""
    query = select(Agenda.policy_id).where(Agenda.state == "ready").order_by(Agenda.rank)
    if branch is not None:
        query = query.where(Agenda.branch == branch)
    if promised_only:
        query = query.where(Agenda.rank < UNPROMISED)
    if besides:
        query = query.where(Agenda.policy_id.not_in(list(besides)))
    return list(session.scalars(query.limit(most).with_for_update(skip_locked=True)))


def handed(session: Session, since: datetime) -> Sequence[Call]:
    """The robot's calls that were handed to a person and that no agent has taken yet: those that go
    on, and those that ended since then."""
    taken = select(Interview.continues_id).where(Interview.continues_id.is_not(None))
    query = (
        select(Call)
        .where(
            Call.ending == Outcome.TRANSFERRED.value,
            Call.ordered_at >= since,
            Call.id.not_in(taken),
        )
        .order_by(Call.ordered_at, Call.id)
        .options(joinedload(Call.policy))
    )
    return session.scalars(query).all()


def drop_turns(session: Session, call: Call, first: int) -> None:
    """Take the turns from this number on away."""
    session.execute(delete(Turn).where(Turn.call_id == call.id, Turn.number >= first))
    session.expire(call, ["turns"])


def former(session: Session, call_id: int, *, waiting: bool = False) -> Sequence[FormerAnswer]:
    """The answers of a call that do not count, in the order they were given."""
    query = select(FormerAnswer).where(FormerAnswer.call_id == call_id)
    if waiting:
        query = query.where(FormerAnswer.waiting.is_(True))
    return session.scalars(query.order_by(FormerAnswer.heard_at, FormerAnswer.id)).all()


def kept_yes(session: Session, call_id: int) -> Sequence[KeptYes]:
    """Every yes of a call that was kept against the words."""
    query = select(KeptYes).where(KeptYes.call_id == call_id).order_by(KeptYes.turn_number)
    return session.scalars(query).all()


def drop_kept_yes(session: Session, call_id: int, first: int) -> list[KeptYes]:
    """Take those from this turn on away, and hand them back."""
    found = [one for one in kept_yes(session, call_id) if one.turn_number >= first]
    for one in found:
        session.delete(one)
    session.flush()
    return found


def quality_items(session: Session, call_id: int) -> dict[int, QualityItem]:
    """The quality items of a call for a kept yes, by turn."""
    query = select(QualityItem).where(
        QualityItem.call_id == call_id, QualityItem.reason == KEPT_YES
    )
    return {one.turn_number: one for one in session.scalars(query)}


def request_by_id(session: Session, number: int, *, lock: bool = False) -> CustomerRequest | None:
    """One request."""
    query = select(CustomerRequest).where(CustomerRequest.id == number)
    return session.scalar(query.with_for_update() if lock else query)


def requests(
    session: Session, *, done: bool, first: int, size: int | None
) -> Part[tuple[CustomerRequest, Policy]]:
    """Requests that are open, the oldest first; or those that are done, the newest first."""
    numbers = select(CustomerRequest.id)
    if done:
        numbers = numbers.where(CustomerRequest.done_at.is_not(None))
        numbers = numbers.order_by(CustomerRequest.done_at.desc(), CustomerRequest.id.desc())
    else:
        numbers = numbers.where(CustomerRequest.done_at.is_(None)).order_by(CustomerRequest.id)
    lines = select(CustomerRequest, Policy).join(Policy, Policy.id == CustomerRequest.policy_id)
    return part_by_number(session, numbers, lines, lambda row: (row[0], row[1]), first, size)


def requests_of(session: Session, policy_id: int) -> Sequence[CustomerRequest]:
    """The open requests of a policy, the oldest first."""
    query = select(CustomerRequest).where(
        CustomerRequest.policy_id == policy_id, CustomerRequest.done_at.is_(None)
    )
    return session.scalars(query.order_by(CustomerRequest.id)).all()


def cases_of(session: Session, policy_id: int) -> Sequence[Case]:
    """The problem cases of a policy, the newest first."""
    query = select(Case).where(Case.policy_id == policy_id).order_by(Case.id.desc())
    return session.scalars(query).all()


def open_requests(session: Session) -> int:
    """How many requests wait for somebody."""
    query = select(func.count(CustomerRequest.id)).where(CustomerRequest.done_at.is_(None))
    return session.scalar(query) or 0


def attempts_before(session: Session, policy_id: int, attempt_id: int | None) -> Sequence[Attempt]:
    """The attempts of a policy but this one, the newest first."""
    query = select(Attempt).where(Attempt.policy_id == policy_id, Attempt.ended_at.is_not(None))
    if attempt_id is not None:
        query = query.where(Attempt.id != attempt_id)
    return session.scalars(query.order_by(Attempt.number.desc())).all()
