"""The numbers of one day for the first page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy import case as case_when
from sqlalchemy.orm import Session

from scripts.outcomes import Outcome
from store.console.cases import CLOSED, lit, reviewed
from store.console.paging import between, start_of
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
    hours: dict[int, tuple[int, int]]  # hour -> calls ordered in it, and answered of these


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
    counts = select(
        func.count(),
        func.count(Call.policy_id.distinct()),
        func.count().filter(answered),
        func.count().filter(Call.outcome == Outcome.COMPLETED),
        func.count().filter(running, Call.answered_at.is_(None)),
        func.count().filter(running, answered),
    )
    return Day(
        *session.execute(counts.where(today)).one(),
        outcomes=_outcomes(session, today),
        hours=_hours(session, on),
    )


def _hours(session: Session, on: date) -> dict[int, tuple[int, int]]:
    """The calls of a day by the hour in which they were ordered, in the insurer's time. The
    database counts: of a busy day it would have thousands to hand over."""
    starts = [start_of(on) + timedelta(hours=hour) for hour in range(24)]
    hour = case_when(
        *((Call.ordered_at < after, hour) for hour, after in enumerate(starts[1:])), else_=23
    ).label("hour")
    query = select(hour, func.count(), func.count().filter(person_answered()))
    query = query.where(*between(Call.ordered_at, on, on)).group_by(hour)
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


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
    open_, overdue, warning = _open(session, now)
    return Trouble(
        found=_found(session, on),
        open=open_,
        overdue=overdue,
        warning=warning,
        disagreements=_count(session, QualityItem, QualityItem.reason == DISAGREEMENT, ~reviewed()),
        recordings=_by(session, Recording.state, [Recording.state.in_(_OPEN)]),
        heard=session.scalar(
            select(func.count(Hearing.recording_id.distinct())).where(
                *between(Hearing.made_at, on, on)
            )
        )
        or 0,
    )


def _open(session: Session, now: datetime) -> tuple[dict[str, int], int, int]:
    """Class -> open cases, and how many of all are overdue and nearly so; in one look at them."""
    query = select(
        Case.class_name,
        func.count(),
        func.count().filter(lit("overdue", now)),
        func.count().filter(lit("warning", now)),
    )
    found = session.execute(query.where(Case.state != CLOSED).group_by(Case.class_name)).all()
    return (
        {str(row[0]): row[1] for row in found},
        sum(row[2] for row in found),
        sum(row[3] for row in found),
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
