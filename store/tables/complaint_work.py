"""What the work on a complaint brings forth: transfers, talks, evidence, papers, proposals and
their approvals, notices, stops of the clock, reviews, follow-up revisits, and who answers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call
from store.tables.complaints import Complaint
from store.tables.policies import Policy


class ComplaintTransfer(Base):
    """A complaint passed to a unit (转办), with what is demanded and by when."""

    __tablename__ = "complaint_transfer"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str]
    handler: Mapped[str] = mapped_column(String(60))
    demands: Mapped[str] = mapped_column(comment="处理要求")
    due_at: Mapped[datetime] = mapped_column(comment="时间节点")


class ComplaintTalk(Base):
    """《客户沟通记录表》: a talk with the complainant, with every field of the form (000, 001)."""

    __tablename__ = "complaint_talk"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    at: Mapped[datetime] = mapped_column(comment="when they talked")
    visitor: Mapped[str] = mapped_column(comment="来访人姓名")
    relation: Mapped[str] = mapped_column(comment="与投保人关系")
    holder: Mapped[str] = mapped_column(comment="投保人")
    product: Mapped[str] = mapped_column(comment="险种")
    premium: Mapped[str] = mapped_column(comment="缴费")
    sum_insured: Mapped[str] = mapped_column(comment="保额")
    policy_number: Mapped[str] = mapped_column(comment="保单号")
    course: Mapped[str] = mapped_column(comment="事件经过")
    demand: Mapped[str] = mapped_column(comment="诉求")
    signed_in_person: Mapped[bool | None] = mapped_column(comment="投保时是否本人签名")
    was_called: Mapped[bool | None] = mapped_column(comment="是否收到过回访电话")
    seller: Mapped[str] = mapped_column(comment="宣导业务员姓名或体貌特征")
    seller_said: Mapped[str] = mapped_column(comment="业务员当时怎么说")
    seller_present: Mapped[bool | None] = mapped_column(comment="有无保险公司业务员在场")
    witnesses: Mapped[str] = mapped_column(comment="有无其他证人")
    written: Mapped[str] = mapped_column(comment="有无收到书面宣传资料")
    difference: Mapped[str] = mapped_column(comment="客户理解与条款差异")
    expected_on: Mapped[date | None] = mapped_column(comment="预计回复时间")
    contact: Mapped[str] = mapped_column(comment="联系方式")
    signed: Mapped[bool] = mapped_column(comment="客户签字")
    recorder: Mapped[str] = mapped_column(String(60), comment="记录人")
    unit: Mapped[str] = mapped_column(comment="受理部门")


class ComplaintEvidence(Base):
    """Something that a complaint rests on: words in a call, with the piece of its recording."""

    __tablename__ = "complaint_evidence"
    __table_args__ = (UniqueConstraint("complaint_id", "call_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    question_id: Mapped[str] = mapped_column(String(60))
    recording_id: Mapped[int | None] = mapped_column(ForeignKey("recording.id"))
    from_s: Mapped[float | None]
    to_s: Mapped[float | None]
    words: Mapped[str] = mapped_column(comment="the customer's own")
    added_at: Mapped[datetime]

    call: Mapped[Call] = relationship()


class ComplaintFile(Base):
    """A paper of a complaint: the file lies in the storage, named by its content."""

    __tablename__ = "complaint_file"
    __table_args__ = (UniqueConstraint("complaint_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    event_number: Mapped[int] = mapped_column(comment="of the event that brought it")
    paper: Mapped[str] = mapped_column(String(16), comment="cases.complaint_papers.Paper")
    name: Mapped[str] = mapped_column(String(120), comment="as it was sent")
    media_type: Mapped[str] = mapped_column(String(40))
    bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(String(80), comment="in the storage")
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(60))


class ComplaintProposal(Base):
    """A proposal with its options, and the decision letter that it becomes (Art. 19)."""

    __tablename__ = "complaint_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    facts: Mapped[str] = mapped_column(comment="what was found")
    basis: Mapped[str] = mapped_column(comment="clauses and law")
    reasons: Mapped[str]
    options: Mapped[list[str]] = mapped_column(comment="what the customer may choose from")
    chosen: Mapped[str] = mapped_column(comment="what is done")
    customer: Mapped[str] = mapped_column(comment="what the customer says to it")
    result: Mapped[str] = mapped_column(String(12), comment="upheld, partly, rejected or settled")
    paid: Mapped[Decimal | None] = mapped_column(Numeric(18, 2), comment="yuan")


class ComplaintApproval(Base):
    """Something that a superior has to approve. At most one of a kind waits for each complaint."""

    __tablename__ = "complaint_approval"
    __table_args__ = (
        Index(
            "uq_complaint_approval_one_waiting",
            "complaint_id",
            "kind",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), comment="proposal or extension")
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("complaint_proposal.id"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(String(60))
    why: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(60), comment="never who asked")
    granted: Mapped[bool | None]
    because: Mapped[str | None]


class ComplaintNotice(Base):
    """Something that was told to the complainant, in which form, and what proves it (Art. 21)."""

    __tablename__ = "complaint_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    kind: Mapped[str] = mapped_column(
        String(16), comment="acknowledgement, materials, extension, stop, refusal, decision, review"
    )
    form: Mapped[str] = mapped_column(String(8), comment="hand, mail, sms, email or phone")
    sent_at: Mapped[datetime]
    sent_by: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(comment="what was told")
    proof: Mapped[str] = mapped_column(comment="the number of the letter, the signature, the call")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("complaint_file.id"))


class ComplaintStop(Base):
    """A time that the law does not count: appraisal (Art. 18), mediation (Art. 23). At most one of
    a kind is open for each complaint."""

    __tablename__ = "complaint_stop"
    __table_args__ = (
        Index(
            "uq_complaint_stop_one_open",
            "complaint_id",
            "kind",
            unique=True,
            sqlite_where=text("until_at IS NULL"),
            postgresql_where=text("until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), comment="appraisal or mediation")
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by: Mapped[str] = mapped_column(String(60))
    why: Mapped[str]
    notice_id: Mapped[int] = mapped_column(
        ForeignKey("complaint_notice.id"), comment="it stops only what the complainant was told"
    )


class ComplaintReview(Base):
    """A review (核查) that the complainant asked the superior for (Art. 20). One waits at most."""

    __tablename__ = "complaint_review"
    __table_args__ = (
        Index(
            "uq_complaint_review_one_waiting",
            "complaint_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(comment="in writing, as received")
    taken_by: Mapped[str] = mapped_column(String(60))
    words: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(index=True, comment="thirty days")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(60), comment="never who handled it")
    changed: Mapped[bool | None] = mapped_column(comment="whether the decision was changed")
    answer: Mapped[str | None]


class ComplaintRevisit(Base):
    """The follow-up revisit (投诉回访) that is to be rung, or was. At most one of a policy is
    booked."""

    __tablename__ = "complaint_revisit"
    __table_args__ = (
        Index(
            "uq_complaint_revisit_one_booked",
            "policy_id",
            unique=True,
            sqlite_where=text("state = 'booked'"),
            postgresql_where=text("state = 'booked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), comment="booked, satisfied, not, failed")
    booked_at: Mapped[datetime]
    booked_by: Mapped[str] = mapped_column(String(60))
    not_before: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(comment="the last moment at which it is rung")
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    outcome: Mapped[str | None] = mapped_column(String(20))
    ended_at: Mapped[datetime | None]

    complaint: Mapped[Complaint] = relationship()
    policy: Mapped[Policy] = relationship()


class Accountability(Base):
    """Who answers for what went wrong with a complaint (责任追究), the measure, and the appeal."""

    __tablename__ = "complaint_accountability"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    who: Mapped[str] = mapped_column(String(60), index=True)
    part: Mapped[str] = mapped_column(
        String(16), comment="intake, investigation, handling, approval, head or seller"
    )
    measure: Mapped[str] = mapped_column(
        String(16), comment="talk, warning, fine, demotion or dismissal"
    )
    because: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(60))
    notified_at: Mapped[datetime | None]
    appeal_until: Mapped[datetime | None] = mapped_column(comment="from the notification on")
    appealed_at: Mapped[datetime | None]
    appeal: Mapped[str | None] = mapped_column(comment="in the words of whoever appeals")
    appeal_decided_at: Mapped[datetime | None]
    appeal_decided_by: Mapped[str | None] = mapped_column(String(60), comment="never who decided")
    appeal_granted: Mapped[bool | None]
    appeal_because: Mapped[str | None]
    version: Mapped[int] = mapped_column(comment="counts up with every change: stale forms fail")

    complaint: Mapped[Complaint] = relationship()
