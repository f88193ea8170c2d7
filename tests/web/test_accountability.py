"""Accountability in the console: decided by one, contested by the person concerned on a page of
their own, decided by another; a branch sees its own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from operations.line import Line
from operations.rights import Role
from store.tables import Accountability
from tests.operations.complained import came
from tests.web.agent import Agent, signed_in
from tests.web.stage import line_at
from web.app import create_app

FORM = {"who": "agent 济南", "part": "handling", "measure": "warning", "because": "三天没有回复"}


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    line = line_at(tmp_path_factory.mktemp("accountability"))
    came(line, {"branch": "济南", "signals": ["media"]}, {"branch": "济南"}, {"branch": "青岛"})
    yield line
    line.database.close()


@pytest.fixture(scope="module")
def app(line: Line) -> Flask:
    return create_app(line, secret="for the tests only")


def numbers(line: Line) -> list[int]:
    with line.database.reading() as session:
        return [one.id for one in session.query(Accountability).order_by(Accountability.id)]


def decides(chief: Agent, **changes: str) -> Agent:
    return chief.opens("/accountability").sends("/accountability", complaint="2", **FORM | changes)


def test_a_measure_from_the_decision_to_the_answer(app: Flask, line: Line) -> None:
    chief = decides(signed_in(app, Role.SUPERVISOR)).sees("已决定", "警告", "TS2026-000002")
    number = numbers(line)[-1]
    own = signed_in(app, Role.AGENT, "济南").opens("/account").follows("对我的追责")
    own.sees("没有对您的追责")
    own.sends(f"/account/measures/{number}", 404, version="1", grounds="在休假")
    chief.sends(f"/accountability/{number}/tell", version="1").sees("已记录", "可申诉")
    own.opens("/account/measures").sees("警告", "三天没有回复", "申诉截止")
    own.sends(f"/account/measures/{number}", 422, version="2", grounds=" ").sees("写明")
    own.sends(f"/account/measures/{number}", 422, version="1", grounds="在休假").sees(
        "刚被别人改动"
    )
    assert "在休假" in own.page.html  # what was typed is not lost
    colleague = signed_in(app, Role.SUPERVISOR, "济南").opens("/account/measures")
    colleague.misses("三天没有回复")
    colleague.sends(f"/account/measures/{number}", 404, version="2", grounds="替他申诉")
    own.sends(f"/account/measures/{number}", version="2", grounds="在休假").sees("等待")
    chief.opens("/accountability?state=appealed").sees("agent 济南").follows("打开")
    chief.sees("须由他人裁决")
    chief.sends(f"/accountability/{number}/decide", 422, version="3", because="x", do="lift")
    law = signed_in(app, Role.COMPLIANCE).opens(f"/accountability/{number}")
    law.sends(f"/accountability/{number}/decide", version="3", because="考勤属实", do="lift")
    law.sees("已裁决", "考勤属实")
    own.opens("/account/measures").sees("考勤属实")


def test_an_appeal_on_paper_for_somebody_without_an_account(app: Flask, line: Line) -> None:
    chief = decides(signed_in(app, Role.SUPERVISOR), who="王业务", part="seller")
    number = numbers(line)[-1]
    chief.sends(f"/accountability/{number}/tell", version="1")
    chief.sends(f"/accountability/{number}/appeal", version="2", grounds="信件所述")
    chief.sees("信件所述", "须由他人裁决")


def test_the_complaint_lists_its_measures_for_those_who_may_see_them(app: Flask) -> None:
    chief = decides(signed_in(app, Role.SUPERVISOR), who="钱经办", because="材料没有转交")
    number = chief.at.rpartition("/")[2]
    chief.sends(f"/accountability/{number}/tell", version="1")
    chief.sends(f"/accountability/{number}/appeal", version="2", grounds="当天已经转交")
    row = chief.opens("/complaints/2").page.row("钱经办")
    assert [row[1], row[2], row[3]] == ["处理人员", "警告", "材料没有转交"]
    assert "申诉" in row[4]
    assert row[5] == "当天已经转交"
    branch = signed_in(app, Role.BRANCH, "济南").opens("/complaints/2")
    branch.misses("追究责任", "钱经办", "材料没有转交")


@pytest.mark.parametrize("number", ["999", "TS2026-000999", "十二", "", "3.5"])
def test_a_complaint_that_is_not_there(app: Flask, number: str) -> None:
    chief = signed_in(app, Role.SUPERVISOR).opens("/accountability")
    chief.sends("/accountability", 422, complaint=number, **FORM).sees("没有这件投诉")
    assert "三天没有回复" in chief.page.html


def test_a_complaint_for_the_media_calls_for_the_head(app: Flask) -> None:
    chief = signed_in(app, Role.SUPERVISOR)
    chief.opens("/accountability?complaint=TS2026-000001").sees("部门负责人一并问责")
    chief.opens("/accountability?complaint=2").misses("部门负责人一并问责")
    chief.opens("/complaints/1").follows("追究责任").sees("部门负责人一并问责")


def test_a_branch_sees_and_decides_its_own(app: Flask, line: Line) -> None:
    decides(signed_in(app, Role.SUPERVISOR), because="青岛看不到")
    number = numbers(line)[-1]
    other = signed_in(app, Role.SUPERVISOR, "青岛").opens("/accountability")
    other.misses("青岛看不到").opens(f"/accountability/{number}", expect=404)
    other.opens("/accountability").sends(f"/accountability/{number}/tell", 404, version="1")
    other.sends("/accountability", 422, complaint="2", **FORM).sees("没有这件投诉")
    other.sends("/accountability", complaint="3", **FORM).sees("TS2026-000003")
    signed_in(app, Role.BRANCH, "青岛").opens("/accountability", expect=403)
