"""The pages under the queue that look at all policies: dialling, forecast, timed jobs; and what all
of these pages have in common."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from operations import dialling, handover
from operations.forecast import make
from scheduler.pacing import State
from store.tables import DiallingEvent, Forecast, Policy
from tests.web.agent import HERE, Agent
from tests.web.stage import NOW, at
from tests.web.steered import AT_RISK, JOBS, OTHER, WRITER, Steered
from web.app import create_app

PAGES = ("forecast", "handovers", "special-revisits", "do-not-call", "dialling", "timetable")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_whole_in_both_languages(still: Steered, page: str) -> None:
    agent = still.agent.opens(f"/language/zh_CN?back=/{page}").sees("拨打控制", "定时任务")
    assert agent.page.html.count('aria-current="page"') == 2  # in the menu and among the tabs
    agent.opens(f"/language/en?back=/{page}").sees("Dialling control", "Timed jobs")
    words = agent.page.words
    with still.line.database.reading() as session:
        data = {WRITER, OTHER, "回", "中文", still.line.company, "家人不知情，不便电话回访",
                "客户来电投诉，回电", "出国", "已回国"}  # fmt: skip
        for policy in session.scalars(select(Policy)):
            data |= {policy.holder_name, policy.product, policy.branch or ""}
    for piece in sorted(data, key=len, reverse=True):
        words = words.replace(piece, "") if piece else words
    assert not CHINESE.search(words), words
    agent.opens("/language/zh_CN?back=/today")


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("forecast", "还没有预测"),
        ("handovers", "没有需要机构回访的保单"),
        ("special-revisits", "没有特殊回访"),
        ("do-not-call", "没有禁拨"),
        ("dialling", "正常拨打"),
        ("timetable", "没有主控进程"),
    ],
)
def test_empty_pages_say_so(newcomer: Agent, page: str, sentence: str) -> None:
    newcomer.opens(f"/{page}").sees(sentence)


@pytest.mark.parametrize("page", ["forecast", "handovers", "special-revisits", "do-not-call"])
def test_lists_are_files_too_and_filters_are_carried_on(still: Steered, page: str) -> None:
    agent = still.agent.opens(f"/{page}?state=all")
    agent.follows("CSV")
    assert agent.answer.mimetype == "text/csv"
    assert len(agent.answer.get_data(as_text=True).splitlines()) >= 2
    agent.opens(f"/{page}.xlsx")
    assert load_workbook(BytesIO(agent.answer.get_data())).active is not None


# dialling


def test_the_dialling_as_it_stands(still: Steered) -> None:
    agent = still.agent.opens("/dialling").sees("正常拨打", "1 / 5 线路在用", "2 待拨打")
    assert agent.page.row("示范市分公司") == ["示范市分公司", "1", "–", "2"]


def test_pausing_needs_a_reason(steered: Steered) -> None:
    agent = steered.agent.opens("/dialling")
    agent.sends("/dialling/pause", 422, why=" ", seen=agent.page.fields["seen"][0])
    agent.sees("请填写原因")
    assert dialling.status(steered.line).state is State.RUNNING


def test_pause_and_resume(steered: Steered) -> None:
    agent = steered.agent.opens("/dialling")
    agent.sends("/dialling/pause", by=WRITER, why="线路检修", seen=agent.page.fields["seen"][0])
    agent.sees("已暂停。正在进行的 1 通电话照常结束", "已暂停", "线路检修", WRITER)
    assert agent.at == "/dialling"  # a reload sends nothing again
    agent.sends("/dialling/resume", by=OTHER, why="修好了", seen=agent.page.fields["seen"][0])
    agent.sees("已恢复拨打", "正常拨打")
    assert [one.what for one in steered.rows(DiallingEvent)] == ["paused", "resumed"]


def test_a_form_sent_twice_or_too_late_changes_nothing(steered: Steered) -> None:
    agent = steered.agent.opens("/dialling")
    seen = agent.page.fields["seen"][0]
    for _ in range(2):
        agent.sends("/dialling/pause", by=WRITER, why="检修", seen=seen)
    agent.sees("本来就是这个状态，没有改动")
    dialling.resume(steered.line, OTHER, "")
    agent.sends("/dialling/pause", by=WRITER, why="检修", seen=seen).sees("状态已经变了")
    assert dialling.status(steered.line).state is State.RUNNING
    assert len(steered.rows(DiallingEvent)) == 2


@pytest.mark.parametrize(("count", "kept"), [("3", 3), ("0", 0), ("", None)])
def test_agents_on_duty(steered: Steered, count: str, kept: int | None) -> None:
    dialling.agents_on_duty(steered.line, 7, OTHER)
    agent = steered.agent.opens("/dialling")
    assert agent.page.fields["count"] == ["7"]
    seen = agent.page.fields["seen"][0]
    agent.sends("/dialling/agents", by=WRITER, count=count, seen=seen)
    assert dialling.status(steered.line).agents == kept
    agent.sends("/dialling/agents", by=WRITER, count="9", seen=seen).sees("状态已经变了")
    assert dialling.status(steered.line).agents == kept


@pytest.mark.parametrize("count", ["-1", "x", "10000", "٣"])
def test_agents_that_cannot_be_meant(steered: Steered, count: str) -> None:
    agent = steered.agent.opens("/dialling")
    agent.sends("/dialling/agents", 422, by=WRITER, count=count, seen=agent.page.fields["seen"][0])
    assert agent.sees("人数请填 0 到 9999").page.fields["count"] == [count]


def test_a_broken_breaker_says_why_in_the_readers_words(steered: Steered) -> None:
    line = steered.line
    with line.database.transaction() as session:
        for _ in range(5):
            dialling.note_order(session, line, failed=True, now=NOW, said="31005")
    steered.agent.opens("/dialling").sees(
        "自动停拨", "连续 5 次下单失败，最后一次：31005", "试拨下一通"
    )


# forecast


def test_the_forecast_in_figures_picture_and_table(still: Steered) -> None:
    agent = still.agent.opens("/forecast").sees(
        "2026-11-20 01:00 生成", "73% 预计按时回访", "8 / 11 张"
    )
    agent.sees(
        "91% 线路不限时", "2 ■ 有风险", "依据 480 通电话", "11-20：需要 120 次，预计打 120 次"
    )
    assert '<svg class="calendar"' in agent.page.html
    assert 'role="img" aria-labelledby="calendar-title calendar-desc"' in agent.page.html
    assert agent.page.row("2026-11-23") == ["2026-11-23", "340 ▲", "260", "260", "9", "0"]
    assert agent.page.row("2026-12-02")[5] == "2"
    row = agent.page.row(still.numbers[AT_RISK])
    assert row[5:10] == ["31%", "线路不够", "机构电话", "2026-12-01", "? 建议"]
    assert agent.page.row(still.numbers["郑伟"])[7] == "都来不及"


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("why=hard-to-reach", "郑伟", AT_RISK),
        ("way=branch-call", AT_RISK, "郑伟"),
        ("state=proposed", AT_RISK, "郑伟"),
    ],
)
def test_the_policies_at_risk_can_be_narrowed(
    still: Steered, query: str, there: str, not_there: str
) -> None:
    still.agent.opens(f"/forecast?{query}").sees(there).misses(not_there)


def test_an_old_forecast_says_so(steered: Steered) -> None:
    later = replace(steered.line, clock=lambda: at(14, 0, days=2))
    agent = Agent(create_app(later, secret="s").test_client())
    agent.opens("/forecast").sees("预测已过时", "huifang worker")


def test_a_proposal_is_accepted_by_ticking_it(steered: Steered) -> None:
    agent = steered.agent.opens("/forecast")
    ticked = agent.page.fields["id"]
    agent.sends("/forecast/decide", by=WRITER, which="ticked", what="accept", id=ticked, count="1")
    agent.sees("1 张保单列入机构的下一份清单")
    assert steered.state_of(AT_RISK) == "waiting"
    steered.plan()
    agent.opens(f"/policies/{steered.numbers[AT_RISK]}").sees("已交机构回访")


def test_all_of_a_filter_are_declined_with_a_reason(steered: Steered) -> None:
    agent = steered.agent.opens("/forecast?why=too-few-lines")
    form = {"by": WRITER, "which": "all", "what": "decline", "count": "1"}
    path = "/forecast/decide?why=too-few-lines"
    agent.sends(path, 422, because="", **form).sees("请写明原因")
    assert agent.page.fields["which"] == ["all"]
    agent.sends(path, because="加线路", **form).sees("已不采纳 1 条建议")
    assert agent.at == "/forecast?why=too-few-lines"
    assert steered.state_of(AT_RISK) == "withdrawn"
    agent.sends(path, because="加线路", **form).sees("建议已经变了")


def test_a_decision_about_nothing_is_refused(steered: Steered) -> None:
    agent = steered.agent.opens("/forecast")
    form = {"which": "ticked", "what": "accept", "count": "1"}
    agent.sends("/forecast/decide", 422, by=WRITER, **form).sees("请先勾选")
    assert steered.state_of(AT_RISK) == "proposed"


def test_a_forecast_that_the_night_made_is_shown(steered: Steered) -> None:
    """The real one: whatever it keeps, the page can read."""
    make(steered.line)
    newest = steered.rows(Forecast)[-1]
    steered.agent.opens("/forecast").sees("2026-11-20 15:30 生成", f"/ {newest.open_policies} 张")
    assert "calendar" in steered.agent.page.html


# timed jobs


def test_the_timed_jobs_and_who_leads(still: Steered) -> None:
    agent = still.agent.opens("/timetable").sees("主控 worker", "续期 15:30:00")
    assert agent.page.row("plan")[1:] == [
        "每 10 秒", "主控进程", "运营商", "11-20 15:29 用时 1.0 秒", "12", "30", "11-20 15:30",
    ]  # fmt: skip
    assert "连续失败 1 次" in agent.page.row("deadlines")[4]
    assert "运行中" in agent.page.row("hear-recordings")[4]
    assert agent.page.row("forecast")[4] == "从未运行"
    agent.opens("/timetable.csv")
    assert len(agent.answer.get_data(as_text=True).splitlines()) == len(JOBS) + 1


def test_a_leader_that_is_gone_and_a_job_that_is_overdue(steered: Steered) -> None:
    later = replace(steered.line, clock=lambda: at(15, 40))
    agent = Agent(create_app(later, secret="s", timetable=JOBS).test_client())
    agent.opens("/timetable").sees("主控进程可能已停止", "已过点")


def test_forms_without_the_word_of_the_page_are_refused(still: Steered) -> None:
    for path in ("/dialling/pause", "/forecast/decide", "/do-not-call", "/special-revisits"):
        assert still.agent.client.post(path, data={"by": "x"}, base_url=HERE).status_code == 409


def test_operations_by_others_are_seen(steered: Steered) -> None:
    handover.issue(steered.line, OTHER)
    steered.agent.opens("/handovers").sees("现在生成清单 (0)", "2026-11-24")
