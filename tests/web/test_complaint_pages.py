"""The register of complaints on screen: taken in by a form, worked on to the end by people with
different roles, printed, exported; masked, and with nothing lost where a form is out of date."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import event, insert

from operations.rights import Role
from store.audit import about
from store.tables import Complaint, ComplaintEvent, ComplaintFile, ComplaintNotice, ComplaintTalk
from tests.operations import casework
from tests.operations import complaining as c
from tests.operations.complaining import taken, walked
from tests.operations.rig import Rig
from tests.operations.test_case_papers import PDF
from tests.web.agent import Agent, signed_in
from web.app import create_app

NEW = {
    "key": "abc", "channel": "letter", "received_at": "2026-11-18T09:30", "name": "陈安平",
    "relation": "holder", "phone": "13900000001", "policy_number": "P0001", "people": "1",
    "matter": "业务员说是存款，我要找记者，电话13900000001", "demand": "退还保费",
    "amount": "12,000",
}  # fmt: skip
NOTICE = {"form": "sms", "sent_at": "", "words": "已受理", "proof": "短信 1"}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    c.ready(rig)
    yield rig
    rig.close()


@pytest.fixture
def app(rig: Rig) -> Flask:
    return create_app(rig.line, secret="for the tests only")


@pytest.fixture
def handler(app: Flask) -> Agent:
    """A handler of the branch, at the register."""
    return signed_in(app, Role.BRANCH, c.BRANCH).opens("/complaints")


def version(rig: Rig) -> str:
    return str(c.row(rig).version)


def on_paper(agent: Agent) -> str:
    """Everything that stands in the PDF that was answered, without a space: the layout sets some
    between Chinese and Latin."""
    assert agent.answer.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(agent.answer.get_data())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_an_empty_register_says_what_to_do(handler: Agent) -> None:
    handler.sees("没有投诉。", "会自动登记到这里")
    handler.follows("受理投诉").sees("公司已有的资料不再索要")


def test_a_complaint_is_taken_in_by_the_form_and_shown_masked(handler: Agent, rig: Rig) -> None:
    handler.opens("/complaints/new").sends("/complaints", **NEW)
    handler.sees(
        "投诉已登记，编号 TS2026-000001", "媒体", "收到", "139****0001", "首次联系（公司承诺）"
    )
    handler.misses("13900000001")
    handler.opens("/complaints").sees("TS2026-000001", "信函", "剩 5 天")
    found = rig.one(Complaint)
    assert (str(found.amount), found.branch) == ("12000.00", c.BRANCH)


def test_the_same_form_twice_is_one_complaint(handler: Agent, rig: Rig) -> None:
    for _ in range(2):
        handler.opens("/complaints/new").sends("/complaints", **NEW)
    assert len(rig.all(Complaint)) == 1


def test_a_slip_is_a_sentence_and_what_was_typed_stands(handler: Agent, rig: Rig) -> None:
    handler.opens("/complaints/new")
    handler.sends("/complaints", expect=422, **{**NEW, "policy_number": "P9"})
    handler.sees("没有保单 P9", "业务员说是存款")
    handler.sends("/complaints", expect=422, **{**NEW, "amount": "一万"})
    handler.sees("金额看不懂")
    handler.sends("/complaints", expect=422, **{**NEW, "matter": ""})
    handler.sees("缺少“投诉事项”，请填写")
    assert rig.all(Complaint) == []


def test_out_of_a_problem_case_its_call_and_words_come_along(handler: Agent, rig: Rig) -> None:
    case = casework.opened(rig, casework.NOT_ME)
    handler.opens(f"/cases/{case.id}").follows("受理投诉").sees(f"来自问题件 {case.id}")
    assert handler.page.fields["policy_number"] == ["P0001"]
    handler.sends("/complaints", **{**NEW, "case": str(case.id)})
    handler.sees("投诉已登记", "证据", "不是我签的", "打开该件", "听整通电话")
    handler.opens("/complaints/new")
    handler.sends("/complaints", expect=422, **{**NEW, "key": "b", "case": "77"})
    handler.sees("没有问题件 77")


def test_an_agent_takes_it_in_but_sees_no_register(app: Flask, rig: Rig) -> None:
    agent = signed_in(app, Role.AGENT).opens("/complaints/new")
    agent.sends("/complaints", **NEW).sees("投诉已登记")
    agent.opens("/complaints", expect=403)
    agent.opens("/complaints/1", expect=403)


def test_the_work_from_the_form_to_the_decision(app: Flask, handler: Agent, rig: Rig) -> None:
    handler.opens("/complaints/new").sends("/complaints", **NEW)

    def does(what: str, **form: str) -> None:
        handler.opens("/complaints/1")
        handler.sends(f"/complaints/1/do/{what}", version=version(rig), **form).sees("已保存。")

    does("triage", kind="misselling", complexity="complex", words="涉及销售误导")
    does("identify", words="核对证件", name="陈安平", relation="holder")
    does("register", words="")
    does("acknowledge", expected_on="2026-12-03", **NOTICE)
    does("assign", handler="branch 青岛分公司", unit="客服部", due_on="2026-11-28", words="查清")
    does("investigate", words="录音属实")
    does("propose", facts="事实", basis="条款", reasons="理由", options="退保\n贷款", chosen="退保",
         customer="同意", result="upheld", paid="12000")  # fmt: skip
    handler.sees("销售误导", "已提方案", "15 个工作日")
    handler.sends("/complaints/1/judge/approve", expect=403, version=version(rig), words="")
    boss = signed_in(app, Role.COMPLIANCE).opens("/complaints/1")
    boss.sends("/complaints/1/judge/approve", version=version(rig), words="同意").sees("已批准")
    does("implement", words="已退费")
    does("answer", **{**NOTICE, "words": "处理决定"})
    handler.sees("已答复", "¥12,000.00", "投诉属实")
    letter = handler.opens("/complaints/1/letter")
    letter.sees("投诉处理决定书", "查明的事实", "依约定申请仲裁", "30日内", "陈安平")
    printed = on_paper(letter.follows("下载 PDF"))
    for words in (
        "投诉处理决定书", "TS2026-000001", "陈安平：", "查明的事实", "30日内",
        "投诉属实。退保¥12,000.00",
    ):  # fmt: skip
        assert words in printed, words
    assert "草稿" not in printed
    with rig.line.database.reading() as session:
        noted = [(one.what, one.detail) for one in about(session, ["complaint:1"])]
        assert ("complaint-letter", "proposal 1") in noted
        assert ("complaint-letter", "proposal 1, pdf") in noted


def test_what_is_not_decided_is_a_draft_or_not_there(handler: Agent, rig: Rig) -> None:
    taken(rig)
    handler.opens("/complaints/1/letter.pdf", expect=404)
    handler.opens("/complaints/1/talks/1.pdf", expect=404)
    walked(rig, "proposed")
    assert "草稿：尚未告知投诉人" in on_paper(handler.opens("/complaints/1/letter.pdf"))


def test_a_form_from_an_old_page_keeps_what_was_typed(handler: Agent, rig: Rig) -> None:
    taken(rig)
    handler.opens("/complaints/1")
    old = version(rig)
    c.work.triage(rig.line, c.HAN, 1, None, c.SIMPLE)
    form = {"kind": "claim", "complexity": "simple", "words": "像是理赔", "version": old}
    handler.sends("/complaints/1/do/triage", expect=422, **form)
    handler.sees("已被他人改动", "像是理赔")
    assert c.row(rig).kind == "surrender"


def test_the_record_of_a_talk_has_every_field_and_is_printed(handler: Agent, rig: Rig) -> None:
    taken(rig)
    fields = {name: f"填{name}" for name in
              ("visitor", "relation", "holder", "product", "premium", "sum_insured", "course",
               "policy_number", "demand", "seller", "seller_said", "witnesses", "written",
               "difference", "contact", "unit")}  # fmt: skip
    told = {"signed_in_person": "yes", "was_called": "no", "seller_present": "", "signed": "1"}
    handler.opens("/complaints/1").sends(
        "/complaints/1/do/talk", at="2026-11-18T09:50", expected_on="2026-11-23",
        version=version(rig), **fields, **told,
    )  # fmt: skip
    kept = rig.one(ComplaintTalk)
    assert (kept.signed_in_person, kept.was_called, kept.seller_present, kept.signed) == (
        True, False, None, True,
    )  # fmt: skip
    handler.follows("打印记录表").sees("客户沟通记录表", *fields.values(), "2026-11-23")
    printed = on_paper(handler.follows("下载 PDF"))
    for words in ("客户沟通记录表", "客户签名", "2026-11-23", "TS2026-000001", *fields.values()):
        assert words in printed, words
    with rig.line.database.reading() as session:
        noted = {(one.what, one.detail) for one in about(session, ["complaint:1"])}
        assert ("complaint-talk-form", "talk 1, pdf") in noted
    assert c.row(rig).contacted_at is not None


def test_a_signed_copy_is_attached_and_looked_at(handler: Agent, rig: Rig) -> None:
    taken(rig)
    handler.opens("/complaints/1")
    handler.sends("/complaints/1/papers", paper="talk", version=version(rig), words="",
                  file=(BytesIO(PDF), "记录表.pdf"))  # fmt: skip
    handler.sees("凭据已保存。", "已签字的沟通记录表")
    assert rig.one(ComplaintFile).name == "记录表.pdf"
    handler.opens("/complaints/1/papers/1")
    assert handler.answer.get_data() == PDF
    handler.opens("/complaints/1")
    handler.sends("/complaints/1/papers", expect=422, paper="talk", version=version(rig), words="",
                  file=(BytesIO(b"MZ" + b"0" * 100), "x.pdf"))  # fmt: skip
    handler.sees("JPEG")


def test_the_list_is_narrowed_and_exported(handler: Agent, rig: Rig) -> None:
    taken(rig)
    walked(rig, "closed")
    taken(rig, key="b", matter="理赔太慢", channel=c.Channel.VISIT)
    for query, count in (
        ("state=open", 1), ("state=closed", 1), ("stage=closed", 1), ("way=visit", 1),
        ("class=surrender", 1), ("words=TS2026-000002", 1), ("words=P0001", 2),
        ("words=太慢", 1), ("light=normal", 2), ("light=overdue", 0), ("whose=nobody", 1),
    ):  # fmt: skip
        handler.opens(f"/complaints?{query}")
        assert len([one for one in handler.page.rows if "TS2026" in one[0]]) == count, query
    handler.opens("/complaints.xlsx?state=open")
    sheet = load_workbook(BytesIO(handler.answer.get_data())).active
    assert sheet is not None
    rows = list(sheet.values)
    assert len(rows) == 2
    assert "139****0001" in rows[1]
    handler.answer.close()


def test_a_review_is_answered_by_somebody_else(app: Flask, handler: Agent, rig: Rig) -> None:
    taken(rig)
    walked(rig, "closed")
    handler.opens("/complaints/1")
    handler.sends("/complaints/1/do/ask-review", version=version(rig), on="2026-11-18T10:00",
                  words="不服")  # fmt: skip
    handler.sees("登记核查申请")
    boss = signed_in(app, Role.COMPLIANCE).opens("/complaints/1").sees("不服")
    form = {**NOTICE, "words": "维持原决定", "version": version(rig)}
    boss.sends("/complaints/1/judge/keep-decision", **form).sees("维持原决定")
    assert rig.all(ComplaintEvent)[-1].detail["changed"] is False


def test_of_a_group_five_may_speak(handler: Agent, rig: Rig) -> None:
    handler.opens("/complaints/new").sees("推选代表不超过 5 人")
    handler.sends("/complaints", **{**NEW, "people": "20"}).sees("重大", "共同投诉人数 20")


def test_a_forwarded_complaint_shows_by_when_it_had_to_be_passed_on(
    handler: Agent, rig: Rig
) -> None:
    for key, day, word in (("a", "2026-11-10", "已按时"), ("b", "2026-11-02", "已超时完成")):
        form = {**NEW, "key": key, "channel": "regulator", "reference": "青金投〔2026〕18号"}
        handler.opens("/complaints/new").sends("/complaints", sent_on=day, **form)
        handler.sees("监管转办（第33条） 7 个工作日", word, "青金投〔2026〕18号")
    handler.misses("来函要求答复")


def test_the_letters_day_is_shown_and_must_lie_ahead(handler: Agent, rig: Rig) -> None:
    form = {**NEW, "channel": "regulator", "sent_on": "2026-11-10"}
    handler.opens("/complaints/new")
    handler.sends("/complaints", expect=422, reply_by="2026-11-17", **form)
    handler.sees("来函要求答复的日期不能早于收到日期")
    handler.sends("/complaints", reply_by="2026-11-20", **form)
    handler.sees("来函要求答复 以来函为准", "剩 2 天", "2026-11-20 23:59")
    handler.opens("/complaints").sees("剩 2 天")  # the earliest of all limits


def test_a_notice_names_the_paper_that_proves_it(handler: Agent, rig: Rig) -> None:
    taken(rig)
    walked(rig, "registered")
    handler.opens("/complaints/1")
    handler.sends("/complaints/1/papers", paper="proof", version=version(rig), words="",
                  file=(BytesIO(PDF), "回执.pdf"))  # fmt: skip
    form = {**NOTICE, "expected_on": "2026-12-03", "version": version(rig)}
    handler.sends("/complaints/1/do/acknowledge", expect=422, paper="7", **form)
    handler.sees("该凭据不属于这件投诉")
    handler.sends("/complaints/1/do/acknowledge", paper="1", **form).sees("已保存。")
    assert rig.all(ComplaintNotice)[-1].file_id == 1


def test_the_policys_time_line_tells_of_it_but_not_what_it_says(
    app: Flask, handler: Agent, rig: Rig
) -> None:
    taken(rig)
    walked(rig, "answered")
    handler.opens("/policies/P0001").sees("收到投诉", "投诉已答复", "TS2026-000001")
    handler.misses("随时能全额退")
    agent = signed_in(app, Role.AGENT).opens("/policies/P0001").sees("收到投诉")
    assert not [href for _, href in agent.page.links if "/complaints/" in href]


def test_a_deed_that_does_not_exist_is_none(handler: Agent, rig: Rig) -> None:
    taken(rig)
    handler.opens("/complaints/1")
    handler.sends("/complaints/1/do/nothing", expect=400, version="1")
    handler.sends("/complaints/7/do/triage", expect=404, version="1")


def statements(app: Flask, path: str) -> int:
    """How many questions a page asks of the database."""
    agent = Agent(app.test_client()).opens(path)
    engine = app.extensions["line"].database.engine
    asked: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    agent.opens(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_a_page_asks_no_more_with_many_than_with_few(app: Flask, rig: Rig) -> None:
    with rig.line.database.transaction() as session:
        session.execute(insert(Complaint), [c.some(number) for number in range(2)])
    few = statements(app, "/complaints")
    with rig.line.database.transaction() as session:
        session.execute(insert(Complaint), [c.some(number) for number in range(2, 60)])
    assert statements(app, "/complaints") == few
