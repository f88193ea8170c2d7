"""Quality work on whole calls as both databases keep it: who may take what, one part each, and the
lists of the pages."""

from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy.exc import OperationalError

from store import quality, reviews
from store.columns import LOCAL
from store.console import reviewing
from store.console.reviewing import Reader, TaskFilter
from store.database import Database, Session
from store.tables import (
    Appeal,
    Call,
    Interview,
    QualityPlan,
    QualityTask,
    Review,
    ReviewRelease,
    ScoreSheet,
    ScriptVersion,
    Turn,
)
from tests.store.conftest import NOW, attempt, policy

DAY = NOW.astimezone(LOCAL).date()


def call(session: Session, number: int, agent: str | None = None) -> Call:
    """A call in which something was answered."""
    of = policy(session, f"P{number}", f"+861390000{number:04d}")
    tried = attempt(of, state="ended", ended_at=NOW)
    session.add(tried)
    session.flush()
    made = Call(
        token=f"t{number}", attempt_id=tried.id, policy_id=of.id, phone=of.phone or "",
        script_hash="0" * 64, facts={}, ordered_at=NOW, outcome="completed", duration_s=90,
    )  # fmt: skip
    made.turns.append(
        Turn(
            number=0, question_id="READ", asked_at=NOW, heard_at=NOW, via="speech", words="是",
            label="affirm", also=[], why=[],
        )
    )  # fmt: skip
    session.add(made)
    session.flush()
    if agent:
        session.add(
            Interview(
                policy_id=of.id, call_id=made.id, agent=agent, version=0, taken_at=NOW,
                touched_at=NOW, ended_at=NOW, note="",
            )
        )  # fmt: skip
    return made


def task(plan: QualityPlan, of: Call, part: str, seat: int, **more: object) -> QualityTask:
    """A call to be heard."""
    return QualityTask(
        plan_id=plan.id, call_id=of.id, part=part, seat=seat, place=of.id, by_chance=True,
        risks=["case"], channel="agent", product="other", version=0, **more,
    )  # fmt: skip


def sheet(of: QualityTask, by: str) -> ScoreSheet:
    """A sheet that stands."""
    return ScoreSheet(
        task_id=of.id, number=1, marks={"pace": "met"}, labels={"0": {"label": "deny"}},
        points=100, passed=True, critical=[], remark="", made_at=NOW, made_by=by,
    )  # fmt: skip


@pytest.fixture
def drawn(database: Database) -> Database:
    """A robot's call to be heard twice, and one of an agent's."""
    with database.transaction() as session:
        session.add(ScriptVersion(hash="0" * 64, script_id="s", text="", first_used_at=NOW))
        session.flush()
        plan = QualityPlan(
            kind="sample", first=DAY, last=DAY, seed=1, share=1, least=0, by_risk=0, every=False,
            twice=1, population=2, strata=[], scorecard={}, drawn_at=NOW, drawn_by="丙",
        )  # fmt: skip
        assert quality.add_plan(session, plan)
        one, other = call(session, 1), call(session, 2, "安")
        for part, seat in (("first", 0), ("second", 1)):
            session.add(task(plan, one, part, seat))
        session.add(task(plan, other, "first", 0))
    return database


def free(database: Database, name: str, *, adjudicates: bool = False) -> list[tuple[int, str]]:
    with database.reading() as session:
        found = reviewing.tasks(session, TaskFilter(), Reader(name, adjudicates=adjudicates), 0, 50)
    return [(one.call.id, one.task.part) for one in found.rows]


def test_a_second_part_appears_when_the_first_is_taken_and_for_somebody_else(
    drawn: Database,
) -> None:
    assert free(drawn, "甲") == [(1, "first"), (2, "first")]
    assert free(drawn, "安") == [(1, "first")]  # nobody hears a call of their own
    with drawn.transaction() as session:
        found = quality.next_free(session, "甲", None, adjudicates=False)
        assert found is not None
        assert quality.give(session, found, "甲", NOW)
        second = session.get_one(QualityTask, 2)
        assert not quality.give(session, second, "甲", NOW)
    assert free(drawn, "甲") == [(1, "first"), (2, "first")]  # begun, and another one
    assert free(drawn, "乙") == [(1, "second"), (2, "first")]


def test_two_who_take_at_once_never_get_the_same_call(drawn: Database, other: Database) -> None:
    second = None
    with drawn.transaction() as mine:
        first = quality.next_free(mine, "甲", None, adjudicates=False)
        assert first is not None
        with suppress(OperationalError), other.transaction() as theirs:  # SQLite: one writer
            second = quality.next_free(theirs, "乙", None, adjudicates=False)
    waited = drawn.engine.dialect.name == "sqlite"
    assert (second is None) == waited
    assert second is None or second.id != first.id


