"""The agent's desk in the console: what stands on the screen and when, and what its forms do."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from operations.facts import from_json
from operations.plan import refresh, touch
from operations.rights import Role
from scripts import slots
from scripts.forms import forms
from store import policies
from store.tables import Call, CustomerRequest, FormerAnswer, Interview, Turn
from tests.operations.rig import SOMEBODY_ELSE, Rig
from tests.web.agent import Agent, entered, signed_in
from web.app import create_app

#: What stands in the row of the list, beside what the script may speak of.
SECRETS = {
    "P0001", "守护一生", "12000", "12,000", "2026-11-12", "2026-11-10", "2026-11-22", "示范路1号",
    "370202198503060034", "0034", "1985", "苗青", "B20002", "13900000001",
}  # fmt: skip
BORN = "1985年3月6日"


def spoken(desk: "Desk") -> set[str]:
    """What every slot that tells something of the policy says of this one."""
    facts = from_json(desk.rig.one(Call).facts)
    say = forms("zh-CN")
    said = {slot.speak(say, facts, None) for slot in slots.SLOTS.values() if slot.policy}
    return {words for words in said if words}


class Desk:
    """Somebody at the desk, with every page that was seen."""

    def __init__(self, rig: Rig, app: Flask, name: str = "安访员") -> None:
        self.rig = rig
        client = app.test_client()
        entered(client, name, (Role.AGENT,))
        self.agent = Agent(client).opens("/desk")
        self.seen: list[str] = []

    @property
    def html(self) -> str:
        """The page that is open."""
        return self.agent.page.html

    def hidden(self, name: str) -> str:
        """A hidden field of the page's answer form, or of its other forms."""
        found = re.search(f'name="{name}" value="([^"]*)"', self.html)
        assert found, name
        return found[1]

    def sends(self, what: str, expect: int = 200, **form: str) -> "Desk":
        """One of the forms of the interview that is open."""
        number = re.search(r"/desk/(\d+)", self.agent.at)
        assert number, self.agent.at
        given: dict[str, Any] = {"version": self.hidden("version"), **form}
        self.agent.sends(f"/desk/{number[1]}/{what}", expect, **given)
        self.seen.append(self.html)
        return self

    def takes(self) -> "Desk":
        """The next policy."""
        refresh(self.rig.line)
        self.agent.opens("/desk").sends("/desk/next")
        self.seen.append(self.html)
        return self

    def marks(self, mark: str = "yes", said: str = "", expect: int = 200, **form: str) -> "Desk":
        """One answer."""
        self.rig.clock.tick(5)
        given = {"turn": self.hidden("turn"), "question": self.hidden("question"), **form}
        return self.sends("answer", expect, mark=mark, said=said, **given)

    def says_yes(self, until: str = "") -> "Desk":
        """Yes to everything up to a question, or to the end."""
        while 'name="question"' in self.html and self.hidden("question") != until:
            self.marks(said=BORN if self.hidden("question") == "ID_VERIFY" else "")
        return self


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A line with two policies of two holders."""
    rig = Rig(tmp_path)
    insured = {"被保险人姓名": "陈小安", "与投保人关系": "子女"}
    rig.import_rows(insured, {"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE})
    yield rig
    rig.close()


@pytest.fixture
def app(rig: Rig) -> Flask:
    """The console over it."""
    return create_app(rig.line, secret="for the tests only")


@pytest.fixture
def desk(rig: Rig, app: Flask) -> Desk:
    """An agent at the desk."""
    return Desk(rig, app)


def test_agents_come_to_the_desk_first(desk: Desk) -> None:
    refresh(desk.rig.line)
    desk.agent.opens("/desk")
    assert desk.agent.page.links[1][0].startswith("坐席")
    desk.agent.sees("下一张保单", "接下来拨打", "139****0001")
    assert desk.agent.opens("/").at == "/desk"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COMPLIANCE, Role.ADMIN, Role.BRANCH])
def test_nobody_else_sees_it(app: Flask, role: Role) -> None:
    signed_in(app, role).opens("/desk", expect=403)


def test_nothing_of_the_policy_is_on_the_page_before_the_gate(desk: Desk) -> None:
    desk.takes().sends("call")
    desk.marks("repeat").marks("callback", "忙")
    desk.marks("unsure")  # ends; changed again
    desk.agent.opens(f"{desk.agent.at}/change/0")
    desk.seen.append(desk.html)
    desk.marks("yes", changing="1")
    assert desk.hidden("question") == "ID_VERIFY"
    desk.marks("yes", "", expect=422)
    desk.marks("yes", "1990年1月1日")
    desk.marks("kept", "1990年1月1日")
    desk.sends("request", kind="address", wish="换地址")
    assert len(desk.seen) >= 9
    secrets = SECRETS | spoken(desk)
    assert len(secrets) > 20
    for number, html in enumerate(desk.seen):
        assert {secret for secret in secrets if secret in html} == set(), number
    desk.marks("yes", BORN).agent.sees("守护一生终身寿险", "P0001")
    desk.says_yes()
    assert len({secret for secret in secrets if secret in "".join(desk.seen)}) > 12


def test_the_full_number_is_shown_on_demand_only(desk: Desk) -> None:
    desk.takes().agent.misses("13900000001")
    desk.sends("number").agent.sees("13900000001", "审计日志")


def test_an_interview_from_the_queue_to_its_end(desk: Desk) -> None:
    desk.takes().sends("call").says_yes()
    desk.agent.sees("话术已到结束", "完成")
    desk.sends("end", outcome="completed", note="顺利").agent.sees("已保存")
    assert desk.rig.outcomes == ["completed"]
    desk.takes()
    assert "陈安乐" in desk.html


def test_its_call_policy_and_case_are_shown_like_the_robots(desk: Desk, app: Flask) -> None:
    desk.takes().sends("call").says_yes("SIGN_APP")
    desk.marks("yes", "不是我签的").marks("kept", "不是我签的").says_yes()
    desk.sends("end", outcome="completed")
    everybody = Agent(app.test_client())
    everybody.opens("/calls/1").sees("坐席", "不是我签的", "坐席录入")
    assert "按键" not in everybody.page.html  # the agent has read no such words
    everybody.opens("/cases/1").sees("问题件", "坐席录入")
    everybody.opens("/policies/P0001").sees("陈安平")
    everybody.opens("/quality").sees("原话不符仍保存为是")


def test_a_double_click_is_one_answer(desk: Desk) -> None:
    desk.takes().sends("call")
    form = {"version": desk.hidden("version"), "turn": "0", "question": "ID_PRESENT",
            "mark": "yes", "said": "是我"}  # fmt: skip
    at = desk.agent.at
    for _ in range(2):
        desk.agent.sends(f"{at}/answer", **form)
        assert desk.hidden("question") == "ID_VERIFY"
    assert len(desk.rig.all(Turn)) == 1


def test_a_stale_form_loses_nothing(desk: Desk) -> None:
    desk.takes().sends("call")
    old = desk.hidden("version")
    desk.marks()
    desk.sends(
        "answer", 409, version=old, turn="0", question="ID_PRESENT", mark="no", said="他不在"
    )
    desk.agent.sees("页面已经过时")
    assert desk.agent.page.fields["said"] == ["他不在"]
    assert [turn.label for turn in desk.rig.all(Turn)] == ["affirm"]


def test_a_pasted_script_is_words(desk: Desk) -> None:
    desk.takes().sends("call").marks("yes", "<script>alert(1)</script>是我")
    assert "<script>alert(1)" not in desk.html
    assert "&lt;script&gt;" in desk.html


def test_a_no_beside_a_yes_is_shown_before_it_is_kept(desk: Desk) -> None:
    desk.takes().sends("call").says_yes("SIGN_APP")
    desk.marks("yes", "不是我签的").agent.sees("还没有保存", "仍然保存为“是”")
    assert desk.agent.page.fields["said"] == ["不是我签的"]
    desk.marks("kept", "不是我签的")
    assert desk.hidden("question") != "SIGN_APP"
    desk.agent.sees("仍保存为是")


def test_back_and_change_recompute_the_path(desk: Desk) -> None:
    desk.takes().sends("call").says_yes("READ")
    number = re.search(r"/desk/(\d+)", desk.agent.at)
    assert number
    desk.agent.follows("退回上一个回答").sees("正在修改前面的回答")
    assert desk.hidden("question") == "RECEIPT"
    desk.marks("refuse", "不想说了", changing="1")
    desk.agent.sees("话术已到结束")
    desk.agent.follows("退回上一个回答")
    desk.marks("yes", "收到了", changing="1")
    assert desk.hidden("question") == "READ"
    desk.agent.sees("已修改，不计入")
    assert len(desk.rig.all(FormerAnswer)) == 2


def test_two_agents_at_once(desk: Desk, app: Flask) -> None:
    desk.takes()
    other = Desk(desk.rig, app, "柏访员").takes()
    policies = [one.policy_id for one in desk.rig.all(Interview)]
    assert len(set(policies)) == 2
    third = Desk(desk.rig, app, "丁访员").takes()
    third.agent.sees("现在没有可以拨打的客户")
    other.agent.opens(desk.agent.at).sees("这个访问现在由 安访员 处理")


def test_after_a_crash_on_another_machine(desk: Desk, app: Flask) -> None:
    desk.takes().sends("call").says_yes("SIGN_APP")
    again = Desk(desk.rig, app, "安访员")  # another browser
    again.agent.sees("您有一个访问还没结束").follows("接着做")
    assert again.hidden("question") == "SIGN_APP"
    colleague = Desk(desk.rig, app, "柏访员")
    colleague.agent.sends(f"{again.agent.at}/take-over")
    assert colleague.hidden("question") == "SIGN_APP"
    desk.marks(expect=200).agent.sees("现在由 柏访员 处理")


def test_not_reached_is_one_click(desk: Desk) -> None:
    desk.takes().sends("call").sends("end", outcome="no-answer").agent.sees("已保存：无人接听")
    desk.takes()
    assert "陈安乐" in desk.html  # the first is called again later


def test_a_time_outside_the_hours_is_refused_and_kept_in_words(desk: Desk) -> None:
    desk.takes().sends("call").says_yes("AWARE").marks("callback", "在开会")
    desk.marks("yes", "晚上十点", 422, when="2026-11-18T22:00").agent.sees("不在可拨打时段内")
    assert desk.agent.page.fields["said"] == ["晚上十点"]
    desk.marks("yes", "六点半", when="2026-11-18T18:30")
    desk.sends("end", outcome="callback").agent.sees("已保存")


def test_put_back(desk: Desk) -> None:
    desk.takes().sends("back").agent.sees("已放回")
    desk.takes()
    assert "陈安平" in desk.html


def test_requests_are_followed_up(desk: Desk) -> None:
    desk.takes().sends("call").sends("request", kind="surrender", wish="想退保 13900000001")
    desk.agent.opens("/desk/requests").sees("要求退保", "139****0001")
    number = desk.rig.one(CustomerRequest).id
    desk.agent.sends(f"/desk/requests/{number}/done", 422, how=" ").sees("请写下处理情况")
    desk.agent.sends(f"/desk/requests/{number}/done", how="已转保全").sees("已办结")
    desk.agent.opens("/desk/requests?part=done").sees("已转保全", "安访员")


def test_many_requests_have_pages(desk: Desk) -> None:
    """None is out of sight, not even where a form was refused."""
    with desk.rig.line.database.transaction() as session:
        session.add_all(
            CustomerRequest(
                policy_id=1, kind="address", words=f"搬到示范路{number}号", opened_by="安访员",
                opened_at=desk.rig.clock.now,
            )
            for number in range(1, 62)
        )  # fmt: skip
    desk.agent.opens("/desk/requests").sees("第 1–50 条，共 61 条")
    assert "示范路61号" not in desk.html
    first = desk.rig.all(CustomerRequest)[0].id
    desk.agent.sends(f"/desk/requests/{first}/done", 422, how=" ").follows("下一页 →")
    desk.agent.sees("第 51–61 条，共 61 条", "示范路61号")
    assert "示范路50号" not in desk.html


def test_a_branch_handler_follows_up_without_a_desk(app: Flask) -> None:
    handler = signed_in(app, Role.BRANCH, "青岛分公司")
    handler.opens("/queue").follows("诉求").sees("没有诉求")
    assert 'href="/desk"' not in handler.page.html


def test_the_guidance_stands_beside_the_interview_in_both_languages(desk: Desk) -> None:
    desk.takes().sends("call").agent.sees("柜面指引", "让客户发泄", "怠慢客户")
    desk.agent.opens(f"/language/en?back={desk.agent.at}")
    desk.agent.sees("Counter guidance", "Let them speak", "Yes, as asked")


def test_a_branch_sees_its_own_at_the_desk(rig: Rig, app: Flask) -> None:
    with rig.line.database.transaction() as session:
        policy = policies.by_number(session, "P0002")
        assert policy is not None
        policy.branch = "青岛分公司"
        touch(session, rig.clock.now, policy_ids=[policy.id])
    refresh(rig.line)
    own = signed_in(app, Role.AGENT, "青岛分公司").opens("/desk")
    own.sees("陈安乐").misses("陈安平")
    whole = Desk(rig, app).takes()
    own.opens(whole.agent.at, expect=404)
    own.opens("/desk").sends("/desk/take", policy="P0001").sees("没有保单 P0001")
    own.sends("/desk/next").sees("陈安乐")
