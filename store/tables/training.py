"""Training (培训): quizzes on the counter guidance, each with its paper as it was drawn, and how
every question was answered. They are about colleagues, not about customers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base


class QuizAttempt(Base):
    """One quiz of one person. Who has one open goes on with it; one that has ended stays as it
    is."""

    __tablename__ = "quiz_attempt"
    __table_args__ = (
        Index(
            "uq_quiz_attempt_one_open",
            "who",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_quiz_attempt_who_ended_at", "who", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(60))
    branch: Mapped[str | None] = mapped_column(index=True, comment="of whoever takes it, then")
    guide: Mapped[str] = mapped_column(String(80), comment="id:version that it was drawn from")
    seed: Mapped[int] = mapped_column(comment="the same guide and seed make the same paper")
    paper: Mapped[list[dict[str, Any]]] = mapped_column(comment="as it was drawn, whole")
    pass_mark: Mapped[int] = mapped_column(comment="percent, as it was then")
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    score: Mapped[int | None] = mapped_column(comment="percent of the questions answered right")

    answers: Mapped[list["QuizAnswer"]] = relationship(
        order_by="QuizAnswer.number", back_populates="attempt"
    )

    @property
    def passed(self) -> bool | None:
        """Whether it was passed; None while it is open."""
        return None if self.score is None else self.score >= self.pass_mark


class QuizAnswer(Base):
    """The answer to one question of a quiz that has ended."""

    __tablename__ = "quiz_answer"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("quiz_attempt.id"))
    number: Mapped[int] = mapped_column(comment="counts within the paper, from 0")
    about: Mapped[str] = mapped_column(String(60), index=True, comment="the piece of the guide")
    chosen: Mapped[int] = mapped_column(comment="the option, from 0")
    right: Mapped[bool]

    attempt: Mapped[QuizAttempt] = relationship(back_populates="answers")
