"""Work on problem cases: who has one, everything that was done, the papers that prove it, and the
second revisits that were booked."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call
from store.tables.cases import Case


class CaseWork(Base):
    """Where the work on a case stands. A case that nobody has touched has no row."""

    __tablename__ = "case_work"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(12), index=True, comment="cases.workflow.Stage")
    assignee: Mapped[str | None] = mapped_column(String(60), index=True)
    version: Mapped[int] = mapped_column(comment="counts up with every change, against stale forms")
    since: Mapped[int] = mapped_column(
        comment="the first event that counts: a case that was opened again is proved anew"
    )
    alarm: Mapped[str | None] = mapped_column(
        String(12), index=True, comment="warning or overdue, as the last night told it"
    )

    case: Mapped[Case] = relationship()


class CaseNotice(Base):
    """A mail that told of a case near or past its limit: each step of a case once."""

    __tablename__ = "case_notice"
    __table_args__ = (UniqueConstraint("case_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    step: Mapped[str] = mapped_column(String(12), comment="warning or overdue")
    claimed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(
        comment="none: it broke off while it was sent, and nobody knows"
    )


class CaseEvent(Base):
    """One thing that was done to a case. Only added to."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int] = mapped_column(comment="counts within the case, from 1")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(
        String(20), comment="cases.workflow.Deed; passed, failed, warning, overdue"
    )
    words: Mapped[str] = mapped_column(comment="in the words of whoever did it")
    detail: Mapped[dict[str, Any]] = mapped_column(
        comment="to whom, when they talked, minutes, whether it was explained again, reached"
    )


class CaseFile(Base):
    """A paper: the file lies in the storage, named by its content."""

    __tablename__ = "case_file"
    __table_args__ = (UniqueConstraint("case_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    event_number: Mapped[int] = mapped_column(comment="of the event that brought it")
    paper: Mapped[str] = mapped_column(String(12), comment="cases.papers.Paper")
    name: Mapped[str] = mapped_column(String(120), comment="as it was sent")
    media_type: Mapped[str] = mapped_column(String(40))
    bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(String(80), comment="in the storage")
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(60))


class SecondRevisit(Base):
    """A second revisit (二次回访) that is to be rung, or was. At most one of a policy is booked."""

    __tablename__ = "second_revisit"
    __table_args__ = (
        Index(
            "uq_second_revisit_one_booked",
            "policy_id",
            unique=True,
            sqlite_where=text("state = 'booked'"),
            postgresql_where=text("state = 'booked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), comment="booked, passed, failed or withdrawn")
    booked_at: Mapped[datetime]
    booked_by: Mapped[str] = mapped_column(String(60))
    not_before: Mapped[datetime] = mapped_column(comment="as agreed with the customer")
    until: Mapped[datetime] = mapped_column(comment="the last moment at which it is rung")
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    outcome: Mapped[str | None] = mapped_column(String(20))
    ended_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    call: Mapped[Call | None] = relationship()
