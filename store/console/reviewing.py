"""Whole calls for reviewers: the work list, plans, results of an agent, appeals, and words that
wait to be released, each as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from store import walls
from store.agenda import slices
from store.console.paging import Part, Query, contains, part_by_number, part_of
from store.quality import CALIBRATION, FIRST, SECOND, THIRD, may_take
from store.tables import (
    Appeal,
    Call,
    Interview,
    Policy,
    QualityPlan,
    QualityTask,
    Review,
    ReviewRelease,
    ScoreSheet,
)

#: Parts that a colleague hears without seeing what others said.
BLIND = (SECOND, CALIBRATION)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: their name, whether they decide between reviewers, and whether they plan."""

    name: str
    adjudicates: bool = False
    plans: bool = False


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What the work list is narrowed to. ``state`` is open (mine and free), busy (taken by anybody)
    or done (by me; for whoever plans, by anybody)."""

    state: str = "open"
    plan: int | None = None
    part: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One line of the work list. ``settled``: no part of the call is open any more."""

    task: QualityTask
    call: Call
    policy: Policy
    agent: str | None
    sheet: ScoreSheet | None
    settled: bool


def tasks(
    session: Session, wanted: TaskFilter, reader: Reader, first: int, size: int | None
) -> Part[TaskLine]:
    """The work list: mine before what is free, in the order of the plans; what is done, newest
    first."""
    lines = (
        select(QualityTask, Call, Policy, Interview.agent, ScoreSheet, ~_open_part())
        .join(Call, QualityTask.call_id == Call.id)
        .join(Policy, Call.policy_id == Policy.id)
        .outerjoin(Interview, Interview.call_id == Call.id)
        .outerjoin(
            ScoreSheet,
            and_(ScoreSheet.task_id == QualityTask.id, ScoreSheet.withdrawn_at.is_(None)),
        )
    )
    numbers = select(QualityTask.id).where(*_limits(wanted, reader))
    if wanted.words:
        numbers = numbers.join(Call, QualityTask.call_id == Call.id)
        numbers = numbers.join(Policy, Call.policy_id == Policy.id)
    in_order = (QualityTask.plan_id, QualityTask.place, QualityTask.id)
    if wanted.state == "done":
        numbers = numbers.order_by(QualityTask.done_at.desc(), QualityTask.id.desc())
    else:
        numbers = numbers.order_by(QualityTask.reviewer.is_(None), *in_order)
    return part_by_number(
        session,
        numbers,
        lines,
        lambda row: TaskLine(*row),
        first,
        size,
        once=bool(wanted.words) or walls.stands(session),
    )


def _open_part() -> ColumnElement[bool]:
    """Whether any part of a task's call is open in its plan."""
    other = aliased(QualityTask)
    return exists().where(
        other.plan_id == QualityTask.plan_id,
        other.call_id == QualityTask.call_id,
        other.done_at.is_(None),
    )


def _limits(wanted: TaskFilter, reader: Reader) -> list[ColumnElement[bool]]:
    limits = [_state(wanted.state, reader)]
    if wanted.plan is not None:
        limits.append(QualityTask.plan_id == wanted.plan)
    if wanted.part:
        limits.append(QualityTask.part == wanted.part)
    if wanted.words:
        number, holder = (
            contains(Policy.number, wanted.words),
            contains(Policy.holder_name, wanted.words),
        )
        limits.append(or_(number, holder))
    return limits


def _state(state: str, reader: Reader) -> ColumnElement[bool]:
    mine = QualityTask.reviewer == reader.name
    if state == "done":
        done = QualityTask.done_at.is_not(None)
        return done if reader.plans else and_(done, mine)
    if state == "busy":
        taken = and_(QualityTask.done_at.is_(None), QualityTask.reviewer.is_not(None))
        return taken if reader.plans else and_(taken, mine)
    free = may_take(reader.name, adjudicates=reader.adjudicates)
    return or_(and_(QualityTask.done_at.is_(None), mine), free)


