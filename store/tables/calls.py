"""Attempts, calls, what was said in them, and every callback the carrier sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.policies import Policy


class Attempt(Base):
    """One try at reaching a holder (拨打). At most one per policy, per phone and per person is
    unfinished at any time, and the database itself holds that: nobody is rung twice at once."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("policy_id", "number"),
        Index(
            "uq_attempt_one_open_per_policy",
            "policy_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_attempt_one_open_per_phone",
            "phone",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_attempt_one_open_per_person",
            "person",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_attempt_state", "state", "planned_at"),
        Index("ix_attempt_phone", "phone", "planned_at"),
        Index("ix_attempt_person", "person", "planned_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    number: Mapped[int]
    phone: Mapped[str] = mapped_column(String(20), comment="E.164")
    person: Mapped[str | None] = mapped_column(String(32), comment="as policy.person")
    state: Mapped[str] = mapped_column(
        String(12), comment="placing (the order may be out), placed, ended"
    )
    planned_at: Mapped[datetime]
    deadline: Mapped[datetime]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(comment="why now")
    decision: Mapped[dict[str, Any] | None] = mapped_column(
        comment="rank, slots left, rulebook and calendar of the decision that led to the call"
    )
    leased_by: Mapped[str | None]
    lease: Mapped[int] = mapped_column(comment="counts up whenever the lease is taken or renewed")
    retry_at: Mapped[datetime | None] = mapped_column(
        comment="when an order that the carrier refused for the moment is sent again"
    )
    rang_at: Mapped[datetime | None] = mapped_column(comment="none: nobody's telephone rang")
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    cause: Mapped[str | None] = mapped_column(
        String(20), comment="the outcome, or a finer word for what follows (scripts.outcomes)"
    )
    callback_at: Mapped[datetime | None]

    policy: Mapped[Policy] = relationship()


class Call(Base):
    """The telephone call of an attempt, and the script that ran in it."""

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(
        String(40), unique=True, comment="ours; stands in every webhook address"
    )
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    phone: Mapped[str] = mapped_column(String(20))
    vendor_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    vendor_status: Mapped[str | None] = mapped_column(String(20))
    answered_by: Mapped[str | None] = mapped_column(String(30))

    script_hash: Mapped[str] = mapped_column(ForeignKey("script_version.hash"))
    facts: Mapped[dict[str, Any]] = mapped_column(comment="what the script was told, as told")
    asking: Mapped[str | None] = mapped_column(comment="question id that was put last")
    asked_at: Mapped[datetime | None] = mapped_column(comment="when it was put")

    ordered_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    duration_s: Mapped[int | None]
    ending: Mapped[str | None] = mapped_column(
        String(20), comment="outcome the conversation came to, before the carrier said completed"
    )
    outcome: Mapped[str | None] = mapped_column(String(20), index=True)
    callback_at: Mapped[datetime | None]
    class_name: Mapped[str | None] = mapped_column(
        String(20), index=True, comment="件别 as last judged; 标准件 opens no case"
    )
    judged_at: Mapped[datetime | None]

    attempt: Mapped[Attempt] = relationship()
    policy: Mapped[Policy] = relationship()
    turns: Mapped[list["Turn"]] = relationship(order_by="Turn.number", back_populates="call")


class Turn(Base):
    """One thing heard from the customer, as understood live."""

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    via: Mapped[str] = mapped_column(String(10))
    words: Mapped[str]
    label: Mapped[str] = mapped_column(String(20))
    also: Mapped[list[str]]
    request: Mapped[str | None] = mapped_column(String(20))
    value: Mapped[str | None]
    why: Mapped[list[dict[str, Any]]]
    lexicon: Mapped[str | None] = mapped_column(
        String(12), comment="fingerprint of the lexicon that read the words; none read keys"
    )

    call: Mapped[Call] = relationship(back_populates="turns")


class CallEvent(Base):
    """A callback as the carrier sent it, kept once however often it came."""

    __tablename__ = "call_event"
    __table_args__ = (UniqueConstraint("vendor_id", "kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    vendor_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(80), comment="what makes a repetition recognisable")
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
