"""The agent's desk: interviews by people, what became of answers that were changed, and what a
customer asked for besides. An interview is an ordinary call with ordinary turns."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call
from store.tables.policies import Policy


class Interview(Base):
    """A policy that an agent (访员) has taken, and the call made of it. One open at a time for
    each agent, and the database itself holds that."""

    __tablename__ = "interview"
    __table_args__ = (
        Index(
            "uq_interview_one_open_per_agent",
            "agent",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    call_id: Mapped[int | None] = mapped_column(
        ForeignKey("call.id"), unique=True, comment="none: put back before anybody was rung"
    )
    continues_id: Mapped[int | None] = mapped_column(
        ForeignKey("call.id"), index=True, comment="the robot's call that was handed to the agent"
    )
    agent: Mapped[str] = mapped_column(String(60), index=True, comment="who has it now")
    before: Mapped[str | None] = mapped_column(String(60), comment="who had it before, if anybody")
    way: Mapped[str | None] = mapped_column(
        String(12), comment="other-phone, carrier or transfer; none: not begun"
    )
    version: Mapped[int] = mapped_column(comment="counts up with every change: stale forms fail")
    taken_at: Mapped[datetime]
    started_at: Mapped[datetime | None] = mapped_column(comment="when the number was dialled")
    touched_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    carrier_said: Mapped[str | None] = mapped_column(
        String(20), comment="how the carrier says the customer's telephone was reached"
    )
    note: Mapped[str]

    policy: Mapped[Policy] = relationship()
    call: Mapped[Call | None] = relationship(foreign_keys=[call_id])


class FormerAnswer(Base):
    """An answer that was changed, or that the path no longer asks for. It is not counted."""

    __tablename__ = "former_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    number: Mapped[int] = mapped_column(comment="of the turn that it was")
    question_id: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    label: Mapped[str] = mapped_column(String(20))
    words: Mapped[str]
    request: Mapped[str | None] = mapped_column(String(20))
    value: Mapped[str | None]
    against: Mapped[str | None] = mapped_column(
        String(20), comment="what the words read as, beside a yes that was kept"
    )
    waiting: Mapped[bool] = mapped_column(comment="counts again when the path asks for it again")
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(60))


class KeptYes(Base):
    """A yes that an agent kept although the words beside it read as something else."""

    __tablename__ = "kept_yes"
    __table_args__ = (UniqueConstraint("call_id", "turn_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    turn_number: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(20), comment="what the words read as")
    words: Mapped[str]
    kept_at: Mapped[datetime]
    kept_by: Mapped[str] = mapped_column(String(60))


class CustomerRequest(Base):
    """Something a customer asked for besides (特殊诉求): followed up until somebody is done."""

    __tablename__ = "customer_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    kind: Mapped[str] = mapped_column(
        String(12), comment="address, phone, complaint, surrender or other"
    )
    words: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(index=True)
    opened_by: Mapped[str] = mapped_column(String(60))
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(String(60))
    done_how: Mapped[str | None]

    policy: Mapped[Policy] = relationship()
