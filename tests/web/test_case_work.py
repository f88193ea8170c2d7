"""Working on a problem case in the console: one form for each thing, and nothing lost when a form
is old, sent twice, too large or from another branch."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from operations import case_work
from operations.case_alarms import escalate
from operations.rights import Role
from scheduler.case_sheet import COLUMNS
from store.tables import AuditEntry, Case, CaseFile, OverdueStatement, SecondRevisit
from tests.operations.casework import GAO, HAN, QI, UNSURE, deeds, opened, staff, work
from tests.operations.rig import Rig
from tests.operations.test_case_papers import JPEG, PDF
from tests.web.agent import Agent, entered
from web.app import create_app

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A case that a signed letter or a second revisit closes, and people to work on it."""
    rig = Rig(tmp_path)
    staff(rig)
    opened(rig, UNSURE)
    yield rig
    rig.close()


@pytest.fixture
def app(rig: Rig) -> Flask:
    return create_app(rig.line, secret="for the tests only")


def at(app: Flask, name: str = HAN.name) -> Agent:
    """One of the staff at the page of the case."""
    client = app.test_client()
    entered(client, name)
    return Agent(client).opens("/cases/1")


def sends(agent: Agent, form_name: str, expect: int = 200, **form: object) -> Agent:
    """The form of that name, as the page stands."""
    version = re.search(r'name="version" value="(\d+)"', agent.page.html)
    seen = version[1] if version else "0"
    return agent.sends(f"/cases/1/{form_name}", expect, **{"version": seen, **form})


def talk(words: str = "已再次解释") -> dict[str, str]:
    return {"on": "2026-11-18T10:02", "minutes": "6", "reached": "yes", "said": words}


def noted(rig: Rig) -> list[tuple[str, str, str]]:
    with rig.line.database.reading() as session:
        query = select(AuditEntry.who, AuditEntry.what, AuditEntry.about)
        return [(who, what, about) for who, what, about in session.execute(query)]


def test_a_case_goes_its_way_from_taken_to_closed(rig: Rig, app: Flask) -> None:
    han, qi = at(app), at(app, QI.name)
    han.sees("待分派", "还没有经办人", "亲笔签名的函件", "二次回访通过")
    sends(han, "assign", to=HAN.name).sees("问题件已交给 韩经办。")
    sends(han, "talk", **talk(), explained="1").sees("已再次解释", "6 分钟", "本人接听")
    file = (BytesIO(JPEG), "签名函件.jpg")
    sends(han, "papers", paper="signed", file=file, about="投保人亲笔").sees(
        "凭据已保存", "签名函件.jpg"
    )
    sends(qi.opens("/cases/1"), "judge", what="review", because="签名一致").sees("复核通过。")
    sends(han.opens("/cases/1"), "close", remark="").sees("已结案。", "已结")
    assert rig.one(Case).closed_because == "proof"
    sends(qi.opens("/cases/1"), "reopen", why="回执日期不符").sees("需要重新取得结案凭据")
    han.opens("/cases/1").sees("重新打开之前的")
    assert [what for _, what in deeds(rig)] == [
        "assign", "contact", "attach", "review", "close", "reopen",
    ]  # fmt: skip


def test_the_second_revisit_is_booked_and_cancelled(rig: Rig, app: Flask) -> None:
    han, gao = at(app), at(app, GAO.name)
    sends(han, "assign", to=HAN.name)
    sends(han, "opinion", opinion="建议二次回访")
    sends(gao.opens("/cases/1"), "judge", what="send-back", because="先联系客户").sees("已退回。")
    sends(han.opens("/cases/1"), "talk", **talk())
    sends(gao.opens("/cases/1"), "judge", what="review", because="")
    sends(han.opens("/cases/1"), "revisit", not_before="2026-11-18T15:00").sees("已预约")
    assert rig.one(SecondRevisit).state == "booked"
    sends(han, "no-revisit", why_not="客户要求面谈").sees("已取消，不再拨打。")
    assert rig.one(SecondRevisit).state == "withdrawn"


def test_what_cannot_be_done_is_said_and_what_was_typed_stays(rig: Rig, app: Flask) -> None:
    han = at(app)
    sends(han, "assign", to=HAN.name)
    wrong = {**talk("客户说下周再联系"), "on": "2026-11-19T10:00"}
    sends(han, "talk", 422, **wrong).sees("沟通时间在将来", "客户说下周再联系")
    sends(han, "talk", 422, **{**talk("没有时间"), "on": "昨天"}).sees("看不懂", "没有时间")
    sends(han, "close", 422, remark="想结案").sees("处理还没有复核", "想结案")
    assert len(deeds(rig)) == 1


