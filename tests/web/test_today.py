"""今日: the numbers are those of the world."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from operations import incident_alarms
from operations.line import Line
from operations.rights import Role, Who
from scripts.outcomes import TALKED, Outcome
from store.console import today
from store.ends import totals
from store.tables import Call, Incident
from tests.operations.complained import came
from tests.operations.counter import report
from tests.operations.test_incidents import quick
from tests.web.agent import Agent, signed_in
from tests.web.stage import NOW, World
from tests.web.world import furnish
from web.app import create_app
from web.views.today import TALL, hours


def test_the_figures_of_the_day(agent: Agent) -> None:
    agent.opens("/").sees("今日 2026-11-20", "截至 15:30:00")
    agent.sees("3 待拨打", "14 已拨打 14 人", "10 接通 71%", "5 已完成 50%")
    agent.sees("1 正在通话 0 通振铃", "来不及回访")


def test_what_is_late_is_told_to_those_who_must_act(empty: Line) -> None:
    furnish(empty)
    late = {"correction": "改写建议书", "correction_due_on": date(2026, 11, 19)}
    came(empty, late | {"branch": "青岛"}, late | {"branch": "济南"})
    lin = Who(1, "林", frozenset({Role.BRANCH}), "济南")
    report(empty, lin)
    with empty.database.transaction() as session:
        session.get_one(Incident, 1).reported_at = NOW - timedelta(minutes=31)
    app = create_app(replace(empty, emergencies=quick()), secret="for the tests only")
    chief = signed_in(app, Role.SUPERVISOR).opens("/today")
    chief.sees("突发事件逾期未报 1", "整改逾期 2").follows("突发事件逾期未报").sees("市南柜面")
    own = signed_in(app, Role.BRANCH, "青岛").opens("/today")
    own.sees("整改逾期 1").misses("突发事件逾期未报")
    signed_in(app, Role.REVIEWER).opens("/today").misses("整改逾期", "突发事件逾期未报")
    assert incident_alarms.escalate(replace(empty, emergencies=quick())) == 1
    chief.opens("/incidents/1").sees("逾期未向上级报告", "系统")


def test_whom_only_a_machine_answered_nobody_answered(agent: Agent, world: World) -> None:
    """Voicemail and 关机 pick up; the first page and the totals of a run count people alone."""
    html = agent.opens("/today").page.html
    assert "13 点：拨打 2，接通 0" in html
    with world.line.database.reading() as session:
        picked_up = [call for call in session.scalars(select(Call)) if call.answered_at]
        assert len(picked_up) == 12
        assert totals(session).answered == 10
        assert today.day(session, NOW.date()).answered == 10


@pytest.mark.parametrize(
    ("outcome", "answered_by", "person"),
    [
        ("completed", "human", True),
        ("hung-up", None, True),  # the news of who answered was lost; what was said was not
        ("silent", "human", True),
        ("voicemail", "machine", False),
        ("switched-off", "human", False),  # an announcement that the carrier took for a person
        ("busy", None, False),
        (None, "human", True),  # in the call
        (None, "machine", False),
        (None, None, False),  # ringing
        ("error", "human", True),
        ("error", None, False),
    ],
)
def test_who_counts_as_answered(
    empty: Line, outcome: str | None, answered_by: str | None, person: bool
) -> None:
    world = furnish(empty)
    with empty.database.transaction() as session:
        call = session.get_one(Call, world.calls["吴芳"])
        before = totals(session).answered
        call.outcome, call.answered_by = outcome, answered_by
        session.flush()
        assert totals(session).answered - before == person


def test_every_outcome_of_talking_counts(empty: Line) -> None:
    world = furnish(empty)
    with empty.database.transaction() as session:
        call = session.get_one(Call, world.calls["吴芳"])
        before = totals(session).answered
        for outcome in Outcome:
            call.outcome = outcome
            session.flush()
            assert totals(session).answered - before == (outcome in TALKED), outcome


def test_an_earlier_day_can_be_looked_at(agent: Agent) -> None:
    agent.opens("/today").misses("后一天")
    agent.follows("← 前一天").sees("2026-11-19", "后一天", "当日已复听").misses(
        "截至", "今日已复听"
    )
    agent.follows("后一天 →").sees("今日 2026-11-20")
    agent.opens("/today?day=2031-01-01").sees("今日 2026-11-20")  # nobody looks into the future


def test_classes_of_today_and_open_cases(agent: Agent) -> None:
    page = agent.opens("/today").page
    assert page.row("次标准件") == ["~ 次标准件", "1", "1"]
    assert page.row("✓ 标准件")[1:] == ["1", "–"]  # opens no case
    assert page.row("! 问题件")[1:] == ["3", "3"]
    assert page.row("核实件")[1:] == ["0", "1"]  # opened eight days ago
    agent.sees("■ 超时 1", "▲ 警告 1")


def test_recordings_and_disagreements(agent: Agent) -> None:
    page = agent.opens("/today").page
    assert page.row("待取录音")[1] == "1"
    assert page.row("待复听")[1] == "1"
    assert page.row("今日已复听")[1] == "5"
    assert page.row("现场与录音不一致")[1] == "2"


def test_outcomes_lead_to_their_calls(agent: Agent) -> None:
    agent.opens("/today").follows("中途挂断").sees("何静").misses("王建国")


def test_hours_outside_the_usual_widen_the_strip() -> None:
    strip = hours({9: (2, 1), 21: (1, 0)})
    assert strip.bars[0].hour == 8
    assert strip.bars[-1].hour == 21
    nine = strip.bars[1]
    assert (nine.dialled, nine.answered, nine.height, nine.filled) == (2, 1, TALL, TALL // 2)


def test_an_empty_console_says_what_to_do(newcomer: Agent) -> None:
    newcomer.opens("/").sees("还没有保单", "huifang import FILE", "huifang demo")


def test_the_page_renews_itself_without_a_script_of_its_own(agent: Agent) -> None:
    html = agent.opens("/today").page.html
    assert 'hx-trigger="every 15s"' in html
    assert "onclick" not in html


def test_health_is_public_and_says_nothing(app: Flask) -> None:
    answer = app.test_client().get("/healthz", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.get_json() == {"status": "ok"}
    assert NOW.tzinfo is not None