def test_the_same_plan_is_kept_once(drawn: Database) -> None:
    with drawn.transaction() as session:
        known = quality.same_plan(session, DAY, DAY, 1)
        assert known is not None
        again = QualityPlan(
            kind="sample", first=DAY, last=DAY, seed=1, share=1, least=0, by_risk=0, every=False,
            twice=1, population=2, strata=[], scorecard={}, drawn_at=NOW, drawn_by="丙",
        )  # fmt: skip
        assert not quality.add_plan(session, again)
        assert quality.counted(session, known.id) == (2, 1)


def test_what_can_be_drawn_is_known_with_its_risks(drawn: Database) -> None:
    with drawn.reading() as session:
        found = {one.call_id: one.policy for one in quality.revisits(session, DAY, DAY)}
        assert found == {1: "P1", 2: "P2"}
        assert quality.revisits(session, DAY, DAY, recorded=True) == []
        assert quality.by_agents(session, DAY, DAY) == {2}
        assert quality.with_cases(session, DAY, DAY) == set()
        assert quality.drawn_before(session, DAY, DAY) == {1, 2}
        assert quality.drawn_before(session, date(2020, 1, 1), date(2020, 1, 1)) == set()


def test_results_stand_when_nothing_is_open(drawn: Database) -> None:
    with drawn.transaction() as session:
        own = session.get_one(QualityTask, 3)
        assert quality.settled(session, own) is None
        own.reviewer, own.done_at = "甲", NOW
        session.add(sheet(own, "甲"))
        session.flush()
        session.add(Appeal(task_id=3, sheet_id=1, agent="安", grounds="不", made_at=NOW))
    with drawn.reading() as session:
        (found,) = reviewing.results(session, "安", 0, 50).rows
        assert (found.task.id, found.appeal is not None) == (3, True)
        assert reviewing.results(session, "别人", 0, 50).rows == []
        assert quality.settled(session, session.get_one(QualityTask, 3)) == NOW
        assert [one.appeal.id for one in reviewing.appeals(session, "waiting", 0, 50).rows] == [1]
        assert reviewing.appeals(session, "decided", 0, 50).rows == []
        (plan,) = reviewing.plans(session, 0, 50).rows
        assert (plan.calls, plan.tasks, plan.done) == (2, 3, 1)
        assert [one.name for one in reviewing.reviewers_of(session, 1)] == ["甲"]
        assert reviewing.undone_blind(session, [1, 2]) == {1}


def test_sheets_of_two_are_held_against_each_other(drawn: Database) -> None:
    with drawn.transaction() as session:
        for number, name in ((1, "甲"), (2, "乙"), (3, "甲")):
            one = session.get_one(QualityTask, number)
            one.reviewer, one.done_at = name, NOW
            session.add(sheet(one, name))
    with drawn.reading() as session:
        found = quality.heard_by_several(session, DAY, DAY, 1)
        assert [(one.call_id, one.reviewer) for one in found] == [(1, "甲"), (1, "乙")]
        assert quality.questions_of(session, [1, 2]) == {(1, 0): "READ", (2, 0): "READ"}
        done = reviewing.tasks(session, TaskFilter("done"), Reader("甲"), 0, 50).rows
        assert [(one.call.id, bool(one.settled)) for one in done] == [(2, True), (1, True)]


def test_words_are_released_once(drawn: Database) -> None:
    with drawn.transaction() as session:
        for number, words in enumerate(("没看过", None)):
            session.add(
                Review(
                    call_id=1, turn_number=number, question_id="READ", reviewer="甲",
                    label="deny", words=words, note="", blind=False, made_at=NOW,
                )
            )  # fmt: skip
    with drawn.transaction() as session:
        (waiting,) = reviewing.material(session, "waiting", 0, 50).rows
        assert waiting.review.words == "没看过"
        session.add(
            ReviewRelease(
                review_id=waiting.review.id, released=True, decided_at=NOW, decided_by="乙", note=""
            )
        )
    with drawn.reading() as session:
        assert reviewing.material(session, "waiting", 0, 50).rows == []
        assert len(reviewing.material(session, "released", 0, 50).rows) == 1
        assert reviewing.material(session, "kept-out", 0, 50).rows == []
        assert [one.words for one in reviews.released(session)] == ["没看过"]
