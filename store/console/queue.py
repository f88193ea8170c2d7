"""The queue as the agenda keeps it: its numbers, and one page of it at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from store.console.paging import Part, contains, part_of
from store.tables import Agenda, Policy

#: What the filter calls a policy that something has happened to since it was decided.
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue is narrowed to; None or an empty text narrows nothing. ``state`` is ready,
    held or late. ``words`` is looked for in the policy number, the holder's name and the product;
    four digits or more also match the end of the phone number."""

    state: str = "ready"
    why: str | None = None
    branch: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One line of the queue."""

    agenda: Agenda
    policy: Policy


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many policies stand where: state -> code of the first reason -> policies, most frequent
    first."""

    whys: dict[str, dict[str, int]]

    def of(self, state: str) -> int:
        """All policies in this state."""
        return sum(self.whys.get(state, {}).values())


def counts(session: Session) -> QueueCounts:
    """The numbers of the queue, out of one index."""
    query = select(Agenda.state, Agenda.why, func.count()).group_by(Agenda.state, Agenda.why)
    found: dict[str, Counter[str]] = {}
    for state, why, count in session.execute(query):
        found.setdefault(state, Counter())[why or UNDECIDED] += count
    return QueueCounts({state: dict(whys.most_common()) for state, whys in found.items()})


def branches(session: Session) -> list[str]:
    """Every branch that a policy of the queue names."""
    query = select(Agenda.branch).where(Agenda.branch.is_not(None)).distinct()
    return sorted(branch for branch in session.scalars(query) if branch)


def overdue(session: Session, before: datetime) -> int:
    """How many decisions should have been made anew before this moment."""
    query = select(func.count()).select_from(Agenda).where(Agenda.look_at < before)
    return session.scalar(query) or 0


def queue(session: Session, wanted: QueueFilter, first: int, size: int | None) -> Part[QueueLine]:
    """The policies wanted, in the order of dialling: also those held back, the most urgent first,
    and those that only a person can free at the end. Who cannot make it comes by the deadline."""
    query = select(Agenda.policy_id).where(*_limits(wanted)).order_by(*_order(wanted.state))
    if wanted.words:  # looking through the texts costs more than all ids: once, not for the count
        ids = list(session.scalars(query.join(Policy, Agenda.policy_id == Policy.id)))
        last = None if size is None else first + size
        return Part(_lines(session, ids[first:last]), first, len(ids))
    part = part_of(session, query, lambda row: row[0], first, size)
    return Part(_lines(session, part.rows), part.first, part.total)


def _lines(session: Session, ids: Sequence[int]) -> list[QueueLine]:
    """The rows in the order of their ids: only those of one page are read whole."""
    found: dict[int, QueueLine] = {}
    for start in range(0, len(ids), 500):  # databases limit a statement
        query = select(Agenda, Policy).join(Policy, Agenda.policy_id == Policy.id)
        query = query.where(Agenda.policy_id.in_(ids[start : start + 500]))
        for agenda, policy in session.execute(query):
            found[policy.id] = QueueLine(agenda, policy)
    return [found[one] for one in ids if one in found]


def _order(state: str) -> Sequence[Any]:
    if state == "late":
        return (Agenda.deadline, Agenda.policy_id)
    return (Agenda.rank, Agenda.policy_id)


def _limits(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = [Agenda.state == wanted.state]
    if wanted.why:
        limits.append(Agenda.why == ("" if wanted.why == UNDECIDED else wanted.why))
    if wanted.branch:
        limits.append(Agenda.branch == wanted.branch)
    if wanted.words:
        limits.append(_mentions(wanted.words))
    return limits


def _mentions(words: str) -> ColumnElement[bool]:
    places = [
        contains(Policy.number, words),
        contains(Policy.holder_name, words),
        contains(Policy.product, words),
    ]
    if len(words) >= 4 and words.isdecimal():
        places.append(Policy.phone.endswith(words))
    return or_(*places)
