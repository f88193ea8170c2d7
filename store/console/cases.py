"""Problem cases for the list and for the page of one case, and the quality list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy import case as case_when
from sqlalchemy.orm import Session, joinedload

from store import reviews, walls
from store.agenda import slices
from store.console.paging import Part, Query, contains, part_by_number
from store.tables import (
    Attempt,
    Call,
    Case,
    CaseWork,
    Finding,
    Policy,
    QualityItem,
    Recording,
    Review,
)

#: A case whose deadline is nearer than this is shown in warning (警告). The seeds name the three
#: lights and leave the threshold open (domain.md T-15).
WARNING = timedelta(hours=24)

CLOSED = "closed"
#: The stage of a case that nobody has touched.
_FIRST = "issued"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the processing order (处理顺序): open cases of these classes that were opened
    between these moments; None leaves that side open."""

    classes: tuple[str, ...]
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list of cases is narrowed to. ``light`` is normal, warning or overdue; ``whose`` is
    a handler's name, or "" for nobody's; ``stage`` is one of ``cases.workflow``. ``order`` gives
    the places in which they come, without them they come by deadline."""

    class_name: str | None = None
    family: str | None = None
    light: str | None = None
    state: str | None = None
    words: str = ""
    whose: str | None = None
    stage: str | None = None
    branch: str | None = None
    order: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of the list of cases; ``said`` are the customer's own words that led to it. ``work``
    is None where nobody has touched it."""

    case: Case
    policy: Policy
    said: str | None
    work: CaseWork | None


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case, what it rests on, and what happened with the policy before and after."""

    case: Case
    findings: list[Finding]
    attempts: list[Attempt]
    calls: list[Call]
    recordings: list[Recording]
    cases: list[Case]


def cases(
    session: Session, wanted: CaseFilter, now: datetime, first: int, size: int | None
) -> Part[CaseLine]:
    """The cases wanted: open before closed, by the places asked for, then by deadline, those
    without one at the end."""
    numbers = (
        _joined(select(Case.id), wanted)
        .where(*_limits(wanted, now))
        .order_by(
            Case.state == CLOSED,
            *_places(wanted.order),
            Case.due_at.is_(None),
            Case.due_at,
            Case.id,
        )
    )
    once = bool(wanted.words) or walls.stands(session)
    return part_by_number(
        session, numbers, _lines(), lambda row: CaseLine(*row), first, size, once=once
    )


def open_ids(session: Session, wanted: CaseFilter, now: datetime, most: int) -> list[int]:
    """The numbers of the open cases wanted, by deadline; at most so many."""
    query = _joined(select(Case.id), wanted).where(*_limits(wanted, now), Case.state != CLOSED)
    return list(session.scalars(query.order_by(Case.due_at, Case.id).limit(most)))


def seen(session: Session, case_ids: Sequence[int]) -> list[int]:
    """Those of these cases that the session sees."""
    found: list[int] = []
    for part in slices(case_ids):
        found += session.scalars(select(Case.id).where(Case.id.in_(part)))
    return found


def branches(session: Session) -> list[str]:
    """Every branch with a policy."""
    query = select(Policy.branch).where(Policy.branch.is_not(None)).distinct()
    return sorted(one for one in session.scalars(query) if one)


def _places(order: Sequence[Place]) -> list[ColumnElement[int]]:
    """The number of the first place that fits, as a column; nothing without places."""
    if not order:
        return []
    fits = [(_fits(place), number) for number, place in enumerate(order)]
    return [case_when(*fits, else_=len(order))]


def _fits(place: Place) -> ColumnElement[bool]:
    limits: list[ColumnElement[bool]] = [Case.class_name.in_(place.classes)]
    if place.since is not None:
        limits.append(Case.opened_at >= place.since)
    if place.before is not None:
        limits.append(Case.opened_at < place.before)
    return and_(*limits)


def _joined(query: Select[int], wanted: CaseFilter) -> Select[int]:
    """Cases, with their policies and the work on them where the filter asks about these."""
    if wanted.branch or wanted.words:
        query = query.join(Policy, Case.policy_id == Policy.id)
    if wanted.whose is not None or wanted.stage:
        query = query.outerjoin(CaseWork, CaseWork.case_id == Case.id)
    return query


def _lines() -> Query:
    said = (
        select(Finding.words)
        .where(Finding.call_id == Case.call_id, Finding.words != "")
        .order_by(Finding.status == "resolved", Finding.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        select(Case, Policy, said, CaseWork)
        .join(Policy, Case.policy_id == Policy.id)
        .outerjoin(CaseWork, CaseWork.case_id == Case.id)
    )


def _limits(wanted: CaseFilter, now: datetime) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if wanted.class_name:
        limits.append(Case.class_name == wanted.class_name)
    if wanted.family:
        limits.append(Case.family == wanted.family)
    if wanted.state:
        limits.append(Case.state == wanted.state)
    if wanted.whose is not None:
        limits.append(CaseWork.assignee == wanted.whose if wanted.whose else _nobodys())
    if wanted.stage == CLOSED:
        limits.append(Case.state == CLOSED)
    elif wanted.stage:
        stage = func.coalesce(CaseWork.stage, _FIRST)
        limits += [Case.state != CLOSED, stage == wanted.stage]
    if wanted.branch:
        limits.append(Policy.branch == wanted.branch)
    if wanted.light:
        limits.append(lit(wanted.light, now))
    if wanted.words:
        limits.append(_mentions(wanted.words))
    return limits


def _nobodys() -> ColumnElement[bool]:
    return and_(CaseWork.assignee.is_(None), Case.state != CLOSED)


def lit(light: str, now: datetime) -> ColumnElement[bool]:
    """Cases whose deadline light (时效) is normal, warning or overdue. A closed one is normal."""
    running = and_(Case.state != CLOSED, Case.due_at.is_not(None))
    if light == "overdue":
        return and_(running, Case.due_at < now)
    if light == "warning":
        return and_(running, Case.due_at >= now, Case.due_at < now + WARNING)
    return or_(Case.state == CLOSED, Case.due_at.is_(None), Case.due_at >= now + WARNING)


def _mentions(words: str) -> ColumnElement[bool]:
    said = select(Finding.call_id).where(contains(Finding.words, words))
    return or_(
        contains(Policy.number, words),
        contains(Policy.holder_name, words),
        contains(Case.headline, words),
        Case.call_id.in_(said),
    )


def families(session: Session) -> list[str]:
    """Every family (类别) that a case of this database carries."""
    query = select(Case.family).where(Case.family.is_not(None)).distinct()
    return sorted(family for family in session.scalars(query) if family)


def one_case(session: Session, case_id: int) -> WholeCase | None:
    """The case with its findings and the policy's history; None if there is none."""
    found = session.get(Case, case_id, options=[joinedload(Case.policy), joinedload(Case.call)])
    if found is None:
        return None
    calls = _of_policy(session, Call, found.policy_id)
    return WholeCase(
        found,
        _findings(session, found),
        _of_policy(session, Attempt, found.policy_id),
        calls,
        list(session.scalars(select(Recording).where(Recording.call_id.in_(_ids(calls))))),
        _of_policy(session, Case, found.policy_id),
    )


