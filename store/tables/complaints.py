"""The register of complaints (投诉台账): one row for each complaint, its ledger, and which
complaints belong together. What the work brings forth stands in ``complaint_work``."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call
from store.tables.cases import Case
from store.tables.policies import Policy


class Complaint(Base):
    """A complaint (投诉) and where it stands. It belongs to a branch of its own, for many a
    complaint names no policy; none: head office."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_state_next_due_at", "state", "next_due_at"),
        Index("ix_complaint_branch_received_at", "branch", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(
        String(120), unique=True, comment="call:ID, case:ID, form:NONCE, ...; taken in once"
    )
    channel: Mapped[str] = mapped_column(String(12), index=True, comment="cases.complaint Channel")
    reference: Mapped[str | None] = mapped_column(
        String(80), comment="the sender's own number: the regulator's, a partner's"
    )
    received_at: Mapped[datetime] = mapped_column(index=True)
    taken_at: Mapped[datetime] = mapped_column(comment="when it was written down here")
    taken_by: Mapped[str] = mapped_column(String(60))
    branch: Mapped[str | None]

    matter: Mapped[str] = mapped_column(comment="投诉事项, in the complainant's words")
    demand: Mapped[str] = mapped_column(comment="诉求, in the complainant's words")
    kind: Mapped[str | None] = mapped_column(
        String(30), index=True, comment="of the vocabulary; none: not triaged"
    )
    complexity: Mapped[str] = mapped_column(String(12), comment="simple or complex (Art. 18)")
    major: Mapped[bool] = mapped_column(comment="重大投诉 (Art. 29), or called so")
    people: Mapped[int] = mapped_column(comment="how many complain together")
    signals: Mapped[list[str]] = mapped_column(comment="risk signals; they stop nothing")
    product: Mapped[str | None] = mapped_column(index=True)
    seller_name: Mapped[str | None] = mapped_column(index=True)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2), comment="in dispute, yuan")
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"), index=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)

    complainant_name: Mapped[str]
    complainant_phone: Mapped[str | None] = mapped_column(String(20), index=True, comment="E.164")
    relation: Mapped[str] = mapped_column(
        String(12), comment="to the policy: holder, insured, beneficiary, heir or other"
    )
    person: Mapped[str | None] = mapped_column(
        String(32), index=True, comment="the holder across policies, as policy.person"
    )
    proxy_name: Mapped[str | None] = mapped_column(comment="who complains for the complainant")
    proxy_phone: Mapped[str | None] = mapped_column(String(20), comment="E.164")
    identified_at: Mapped[datetime | None]
    identified_by: Mapped[str | None] = mapped_column(String(60))
    identified_how: Mapped[str | None] = mapped_column(comment="against what (Art. 22)")

    state: Mapped[str] = mapped_column(String(14), comment="cases.complaint_states.State")
    handler: Mapped[str | None] = mapped_column(String(60), index=True)
    unit: Mapped[str | None] = mapped_column(comment="责任部门, whom it was passed to")
    version: Mapped[int] = mapped_column(comment="counts up with every change: stale forms fail")
    round: Mapped[int] = mapped_column(comment="1; one more each time it goes round again")
    round_since: Mapped[int] = mapped_column(comment="the first event of this round")

    acknowledged_at: Mapped[datetime | None]
    expected_on: Mapped[date | None] = mapped_column(comment="by when, as the customer was told")
    contacted_at: Mapped[datetime | None] = mapped_column(comment="first contact (首次联系)")
    clock_from: Mapped[datetime] = mapped_column(
        comment="the law counts from then: received, or new facts (Art. 18)"
    )
    extended: Mapped[bool] = mapped_column(comment="thirty days more: approved and told (Art. 18)")
    answered_at: Mapped[datetime | None] = mapped_column(comment="the decision was told (Art. 21)")
    promise_due_at: Mapped[datetime | None] = mapped_column(comment="none: kept, or not running")
    law_due_at: Mapped[datetime | None] = mapped_column(comment="none: answered, or stopped")
    misselling_due_at: Mapped[datetime | None] = mapped_column(comment="none: no misselling")
    next_due_at: Mapped[datetime | None] = mapped_column(
        index=True, comment="the earliest limit that runs; none: nothing runs"
    )
    alarm: Mapped[str | None] = mapped_column(
        String(12), index=True, comment="warning or overdue, as the last night told it"
    )

    root_cause: Mapped[str | None] = mapped_column(
        String(30), index=True, comment="of the vocabulary (Art. 9)"
    )
    cause_words: Mapped[str | None]
    correction: Mapped[str | None] = mapped_column(comment="溯源整改: what is put right")
    correction_due_on: Mapped[date | None]
    corrected_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(
        String(12), index=True, comment="upheld, partly, rejected, settled, withdrawn, refused"
    )
    paid: Mapped[Decimal | None] = mapped_column(Numeric(18, 2), comment="to the customer, yuan")
    satisfied: Mapped[bool | None] = mapped_column(comment="as the follow-up revisit heard it")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(index=True)

    policy: Mapped[Policy | None] = relationship()
    call: Mapped[Call | None] = relationship()
    case: Mapped[Case | None] = relationship()

    @property
    def number(self) -> str:
        """The number in the register (投诉编号), as it is told to the customer."""
        return f"TS{self.received_at.year}-{self.id:06d}"


class ComplaintEvent(Base):
    """One line of a complaint's ledger (跟踪台账): who did what, when and why. Only added to."""

    __tablename__ = "complaint_event"
    __table_args__ = (UniqueConstraint("complaint_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    number: Mapped[int] = mapped_column(comment="counts within the complaint, from 1")
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(
        String(20), comment="cases.complaint_states.Deed, or an alarm"
    )
    from_state: Mapped[str | None] = mapped_column(String(14))
    to_state: Mapped[str] = mapped_column(String(14))
    words: Mapped[str] = mapped_column(comment="why, in the words of whoever did it")
    detail: Mapped[dict[str, Any]]


class ComplaintLink(Base):
    """Two complaints that have something in common; the later one names the earlier."""

    __tablename__ = "complaint_link"
    __table_args__ = (UniqueConstraint("complaint_id", "earlier_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    earlier_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), comment="policy, holder, phone or seller")
    found_at: Mapped[datetime]

    earlier: Mapped[Complaint] = relationship(foreign_keys=[earlier_id])
