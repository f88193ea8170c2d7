"""The numbers of one day for the first page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from scripts.outcomes import Outcome
from store.console.cases import CLOSED, lit, reviewed
from store.console.paging import between
from store.ends import person_answered
from store.reviews import DISAGREEMENT
from store.tables import Call, Case, Hearing, Policy, QualityItem, Recording

#: States of a recording that is not done with. Those that were heard are nearly all, and their
#: number says nothing.
_OPEN = ("announced", "stored", "unreadable", "absent")


@dataclass(frozen=True, slots=True)
class Day:
    """One day as counted. A call belongs to the day on which it was ordered."""

    dialled: int
    people: int  # different policies dialled
    answered: int  # by a person (接通), as store.ends.person_answered counts
    completed: int
    ringing: int  # placed and not yet answered or ended
    talking: int  # answered by a person and not ended
    outcomes: list[tuple[str, int]]  # most frequent first
    moments: list[tuple[datetime, bool]]  # every call: when ordered, whether a person answered


@dataclass(frozen=True, slots=True)
class Trouble:
    """What waits for people, whatever day it comes from, beside the day's own number."""

    found: dict[str, int]  # class (件别) -> calls of the day, and cases opened without a call
    open: dict[str, int]  # class -> cases still open
    overdue: int
    warning: int
    disagreements: int  # on which no reviewer has decided
    recordings: dict[str, int]  # state -> recordings that wait for somebody or something
    heard: int  # recordings heard on the day


def day(session: Session, on: date) -> Day:
    """The calls of one day."""
    today = and_(*between(Call.ordered_at, on, on))
    running = and_(Call.ended_at.is_(None), Call.outcome.is_(None))
    answered = person_answered()
    return Day(
        dialled=_count(session, Call, today),
        people=session.scalar(select(func.count(Call.policy_id.distinct())).where(today)) or 0,
        answered=_count(session, Call, today, answered),
        completed=_count(session, Call, today, Call.outcome == Outcome.COMPLETED),
        ringing=_count(session, Call, today, running, Call.answered_at.is_(None)),
        talking=_count(session, Call, today, running, answered),
        outcomes=_outcomes(session, today),
        moments=[
            (moment, bool(picked_up))
            for moment, picked_up in session.execute(select(Call.ordered_at, answered).where(today))
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
        found=_found(session, on),
        open=_by(session, Case.class_name, [waiting]),
        overdue=_count(session, Case, lit("overdue", now)),
        warning=_count(session, Case, lit("warning", now)),
        disagreements=_count(session, QualityItem, QualityItem.reason == DISAGREEMENT, ~reviewed()),
        recordings=_by(session, Recording.state, [Recording.state.in_(_OPEN)]),
        heard=session.scalar(
            select(func.count(Hearing.recording_id.distinct())).where(
                *between(Hearing.made_at, on, on)
            )
        )
        or 0,
    )


def _found(session: Session, on: date) -> dict[str, int]:
    judged = [*between(Call.ordered_at, on, on), Call.class_name.is_not(None)]
    callless = [*between(Case.opened_at, on, on), Case.call_id.is_(None)]
    calls = Counter(_by(session, Call.class_name, judged))
    return dict(calls + Counter(_by(session, Case.class_name, callless)))


def _by(session: Session, column: Any, limits: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    query = select(column, func.count()).where(*limits).group_by(column)
    return {str(value): count for value, count in session.execute(query)}


def _count(session: Session, table: Any, *limits: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*limits)) or 0


def anything(session: Session) -> bool:
    """Whether a list was ever imported."""
    return session.scalar(select(Policy.id).limit(1)) is not None
