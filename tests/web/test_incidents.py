"""The pages of emergencies: a report with every number, the grade and its sentence in both
languages, forms that come back with what was typed, and the paper that is filed."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import event, select

from operations import incidents
from operations.line import Line
from operations.rights import Role, Who
from store import audit
from store.tables import Incident
from tests.operations.counter import LU, closed, report, seen, started
from tests.operations.test_group_visits import visit
from tests.web.agent import Agent, signed_in
from tests.web.stage import NOW, line_at
from web.app import create_app

BRANCH = "青岛分公司"
CLOSING = {"cause": "误导", "result": "已登记", "lessons": "", "by": "陆经理"}
WHEN = f"{NOW - timedelta(minutes=5):%Y-%m-%dT%H:%M}"
FORM = {
    "form_key": "0123456789abcdef", "counter": "市南柜面", "happened_at": WHEN,
    "what": "4名客户要求兑付，电话13900000001", "kind": "complaint", "visitors": "4",
    "people": "王一\n王二、王三，王四", "surrendering": "50", "amount": "20,000,000.00",
}  # fmt: skip


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = line_at(tmp_path)
    yield line
    line.database.close()


@pytest.fixture
def app(line: Line) -> Flask:
    return create_app(line, secret="for the tests only")


@pytest.fixture
def handler(app: Flask) -> Agent:
    return signed_in(app, Role.BRANCH, BRANCH)


def posts(agent: Agent, **changes: Any) -> Agent:
    return agent.opens("/incidents/new").sends("/incidents", **{**FORM, **changes})


def test_a_visit_is_reported_and_graded(handler: Agent, line: Line) -> None:
    handler.opens("/incidents").sees("没有突发事件").follows("上报突发事件")
    handler.sends("/incidents", **FORM)
    assert handler.at == "/incidents/1"
    handler.sees("Ⅱ级（重大）", "50人以上100人以下投保人集中退保", "群访", "20,000,000.00")
    handler.sees("139****0001").misses("13900000001")
    one = seen(line).incident
    assert one.counted == {"amount": 2_000_000_000, "surrendering": 50}
    assert (one.branch, [p.name for p in seen(line).people]) == (
        BRANCH, ["王一", "王二", "王三", "王四"],
    )  # fmt: skip
    handler.opens("/language/en?back=/incidents/1")
    handler.sees("Grade Ⅱ (grave)", "50 to 100 holders surrender together", "no time limit is set")


SLIPS = (
    ({"kind": ""}, "未选类型"),
    ({"amount": "两千万"}, "金额无法识别"),
    ({"amount": "0.001"}, "金额无法识别"),
    ({"amount": "-1"}, "金额无法识别"),
    ({"amount": "NaN"}, "金额无法识别"),
    ({"surrendering": "１０"}, "数字无法识别"),
    ({"dead": "999999999"}, "数字应在 0 到 100000 之间"),
    ({"happened_at": "明天"}, "日期或时间看不懂"),
    ({"happened_at": f"{NOW + timedelta(hours=1):%Y-%m-%dT%H:%M}"}, "发生时间晚于现在"),
    ({"form_key": ""}, "页面已过期"),
    ({"counter": " "}, "请写明发生在哪个柜面"),
    ({"what": "长" * 2001}, "最多 2000 字"),
)


def test_a_slip_is_told_and_nothing_typed_is_lost(handler: Agent, line: Line) -> None:
    for changed, sentence in SLIPS:
        handler.opens("/incidents/new").sends("/incidents", expect=422, **{**FORM, **changed})
        handler.sees(sentence)
        for name in ("counter", "surrendering", "amount", "visitors"):
            typed = {**FORM, **changed}[name]
            assert f'value="{typed}"' in handler.page.html, (name, changed)
    with line.database.reading() as session:
        assert session.scalars(select(Incident)).all() == []


def test_the_button_pressed_twice_reports_once(handler: Agent, line: Line) -> None:
    posts(posts(handler))
    with line.database.reading() as session:
        assert len(session.scalars(select(Incident)).all()) == 1


def test_head_office_names_the_branch(app: Flask, line: Line, handler: Agent) -> None:
    chief = signed_in(app, Role.SUPERVISOR)
    chief.opens("/incidents/new").sends("/incidents", expect=422, branch="没有的", **FORM)
    chief.sees("没有这个机构").sends("/incidents", branch=BRANCH, **FORM)
    assert seen(line).incident.branch == BRANCH
    handler.opens("/incidents").sees("市南柜面")


def test_a_form_from_an_old_page_says_so_and_keeps_the_words(handler: Agent, line: Line) -> None:
    posts(handler).sends("/incidents/1/grade", version=1, grade=1, because="记者已到")
    handler.sees("等级已确定", "人工调整", "记者已到")
    handler.sends("/incidents/1/start", expect=422, version=1, spokesman="张经理")
    handler.sees("刚刚被他人更改")
    assert 'value="张经理"' in handler.page.html
    handler.sends("/incidents/1/start", version=2, spokesman="张经理").sees("预案已启动")


def test_a_step_left_out_without_a_reason_comes_back(handler: Agent, line: Line) -> None:
    started(line)
    handler.opens("/incidents/1")
    form = {"version": 3, "key": "complaint.do.1", "what": "leave-out"}
    handler.sends("/incidents/1/step", expect=422, **form, remark="")
    handler.sees("请写明原因")
    handler.sends("/incidents/1/step", **form, remark="柜面已满").sees("未采用", "柜面已满")


def test_a_room_with_three_problem_customers_is_red(handler: Agent, line: Line) -> None:
    started(line)
    handler.opens("/incidents/1").sends("/incidents/1/rooms", version=3, rooms="办公室 李一")
    handler.sees("一处有 3 名及以上问题客户")
    handler.sends("/incidents/1/rooms", version=4, rooms="办公室：李一\n健管部，李二")
    handler.misses("一处有 3 名及以上问题客户").sees("李二")
    form = {f"place-{n}": "1" if n < 3 else "2" for n in range(1, 5)}
    rooms = {"room-1": "办公室", "handler-1": "李一", "room-2": "健管部", "handler-2": ""}
    handler.sends("/incidents/1/places", version=5, problem="1", **rooms, **form)
    handler.sees("没有接待人")
    assert [one.problem for one in seen(line).people] == [True, False, False, False]


def test_the_report_is_a_paper_that_is_noted(handler: Agent, line: Line) -> None:
    report(line)
    handler.opens("/incidents/1/report.pdf", expect=404).opens("/incidents/1")
    handler.misses("事故报告单（PDF）")
    closed_number = closed_again(line)
    handler.opens(f"/incidents/{closed_number}").follows("事故报告单（PDF）")
    pages = PdfReader(BytesIO(handler.answer.get_data())).pages
    text = "".join(page.extract_text() for page in pages)
    for words in ("事故报告单", "市南柜面", "性质较严重的客户投诉", "收益与宣导不符", "张发言"):
        assert words in text, words
    with line.database.reading() as session:
        noted = audit.about(session, [f"incident:{closed_number}"])
        assert ("exported", "pdf") in {(one.what, one.detail) for one in noted}


def test_the_paper_keeps_numbers_to_itself(handler: Agent, line: Line) -> None:
    number = closed(line)
    incidents.reopen(line, Who(3, "主管", frozenset({Role.SUPERVISOR})), number, None, "补充")
    incidents.note(line, LU, number, "家属电话13900000007")
    with line.database.transaction() as session:
        one = session.get_one(Incident, number)
        one.closing, one.words = {**CLOSING, "cause": "客户身份证110101199003070012"}, "13900000001"
    handler.opens(f"/incidents/{number}/report.pdf")
    pages = PdfReader(BytesIO(handler.answer.get_data())).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    for whole, masked in (
        ("13900000001", "139****0001"), ("13900000007", "139****0007"),
        ("110101199003070012", "110********0012"),
    ):  # fmt: skip
        assert masked in text
        assert whole not in text


def closed_again(line: Line) -> int:
    """Another incident than the first, closed with its report."""
    with line.database.transaction() as session:
        first = session.get_one(Incident, 1)
        first.form_key = "another form"
    return closed(line)


def test_the_list_narrows_and_exports(handler: Agent, line: Line) -> None:
    posts(handler)
    for query, there in (
        ("grade=2", True), ("grade=1", False), ("what=complaint", True), ("what=media", False),
        ("stage=open", True), ("stage=closed", False), ("words=兑付", True), ("words=停电", False),
        (f"from={NOW:%Y-%m-%d}", True), ("to=2020-01-01", False), ("grade=9", True),
    ):  # fmt: skip
        handler.opens(f"/incidents?{query}")
        assert ("市南柜面" in handler.page.words) is there, query
    handler.opens("/incidents.csv")
    text = handler.answer.get_data().decode("utf-8-sig")
    assert "Ⅱ级（重大）" in text
    assert "13900000001" not in text


def test_a_page_of_the_list_costs_the_same_however_many_there_are(
    handler: Agent, line: Line
) -> None:
    report(line)
    few = statements(handler, line)
    for number in range(40):
        report(line, key=f"form number {number}")
    assert statements(handler, line) == few


def statements(agent: Agent, line: Line) -> int:
    """SQL statements of one look at the list."""
    asked: list[str] = []

    def count(*_: Any) -> None:
        asked.append("")

    event.listen(line.database.engine, "before_cursor_execute", count)
    agent.opens("/incidents")
    event.remove(line.database.engine, "before_cursor_execute", count)
    return len(asked)


def test_a_call_agent_sees_no_emergencies(app: Flask) -> None:
    agent = signed_in(app, Role.AGENT)
    assert 'href="/incidents"' not in agent.opens("/today").page.html
    agent.opens("/incidents", expect=403)


def test_lost_steps_are_filled_in_by_head_office(app: Flask, handler: Agent) -> None:
    handler.opens("/incidents/plan").sees("教材步骤缺失", "未规定", "确定一个发言人")
    handler.opens("/incidents/plan/robbery").misses("补充本公司步骤")
    handler.opens("/incidents/plan/robberies", expect=404)
    chief = signed_in(app, Role.COMPLIANCE)
    chief.opens("/incidents/plan/robbery").sees("教材步骤缺失", "补充本公司步骤")
    chief.sends("/incidents/plan/robbery", expect=422, manner="do", steps=" ")
    chief.sees("请填写步骤")
    chief.sends("/incidents/plan/robbery", manner="do", steps="按下报警按钮\n记住体貌特征")
    chief.sees("按下报警按钮", "本公司补充", "compliance")
    handler.opens("/incidents/plan/robbery").sees("记住体貌特征").misses("移除")
    handler.opens("/language/en?back=/incidents/plan/media")
    handler.sees("promise nothing")
    chief.sends("/incidents/plan/steps/1/take-out").misses("按下报警按钮")


def test_contacts_belong_to_their_branch(app: Flask, handler: Agent) -> None:
    handler.opens("/incidents/plan").sees("请事先与可能求援的部门建立联系")
    handler.sends("/incidents/plan/contacts", called="派出所", name="值班室", phone="0532-110")
    handler.sees("0532-110")
    other = signed_in(app, Role.BRANCH, "济南分公司").opens("/incidents/plan")
    other.misses("0532-110").sends("/incidents/plan/contacts/1/take-out", expect=404)
    handler.sends("/incidents/plan/contacts/1/take-out").misses("0532-110")


def test_visits_of_a_day_propose_an_incident(handler: Agent, line: Line) -> None:
    handler.opens("/incidents").misses("疑似群访")
    who = Who(1, "陆经理", frozenset({Role.BRANCH}), BRANCH)
    visit(line, ["王一", "王二", "王三", "王四"], who, NOW)
    handler.opens("/incidents").sees("疑似群访的来访投诉", "4 人", "王一、王二、王三、王四")
    handler.follows("上报为突发事件").sees("王一")
    assert 'name="complaint" value="4"' in handler.page.html
    handler.sends("/incidents", **{**FORM, "complaint": ["1", "2", "3", "4"]})
    assert [one.complaint_id for one in seen(line).people] == [1, 2, 3, 4]
    handler.opens("/complaints/2").follows("属于突发事件 1").sees("市南柜面")
    handler.opens("/incidents").misses("疑似群访")
