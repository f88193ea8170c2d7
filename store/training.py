"""Quizzes and their results: those of one person, and what a supervisor sees of all of them. They
lead to no policy, so that the wall between branches does not stand before them: whoever reads for
a branch says so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Float, cast, func, select, true
from sqlalchemy.orm import Session

from store.console.paging import Part, part_of
from store.tables import QuizAnswer, QuizAttempt


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's quizzes that have ended: how many, the best and the average score in percent, and
    when the last one ended."""

    name: str
    branch: str | None
    taken: int
    passed: int
    best: int
    average: float
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """How often questions about a piece of the guide were asked and answered wrong."""

    about: str
    asked: int
    wrong: int


def by_id(session: Session, number: int, *, lock: bool = False) -> QuizAttempt | None:
    """One quiz; ``lock`` keeps others from changing it in the meantime."""
    return session.get(QuizAttempt, number, with_for_update=lock)


def open_of(session: Session, who: str) -> QuizAttempt | None:
    """The quiz that somebody has not ended."""
    query = select(QuizAttempt).where(QuizAttempt.who == who, QuizAttempt.ended_at.is_(None))
    return session.scalar(query)


def ended_of(session: Session, who: str, first: int, size: int | None) -> Part[QuizAttempt]:
    """Somebody's quizzes that have ended, newest first."""
    query = (
        select(QuizAttempt)
        .where(QuizAttempt.who == who, QuizAttempt.ended_at.is_not(None))
        .order_by(QuizAttempt.ended_at.desc(), QuizAttempt.id.desc())
    )
    return part_of(session, query, lambda row: row[0], first, size)


def people(session: Session, branch: str | None, first: int, size: int | None) -> Part[Person]:
    """Everybody who has ended a quiz, of one branch or of all, by name."""
    passed = func.count().filter(QuizAttempt.score >= QuizAttempt.pass_mark)
    query = (
        select(
            QuizAttempt.who,
            func.max(QuizAttempt.branch),
            func.count(),
            passed,
            func.max(QuizAttempt.score),
            func.avg(cast(QuizAttempt.score, Float)),
            func.max(QuizAttempt.ended_at),
        )
        .where(QuizAttempt.ended_at.is_not(None), _of(branch))
        .group_by(QuizAttempt.who)
        .order_by(QuizAttempt.who)
    )
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    window = query.offset(first).limit(size) if size is not None else query
    return Part([_person(*row) for row in session.execute(window)], first, total)


def missed(session: Session, branch: str | None, most: int) -> list[Missed]:
    """The pieces that were answered wrong most often, at most so many."""
    wrong = func.count().filter(QuizAnswer.right.is_(False))
    query = (
        select(QuizAnswer.about, func.count(), wrong)
        .join(QuizAttempt, QuizAnswer.attempt_id == QuizAttempt.id)
        .where(_of(branch))
        .group_by(QuizAnswer.about)
        .having(wrong > 0)
        .order_by(wrong.desc(), func.count(), QuizAnswer.about)
        .limit(most)
    )
    return [Missed(*row) for row in session.execute(query)]


def _of(branch: str | None) -> ColumnElement[bool]:
    return true() if branch is None else QuizAttempt.branch == branch


def _person(
    name: str,
    branch: str | None,
    taken: int,
    passed: int,
    best: int,
    average: float,
    last_at: datetime,
) -> Person:
    return Person(name, branch, taken, passed, best, average, last_at)
