"""队列 and one policy: what the agenda says, page by page; why she was called, why he was not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from operations.line import Line
from operations.plan import refresh, sweep
from store.tables import Agenda, Attempt, Policy
from tests.web.agent import Agent
from tests.web.stage import NOW, at, line_at
from tests.web.steered import Steered, steer
from tests.web.world import furnish
from web.app import create_app


@pytest.fixture
def line(empty: Line) -> Line:
    """The small world, to be changed."""
    furnish(empty)
    return empty


def console(line: Line) -> Agent:
    return Agent(create_app(line, secret="for the tests only").test_client())


def change(line: Line, name: str, **values: object) -> str:
    """Change a policy and have it decided anew; gives its number."""
    with line.database.transaction() as session:
        policy = session.scalars(select(Policy).where(Policy.holder_name == name)).one()
        for column, value in values.items():
            setattr(policy, column, value)
        session.execute(
            update(Agenda).where(Agenda.policy_id == policy.id).values(look_at=line.clock())
        )
        number = policy.number
    refresh(line)
    return number


def test_the_queue_is_in_the_order_of_dialling(line: Line) -> None:
    change(line, "金海波", holder_birth=NOW.date().replace(year=1950))  # at risk: rung earlier
    page = console(line).opens("/queue").page
    assert [row[2] for row in page.rows[1:]] == ["金海波", "周文涛", "吴芳"]
    assert "重点客户，提前拨打（65岁及以上购买较高风险产品）" not in page.row("周文涛")[-2]


def test_a_branch_narrows_the_queue_and_its_file(line: Line) -> None:
    change(line, "吴芳", branch="济南分公司")
    agent = console(line)
    page = agent.opens("/queue?branch=济南分公司").sees("吴芳", "共 1 条").misses("周文涛").page
    assert page.fields["branch"] == ["济南分公司"]
    assert "branch=" in page.link("CSV")
    agent.follows("CSV")
    text = agent.answer.get_data(as_text=True)
    assert "吴芳" in text
    assert "周文涛" not in text


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("part=held&words=0009", "冯涛", "郑伟"),  # end of the phone
        ("part=held&words=康宁", "姜小雨", "郑伟"),  # the product
        ("part=held&why=callback-at", "郑伟", "冯涛"),
        ("words=8860202611000008", "吴芳", "周文涛"),
    ],
)
def test_the_queue_finds_by_words(agent: Agent, query: str, there: str, not_there: str) -> None:
    agent.opens(f"/queue?{query}").sees(there).misses(not_there)


def test_outside_the_hours_the_queue_waits_and_says_until_when(tmp_path: Path) -> None:
    night = at(21, 30)
    line = replace(line_at(tmp_path), clock=lambda: night)
    furnish(line)
    agent = console(line)
    agent.opens("/queue").sees("不在外呼时段", "11-21 09:30 开始拨打", "待拨")
    assert agent.page.row("周文涛")[8] == "在外呼时段内，应拨打"  # not: outside the hours
    line.database.close()


def test_within_the_hours_nothing_is_said_of_them(agent: Agent) -> None:
    agent.opens("/queue").misses("不在外呼时段")


def test_what_waits_to_be_decided_is_told(line: Line) -> None:
    agent = console(line)
    agent.opens("/queue").misses("等待重新判断")
    with line.database.transaction() as session:
        session.execute(update(Agenda).values(look_at=NOW - timedelta(minutes=6)))
    agent.opens("/queue").sees("11 张保单等待重新判断", "后台任务几分钟没有运行")


def test_a_policy_that_was_just_touched_is_being_decided(line: Line) -> None:
    with line.database.transaction() as session:
        session.execute(update(Agenda).values(state="held", why="", reasons=[]))
    agent = console(line)
    agent.opens("/queue?part=held").sees("正在重新判断 (11)")
    agent.opens("/queue?part=held&why=undecided").sees("共 11 条")


def test_the_queue_of_a_hundred_thousand_is_read_by_the_page(line: Line) -> None:
    """No row beyond the page is made: what is read stays as much, however long the queue."""
    from sqlalchemy import event

    read = 0

    def count(_target: object, _context: object) -> None:
        nonlocal read
        read += 1

    event.listen(Agenda, "load", count)
    try:
        agent = console(line)
        agent.opens("/today")
        assert read == 0
        agent.opens("/queue?part=held")
        assert read == 7
    finally:
        event.remove(Agenda, "load", count)


def test_one_policy_says_why_it_is_called(agent: Agent) -> None:
    agent.opens("/policies/8860202611000007")
    agent.sees("周文涛", "现在可拨", "为什么现在打", "在外呼时段内，应拨打", "下次拨打 139****0007")
    agent.sees("时限 2026-12-02 23:59", "剩余时段 25", "前面还有 0 张")
    agent.sees("剩余时段少的先打：时限前还有 25 个", "其次看在办案件：没有", "已拨 1 次")
    agent.sees("犹豫期 2026-11-18 – 2026-12-02", "15 天", "1 次，上限 8 次")
    agent.sees("第 1 次", "忙线", "为什么打：", "当时剩余 24 个时段", "standard:1")
    assert agent.page.row("139****0007")[:3] == ["139****0007", "1 / 2", "11-20 11:05"]
    agent.follows("打开通话").sees("周文涛")


def test_one_policy_says_why_it_is_not_called(agent: Agent) -> None:
    agent.opens("/policies/8860202611000011")
    agent.sees("暂缓", "客户约定回电（预约再拨），至 2026-11-21 10:00", "约定了时间的最先拨打")
    agent.sees("约定 11-21 10:00 回电")
    agent.opens("/policies/8860202611000016").sees("回执未签收", "尚未开始：回执未签收")
    agent.opens("/policies/8860202611000017").sees("来不及回访", "犹豫期已过（2026-11-16）")
    agent.opens("/policies/8860202611000018").sees(
        "不予拨打（拦截）", "核实件", "三个投保人共用号码"
    )


def test_a_policy_that_is_done_says_so_and_nothing_of_the_next_call(agent: Agent) -> None:
    agent.opens("/policies/8860202611000001").sees("不再拨打", "完成").misses(
        "为什么现在不打", "下次拨打"
    )


def test_the_reasons_of_a_promise_a_case_and_a_risk(line: Line) -> None:
    """Words that the world has no example of."""
    reasons = [
        {"code": "promised", "detail": "2026-11-20T10:00+08:00", "until": None},
        {"code": "open-case", "detail": "2", "until": None},
        {"code": "at-risk", "detail": "senior", "until": None},
        {"code": "other-number", "detail": "wrong-number", "until": None},
        {"code": "of-an-earlier-version"},
    ]
    with line.database.transaction() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.policy_id == 7)).one()
        attempt.reasons = reasons
        attempt.cause, attempt.decision = "hung-up-early", {"calendar": "unconfirmed"}
    agent = console(line).opens("/policies/8860202611000007")
    agent.sees("与客户约定了这个时间（2026-11-20 10:00）", "有案件等这通电话（处理顺序第 2 位）")
    agent.sees(
        "重点客户，提前拨打（60岁及以上）", "换号拨打（号码不是本人的）", "of-an-earlier-version"
    )
    agent.sees("核实身份前挂断", "工作日历尚未公布")
    agent.opens("/language/en?back=/policies/8860202611000007")
    agent.sees("A customer to be rung earlier (60 or older)", "Another number now (Wrong number)")
    agent.sees("A case waits for this call (place 2 in the processing order)")


def test_the_limits_that_are_used_up(line: Line) -> None:
    with line.database.transaction() as session:
        first = session.scalars(select(Attempt).where(Attempt.policy_id == 7)).one()
        first.person = "person-7"
        policy = session.get_one(Policy, 7)
        policy.person, policy.other_phones = "person-7", ["+8613900000077"]
        for number, day in ((2, at(12, 0)), (3, at(14, 0))):
            session.add(
                Attempt(
                    policy_id=7, number=number, phone="+8613900000007", person="person-7",
                    state="ended", planned_at=day, rang_at=day, ended_at=day, lease=1,
                    deadline=at(21, 0, days=12), reasons=[], outcome="no-answer", cause="no-answer",
                )
            )  # fmt: skip
    agent = console(line).opens("/policies/8860202611000007")
    agent.sees("投保人今日拨打次数已满", "至 2026-11-21 00:00")
    assert agent.page.row("投保人（各保单合计）")[1] == "3 / 2 ▲ 已用完"
    assert agent.page.row("139****0007")[1] == "3 / 5"
    assert agent.page.row("139****0077")[1] == "0 / 5"


def test_what_is_done_instead_stands_on_the_policy(empty: Line) -> None:
    steered: Steered = steer(empty)
    agent = steered.agent
    agent.opens(f"/policies/{steered.numbers['金海波']}").sees(
        "特殊回访已获批", "已批准", "待列清单"
    )
    agent.opens(f"/policies/{steered.numbers['冯涛']}").sees(
        "已交机构回访", "交接 · 机构电话", "已交机构"
    )
    agent.opens(f"/policies/{steered.numbers['周文涛']}").sees(
        "按时回访的可能 31% · 线路不够", "建议"
    )
    agent.opens(f"/policies/{steered.numbers['陈志强']}").sees("禁拨", "回电139****1234")


def test_a_policy_that_is_none_is_nothing_here(agent: Agent) -> None:
    for number in ("nobody", "a/b", "%00", "8860202611000099"):
        agent.opens(f"/policies/{number}", expect=404).sees("这个地址没有内容")


def test_todays_numbers_are_those_of_the_queue(line: Line) -> None:
    agent = console(line)
    agent.opens("/today").sees("3 待拨打", "1 ■ 来不及回访")
    change(line, "吴芳", revisit="closed", closed_because="refused")
    sweep(line)
    agent.opens("/today").sees("2 待拨打")
