"""Queries about quality work on whole calls: what may be drawn, the work list, sheets, comments and
appeals. It decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, joinedload

from store.console.cases import reviewed
from store.console.paging import Query, between
from store.tables import (
    Announcement,
    Appeal,
    Call,
    Case,
    Interview,
    Policy,
    QualityItem,
    QualityPlan,
    QualityTask,
    Recording,
    ReviewComment,
    ScoreSheet,
    Turn,
)

SAMPLE, CALIBRATION = "sample", "calibration"
FIRST, SECOND, THIRD = "first", "second", "third"


@dataclass(frozen=True, slots=True)
class RevisitRow:
    """A policy's last call of some days in which something was answered."""

    call_id: int
    on: datetime
    outcome: str | None
    duration_s: int | None
    policy: str
    channel: str
    product_type: str
    frequency: str
    double_recorded: bool
    holder_birth: date | None
    payment_period: dict[str, Any] | None
    seller: str | None


def revisits(
    session: Session, first: date, last: date, *, recorded: bool = False
) -> list[RevisitRow]:
    """What a sample of these days is drawn from, with ``recorded`` only what can be listened to. A
    carrier's announcement that was taken for a person is no revisit."""
    answered = (
        select(func.max(Call.id))
        .where(
            *between(Call.ordered_at, first, last),
            exists().where(Turn.call_id == Call.id),
            ~exists().where(Announcement.call_id == Call.id),
            *([_recorded(Call.id)] if recorded else []),
        )
        .group_by(Call.policy_id)
    )
    query: Query = (
        select(
            Call.id, Call.ordered_at, Call.outcome, Call.duration_s, Policy.number, Policy.channel,
            Policy.product_type, Policy.frequency, Policy.double_recorded, Policy.holder_birth,
            Policy.payment_period, func.coalesce(Policy.seller_code, Policy.seller_name),
        )
        .join(Policy, Call.policy_id == Policy.id)
        .where(Call.id.in_(answered))
    )  # fmt: skip
    return [RevisitRow(*row) for row in session.execute(query)]


def _recorded(call_id: Any) -> ColumnElement[bool]:
    return exists().where(Recording.call_id == call_id, Recording.path.is_not(None))


def is_recorded(session: Session, call_id: int) -> bool:
    """Whether there is anything to listen to."""
    query = select(Recording.id).where(Recording.call_id == call_id, Recording.path.is_not(None))
    return session.scalar(query.limit(1)) is not None


def with_cases(session: Session, first: date, last: date) -> set[int]:
    """The calls of these days on which a problem case rests."""
    query = select(Case.call_id).join(Call, Case.call_id == Call.id)
    return {one for one in session.scalars(query.where(*between(Call.ordered_at, first, last)))
            if one is not None}  # fmt: skip


def waiting_answers(session: Session, first: date, last: date) -> list[tuple[int, str]]:
    """(call, reason) of every answer of these days that waits for a reviewer."""
    query = (
        select(QualityItem.call_id, QualityItem.reason)
        .join(Call, QualityItem.call_id == Call.id)
        .where(~reviewed(), *between(Call.ordered_at, first, last))
    )
    return [(call, reason) for call, reason in session.execute(query)]


def by_agents(session: Session, first: date, last: date) -> set[int]:
    """The calls of these days that a person made."""
    query = select(Interview.call_id).join(Call, Interview.call_id == Call.id)
    return {one for one in session.scalars(query.where(*between(Call.ordered_at, first, last)))
            if one is not None}  # fmt: skip


def drawn_before(session: Session, first: date, last: date) -> set[int]:
    """The calls of these days that are on the work list of a sample."""
    query = (
        select(QualityTask.call_id)
        .join(QualityPlan, QualityTask.plan_id == QualityPlan.id)
        .join(Call, QualityTask.call_id == Call.id)
        .where(QualityPlan.kind == SAMPLE, *between(Call.ordered_at, first, last))
    )
    return set(session.scalars(query))


def add_plan(session: Session, plan: QualityPlan) -> bool:
    """Keep a plan; False where the same was drawn at the same moment."""
    try:
        with session.begin_nested():
            session.add(plan)
            session.flush()  # the database refuses the same sample twice
    except IntegrityError:
        return False
    return True


