"""Quality work on whole calls (质检): plans, the calls that reviewers hear, their score sheets and
comments, and appeals. Sheets and appeals are only added to: what was changed stays, withdrawn."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call


class QualityPlan(Base):
    """A sample drawn for a period, or a calibration round, with all that it takes to draw it
    again."""

    __tablename__ = "quality_plan"
    __table_args__ = (
        Index(
            "uq_quality_plan_drawn_once",
            "first",
            "last",
            "seed",
            unique=True,
            sqlite_where=text("kind = 'sample'"),
            postgresql_where=text("kind = 'sample'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), comment="sample or calibration")
    first: Mapped[date]
    last: Mapped[date]
    seed: Mapped[int]
    share: Mapped[float] = mapped_column(comment="of all revisits of the period")
    least: Mapped[int]
    by_risk: Mapped[int]
    every: Mapped[bool] = mapped_column(
        comment="beside those, every call with an answer that waits for a reviewer"
    )
    twice: Mapped[float] = mapped_column(comment="share heard by a second reviewer")
    population: Mapped[int]
    strata: Mapped[list[dict[str, Any]]] = mapped_column(
        comment="channel, product, size, taken, step and start of each"
    )
    scorecard: Mapped[dict[str, Any]] = mapped_column(comment="as it was then, whole")
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[str] = mapped_column(String(60))


class QualityTask(Base):
    """One call to be heard by one reviewer. Several parts of the same call are heard apart: first,
    second (blind), third (adjudication), or by everybody of a calibration round. Nobody hears two
    parts of one call, and the database itself holds that."""

    __tablename__ = "quality_task"
    __table_args__ = (
        UniqueConstraint("plan_id", "call_id", "part", "seat"),
        UniqueConstraint("plan_id", "call_id", "reviewer"),
        Index("ix_quality_task_next", "done_at", "reviewer", "plan_id", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("quality_plan.id"))
    part: Mapped[str] = mapped_column(String(12), comment="first, second, third, calibration")
    seat: Mapped[int] = mapped_column(comment="which of several in the same part, from 0")
    place: Mapped[int] = mapped_column(comment="where in the work list, from 0")
    by_chance: Mapped[bool] = mapped_column(comment="part of the random sample, not by risk")
    risks: Mapped[list[str]]
    channel: Mapped[str] = mapped_column(String(20), comment="group that it was drawn from")
    product: Mapped[str] = mapped_column(String(20), comment="group that it was drawn from")
    reviewer: Mapped[str | None] = mapped_column(String(60), index=True)
    claimed_at: Mapped[datetime | None]
    draft: Mapped[dict[str, Any] | None] = mapped_column(comment="what is marked so far")
    version: Mapped[int] = mapped_column(comment="counts up with every change: stale forms fail")
    done_at: Mapped[datetime | None] = mapped_column(index=True)

    plan: Mapped[QualityPlan] = relationship()
    call: Mapped[Call] = relationship()


class ScoreSheet(Base):
    """A reviewer's marks on a call, and the score made of them. One of each task stands; another
    one says why it took its place."""

    __tablename__ = "score_sheet"
    __table_args__ = (
        UniqueConstraint("task_id", "number"),
        Index(
            "uq_score_sheet_one_stands",
            "task_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("quality_task.id"))
    number: Mapped[int] = mapped_column(comment="from 1; a change makes the next")
    marks: Mapped[dict[str, Any]] = mapped_column(comment="criterion -> met, missed, ...")
    labels: Mapped[dict[str, Any]] = mapped_column(comment="turn -> label and words as heard")
    points: Mapped[float]
    passed: Mapped[bool]
    critical: Mapped[list[str]] = mapped_column(comment="critical criteria that were missed")
    remark: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    why: Mapped[str | None] = mapped_column(comment="why it took the place of the one before")
    withdrawn_at: Mapped[datetime | None]

    task: Mapped[QualityTask] = relationship()


class ReviewComment(Base):
    """What a reviewer says about one second of a call."""

    __tablename__ = "review_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("quality_task.id"), index=True)
    at_s: Mapped[float]
    words: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))


class Appeal(Base):
    """An agent's appeal (申诉) against the score of a call of theirs. One undecided at a time."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index(
            "uq_appeal_one_open",
            "task_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index("ix_appeal_decided_at", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("quality_task.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"), comment="as it stood then")
    agent: Mapped[str] = mapped_column(String(60), index=True)
    grounds: Mapped[str]
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(60))
    granted: Mapped[bool | None]
    because: Mapped[str | None]

    task: Mapped[QualityTask] = relationship()
    sheet: Mapped[ScoreSheet] = relationship()