def _findings(session: Session, found: Case) -> list[Finding]:
    query = select(Finding).where(Finding.call_id == found.call_id).order_by(Finding.id)
    return list(session.scalars(query))


def _of_policy(session: Session, table: Any, policy_id: int) -> list[Any]:
    query = select(table).where(table.policy_id == policy_id).order_by(table.id)
    return list(session.scalars(query))


def _ids(calls: list[Call]) -> list[int]:
    return [call.id for call in calls]


@dataclass(frozen=True, slots=True)
class QualityFilter:
    """What the quality list is narrowed to. ``state`` is waiting, decided or all."""

    reason: str | None = None
    state: str = "waiting"


@dataclass(frozen=True, slots=True)
class QualityLine:
    """One thing for a reviewer, and what reviewers have decided about its answer so far."""

    item: QualityItem
    call: Call
    policy: Policy
    reviews: list[Review]


def quality(
    session: Session, wanted: QualityFilter, first: int, size: int | None
) -> Part[QualityLine]:
    """What a reviewer must decide, or has decided, oldest first."""
    numbers = select(QualityItem.id).where(*_quality_limits(wanted))
    numbers = numbers.order_by(QualityItem.opened_at, QualityItem.id)
    lines = (
        select(QualityItem, Call, Policy)
        .join(Call, QualityItem.call_id == Call.id)
        .join(Policy, Call.policy_id == Policy.id)
    )
    once = walls.stands(session)
    part = part_by_number(session, numbers, lines, lambda row: row, first, size, once=once)
    made = _reviews(session, [item.call_id for item, _, _ in part.rows])
    rows = [
        QualityLine(item, call, policy, made.get((item.call_id, item.turn_number), []))
        for item, call, policy in part.rows
    ]
    return Part(rows, part.first, part.total)


def _quality_limits(wanted: QualityFilter) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if wanted.reason:
        limits.append(QualityItem.reason == wanted.reason)
    if wanted.state != "all":
        limits.append(reviewed() if wanted.state == "decided" else ~reviewed())
    return limits


def reviewed() -> ColumnElement[bool]:
    """The quality items whose answer a reviewer has decided."""
    return (
        select(Review.id)
        .where(
            Review.call_id == QualityItem.call_id,
            Review.turn_number == QualityItem.turn_number,
            Review.withdrawn_at.is_(None),
        )
        .exists()
    )


def _reviews(session: Session, call_ids: Sequence[int]) -> dict[tuple[int, int], list[Review]]:
    found: dict[tuple[int, int], list[Review]] = {}
    for start in range(0, len(call_ids), 500):  # databases limit a statement
        for review in reviews.of_answers(session, call_ids[start : start + 500]):
            found.setdefault((review.call_id, review.turn_number), []).append(review)
    return {key: list({one.id: one for one in own}.values()) for key, own in found.items()}


def reasons(session: Session) -> list[tuple[str, int]]:
    """Every reason in the quality list with the number of items that wait for a reviewer."""
    waiting = func.count().filter(~reviewed())
    query = select(QualityItem.reason, waiting).group_by(QualityItem.reason)
    return [(reason, count) for reason, count in session.execute(query)]