def test_a_form_from_an_old_page_changes_nothing_and_can_be_sent_again(
    rig: Rig, app: Flask
) -> None:
    han, gao = at(app), at(app, GAO.name)
    sends(han, "assign", to=HAN.name)
    gao.opens("/cases/1")
    sends(han, "talk", **talk("经办的记录"))
    sends(gao, "opinion", 422, opinion="主管的意见").sees("其间有人改动了这个问题件", "主管的意见")
    assert len(deeds(rig)) == 2
    sends(gao, "opinion", opinion="主管的意见").sees("已登记。")
    assert deeds(rig)[-1] == ("高主管", "conclude")


def test_a_button_pressed_twice_does_nothing_twice(rig: Rig, app: Flask) -> None:
    han = at(app)
    sends(han, "assign", to=HAN.name)
    html = han.page.html
    sends(han, "talk", **talk())
    han.page.html = html  # the page of before is still in the other hand
    sends(han, "talk", **talk()).sees("已登记。")
    file = {"paper": "signed", "file": (BytesIO(PDF), "函.pdf")}
    sends(han, "papers", **file)
    assert len(deeds(rig)) == 3
    for _ in range(2):
        sends(han, "statement", reason="客户出差", new_date="2026-11-30").sees("客户出差")
    assert len(rig.all(OverdueStatement)) == 1


def test_a_script_tag_is_words(rig: Rig, app: Flask) -> None:
    han = at(app)
    sends(han, "assign", to=HAN.name)
    sends(han, "talk", **talk(f"客户说{SCRIPT}，手机13900000001"))
    assert SCRIPT not in han.page.html
    han.sees(f"客户说{SCRIPT}").misses("13900000001")
    sends(han, "talk", 422, **talk(f"{SCRIPT}长" * 200))
    assert SCRIPT not in han.page.html


def test_a_file_of_50_mb_gets_a_sentence_and_loses_nothing(rig: Rig, app: Flask) -> None:
    han = at(app)
    sends(han, "assign", to=HAN.name)
    large = (BytesIO(PDF + b"x" * 50_000_000), "扫描.pdf")
    sends(han, "papers", 422, paper="receipt", file=large, about="第一次扫描").sees(
        "文件有 50.0 MB，最多只能 10 MB", "第一次扫描"
    )
    assert (rig.all(CaseFile), work(rig).version) == ([], 1)
    sends(han, "papers", 413, paper="receipt", file=(BytesIO(b"x" * 65_000_000), "a.pdf")).sees(
        "文件超过 64 MB"
    )
    sends(han, "opinion", 413, opinion="长" * 700_000).sees("1 MB")


def test_only_what_it_is_counts_and_not_the_name(rig: Rig, app: Flask) -> None:
    han = at(app)
    sends(han, "assign", to=HAN.name)
    html = (BytesIO(SCRIPT.encode()), "函件.pdf")
    sends(han, "papers", 422, paper="signed", file=html).sees("只能保存完整的 JPEG、PNG 或 PDF")
    sends(han, "papers", 422, paper="signed").sees("文件是空的")


def test_whoever_looks_at_a_paper_is_noted(rig: Rig, app: Flask) -> None:
    han, qi = at(app), at(app, QI.name)
    sends(han, "assign", to=HAN.name)
    sends(han, "papers", paper="signed", file=(BytesIO(JPEG), "函件.jpg"))
    sends(han, "papers", paper="other", file=(BytesIO(PDF), "说明.pdf"))
    qi.opens("/cases/1/papers/1")
    assert (qi.answer.mimetype, qi.answer.get_data()) == ("image/jpeg", JPEG)
    qi.opens("/cases/1/papers/2")
    assert qi.answer.headers["Content-Disposition"].startswith("attachment")
    assert noted(rig)[-2:] == [("齐质检", "paper", "case:1")] * 2
    qi.opens("/cases/1/papers/3", expect=404).opens("/cases/2/papers/1", expect=404)


def test_another_branch_finds_no_case(rig: Rig, app: Flask) -> None:
    away = Agent(app.test_client())
    entered(away.client, "冯经办")
    away.opens("/cases").misses("陈安平").opens("/cases/1", expect=404)
    away.opens("/cases")
    for path in ("assign", "talk", "opinion", "close", "statement", "papers", "revisit"):
        form = {"version": "0", "to": "冯经办", "paper": "signed", "reason": "晚", **talk()}
        away.sends(f"/cases/1/{path}", 404, **form)
    for path in ("papers/1", "letter.pdf", "work-order"):
        away.opens(f"/cases/1/{path}", expect=404)
    away.opens("/cases").sends("/cases/assign", 422, id="1", to="冯经办")
    assert (deeds(rig), rig.all(OverdueStatement)) == ([], [])


def test_roles_without_the_right_are_refused(rig: Rig, app: Flask) -> None:
    qi = at(app, QI.name)
    assert 'action="/cases/1/' not in qi.page.html
    sends(qi, "opinion", 403, opinion="质检不办件")
    han = at(app)
    sends(han, "judge", 403, what="review", because="")
    sends(han.opens("/cases/1"), "reopen", 403, why="经办不能重开")


