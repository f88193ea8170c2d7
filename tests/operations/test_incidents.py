"""An emergency from the first report to the closing report; forms from old pages and pressed twice;
who may do what, and in which branch."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cases.emergencies import Emergencies, Fact, Kind, usual
from operations import incident_alarms, incident_people, incident_report, incidents
from operations.incident_look import Look, look
from operations.incident_people import Room
from operations.incident_record import IncidentTrouble
from operations.incidents import Closing, Report, Situation
from operations.line import Line
from operations.rights import Who
from store import audit
from store.tables import Incident, IncidentEvent
from tests.operations.counter import (
    AN,
    BAI,
    FOUR,
    GU,
    HE,
    LU,
    closed,
    report,
    seen,
    started,
    ticks_all,
)
from tests.operations.rig import NOW, Rig

WAN = 10_000 * 100
ROOMS = [Room("银保部办公室", "李一"), Room("健管部", "李二")]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()


@pytest.fixture
def line(rig: Rig) -> Line:
    return rig.line


def looked(line: Line, who: Who = LU, number: int = 1) -> Look:
    with line.database.reading() as session:
        return look(session, line, who, seen(line, number))


def test_a_report_is_graded_at_once_and_says_why(line: Line) -> None:
    report(line, surrendering=50, amount=2000 * WAN)
    one = seen(line).incident
    assert (one.stage, one.computed, one.grade) == ("reported", 2, 2)
    assert one.decided["zh"] == "50人以上100人以下投保人集中退保"
    assert one.decided["number"] == 50
    assert [(p.name, p.problem) for p in seen(line).people] == [(name, True) for name in FOUR]
    assert one.visitors == 4
    assert looked(line).is_group


def test_the_form_that_is_sent_twice_reports_once(rig: Rig, line: Line) -> None:
    assert report(line) == report(line) == 1
    assert report(line, key="the form of another") == 2
    assert len(rig.all(Incident)) == 2


def test_the_way_to_the_report(rig: Rig, line: Line) -> None:
    closed(line)
    found = seen(line)
    assert [one.what for one in found.events if one.what != "step"] == [
        "report", "grade", "start", "handle", "report-up", "close",
    ]  # fmt: skip
    assert found.incident.stage == "closed"
    assert found.incident.closing["cause"] == "收益与宣导不符"
    assert (found.incident.spokesman, found.incident.told_at) == ("张发言", NOW)
    with line.database.reading() as session:
        noted = [one.what for one in audit.about(session, ["incident:1"])]
    assert noted[0] == "incident-report"
    assert {"incident-start", "incident-close"} <= set(noted)
    assert incident_report.pdf(line, GU, 1, str).startswith(b"%PDF-")


def test_the_report_says_what_was_done_and_by_whom(line: Line) -> None:
    number = started(line)
    incident_people.propose(line, LU, number, None, ROOMS)
    incidents.step(line, LU, number, "complaint.do.4", "柜面已满", left_out=True)
    ticks_all(line)
    incidents.handle(line, LU, number, None, "已安抚")
    incidents.report_up(line, LU, number, None, "分公司办公室", "电话")
    incidents.close(line, LU, number, None, Closing("误导", "已登记", ""))
    made = incident_report.report(line, seen(line))
    facts = dict(made.facts)
    assert facts["定级依据"] == "Ⅳ级（一般）：性质较严重的客户投诉"
    assert (facts["发言人"], facts["机构"]) == ("张发言", "青岛分公司")
    checklist, rooms, story = made.tables
    assert checklist.rows[3][:2] == ("满足客户环境需求", "未采用：柜面已满")
    assert rooms.rows[0] == ("银保部办公室", "李一", "王一（问题客户）、王三（问题客户）")
    assert story.rows[0][1] == "上报"
    assert made.signed[0] == "报告人"


def test_an_incident_without_a_report_has_none_to_print(line: Line) -> None:
    started(line)
    with pytest.raises(IncidentTrouble, match="has no report yet"):
        incident_report.pdf(line, LU, 1, str)


def test_another_grade_needs_a_reason_and_the_computed_one_stays_visible(line: Line) -> None:
    report(line)
    with pytest.raises(IncidentTrouble, match="needs a reason"):
        incidents.grade(line, LU, 1, 1, 2)
    assert seen(line).incident.stage == "reported"
    incidents.grade(line, LU, 1, 1, 2, "记者已在路上")
    one = seen(line).incident
    assert (one.computed, one.grade, one.given_because) == (4, 2, "记者已在路上")
    with pytest.raises(IncidentTrouble, match="choose one"):
        incidents.grade(line, LU, 1, None, 5, "更大")


def test_new_facts_compute_the_grade_anew(line: Line) -> None:
    started(line, kind=Kind.MASS_BUSINESS)
    worse = Situation(Kind.MASS_BUSINESS, frozenset(), {Fact.SURRENDERING: 100}, 120)
    incidents.count(line, LU, 1, 3, worse)
    one = seen(line).incident
    assert (one.computed, one.grade, one.stage, one.visitors) == (1, 1, "plan-started", 120)
    assert looked(line).is_major


def test_a_kind_that_comes_later_brings_its_steps(line: Line) -> None:
    started(line)
    incidents.step(line, LU, 1, "complaint.do.1")
    before = [step["key"] for step in seen(line).incident.plan]
    incidents.count(line, LU, 1, None, Situation(Kind.COMPLAINT, frozenset({Kind.MEDIA}), {}, 4))
    after = [step["key"] for step in seen(line).incident.plan]
    assert after[: len(before)] == before
    assert after[len(before) :][0] == "media.do.1"
    incidents.count(line, LU, 1, None, Situation(Kind.MEDIA, frozenset(), {}, 4))
    assert [step["key"] for step in seen(line).incident.plan] == after
    assert looked(line).facts.open_steps == 7 + 7


def test_a_grade_given_by_hand_stays_only_while_its_ground_stays(line: Line) -> None:
    report(line)
    incidents.grade(line, LU, 1, None, 2, "记者已在路上")
    incidents.count(line, LU, 1, None, Situation(Kind.COMPLAINT, frozenset(), {}, 5))
    assert seen(line).incident.grade == 2
    hurt = Situation(Kind.COMPLAINT, frozenset(), {Fact.DEAD: 1}, 5)
    incidents.count(line, LU, 1, None, hurt)
    assert (seen(line).incident.grade, seen(line).incident.given_because) == (1, "")


def test_a_form_from_an_old_page_changes_nothing(rig: Rig, line: Line) -> None:
    report(line)
    incidents.grade(line, LU, 1, 1, 4)
    before = len(rig.all(IncidentEvent))
    with pytest.raises(IncidentTrouble, match="changed this incident meanwhile"):
        incidents.start(line, GU, 1, 1, "王发言")
    assert seen(line).incident.spokesman is None
    incidents.start(line, LU, 1, 2, "张发言")
    incidents.start(line, LU, 1, 2, "张发言")  # the button pressed twice
    assert len(rig.all(IncidentEvent)) == before + 1


def test_several_people_tick_steps_at_once(rig: Rig, line: Line) -> None:
    started(line)
    incidents.step(line, LU, 1, "complaint.do.1")
    incidents.step(line, GU, 1, "complaint.do.2", "已请坐")
    incidents.step(line, GU, 1, "complaint.do.1")  # done already, by somebody else
    done = [one for one in rig.all(IncidentEvent) if one.what == "step"]
    assert [(one.by, one.detail["key"]) for one in done] == [
        ("陆经理", "complaint.do.1"), ("顾主管", "complaint.do.2"),
    ]  # fmt: skip
    with pytest.raises(IncidentTrouble, match="no such step"):
        incidents.step(line, LU, 1, "complaint.do.99")
    with pytest.raises(IncidentTrouble, match="the reason is missing"):
        incidents.step(line, LU, 1, "complaint.do.3", left_out=True)


def test_what_is_open_keeps_the_incident_open(line: Line) -> None:
    number = started(line)
    incident_people.propose(line, LU, number, None, [Room("办公室", "李一"), Room("健管部")])
    with pytest.raises(IncidentTrouble, match="in one without a handler"):
        incidents.handle(line, LU, number, None, "已安抚")
    incident_people.propose(line, LU, number, None, ROOMS)
    incidents.handle(line, LU, number, None, "已安抚")
    incidents.report_up(line, LU, number, None, "办公室", "电话")
    with pytest.raises(IncidentTrouble, match="steps of the checklist are open"):
        incidents.close(line, LU, number, None, Closing("误导", "已登记", ""))


def test_people_are_placed_by_hand_and_a_crowded_room_is_seen(line: Line) -> None:
    number = started(line)
    incident_people.propose(line, LU, number, None, ROOMS)
    assert looked(line).crowded == frozenset()
    ids = [one.id for one in seen(line).people]
    where: dict[int, int | None] = {ids[0]: 1, ids[1]: 1, ids[2]: 1, ids[3]: None}
    incident_people.arrange(line, LU, number, None, ROOMS, where, frozenset(ids))
    assert looked(line).crowded == {1}
    assert looked(line).facts.unplaced == 1
    incident_people.arrange(line, LU, number, None, ROOMS, where, frozenset(ids[:2]))
    assert looked(line).crowded == frozenset()
    with pytest.raises(IncidentTrouble, match="no such room"):
        incident_people.arrange(line, LU, number, None, ROOMS, {ids[0]: 7}, frozenset())


def test_more_people_come(line: Line) -> None:
    number = started(line, people=("王一",))
    incident_people.name_people(line, LU, number, None, ["王一", "赵五", "赵五"], problem=False)
    assert [(one.name, one.problem) for one in seen(line).people] == [
        ("王一", True), ("赵五", False),
    ]  # fmt: skip
    assert seen(line).incident.visitors == 2


def test_a_branch_reports_for_itself_and_sees_itself_only(line: Line) -> None:
    report(line)
    assert seen(line).incident.branch == "青岛分公司"
    with pytest.raises(IncidentTrouble, match="there is no incident 1"):
        incidents.note(line, BAI, 1, "我也来看看")
    with line.database.reading("济南分公司") as session:
        assert session.get(Incident, 1) is None
        assert session.query(IncidentEvent).all() == []


@pytest.mark.parametrize(("who", "may"), [(LU, False), (AN, False), (GU, True), (HE, True)])
def test_only_those_who_judge_dismiss_and_open_again(line: Line, who: Who, may: bool) -> None:
    report(line)
    if not may:
        with pytest.raises(IncidentTrouble, match="none of your roles"):
            incidents.dismiss(line, who, 1, None, "重复上报")
        return
    incidents.dismiss(line, who, 1, None, "重复上报")
    assert seen(line).incident.stage == "closed"
    incidents.reopen(line, who, 1, None, "不是重复")
    assert seen(line).incident.stage == "graded"
    assert seen(line).incident.closed_at is None


TOLD: dict[str, Callable[[Report], Report]] = {
    "lies in the future": lambda told: replace(told, happened_at=NOW + timedelta(minutes=1)),
    "what happened is missing": lambda told: replace(told, words=" "),
    "the counter is missing": lambda told: replace(told, counter=""),
    "between 0 and 100000": lambda told: replace(
        told, situation=Situation(Kind.MEDIA, frozenset(), {Fact.DEAD: 100_001})
    ),
    "the counter may have 120": lambda told: replace(told, counter="柜" * 121),
    "at most 200 people": lambda told: replace(told, people=[f"客户{n}" for n in range(201)]),
}


@pytest.mark.parametrize("sentence", TOLD)
def test_a_report_that_cannot_be(rig: Rig, line: Line, sentence: str) -> None:
    right = Report("a form of this page", None, "柜面", Situation(Kind.MEDIA), "记者来访", NOW)
    with pytest.raises(IncidentTrouble, match=sentence):
        incidents.report(line, LU, TOLD[sentence](right))
    assert rig.all(Incident) == []


def quick() -> Emergencies:
    """The shipped file with half an hour for every grade."""
    routes = usual().routes
    each = tuple(one.model_copy(update={"within_minutes": 30}) for one in routes.by_grade)
    return usual().model_copy(update={"routes": routes.model_copy(update={"by_grade": each})})


def test_without_a_limit_nothing_is_late_and_with_one_it_is(line: Line) -> None:
    report(line)
    assert looked(line).due_at is None
    with line.database.reading() as session:
        found = look(session, replace(line, emergencies=quick()), LU, seen(line))
    assert found.due_at == NOW + timedelta(minutes=30)


def test_the_night_tells_of_a_late_report_once(rig: Rig, line: Line) -> None:
    hasty = replace(line, emergencies=quick())
    told, late = report(line), report(line, key="another")
    incidents.notify(line, LU, told, "分公司办公室", "电话")
    dismissed = report(line, key="a third")
    incidents.dismiss(line, GU, dismissed, 1, "不是突发事件")
    rig.clock.tick(30 * 60)
    assert incident_alarms.escalate(hasty) == 0  # the last minute is in time
    rig.clock.tick(1)
    assert incident_alarms.escalate(line) == 0  # no limit is set
    with line.database.reading() as session:
        assert incident_alarms.late(session, hasty, rig.clock()) == 1
    assert [incident_alarms.escalate(hasty), incident_alarms.escalate(hasty)] == [1, 0]
    last = seen(line, late).events[-1]
    assert (last.what, last.by, last.detail) == (
        "overdue", "huifang", {"due": (NOW + timedelta(minutes=30)).isoformat(timespec="minutes")},
    )  # fmt: skip
    incidents.notify(line, LU, late, "分公司办公室", "电话")
    with line.database.reading() as session:
        assert incident_alarms.late(session, hasty, rig.clock()) == 0


def test_a_scenario_without_steps_says_so(line: Line) -> None:
    started(line, kind=Kind.ROBBERY)
    assert looked(line).lost == [Kind.ROBBERY]
    assert seen(line).incident.plan == []
