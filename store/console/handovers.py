"""Hand-overs to branches, their lists, and what was filed about them, for the console."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from store import walls
from store.console.otherwise import about
from store.console.paging import Part, part_by_number
from store.tables import Handover, HandoverList, OverdueStatement, Policy

#: A hand-over that is due within so many days is shown in warning, as a case is.
WARNING_DAYS = 1


@dataclass(frozen=True, slots=True)
class HandoverFilter:
    """What the hand-overs are narrowed to; None or "" narrows nothing. ``state`` is one of theirs,
    or open for those that have not ended. ``light`` is normal, warning or overdue."""

    state: str | None = None
    branch: str | None = None
    way: str | None = None
    light: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A hand-over with its policy, and how many statements about it were filed."""

    handover: Handover
    policy: Policy
    statements: int


def handovers(
    session: Session, wanted: HandoverFilter, today: date, first: int, size: int | None
) -> Part[HandoverLine]:
    """The hand-overs wanted: open before ended, then by their due day."""
    filed = (
        select(func.count())
        .where(OverdueStatement.handover_id == Handover.id)
        .correlate(Handover)
        .scalar_subquery()
    )
    numbers = (
        select(Handover.id)
        .where(*_handover_limits(wanted, today))
        .order_by(
            Handover.ended_at.is_not(None), Handover.due_on.is_(None), Handover.due_on, Handover.id
        )
    )
    if wanted.words:
        numbers = numbers.join(Policy, Handover.policy_id == Policy.id)
    lines = select(Handover, Policy, filed).join(Policy, Handover.policy_id == Policy.id)
    return part_by_number(
        session,
        numbers,
        lines,
        lambda row: HandoverLine(*row),
        first,
        size,
        once=bool(wanted.words) or walls.stands(session),
    )


def _handover_limits(wanted: HandoverFilter, today: date) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if wanted.state == "open":
        limits.append(Handover.ended_at.is_(None))
    elif wanted.state:
        limits.append(Handover.state == wanted.state)
    if wanted.branch:
        limits.append(Handover.branch == wanted.branch)
    if wanted.way:
        limits.append(Handover.way == wanted.way)
    if wanted.light:
        limits.append(_lit(wanted.light, today))
    if wanted.words:
        limits.append(about(wanted.words))
    return limits


def _lit(light: str, today: date) -> ColumnElement[bool]:
    """Hand-overs whose due day has passed, is near, or neither. What has ended is none of them."""
    soon = date.fromordinal(today.toordinal() + WARNING_DAYS)
    running = and_(Handover.ended_at.is_(None), Handover.due_on.is_not(None))
    if light == "overdue":
        return and_(running, Handover.due_on < today)
    if light == "warning":
        return and_(running, Handover.due_on >= today, Handover.due_on < soon)
    return and_(running, Handover.due_on >= soon)


def handover_states(session: Session) -> dict[str, int]:
    """How many hand-overs are in which state."""
    query = select(Handover.state, func.count()).group_by(Handover.state)
    return {row[0]: row[1] for row in session.execute(query)}


def handover_branches(session: Session) -> list[str]:
    """Every branch that a hand-over is for."""
    return sorted(one for one in session.scalars(select(Handover.branch).distinct()) if one)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list that a branch got: how many policies it has, and how many have no result yet."""

    made: HandoverList
    policies: int
    left: int


def handover_lists(session: Session, most: int) -> list[ListLine]:
    """The newest lists."""
    open_ = func.count().filter(Handover.ended_at.is_(None))
    query = (
        select(HandoverList, func.count(), open_)
        .join(Handover, Handover.list_id == HandoverList.id)
        .group_by(HandoverList.id)
        .order_by(HandoverList.id.desc())
        .limit(most)
    )
    return [ListLine(*row) for row in session.execute(query)]


def those_seen(session: Session, ids: Collection[int]) -> set[int]:
    """Which of these hand-overs there are for whoever looks."""
    return set(session.scalars(select(Handover.id).where(Handover.id.in_(ids))))


def on_list(session: Session, list_id: int) -> int | None:
    """One of the hand-overs on a list; None where the list has none, or is another branch's."""
    return session.scalar(select(Handover.id).where(Handover.list_id == list_id).limit(1))


@dataclass(frozen=True, slots=True)
class WholeHandover:
    """One hand-over with everything that was filed about it."""

    handover: Handover
    policy: Policy
    statements: list[OverdueStatement]


def one_handover(session: Session, handover_id: int) -> WholeHandover | None:
    """The hand-over with this number; None if there is none."""
    found = session.get(Handover, handover_id)
    if found is None:
        return None
    query = select(OverdueStatement).where(OverdueStatement.handover_id == handover_id)
    filed = session.scalars(query.order_by(OverdueStatement.id))
    return WholeHandover(found, found.policy, list(filed))
