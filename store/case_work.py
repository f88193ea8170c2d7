"""Queries about work on problem cases: where it stands, what was done, papers, and the second
revisits that are booked."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from store.agenda import PART, slices
from store.tables import (
    Call,
    Case,
    CaseEvent,
    CaseFile,
    CaseWork,
    OverdueStatement,
    Policy,
    SecondRevisit,
)

BOOKED = "booked"


def locked(session: Session, case_id: int) -> tuple[Case, CaseWork] | None:
    """The case and its work, which nobody else changes meanwhile; work begins with the first look.
    None where there is no such case."""
    case = session.scalar(
        select(Case).where(Case.id == case_id).with_for_update(of=Case).execution_options(
            populate_existing=True
        )
    )  # fmt: skip
    if case is None:
        return None
    _begin(session, case)
    work = session.get_one(CaseWork, case_id, populate_existing=True)
    return case, work


def _begin(session: Session, case: Case) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    stage = "closed" if case.state == "closed" else "issued"
    session.execute(
        insert(CaseWork)
        .values(case_id=case.id, stage=stage, version=0, since=1)
        .on_conflict_do_nothing()
    )


def work_of(session: Session, case_id: int) -> CaseWork | None:
    """Where the work on a case stands; None while nobody has touched it."""
    return session.scalar(select(CaseWork).where(CaseWork.case_id == case_id))


def events_of(session: Session, case_id: int) -> list[CaseEvent]:
    """Everything that was done to a case, in order."""
    query = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.number)
    return list(session.scalars(query))


def last_event(session: Session, case_id: int) -> CaseEvent | None:
    """What was done last."""
    query = select(CaseEvent).where(CaseEvent.case_id == case_id)
    return session.scalar(query.order_by(CaseEvent.number.desc()).limit(1))


def files_of(session: Session, case_id: int) -> list[CaseFile]:
    """The papers of a case, in the order in which they came."""
    query = select(CaseFile).where(CaseFile.case_id == case_id).order_by(CaseFile.id)
    return list(session.scalars(query))


def file_of(session: Session, case_id: int, number: int) -> CaseFile | None:
    """One paper of a case."""
    query = select(CaseFile).where(CaseFile.id == number, CaseFile.case_id == case_id)
    return session.scalar(query)


def same_file(session: Session, case_id: int, sha256: str) -> CaseFile | None:
    """The paper of a case with this content."""
    query = select(CaseFile).where(CaseFile.case_id == case_id, CaseFile.sha256 == sha256)
    return session.scalar(query)


def revisited_since(session: Session, case: Case, outcomes: Iterable[str], clean: str) -> bool:
    """Whether a later call about the policy went through without any doubt."""
    query = select(Call.id).where(
        Call.policy_id == case.policy_id,
        Call.ordered_at > case.opened_at,
        Call.outcome.in_(list(outcomes)),
        Call.class_name == clean,
    )
    return session.scalar(query.limit(1)) is not None


def sells_by_code(session: Session, codes: Collection[str]) -> bool:
    """Whether some policy has a seller of one of these numbers (工号)."""
    query = select(Policy.id).where(Policy.seller_code.in_(codes))
    return session.scalar(query.limit(1)) is not None


def sells_by_name(session: Session, names: Collection[str], *, numbered: bool) -> bool:
    """Whether some policy names one of these as its seller; ``numbered``: whose number is known, so
    that only a policy without one may mean them."""
    query = select(Policy.id).where(Policy.seller_name.in_(names))
    if numbered:
        query = query.where(or_(Policy.seller_code.is_(None), Policy.seller_code == ""))
    return session.scalar(query.limit(1)) is not None


def revisits_of(session: Session, case_id: int) -> list[SecondRevisit]:
    """The second revisits of a case, in order."""
    query = select(SecondRevisit).where(SecondRevisit.case_id == case_id)
    return list(session.scalars(query.order_by(SecondRevisit.id)))


def statements_of(session: Session, case_id: int) -> list[OverdueStatement]:
    """What was written about a case's being late (逾期情况书面说明), in order."""
    query = select(OverdueStatement).where(OverdueStatement.case_id == case_id)
    return list(session.scalars(query.order_by(OverdueStatement.id)))


def booked_of(session: Session, policy_id: int) -> SecondRevisit | None:
    """The second revisit of a policy that is to be rung."""
    return session.scalar(_booked().where(SecondRevisit.policy_id == policy_id))


def booked_of_all(session: Session, policy_ids: Sequence[int]) -> dict[int, SecondRevisit]:
    """Those of many policies, by policy."""
    found: dict[int, SecondRevisit] = {}
    for part in slices(policy_ids):
        rows = session.scalars(_BOOKED_OF, {"part": part})
        found |= {row.policy_id: row for row in rows}
    return found


def _booked() -> Select[SecondRevisit]:
    return select(SecondRevisit).where(SecondRevisit.state == BOOKED)


_BOOKED_OF = _booked().where(SecondRevisit.policy_id.in_(PART))


def booked(session: Session) -> list[SecondRevisit]:
    """Every second revisit that is to be rung, with its case and policy."""
    whole = joinedload(SecondRevisit.case).joinedload(Case.policy)
    return list(session.scalars(_booked().options(whole).order_by(SecondRevisit.id)))


def of_call(session: Session, call_id: int) -> SecondRevisit | None:
    """The second revisit that this call has ended."""
    return session.scalar(select(SecondRevisit).where(SecondRevisit.call_id == call_id))


def add_booked(session: Session, new: SecondRevisit) -> bool:
    """Keep a booking. False where the policy has one already."""
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        return False
    return True


def running(session: Session, policy_id: int) -> bool:
    """Whether somebody is rung about the policy at this moment."""
    query = select(Call.id).where(Call.policy_id == policy_id, Call.ended_at.is_(None))
    return session.scalar(query.limit(1)) is not None


def to_alarm(session: Session, before: datetime, most: int, after_id: int) -> list[Case]:
    """Open cases that are due before this moment, by number."""
    query = (
        select(Case)
        .where(Case.state != "closed", Case.due_at < before, Case.id > after_id)
        .options(joinedload(Case.policy))
        .order_by(Case.id)
        .limit(most)
    )
    return list(session.scalars(query))


def alarms(session: Session) -> dict[str, int]:
    """How many open cases carry which alarm."""
    query = (
        select(CaseWork.alarm, func.count())
        .join(Case, CaseWork.case_id == Case.id)
        .where(Case.state != "closed", CaseWork.alarm.is_not(None))
        .group_by(CaseWork.alarm)
    )
    return {alarm: count for alarm, count in session.execute(query) if alarm}


def by_ids(session: Session, case_ids: Sequence[int]) -> list[Case]:
    """These cases with their policies, in this order; those that are not there are left out."""
    found: dict[int, Case] = {}
    for part in slices(case_ids):
        query = select(Case).where(Case.id.in_(part)).options(joinedload(Case.policy))
        found |= {case.id: case for case in session.scalars(query)}
    return [found[one] for one in case_ids if one in found]