def test_a_seller_is_not_given_what_the_rulebook_keeps_from_them(app: Flask, rig: Rig) -> None:
    with rig.line.database.transaction() as session:
        session.get_one(Case, 1).family = "销售误导类"
    gao, seller = at(app, GAO.name), at(app, "苗青")
    sends(gao, "assign", 422, to="苗青").sees("这类问题件不得由销售人员处理")
    assert 'action="/cases/1/talk"' not in seller.page.html
    sends(gao.opens("/cases/1"), "assign", to=HAN.name).sees("问题件已交给 韩经办。")


def test_the_work_order_has_whole_numbers_and_is_noted(rig: Rig, app: Flask) -> None:
    han = at(app).opens("/cases/1/work-order")
    han.sees("13900000001", "青岛市市南区示范路1号", "记不清了", "投保人亲笔签名", "苗青")
    han.misses("370202198503060034")
    assert noted(rig) == [("韩经办", "work-order", "case:1")]
    han.opens("/cases/1/letter.pdf")
    assert han.answer.get_data().startswith(b"%PDF-")


def test_the_list_tells_whose_and_how_far(rig: Rig, app: Flask) -> None:
    han = at(app).opens("/cases?whose=nobody").sees("陈安平", "待分派")
    han.opens("/cases?whose=mine").misses("陈安平")
    case_work.assign(rig.line, HAN, 1, 0, HAN.name)
    han.opens("/cases?whose=mine").sees("陈安平", "已分派", "韩经办")
    han.opens("/cases?stage=assigned&sort=order").sees("陈安平")
    han.opens("/cases?stage=issued").misses("陈安平")
    gao = at(app, GAO.name).opens("/cases?branch=青岛分公司").sees("陈安平")
    gao.opens("/cases?branch=济南分公司").misses("陈安平")
    gao.opens("/cases.csv?whose=nobody")
    assert "陈安平" not in gao.answer.get_data(as_text=True)


def test_several_are_assigned_at_once_and_those_that_stay_say_why(rig: Rig, app: Flask) -> None:
    gao = at(app, GAO.name).opens("/cases?whose=nobody")
    gao.sends("/cases/assign?whose=nobody", id="1", to=HAN.name).sees("已分派给 韩经办 1 件。")
    assert gao.at == "/cases?whose=nobody"
    gao.sends("/cases/assign", 422, to=HAN.name).sees("没有勾选问题件。")
    gao.sends("/cases/assign", 422, id="1", to="冯经办").sees("问题件 1", "本机构没有名叫“冯经办”")
    assert work(rig).assignee == HAN.name


def test_a_branchs_list_goes_out_and_comes_in_again(rig: Rig, app: Flask) -> None:
    han = at(app).opens("/cases")
    han.sends("/cases/list.xlsx")
    book = load_workbook(BytesIO(han.answer.get_data()))
    titles = {name: place for place, name in enumerate(COLUMNS, start=1)}
    for name, text in (("联系日期", "2026-11-18"), ("是否本人接听", "是"), ("沟通内容", "已解释"),
                       ("处理意见", "建议二次回访")):  # fmt: skip
        book.active.cell(2, titles[name], text)
    out = BytesIO()
    book.save(out)
    content = out.getvalue()
    han.opens("/cases").sends("/cases/results", file=(BytesIO(content), "问题件.xlsx")).sees(
        "保存沟通 1 条、处理意见 1 条"
    )
    han.sends("/cases/results", file=(BytesIO(content), "问题件.xlsx")).sees("已登记过 1 行")
    assert [what for _, what in deeds(rig)] == ["assign", "contact", "conclude"]
    han.sends("/cases/results", 422, file=(BytesIO(b"PK"), "坏.xlsx"))
    assert ("韩经办", "exported", "cases:1") in noted(rig)


def test_alarms_of_the_night_stand_above_the_list(rig: Rig, app: Flask) -> None:
    rig.clock.tick(8 * 86400)
    escalate(rig.line)
    at(app).sees("昨夜已催办", "问题件超时").opens("/cases").sees("1 件超时")


@pytest.mark.parametrize("role", [Role.BRANCH, Role.REVIEWER, Role.SUPERVISOR, Role.COMPLIANCE])
def test_every_role_that_sees_cases_reads_them_in_english(rig: Rig, app: Flask, role: Role) -> None:
    client = app.test_client()
    entered(client, f"{role} one", (role,), "青岛分公司" if role is Role.BRANCH else None)
    reader = Agent(client).opens("/cases").follows("English")
    reader.sees("Stage", "To be assigned").opens("/cases/1").sees("Closed by", "second revisit")
