"""What runs at this moment, for the supervisor's board. It looks at open calls and the
agenda only."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from store.console.paging import Query, start_of
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
    found: dict[tuple[str, str], int] = {
        (name, state): count for name, state, count in session.execute(dues_query(today))
    }
    return [
        Due(name, *(found.get((name, state), 0) for state in ("ready", "held", "late")))
        for name in ("over", "today", "tomorrow", "week", "later", "none")
    ]


def dues_query(today: date) -> Query:
    """Open policies by how soon their period ends, and by state."""
    ends = [start_of(today + timedelta(days=days)) for days in (0, 1, 2, 7)]
    name = case(
        (Agenda.deadline.is_(None), "none"),
        *(
            (Agenda.deadline < end, word)
            for end, word in zip(ends, ("over", "today", "tomorrow", "week"), strict=True)
        ),
        else_="later",
    )
    return select(name, Agenda.state, func.count()).group_by(name, Agenda.state)


def interviewing(session: Session) -> int:
    """How many agents are in an interview."""
    query = select(func.count(Interview.id)).where(Interview.ended_at.is_(None))
    return session.scalar(query) or 0
