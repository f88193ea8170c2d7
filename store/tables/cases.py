"""Findings, the problem cases made of them, and the quality queue."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call
from store.tables.policies import Policy


class Finding(Base):
    """One answer, or one fact about the call, that is not a clear yes (发现). All are kept."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("call_id", "question_id", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    question_id: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), comment="denied, unsure, resolved, ...")
    label: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(comment="the customer's own words")
    source: Mapped[str] = mapped_column(String(12), comment="live, recording or review")
    turn_number: Mapped[int | None]
    recording_id: Mapped[int | None] = mapped_column(ForeignKey("recording.id"))
    from_s: Mapped[float | None]
    to_s: Mapped[float | None]

    call: Mapped[Call] = relationship()


class Case(Base):
    """A problem case (问题件): the rulebook's headline for a call or a screened policy."""

    __tablename__ = "case"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(
        String(80), unique=True, comment="call:ID or policy:ID:reason; one case each"
    )
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    class_name: Mapped[str] = mapped_column(String(20), comment="件别")
    family: Mapped[str | None] = mapped_column(index=True)
    kind: Mapped[str | None]
    headline: Mapped[str] = mapped_column(comment="one sentence")
    rulebook: Mapped[str]
    owner: Mapped[str | None]
    state: Mapped[str] = mapped_column(String(12), index=True)
    opened_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None] = mapped_column(
        comment="recordings are kept two years from then (recordings.retention)"
    )
    closed_because: Mapped[str | None] = mapped_column(
        String(20), comment="announcement: no person had spoken in the call"
    )

    policy: Mapped[Policy] = relationship()
    call: Mapped[Call | None] = relationship()


class QualityItem(Base):
    """Something a reviewer must decide: live and recorded hearing disagree, or cannot be heard."""

    __tablename__ = "quality_item"
    __table_args__ = (UniqueConstraint("call_id", "turn_number", "reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    question_id: Mapped[str] = mapped_column(String(60))
    turn_number: Mapped[int]
    reason: Mapped[str] = mapped_column(String(30))
    live_label: Mapped[str | None] = mapped_column(String(20))
    recorded_label: Mapped[str | None] = mapped_column(String(20))
    opened_at: Mapped[datetime]

    call: Mapped[Call] = relationship()
