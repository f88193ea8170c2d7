"""Quizzes: one open for each person, handed in once and whole, and kept as they were drawn."""

from dataclasses import replace

import pytest

from operations import training
from operations.rights import Role, Who
from operations.training import TrainingTrouble
from scripts.guide.quiz import draw, of_kept
from store import training as store
from store.tables import QuizAnswer, QuizAttempt
from tests.operations.rig import Rig

AN = Who(1, "安访员", frozenset({Role.AGENT}))
QING = Who(2, "青经办", frozenset({Role.BRANCH}), "青岛分公司")


def right(rig: Rig, number: int, *, wrong: int = 0) -> list[int | None]:
    """The right options, but for so many at the end."""
    with rig.line.database.reading() as session:
        attempt = store.by_id(session, number)
        assert attempt is not None
        paper = of_kept(attempt.paper)
    places = [one.right for one in paper]
    kept = len(places) - wrong
    return [*places[:kept], *((one + 1) % 4 for one in places[kept:])]


def take(rig: Rig, who: Who, *, wrong: int = 0) -> int:
    number = training.begin(rig.line, who)
    training.hand_in(rig.line, who, number, right(rig, number, wrong=wrong))
    return number


def test_a_quiz_is_drawn_by_its_seed_and_begun_once(rig: Rig) -> None:
    number = training.begin(rig.line, AN, seed=7)
    assert training.begin(rig.line, AN, seed=8) == number  # the button was pressed twice
    row = rig.one(QuizAttempt)
    assert of_kept(row.paper) == draw(rig.line.guide, 7)
    assert (row.seed, row.guide, row.ended_at, row.passed) == (7, "standard:1", None, None)
    assert training.begin(rig.line, QING) != number


def test_a_quiz_is_handed_in_once(rig: Rig) -> None:
    number = training.begin(rig.line, AN, seed=7)
    training.hand_in(rig.line, AN, number, right(rig, number, wrong=3))
    training.hand_in(rig.line, AN, number, right(rig, number))  # again, with better answers
    row = rig.one(QuizAttempt)
    assert (row.score, row.passed, row.ended_at) == (70, False, rig.clock.now)
    assert [one.right for one in rig.all(QuizAnswer)] == [True] * 7 + [False] * 3
    assert take(rig, AN) != number


def test_a_gap_is_told_and_changes_nothing(rig: Rig) -> None:
    number = training.begin(rig.line, AN)
    for chosen in ([], [None] * 10, [0] * 8 + [None, 9]):
        with pytest.raises(TrainingTrouble, match="are not answered yet"):
            training.hand_in(rig.line, AN, number, chosen)
    assert rig.one(QuizAttempt).ended_at is None
    assert rig.all(QuizAnswer) == []


def test_nobody_hands_in_for_a_colleague(rig: Rig) -> None:
    number = training.begin(rig.line, AN)
    for who, which in ((QING, number), (AN, number + 1)):
        with pytest.raises(TrainingTrouble, match="no quiz"):
            training.hand_in(rig.line, who, which, right(rig, number))


def test_a_quiz_keeps_its_paper_when_the_guide_changes(rig: Rig) -> None:
    number = training.begin(rig.line, AN, seed=7)
    before = rig.one(QuizAttempt).paper
    changed = replace(rig.line.guide, version=2, questions=5, pass_mark=100)
    later = replace(rig.line, guide=changed)
    training.hand_in(later, AN, number, right(rig, number, wrong=2))
    row = rig.one(QuizAttempt)
    assert (row.paper, row.guide, row.passed) == (before, "standard:1", True)


def test_results_are_told_by_person_and_branch(rig: Rig) -> None:
    take(rig, AN, wrong=10)
    take(rig, AN)
    take(rig, QING, wrong=2)
    training.begin(rig.line, QING)  # one that is open counts for nothing
    with rig.line.database.reading() as session:
        everybody = store.people(session, None, 0, 50)
        branch = store.people(session, "青岛分公司", 0, 50)
        missed = store.missed(session, None, 50)
        assert [one.about for one in store.missed(session, "青岛分公司", 50)] != []
    found = {one.name: (one.taken, one.passed, one.best, one.average) for one in everybody.rows}
    assert found == {"安访员": (2, 1, 100, 50.0), "青经办": (1, 1, 80, 80.0)}
    assert everybody.total == 2
    assert [one.name for one in branch.rows] == ["青经办"]
    assert sum(one.wrong for one in missed) == 12
    assert [one.wrong for one in missed] == sorted((one.wrong for one in missed), reverse=True)