def same_plan(
    session: Session, first: date, last: date, seed: int, kind: str = SAMPLE
) -> QualityPlan | None:
    """The sample, or the calibration round, of these days with this seed."""
    query = select(QualityPlan).where(
        QualityPlan.kind == kind,
        QualityPlan.first == first,
        QualityPlan.last == last,
        QualityPlan.seed == seed,
    )
    return session.scalar(query)


def counted(session: Session, plan_id: int) -> tuple[int, int]:
    """How many calls a plan has drawn, and how many of them a second reviewer hears."""
    query = select(
        func.count(QualityTask.call_id.distinct()),
        func.count().filter(QualityTask.part == SECOND),
    ).where(QualityTask.plan_id == plan_id)
    calls, twice = session.execute(query).one()
    return calls, twice


def agent_of(session: Session, call_id: int) -> str | None:
    """Who interviewed the customer; None for the robot."""
    return session.scalar(select(Interview.agent).where(Interview.call_id == call_id))


def task_by_id(session: Session, task_id: int, *, lock: bool = False) -> QualityTask | None:
    """The task with this number, its plan and its call."""
    whole = [joinedload(QualityTask.plan), joinedload(QualityTask.call)]
    query = select(QualityTask).where(QualityTask.id == task_id).options(*whole)
    return session.scalar(query.with_for_update(of=QualityTask) if lock else query)


def tasks_of(session: Session, call_id: int) -> Sequence[QualityTask]:
    """Every task about a call, of whatever plan, each with its plan."""
    query = select(QualityTask).where(QualityTask.call_id == call_id)
    whole = query.options(joinedload(QualityTask.plan))
    return session.scalars(whole.order_by(QualityTask.id)).all()


def parts_of(session: Session, task: QualityTask) -> Sequence[QualityTask]:
    """Every task of the same call in the same plan, in the order of seats."""
    query = select(QualityTask).where(
        QualityTask.plan_id == task.plan_id, QualityTask.call_id == task.call_id
    )
    return session.scalars(query.order_by(QualityTask.seat)).all()


