"""What reviewers (质检员) heard with their own ears, and which answers were drawn at random for
them. Rows are only added; a decision that is corrected stays, marked as withdrawn."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base
from store.tables.calls import Call


class Review(Base):
    """One reviewer's word on one answer. Several reviewers may hear the same answer, each without
    the others; one word of each stands at any time, and the database itself holds that."""

    __tablename__ = "review"
    __table_args__ = (
        Index(
            "uq_review_one_standing",
            "call_id",
            "turn_number",
            "reviewer",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    turn_number: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(60))
    reviewer: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(20), comment="what the customer really said")
    words: Mapped[str | None] = mapped_column(comment="as heard, where the reviewer wrote it down")
    note: Mapped[str]
    live_label: Mapped[str | None] = mapped_column(String(20), comment="as it stood then")
    recorded_label: Mapped[str | None] = mapped_column(String(20), comment="as it stood then")
    blind: Mapped[bool] = mapped_column(comment="neither label was shown before the decision")
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship()


class Draw(Base):
    """One answer drawn at random for review out of those on which an engine agreed with the call.
    The estimate of what nobody noticed rests on these and on no others."""

    __tablename__ = "review_draw"
    __table_args__ = (UniqueConstraint("call_id", "turn_number", "engine"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    turn_number: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(60))
    engine: Mapped[str]
    seed: Mapped[int]
    drawn_at: Mapped[datetime]


class ReviewRelease(Base):
    """Whether a reviewer's words and label may teach the lexicon: said once, by somebody else."""

    __tablename__ = "review_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), unique=True)
    released: Mapped[bool]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(60))
    note: Mapped[str]

    review: Mapped[Review] = relationship()
