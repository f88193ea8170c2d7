"""A drill from the plan to its result: the clock, steps that several people tick, forms sent twice
and from old pages, a clock set back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cases.drills import Planned
from cases.emergencies import usual
from operations import drill_report, drills
from operations.drills import Plan
from operations.incident_record import IncidentTrouble
from operations.line import Line
from store import audit
from store import drills as store
from store.drills import DrillFilter
from store.tables import Drill, DrillStep
from tests.operations.counter import BAI, GU, LU
from tests.operations.rig import NOW, Rig

CASE = usual().drills[0]
MINUTES = (5, 15, None, 30, 40)
PLAN = Plan(
    "the form of a plan", None, CASE.id, CASE.title.zh, CASE.situation.zh, "市南柜面", NOW.date(),
    [Planned(one.zh, "柜面经理", minute) for one, minute in zip(CASE.steps, MINUTES, strict=True)],
)  # fmt: skip


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()


@pytest.fixture
def line(rig: Rig) -> Line:
    return rig.line


def running(line: Line) -> int:
    number = drills.plan(line, LU, PLAN)
    drills.start(line, LU, number, 1)
    return number


def drill(line: Line, number: int = 1) -> tuple[Drill, list[DrillStep]]:
    with line.database.reading() as session:
        found = store.by_id(session, number)
        assert found is not None
        return found, store.steps_of(session, number)


def test_a_drill_is_compared_with_its_plan(rig: Rig, line: Line) -> None:
    number = running(line)
    for step, seconds in ((1, 240), (3, 300), (2, 400)):
        rig.clock.tick(seconds)
        drills.step(line, LU, number, step)
    drills.step(line, GU, number, None, "客户家属到场")
    drills.end(line, LU, number, 2, "人手不足，下次增加一组")
    found, done = drill(line)
    steps, numbers = drills.against_plan(found, done)
    assert [one.after for one in steps] == [
        timedelta(seconds=240), timedelta(seconds=940), timedelta(seconds=540), None, None,
    ]  # fmt: skip
    assert [one.late for one in steps] == [None, timedelta(seconds=40), None, None, None]
    assert (numbers.done, numbers.late, numbers.out_of_order) == (3, 1, 1)
    assert numbers.took == timedelta(seconds=940)
    assert (found.state, found.result) == ("ended", "人手不足，下次增加一组")
    made = drill_report.report(line, found, done)
    assert [row[4] for row in made.tables[0].rows] == [
        "按计划", "超时 0:40；顺序颠倒", "按计划", "未做", "未做",
    ]  # fmt: skip
    assert made.tables[1].rows == (("15:40", "客户家属到场", "顾主管"),)
    assert drill_report.pdf(line, LU, number, str).startswith(b"%PDF-")
    with line.database.reading() as session:
        noted = [one.what for one in audit.about(session, ["drill:1"])]
    assert noted == ["drill-plan", "drill-start", "drill-end", "exported"]


def test_what_is_pressed_twice_happens_once(rig: Rig, line: Line) -> None:
    assert drills.plan(line, LU, PLAN) == drills.plan(line, LU, PLAN) == 1
    drills.start(line, LU, 1, 1)
    rig.clock.tick(60)
    drills.start(line, LU, 1, 1)
    drills.step(line, LU, 1, 1)
    rig.clock.tick(60)
    drills.step(line, GU, 1, 1)
    drills.step(line, LU, 1, None, "客户家属到场")
    drills.step(line, LU, 1, None, "客户家属到场")
    drills.end(line, LU, 1, 2, "很好")
    drills.end(line, LU, 1, 2, "很好")
    found, done = drill(line)
    assert found.started_at == NOW
    assert [(one.step, one.by) for one in done] == [(1, "陆经理"), (None, "陆经理")]


def test_words_from_an_old_page_are_not_lost_in_silence(line: Line) -> None:
    running(line)
    drills.end(line, LU, 1, 2, "很好")
    with pytest.raises(IncidentTrouble, match="changed this drill meanwhile"):
        drills.end(line, GU, 1, 2, "不太好")
    assert drill(line)[0].result == "很好"


def test_a_clock_set_back_is_told_and_nothing_is_kept(rig: Rig, line: Line) -> None:
    running(line)
    rig.clock.tick(-1)
    with pytest.raises(IncidentTrouble, match="before the beginning of the drill"):
        drills.step(line, LU, 1, 1)
    assert drill(line)[1] == []


def test_nothing_is_done_out_of_its_time(line: Line) -> None:
    drills.plan(line, LU, PLAN)
    with pytest.raises(IncidentTrouble, match="has not begun"):
        drills.step(line, LU, 1, 1)
    drills.call_off(line, LU, 1, 1, "台风")
    with pytest.raises(IncidentTrouble, match="was called off"):
        drills.start(line, LU, 1, 2)
    assert drill(line)[0].result == "台风"


def test_a_branch_rehearses_for_itself(line: Line) -> None:
    running(line)
    with pytest.raises(IncidentTrouble, match="there is no drill 1"):
        drills.step(line, BAI, 1, 1)
    with line.database.reading("济南分公司") as session:
        assert store.by_id(session, 1) is None
        assert store.by_month(session, 2026) == []
    with line.database.reading("青岛分公司") as session:
        assert store.by_month(session, 2026) == [(11, "running", 1)]
        assert store.drills(session, DrillFilter(2026, 12), 0, 10).total == 0
        assert store.drills(session, DrillFilter(2026, 11), 0, 10).total == 1


def test_december_ends_with_the_year(line: Line) -> None:
    drills.plan(line, LU, replace(PLAN, planned_on=date(2026, 12, 31)))
    drills.plan(line, LU, replace(PLAN, planned_on=date(2027, 1, 1), form_key="another form"))
    with line.database.reading() as session:
        for month, total in (((2026, 12), 1), ((2027, 1), 1), ((2026, 11), 0)):
            assert store.drills(session, DrillFilter(*month), 0, 10).total == total


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (replace(PLAN, planned_on=NOW.date() - timedelta(days=1)), "the day of the drill has"),
        (replace(PLAN, steps=[Planned(" ")]), "the plan has no step"),
        (replace(PLAN, steps=[Planned("一步")] * 21), "at most 20 steps"),
        (replace(PLAN, steps=[Planned("一步", minute=601)]), "between 0 and 600"),
        (replace(PLAN, title=""), "the title is missing"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_plan_that_cannot_be(line: Line, asked: Plan, sentence: str) -> None:
    with pytest.raises(IncidentTrouble, match=sentence):
        drills.plan(line, LU, asked)