def lock_parts(session: Session, task: QualityTask) -> Sequence[QualityTask]:
    """The same, locked in that order, so that two who end at the same moment see each other."""
    query = (
        select(QualityTask)
        .where(QualityTask.plan_id == task.plan_id, QualityTask.call_id == task.call_id)
        .order_by(QualityTask.seat)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def give(session: Session, task: QualityTask, reviewer: str, at: datetime) -> bool:
    """Let somebody hear a task; False where they hear another part of the call."""
    try:
        with session.begin_nested():
            task.reviewer, task.claimed_at = reviewer, at
            session.flush()  # the database refuses a second part of the same call
    except IntegrityError:
        return False
    return True


def open_of(session: Session, reviewer: str) -> QualityTask | None:
    """The task that somebody has begun first and not ended."""
    query = (
        select(QualityTask)
        .where(QualityTask.reviewer == reviewer, QualityTask.done_at.is_(None))
        .order_by(QualityTask.plan_id, QualityTask.place, QualityTask.id)
    )
    return session.scalars(query.limit(1)).first()


def next_free(
    session: Session, reviewer: str, branch: str | None, *, adjudicates: bool
) -> QualityTask | None:
    """The first task that this person may take."""
    query = (
        select(QualityTask)
        .where(may_take(reviewer, adjudicates=adjudicates))
        .order_by(QualityTask.plan_id, QualityTask.place, QualityTask.id)
        .limit(1)
        .with_for_update(of=QualityTask, skip_locked=True)
    )
    if branch is not None:
        query = query.join(Call, QualityTask.call_id == Call.id).join(
            Policy, and_(Call.policy_id == Policy.id, Policy.branch == branch)
        )
    return session.scalars(query).first()


def may_take(reviewer: str, *, adjudicates: bool) -> ColumnElement[bool]:
    """The tasks that nobody has and this person may take. A second part stays out of sight until
    somebody has the first: nobody can tell beforehand which calls are heard twice."""
    other, made = aliased(QualityTask), aliased(Interview)
    # looked up once, and not for every task
    mine = select(other.plan_id, other.call_id).where(other.reviewer == reviewer)
    own_calls = select(made.call_id).where(made.agent == reviewer, made.call_id.is_not(None))
    same = and_(other.plan_id == QualityTask.plan_id, other.call_id == QualityTask.call_id)
    first_taken = exists().where(same, other.part == FIRST, other.reviewer.is_not(None))
    parts = [QualityTask.part == FIRST, and_(QualityTask.part == SECOND, first_taken)]
    if adjudicates:
        parts.append(QualityTask.part == THIRD)
    return and_(
        QualityTask.done_at.is_(None),
        QualityTask.reviewer.is_(None),
        or_(*parts),
        tuple_(QualityTask.plan_id, QualityTask.call_id).not_in(mine),
        QualityTask.call_id.not_in(own_calls),
    )


def sheet_of(session: Session, task_id: int) -> ScoreSheet | None:
    """The sheet of a task that stands."""
    query = select(ScoreSheet).where(
        ScoreSheet.task_id == task_id, ScoreSheet.withdrawn_at.is_(None)
    )
    return session.scalar(query)


def sheets_of(session: Session, task_id: int) -> Sequence[ScoreSheet]:
    """Every sheet of a task, the oldest first."""
    query = select(ScoreSheet).where(ScoreSheet.task_id == task_id)
    return session.scalars(query.order_by(ScoreSheet.number)).all()


def comments_of(session: Session, task_ids: Sequence[int]) -> Sequence[ReviewComment]:
    """The comments on these tasks, by the second they are about."""
    query = select(ReviewComment).where(ReviewComment.task_id.in_(task_ids))
    return session.scalars(query.order_by(ReviewComment.at_s, ReviewComment.id)).all()


def settled(session: Session, task: QualityTask) -> datetime | None:
    """Since when a task holds the result of its call: every part is ended, and no third one has
    decided otherwise. None while it does not."""
    parts = parts_of(session, task)
    ends = [one.done_at for one in parts if one.done_at is not None]
    decides = THIRD if any(one.part == THIRD for one in parts) else FIRST
    return max(ends) if task.part == decides and len(ends) == len(parts) else None


def appeal_by_id(session: Session, appeal_id: int, *, lock: bool = False) -> Appeal | None:
    """The appeal with this number."""
    whole = joinedload(Appeal.task).joinedload(QualityTask.plan)
    query = select(Appeal).where(Appeal.id == appeal_id).options(whole, joinedload(Appeal.sheet))
    return session.scalar(query.with_for_update(of=Appeal) if lock else query)


def appeals_of(session: Session, task_id: int) -> Sequence[Appeal]:
    """The appeals against a task's result, the oldest first."""
    query = select(Appeal).where(Appeal.task_id == task_id).options(joinedload(Appeal.sheet))
    return session.scalars(query.order_by(Appeal.id)).all()


@dataclass(frozen=True, slots=True)
class Told:
    """What one reviewer said of a call that others heard too."""

    plan_id: int
    call_id: int
    seat: int
    reviewer: str
    marks: dict[str, Any]
    labels: dict[str, Any]


def heard_by_several(
    session: Session, first: date | None, last: date | None, plan_id: int | None
) -> list[Told]:
    """What reviewers said of calls that at least two were to hear, in their own sheets: not as a
    supervisor changed them, and not the third's, who saw what the others had said."""
    other = aliased(QualityTask)
    shared = exists().where(
        other.plan_id == QualityTask.plan_id,
        other.call_id == QualityTask.call_id,
        other.id != QualityTask.id,
        other.done_at.is_not(None),
        other.part != THIRD,
    )
    query: Query = (
        select(
            QualityTask.plan_id, QualityTask.call_id, QualityTask.seat, ScoreSheet.made_by,
            ScoreSheet.marks, ScoreSheet.labels,
        )
        .join(ScoreSheet, and_(ScoreSheet.task_id == QualityTask.id, ScoreSheet.number == 1))
        .where(
            QualityTask.done_at.is_not(None),
            QualityTask.part != THIRD,
            shared,
            *between(ScoreSheet.made_at, first, last),
        )
        .order_by(QualityTask.plan_id, QualityTask.call_id, QualityTask.seat)
    )  # fmt: skip
    if plan_id is not None:
        query = query.where(QualityTask.plan_id == plan_id)
    return [Told(*row) for row in session.execute(query)]


def questions_of(session: Session, call_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """(call, turn) -> its question."""
    found: dict[tuple[int, int], str] = {}
    for start in range(0, len(call_ids), 500):  # databases limit a statement
        part = call_ids[start : start + 500]
        query = select(Turn.call_id, Turn.number, Turn.question_id).where(Turn.call_id.in_(part))
        found |= {(call, number): name for call, number, name in session.execute(query)}
    return found
