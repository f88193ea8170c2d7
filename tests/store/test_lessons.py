"""Queries about what complaints teach and about quizzes, the same on SQLite and PostgreSQL, and
behind the wall of a branch."""

from datetime import timedelta

from cases.complaint_statistics import Group, Grouping
from store import complaint_clusters, complaint_figures, training
from store.database import Database
from store.tables import ComplaintCluster, QuizAnswer, QuizAttempt
from tests.operations.complained import complaint
from tests.store.conftest import NOW

DAY = timedelta(days=1)


def quiz(who: str, score: int, branch: str | None = None) -> QuizAttempt:
    """One that has ended, with one wrong answer."""
    return QuizAttempt(
        who=who, branch=branch, guide="standard:1", seed=1, paper=[], pass_mark=80, begun_at=NOW,
        ended_at=NOW, score=score,
        answers=[QuizAnswer(number=0, about="furious", chosen=1, right=False),
                 QuizAnswer(number=1, about="group", chosen=1, right=True)],
    )  # fmt: skip


def test_quizzes_by_person(database: Database) -> None:
    with database.transaction() as session:
        session.add_all([quiz("安访员", 70), quiz("安访员", 100), quiz("青经办", 80, "青岛")])
    with database.reading() as session:
        first, second = training.people(session, None, 0, 50).rows
        missed = training.missed(session, None, 50)
        own = training.people(session, "青岛", 0, 50)
    assert (first.taken, first.passed, first.best, first.average) == (2, 1, 100, 85.0)
    assert (second.name, second.passed, second.last_at) == ("青经办", 1, NOW)
    assert [(one.about, one.asked, one.wrong) for one in missed] == [("furious", 3, 3)]
    assert own.total == 1


def test_complaints_in_every_grouping(database: Database) -> None:
    with database.transaction() as session:
        session.add_all(
            [
                complaint(NOW, 1, branch="济南", result="partly", answered_at=NOW, satisfied=False),
                complaint(NOW, 2, branch="青岛", product="福享", seller_name="王业务"),
                complaint(NOW, 3, branch="青岛", state="merged"),
                complaint(NOW - DAY, 4),
            ]
        )
    with database.reading() as session:
        found = complaint_figures.groups(session, NOW, NOW + DAY)
        paid = complaint_figures.paid(session, NOW, NOW + DAY)
    assert found[Grouping.KIND] == [Group("misselling", 2, 1, 1, 1)]
    assert {one.name for one in found[Grouping.PRODUCT]} == {None, "福享"}
    assert {type(one.answered) for one in found[Grouping.BRANCH]} == {int}
    assert paid == 0
    with database.reading("青岛") as session:
        assert complaint_figures.groups(session, NOW, NOW + DAY)[Grouping.BRANCH] == [
            Group("青岛", 1)
        ]


def test_sellers_and_their_alarms(database: Database) -> None:
    with database.transaction() as session:
        rows = [complaint(NOW, n, seller_name="王业务", branch=b) for n, b in enumerate("甲甲甲乙")]
        session.add_all([*rows, *(complaint(NOW, n, seller_name="李业务") for n in (5, 6, 7))])
        session.flush()
        session.add(
            ComplaintCluster(
                complaint_id=rows[0].id, seller_name="王业务", first_at=NOW, last_at=NOW, count=3,
                raised_at=NOW, version=1,
            )
        )  # fmt: skip
    with database.reading() as session:
        sellers = complaint_clusters.sellers_since(session, NOW, 3)
        about = complaint_clusters.complaints_about(session, sellers)
        known = complaint_clusters.newest(session, ("甲", "王业务"))
        assert complaint_clusters.sellers_since(session, NOW + DAY, 3) == []
        assert complaint_clusters.newest(session, ("乙", "王业务")) is None
        assert complaint_clusters.newest(session, (None, "李业务")) is None
        assert known is not None
        assert len(complaint_clusters.complaints_of(session, known, 50)) == 3
    assert set(sellers) == {("甲", "王业务"), (None, "李业务")}
    assert [len(about[one]) for one in sellers] == [3, 3]
    with database.reading("乙") as session:
        assert complaint_clusters.open_count(session) == 0
        assert complaint_clusters.listed(session, closed=False, first=0, size=50).rows == []
