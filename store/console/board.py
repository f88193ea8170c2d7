"""What runs at this moment, for the supervisor's board. It looks at open calls and the
agenda only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.console.paging import start_of
from store.tables import Agenda, Attempt, Call, Interview, Policy


@dataclass(frozen=True, slots=True)
class LiveCall:
    """One call that has not ended; ``agent`` is None for the robot's."""

    call: Call
    policy: Policy
    agent: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """Open policies whose period ends so soon: ready, held back, or too late to be reached."""

    name: str
    ready: int
    held: int
    late: int


def live_calls(session: Session, most: int) -> list[LiveCall]:
    """Calls that run, the longest first, at most so many."""
    query = (
        select(Call, Policy, Interview.agent)
        .join(Attempt, Call.attempt_id == Attempt.id)
        .join(Policy, Call.policy_id == Policy.id)
        .outerjoin(Interview, Interview.call_id == Call.id)
        .where(Attempt.ended_at.is_(None))
        .order_by(Call.ordered_at, Call.id)
        .limit(most)
    )
    return [LiveCall(*row) for row in session.execute(query)]


def dues(session: Session, today: date) -> list[Due]:
    """The queue by deadline, the nearest first. Every name is there, also with nothing in it."""
    days = zip(("over", "today", "tomorrow", "week"), (0, 1, 2, 7), strict=True)
    ends = [(name, start_of(today + timedelta(days=away))) for name, away in days]
    # by deadline, of which there are few: read from an index, without the policies' rows
    query = select(Agenda.deadline, Agenda.state, func.count())
    found = Counter[tuple[str, str]]()
    for deadline, state, count in session.execute(query.group_by(Agenda.state, Agenda.deadline)):
        found[_bucket(deadline, ends), state] += count
    return [
        Due(name, *(found[name, state] for state in ("ready", "held", "late")))
        for name in ("over", "today", "tomorrow", "week", "later", "none")
    ]


def _bucket(deadline: datetime | None, ends: Sequence[tuple[str, datetime]]) -> str:
    if deadline is None:
        return "none"
    return next((name for name, end in ends if deadline < end), "later")


def interviewing(session: Session) -> int:
    """How many agents are in an interview."""
    query = select(func.count(Interview.id)).where(Interview.ended_at.is_(None))
    return session.scalar(query) or 0
