"""What the scheduler keeps: where every open policy stands in the plan, whether calls go out at
all, which worker has which duty, how the timed jobs ran, and the nightly forecast."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.policies import Policy


class Agenda(Base):
    """One open policy in the plan: the last decision about it and when to decide again. Derived
    from the policy, its attempts and the rules; it may be thrown away and made anew."""

    __tablename__ = "agenda"
    __table_args__ = (
        Index("ix_agenda_turn", "state", "rank"),
        Index("ix_agenda_branch_turn", "branch", "state", "rank"),
        Index("ix_agenda_why", "state", "why"),
        Index("ix_agenda_due", "state", "deadline"),
    )

    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), primary_key=True)
    state: Mapped[str] = mapped_column(
        String(8), comment="ready: may be rung now; held; late: cannot be reached in time any more"
    )
    look_at: Mapped[datetime | None] = mapped_column(
        index=True, comment="when to decide again; none: only after something happens to the policy"
    )
    rank: Mapped[str] = mapped_column(
        String(48), comment="digits whose order is the order of dialling (scheduler.order)"
    )
    not_before: Mapped[datetime | None] = mapped_column(comment="when a held policy's turn comes")
    deadline: Mapped[datetime | None]
    slots_left: Mapped[int]
    phone: Mapped[str | None] = mapped_column(String(20), index=True, comment="rung next")
    person: Mapped[str | None] = mapped_column(String(32), index=True)
    branch: Mapped[str | None]
    why: Mapped[str] = mapped_column(String(30), comment="code of the first reason, to filter by")
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(comment="code, detail, until each")
    rules: Mapped[str] = mapped_column(
        String(16), comment="mark of the rulebook and calendar that decided"
    )
    decided_at: Mapped[datetime]

    policy: Mapped[Policy] = relationship()


class Dialling(Base):
    """Whether calls go out at all: one row. Pausing lets running calls end."""

    __tablename__ = "dialling"

    id: Mapped[int] = mapped_column(primary_key=True, comment="always 1")
    state: Mapped[str] = mapped_column(String(8), comment="running, paused or broken (the breaker)")
    since: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(comment="who paused or resumed; none: Huifang itself")
    why: Mapped[str]
    agents: Mapped[int | None] = mapped_column(
        comment="people on duty who can take over calls; none: not limited by them"
    )
    failures: Mapped[int] = mapped_column(comment="orders that failed in a row")
    rest_s: Mapped[int] = mapped_column(
        comment="how long a broken one waits between the calls it tries, in seconds"
    )
    resent_at: Mapped[datetime | None] = mapped_column(
        comment="when an order that the carrier had refused was last sent again"
    )


class DiallingEvent(Base):
    """Every change of Dialling: paused, resumed, broken, agents. Never changed."""

    __tablename__ = "dialling_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(String(12))
    by: Mapped[str | None]
    why: Mapped[str]


class Duty(Base):
    """A duty that one worker at a time has, such as running the timetable."""

    __tablename__ = "duty"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(comment="the worker that has it, or had it last")
    turn: Mapped[int] = mapped_column(comment="counts up with every renewal: how others see life")
    renewed_at: Mapped[datetime] = mapped_column(comment="for people; nobody decides by it")


class JobRun(Base):
    """How a timed job ran last, so that a new worker knows what it has missed. One row a job."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(comment="the moment of the timetable it ran for")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    worker: Mapped[str]
    runs: Mapped[int]
    failures: Mapped[int] = mapped_column(comment="in a row")
    said: Mapped[str | None] = mapped_column(comment="what it did, or how it failed")


class Forecast(Base):
    """One nightly forecast: what the lines can do before the deadlines."""

    __tablename__ = "forecast"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    open_policies: Mapped[int]
    expected: Mapped[float] = mapped_column(comment="policies that will probably be revisited")
    at_risk: Mapped[int]
    summary: Mapped[dict[str, Any]] = mapped_column(
        comment="assumptions, and per day calls wanted, calls possible, deadlines"
    )


class ForecastRisk(Base):
    """A policy that will probably not be revisited in time, and the other way proposed for it."""

    __tablename__ = "forecast_risk"

    id: Mapped[int] = mapped_column(primary_key=True)
    forecast_id: Mapped[int] = mapped_column(ForeignKey("forecast.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    deadline: Mapped[datetime]
    chance: Mapped[float] = mapped_column(comment="of being revisited in time, 0 to 1")
    why: Mapped[str] = mapped_column(String(30), comment="a stable code: what is short")
    way: Mapped[str | None] = mapped_column(
        String(12), comment="branch-call, letter or visit; none: none is in time any more"
    )
    start_by: Mapped[date | None] = mapped_column(comment="last day to begin the other way")

    policy: Mapped[Policy] = relationship()
