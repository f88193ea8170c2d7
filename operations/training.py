"""Quizzes on the counter guidance (应对测验): begin one, and hand it in. What was handed in stays
as it is; a quiz teaches, and it decides nothing about anybody."""

import secrets
from collections.abc import Sequence

from operations.line import Line
from operations.rights import Who
from scripts.guide import quiz
from store import training as store
from store.tables import QuizAnswer, QuizAttempt


class TrainingTrouble(Exception):  # noqa: N818 - trouble of the form, not an error of ours
    """The quiz cannot be handed in like this. The message says what to do instead."""


def begin(line: Line, who: Who, seed: int | None = None) -> int:
    """Draw a paper for somebody, by this seed or by chance. Who has one open goes on with it.
    Returns the number of the quiz."""
    with line.database.transaction() as session:
        going_on = store.open_of(session, who.name)
        if going_on is not None:
            return going_on.id
        drawn = secrets.randbelow(quiz.LARGEST_SEED) if seed is None else seed
        row = QuizAttempt(
            who=who.name,
            branch=who.branch,
            guide=f"{line.guide.id}:{line.guide.version}",
            seed=drawn,
            paper=quiz.kept(quiz.draw(line.guide, drawn)),
            pass_mark=line.guide.pass_mark,
            begun_at=line.clock(),
        )
        session.add(row)
        session.flush()
        return row.id


def hand_in(line: Line, who: Who, number: int, chosen: Sequence[int | None]) -> None:
    """Hand in one's own quiz: the option chosen for each question, from 0. The second time it
    changes nothing. Raises TrainingTrouble when an answer is missing or the quiz is another's."""
    with line.database.transaction() as session:
        row = store.by_id(session, number, lock=True)
        if row is None or row.who != who.name:
            raise TrainingTrouble(f"there is no quiz {number} of yours; begin one")
        if row.ended_at is not None:
            return
        paper = quiz.of_kept(row.paper)
        places = _all_of(paper, chosen)
        row.ended_at, row.score = line.clock(), quiz.score(paper, places)
        session.add_all(
            QuizAnswer(
                attempt_id=row.id, number=place, about=asked.about, chosen=option,
                right=option == asked.right,
            )
            for place, (asked, option) in enumerate(zip(paper, places, strict=True))
        )  # fmt: skip


def _all_of(paper: Sequence[quiz.Asked], chosen: Sequence[int | None]) -> list[int]:
    """An option for each question."""
    given = [*chosen, *[None] * len(paper)][: len(paper)]
    places = [
        one
        for one, asked in zip(given, paper, strict=True)
        if one is not None and 0 <= one < len(asked.options)
    ]
    missing = len(paper) - len(places)
    if missing:
        raise TrainingTrouble(f"{missing} questions are not answered yet; answer them all")
    return places
