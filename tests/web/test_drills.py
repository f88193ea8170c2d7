"""The pages of drills: a plan from a case, the clock, the comparison, the calendar, the report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from operations.line import Line
from operations.rights import Role
from tests.operations.rig import Clock
from tests.web.agent import Agent, signed_in
from tests.web.stage import NOW, line_at
from web.app import create_app

BRANCH = "青岛分公司"
FORM = {
    "form_key": "0123456789abcdef", "case": "four-together", "title": "4名客户集中上柜面",
    "planned_on": f"{NOW:%Y-%m-%d}", "place": "市南柜面", "situation": "4名客户要求兑付",
    "words-1": "分开", "who-1": "柜面经理", "minute-1": "5", "words-2": "记录", "who-2": "客服",
    "minute-2": "", "words-4": "签字",
}  # fmt: skip


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def line(tmp_path: Path, clock: Clock) -> Iterator[Line]:
    line = replace(line_at(tmp_path), clock=clock)
    yield line
    line.database.close()


@pytest.fixture
def handler(line: Line) -> Agent:
    app = create_app(line, secret="for the tests only")
    return signed_in(app, Role.BRANCH, BRANCH)


def test_a_drill_of_the_source_is_planned_run_and_kept(handler: Agent, clock: Clock) -> None:
    handler.opens("/drills").sees("2026 年演练计划", "没有演练").follows("4名客户集中上柜面")
    assert handler.at == "/drills/new?case=four-together"
    handler.sees("将问题客户降低到3人以下", "来源资料未规定时限")
    handler.sends("/drills", **FORM).sees("已计划", "分开", "签字")
    handler.sends("/drills/1/start", version=1).sees("演练已开始", "进行中")
    clock.tick(400)
    handler.sends("/drills/1/step", step=1).sees("超时 1:40")
    handler.sends("/drills/1/step", step=3).sends("/drills/1/step", remark="家属到场")
    clock.tick(20)
    handler.sends("/drills/1/step", step=2).sees("顺序颠倒", "家属到场", "3 / 3")
    handler.sends("/drills/1/end", version=2, expect=422, result=" ").sees("请填写总结")
    handler.sends("/drills/1/end", version=2, result="人手不足").sees("演练结束", "7:00")
    handler.follows("演练报告（PDF）")
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(handler.answer.get_data())).pages
    )
    for words in ("演练报告", "超时 1:40", "顺序颠倒", "人手不足", "柜面经理"):
        assert words in text, words


def test_a_slip_in_a_plan_comes_back_whole(handler: Agent) -> None:
    for changed, sentence in (
        ({"minute-1": "很快"}, "时限应在 0 到 600 分钟之间"),
        ({"planned_on": "2020-01-01"}, "演练日期已过"),
        ({"planned_on": "昨天"}, "日期或时间看不懂"),
        ({"place": " "}, "请填写演练的标题、情境和地点"),
        ({"words-1": "", "words-2": "", "words-4": ""}, "计划没有步骤"),
        ({"form_key": "x"}, "页面已过期"),
    ):
        handler.opens("/drills/new?case=four-together")
        handler.sends("/drills", expect=422, **{**FORM, **changed}).sees(sentence)
        assert 'value="客服"' in handler.page.html
    handler.opens("/drills").sees("没有演练")


def test_the_calendar_shows_what_was_missed(handler: Agent, clock: Clock) -> None:
    handler.opens("/drills/new").sends("/drills", **FORM)
    clock.tick(timedelta(days=1).total_seconds())
    handler.opens("/drills").sees("已过计划日期")
    handler.opens("/drills?year=2025").sees("2025 年演练计划", "没有演练")
    handler.opens("/drills?year=2026&month=12").sees("没有演练")
    handler.opens("/drills?year=99999&month=77&state=x").sees("市南柜面")
    handler.opens("/drills.csv")
    assert "已计划" in handler.answer.get_data().decode("utf-8-sig")


def test_a_drill_that_is_called_off_says_why(handler: Agent) -> None:
    handler.opens("/drills/new").sends("/drills", **FORM)
    handler.sends("/drills/1/call-off", version=7, expect=422, why_not="台风")
    handler.sees("刚刚被他人更改", "台风")
    handler.sends("/drills/1/call-off", version=1, why_not="台风").sees("已取消", "台风")
