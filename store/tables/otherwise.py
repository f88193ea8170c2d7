"""Revisits that head office does not make by phone: who must not be rung, special revisits
(特殊回访件), hand-over lists to branches (电话回访交接清单), statements about what is overdue."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.policies import Policy


class DoNotCall(Base):
    """A number or a person that must not be rung (禁拨). Lifted, never deleted."""

    __tablename__ = "do_not_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str | None] = mapped_column(String(20), index=True, comment="E.164")
    person: Mapped[str | None] = mapped_column(String(32), index=True, comment="as policy.person")
    since: Mapped[datetime]
    until: Mapped[datetime | None] = mapped_column(comment="none: for good")
    reason: Mapped[str]
    by: Mapped[str]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]
    lifted_because: Mapped[str | None]


class SpecialRevisit(Base):
    """An application that a policy be revisited otherwise (特殊回访件申请表; 002-k 三、四).
    Approved, it is never rung by head office. At most one of a policy is open or approved."""

    __tablename__ = "special_revisit"
    __table_args__ = (
        Index(
            "uq_special_revisit_one_standing",
            "policy_id",
            unique=True,
            sqlite_where=text("state IN ('applied', 'approved')"),
            postgresql_where=text("state IN ('applied', 'approved')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    ground: Mapped[str] = mapped_column(String(12), comment="group, family or agreed")
    reason: Mapped[str] = mapped_column(comment="why not by phone, in the applicant's words")
    way: Mapped[str] = mapped_column(String(12), comment="branch-call, letter or visit")
    agreed_for: Mapped[datetime] = mapped_column(comment="the time agreed with the customer")
    signed_by_customer: Mapped[bool]
    signed_by_agent: Mapped[bool]
    state: Mapped[str] = mapped_column(
        String(12), index=True, comment="applied, approved, refused, withdrawn, done"
    )
    applied_at: Mapped[datetime]
    applied_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(comment="never the applicant")
    decided_because: Mapped[str | None]

    policy: Mapped[Policy] = relationship()


class HandoverList(Base):
    """One list (电话回访交接清单) as it was given to a branch."""

    __tablename__ = "handover_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    branch: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    due_on: Mapped[date] = mapped_column(comment="five working days after the branch got it")


class Handover(Base):
    """One policy that a branch revisits instead of head office. At most one of a policy is open."""

    __tablename__ = "handover"
    __table_args__ = (
        Index(
            "uq_handover_one_open",
            "policy_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_handover_state", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    way: Mapped[str] = mapped_column(String(12), comment="branch-call, letter or visit")
    because: Mapped[str] = mapped_column(
        String(40), comment="how the calling ended, 'forecast' or 'special-revisit'"
    )
    branch: Mapped[str] = mapped_column(comment="as the policy names it; empty where it names none")
    state: Mapped[str] = mapped_column(
        String(12), comment="proposed, waiting (for a list), issued, done, failed, withdrawn"
    )
    opened_at: Mapped[datetime]
    list_id: Mapped[int | None] = mapped_column(ForeignKey("handover_list.id"), index=True)
    due_on: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(comment="in the branch's words")
    revisited_on: Mapped[date | None] = mapped_column(comment="the day, as the branch says")
    signed: Mapped[bool | None] = mapped_column(comment="by the holder in person (是否本人签名)")
    delay_reason: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    policy: Mapped[Policy] = relationship()
    listed: Mapped[HandoverList | None] = relationship()


class OverdueStatement(Base):
    """《新契约回访逾期情况书面说明》 (002-e): why a handover or a case is late. It excuses only
    when it was filed before the time limit."""

    __tablename__ = "overdue_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    handover_id: Mapped[int | None] = mapped_column(ForeignKey("handover.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    filed_at: Mapped[datetime]
    filed_by: Mapped[str]
    reason: Mapped[str]
    in_time: Mapped[bool] = mapped_column(comment="filed before the limit had passed")
    new_date: Mapped[date | None] = mapped_column(comment="by when it will be done")

    policy: Mapped[Policy] = relationship()
