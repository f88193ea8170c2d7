"""The numbers of one day for the first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from scripts.outcomes import Outcome
from store.console.calls import STANDARD
from store.console.cases import CLOSED, lit
from store.console.paging import between
from store.tables import Call, Case, Hearing, Policy, QualityItem, Recording


@dataclass(frozen=True, slots=True)
class Day:
    """One day as counted. A call belongs to the day on which it was ordered."""

    dialled: int
    people: int  # different policies dialled
    answered: int
    completed: int
    ringing: int  # placed and not yet answered or ended
    talking: int  # answered and not ended
    outcomes: list[tuple[str, int]]  # most frequent first
    moments: list[tuple[datetime, bool]]  # every call: when ordered, whether answered


@dataclass(frozen=True, slots=True)
class Trouble:
    """What waits for people, whatever day it comes from, beside the day's own number."""

    standard: int  # 标准件 of the day
    opened: dict[str, int]  # class -> cases opened on the day
    open: dict[str, int]  # class -> cases still open
    overdue: int
    warning: int
    disagreements: int
    recordings: dict[str, int]  # state -> recordings
    heard: int  # recordings heard on the day


def day(session: Session, on: date) -> Day:
    """The calls of one day."""
    today = and_(*between(Call.ordered_at, on, on))
    running = and_(Call.ended_at.is_(None), Call.outcome.is_(None))
    answered = Call.answered_at.is_not(None)
    return Day(
        dialled=_count(session, Call, today),
        people=session.scalar(select(func.count(Call.policy_id.distinct())).where(today)) or 0,
        answered=_count(session, Call, today, answered),
        completed=_count(session, Call, today, Call.outcome == Outcome.COMPLETED),
        ringing=_count(session, Call, today, running, ~answered),
        talking=_count(session, Call, today, running, answered),
        outcomes=_outcomes(session, today),
        moments=[
            (moment, picked_up is not None)
            for moment, picked_up in session.execute(
                select(Call.ordered_at, Call.answered_at).where(today)
            )
        ],
    )


def _outcomes(session: Session, today: ColumnElement[bool]) -> list[tuple[str, int]]:
    number = func.count()
    query = (
        select(Call.outcome, number)
        .where(today, Call.outcome.is_not(None))
        .group_by(Call.outcome)
        .order_by(number.desc(), Call.outcome)
    )
    return [(outcome, count) for outcome, count in session.execute(query) if outcome]


def trouble(session: Session, on: date, now: datetime) -> Trouble:
    """Cases, recordings and disagreements as they stand now."""
    waiting = Case.state != CLOSED
    return Trouble(
        standard=_standard(session, on),
        opened=_by(session, Case.class_name, between(Case.opened_at, on, on)),
        open=_by(session, Case.class_name, [waiting]),
        overdue=_count(session, Case, lit("overdue", now)),
        warning=_count(session, Case, lit("warning", now)),
        disagreements=_count(session, QualityItem),
        recordings=_by(session, Recording.state, []),
        heard=session.scalar(
            select(func.count(Hearing.recording_id.distinct())).where(
                *between(Hearing.made_at, on, on)
            )
        )
        or 0,
    )


def _standard(session: Session, on: date) -> int:
    """Completed calls of the day that were decided and needed no case."""
    query = (
        select(func.count())
        .select_from(Call)
        .outerjoin(Case, Case.call_id == Call.id)
        .where(Call.outcome == Outcome.COMPLETED, Call.heard_at.is_not(None))
        .where(Case.id.is_(None) | (Case.class_name == STANDARD), *between(Call.ordered_at, on, on))
    )
    return session.scalar(query) or 0


def _by(session: Session, column: Any, limits: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    query = select(column, func.count()).where(*limits).group_by(column)
    return {str(value): count for value, count in session.execute(query)}


def _count(session: Session, table: Any, *limits: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*limits)) or 0


def policies(session: Session, numbers: Sequence[str]) -> dict[str, Policy]:
    """Policies by their number, for lists that only know the number."""
    query = select(Policy).where(Policy.number.in_(numbers))
    return {policy.number: policy for policy in session.scalars(query)}


def anything(session: Session) -> bool:
    """Whether a list was ever imported."""
    return session.scalar(select(Policy.id).limit(1)) is not None