def undone_blind(session: Session, calls: Sequence[int]) -> set[int]:
    """Of these calls those that somebody is still to hear without knowing what others said."""
    found: set[int] = set()
    for part in slices(list(calls)):
        query = select(QualityTask.call_id).where(
            QualityTask.call_id.in_(part),
            QualityTask.part.in_(BLIND),
            QualityTask.done_at.is_(None),
        )
        found |= set(session.scalars(query))
    return found


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan with how far its tasks are."""

    plan: QualityPlan
    calls: int
    tasks: int
    done: int


def plans(session: Session, first: int, size: int | None) -> Part[PlanLine]:
    """Every sample and calibration round, the newest first."""
    query = _plans().order_by(QualityPlan.id.desc())
    return part_of(session, query, lambda row: PlanLine(*row), first, size)


def one_plan(session: Session, plan_id: int) -> PlanLine | None:
    """One plan with how far it is."""
    row = session.execute(_plans().where(QualityPlan.id == plan_id)).first()
    return PlanLine(*row) if row else None


def _plans() -> Query:
    def count(what: ColumnElement[int], *limits: ColumnElement[bool]) -> ColumnElement[int]:
        of_plan = QualityTask.plan_id == QualityPlan.id
        return select(what).where(of_plan, *limits).scalar_subquery()

    return select(
        QualityPlan,
        count(func.count(QualityTask.call_id.distinct())),
        count(func.count(QualityTask.id)),
        count(func.count(QualityTask.id), QualityTask.done_at.is_not(None)),
    )


@dataclass(frozen=True, slots=True)
class ReviewerLine:
    """How far one reviewer is in a plan."""

    name: str
    tasks: int
    done: int


def reviewers_of(session: Session, plan_id: int) -> list[ReviewerLine]:
    """Everybody who hears calls of a plan."""
    done = func.count().filter(QualityTask.done_at.is_not(None))
    query = (
        select(QualityTask.reviewer, func.count(), done)
        .where(QualityTask.plan_id == plan_id, QualityTask.reviewer.is_not(None))
        .group_by(QualityTask.reviewer)
        .order_by(QualityTask.reviewer)
    )
    return [ReviewerLine(name or "", tasks, done) for name, tasks, done in session.execute(query)]


@dataclass(frozen=True, slots=True)
class Side:
    """What one reviewer of a calibration round said of one call."""

    task: QualityTask
    sheet: ScoreSheet | None


def calibration(session: Session, plan_id: int) -> list[Side]:
    """Every task of a round with its sheet, call by call."""
    query = (
        select(QualityTask, ScoreSheet)
        .outerjoin(
            ScoreSheet,
            and_(ScoreSheet.task_id == QualityTask.id, ScoreSheet.withdrawn_at.is_(None)),
        )
        .where(QualityTask.plan_id == plan_id)
        .order_by(QualityTask.place, QualityTask.call_id, QualityTask.seat)
    )
    return [Side(task, sheet) for task, sheet in session.execute(query)]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """The result of one call of an agent's, and the appeal against it, if any."""

    task: QualityTask
    call: Call
    policy: Policy
    sheet: ScoreSheet
    appeal: Appeal | None


def results(session: Session, agent: str, first: int, size: int | None) -> Part[ResultLine]:
    """The results that stand of an agent's own calls, the newest first."""
    stands = and_(ScoreSheet.task_id == QualityTask.id, ScoreSheet.withdrawn_at.is_(None))
    numbers = (
        select(QualityTask.id)
        .join(Interview, Interview.call_id == QualityTask.call_id)
        .join(ScoreSheet, stands)
        .where(Interview.agent == agent, decides(), ~_open_part())
        .order_by(QualityTask.done_at.desc(), QualityTask.id.desc())
    )
    lines = (
        select(QualityTask, Call, Policy, ScoreSheet, Appeal)
        .join(Call, QualityTask.call_id == Call.id)
        .join(Policy, Call.policy_id == Policy.id)
        .join(ScoreSheet, stands)
        .outerjoin(Appeal, Appeal.task_id == QualityTask.id)
    )
    return part_by_number(
        session, numbers, lines, lambda row: ResultLine(*row), first, size, once=True
    )


def decides() -> ColumnElement[bool]:
    """The task whose sheet is a call's result: the third where there is one, else the first."""
    other = aliased(QualityTask)
    third = exists().where(
        other.plan_id == QualityTask.plan_id,
        other.call_id == QualityTask.call_id,
        other.part == THIRD,
    )
    return or_(QualityTask.part == THIRD, and_(QualityTask.part == FIRST, ~third))


@dataclass(frozen=True, slots=True)
class AppealLine:
    """One appeal, and the call it is about."""

    appeal: Appeal
    task: QualityTask
    sheet: ScoreSheet
    call: Call
    policy: Policy


def appeals(session: Session, state: str, first: int, size: int | None) -> Part[AppealLine]:
    """Appeals that wait, the oldest first, or that are decided, the newest first."""
    waiting = state == "waiting"
    order = (Appeal.made_at, Appeal.id) if waiting else (Appeal.decided_at.desc(), Appeal.id.desc())
    decided = Appeal.decided_at.is_(None) if waiting else Appeal.decided_at.is_not(None)
    numbers = select(Appeal.id).where(decided).order_by(*order)
    lines = (
        select(Appeal, QualityTask, ScoreSheet, Call, Policy)
        .join(QualityTask, Appeal.task_id == QualityTask.id)
        .join(ScoreSheet, Appeal.sheet_id == ScoreSheet.id)
        .join(Call, QualityTask.call_id == Call.id)
        .join(Policy, Call.policy_id == Policy.id)
    )
    return part_by_number(session, numbers, lines, lambda row: AppealLine(*row), first, size)


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A reviewer's words, the call they were said in, and what was decided about them."""

    review: Review
    call: Call
    policy: Policy
    decision: ReviewRelease | None


def material(session: Session, state: str, first: int, size: int | None) -> Part[MaterialLine]:
    """Words that reviewers wrote down: waiting (the oldest first), released or kept out."""
    released = (ReviewRelease, ReviewRelease.review_id == Review.id)
    numbers = (
        select(Review.id)
        .outerjoin(*released)
        .where(Review.withdrawn_at.is_(None), Review.words.is_not(None), _decided(state))
    )
    newest = () if state == "waiting" else (ReviewRelease.decided_at.desc(),)
    lines = (
        select(Review, Call, Policy, ReviewRelease)
        .join(Call, Review.call_id == Call.id)
        .join(Policy, Call.policy_id == Policy.id)
        .outerjoin(*released)
    )
    in_order = numbers.order_by(*newest, Review.id)
    return part_by_number(session, in_order, lines, lambda row: MaterialLine(*row), first, size)


def _decided(state: str) -> ColumnElement[bool]:
    if state == "waiting":
        return ReviewRelease.id.is_(None)
    return ReviewRelease.released.is_(state == "released")
