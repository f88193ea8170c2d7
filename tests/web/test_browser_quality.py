"""A reviewer's day in a real Chromium, in Chinese: from the sign-in over the work list, the call
with its scorecard and a comment, a second reviewer and a third, to the figures of agreement."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from operations import accounts
from operations.rights import Role
from store import accounts as store
from store.tables import Finding, QualityTask, Review, ScoreSheet
from tests.operations.heard import turn_of
from tests.operations.reviewing import draw, heard_rig
from tests.operations.rig import Rig
from tests.web.agent import entered
from tests.web.window import WITH_VENDOR, served, signed_in_window
from web.app import create_app

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not WITH_VENDOR, reason="the page is driven by htmx: make front-end"),
]
PASSWORD = "清晨 的 茶 与 远山"
SCREEN = {"viewport": {"width": 1092, "height": 614}, "device_scale_factor": 1.25}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """One call to be heard twice, and an account for a reviewer."""
    rig = heard_rig(tmp_path)
    draw(rig)
    made = accounts.add(rig.line, "jia", "质检甲", [Role.REVIEWER], None, "管理员")
    with rig.line.database.reading() as session:
        account = store.by_login(session, "jia")
    assert account is not None
    accounts.choose_password(rig.line, account.id, made.password, PASSWORD, PASSWORD)
    yield rig
    rig.close()


@pytest.fixture
def app(rig: Rig) -> Flask:
    """The console, with two colleagues."""
    app = create_app(rig.line, secret="for the tests only")
    entered(app.test_client(), "质检乙", (Role.REVIEWER,))
    entered(app.test_client(), "主管丙", (Role.SUPERVISOR,))
    return app


def window(browser: Browser, address: str, name: str, faults: list[str]) -> Page:
    """A colleague's window of a small office screen at 125 %."""
    page = signed_in_window(browser, address, name, **SCREEN).new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page


def press(page: Page, key: str) -> None:
    """A key, once the page is there."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def tells_every_answer(page: Page, no: int | None = None) -> None:
    """By keys, from the first to the last: a yes, but for one answer."""
    count = page.locator(".said").count()
    press(page, "j")
    for turn in range(count):
        expect(page.locator(f"#turn-{turn}")).to_be_focused()
        press(page, "2" if turn == no else "1")
    expect(page.locator("[data-wanted] option:checked", has_text="请选择")).to_have_count(0)


def marks_the_scorecard(page: Page, missed: str = "") -> None:
    """What is critical one by one, the rest by its button."""
    for row in page.locator(".criterion.critical").all():
        row.get_by_label("符合", exact=True).check()
    page.get_by_role("button", name="其余非致命项都标为符合").click()
    if missed:
        page.locator(".criterion", has_text=missed).get_by_label("不符合").check()
        page.get_by_label("给访员的评语").fill("停顿太短，客户来不及想")


def ends(page: Page) -> None:
    """The whole sheet is kept, and the list follows."""
    expect(page.locator("#kept")).to_contain_text("已保存")
    page.get_by_role("button", name="完成质检").click()
    expect(page.locator("#messages")).to_contain_text("已完成")


def test_a_reviewers_day(browser: Browser, app: Flask, rig: Rig) -> None:
    turn, faults = turn_of(rig, "READ"), list[str]()
    with served(app) as address:
        page = browser.new_context(base_url=address, **SCREEN).new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        signs_in_and_begins(page)
        listens_and_comments(page)
        loses_the_connection(page)
        tells_every_answer(page, turn)
        page.locator(f"#turn-{turn}").get_by_label("更正原话").fill("没翻过那本")
        marks_the_scorecard(page)
        ends(page)
        assert [(one.question_id, one.status) for one in rig.all(Finding)] == [("READ", "denied")]
        hears_it_again(window(browser, address, "质检乙", faults))
        decides_between_them(window(browser, address, "主管丙", faults), turn)
        for context in browser.contexts:
            context.close()
    assert faults == []
    assert [one.part for one in rig.all(QualityTask)] == ["first", "second", "third"]
    assert [one.passed for one in rig.all(ScoreSheet)] == [True, True, True]
    assert [(one.reviewer, one.label, one.words) for one in rig.all(Review)] == [
        ("质检甲", "deny", "没翻过那本"), ("质检乙", "affirm", None), ("主管丙", "deny", None),
    ]  # fmt: skip


def signs_in_and_begins(page: Page) -> None:
    """Through the door to the work list, and by one key to the call."""
    page.goto("/")
    page.get_by_label("登录名").fill("jia")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".tabs [aria-current]")).to_have_text("质检任务")
    expect(page.locator(".list tbody tr")).to_contain_text("随机抽取：个险")
    press(page, "n")
    expect(page.locator(".scorecard h2")).to_contain_text("85 分合格")


def listens_and_comments(page: Page) -> None:
    """A line of the transcript is heard where it was said; the waveform has the answers on it."""
    expect(page.locator(".wave")).to_be_visible()
    page.locator("#turn-3 .hear").click()
    page.wait_for_function("() => document.querySelector('.player audio').currentTime > 20")
    press(page, ">")
    expect(page.locator("[data-speed='1.25']")).to_have_attribute("aria-pressed", "true")
    press(page, "c")
    expect(page.locator("[data-comment]")).to_be_focused()
    assert page.locator("[data-at]").input_value().startswith("0:2")
    page.keyboard.type("这里没等客户说完")
    page.keyboard.press("Enter")
    expect(page.locator(".comments li")).to_contain_text("这里没等客户说完")


def loses_the_connection(page: Page) -> None:
    """What cannot be kept says so, and goes with the next mark."""
    page.wait_for_load_state()  # the comment loaded the page anew; its scripts come before the cut
    page.context.set_offline(True)
    page.locator(".criterion").first.get_by_label("符合", exact=True).check()
    expect(page.locator("#kept")).to_contain_text("未保存")
    page.context.set_offline(False)
    page.locator(".criterion").nth(1).get_by_label("符合", exact=True).check()
    expect(page.locator("#kept")).to_contain_text("评分项 2／12")


def hears_it_again(page: Page) -> None:
    """The second reviewer sees nothing of the first."""
    page.goto("/quality/tasks")
    press(page, "n")
    expect(page.locator(".scorecard h2")).to_contain_text("85 分合格")
    expect(page.locator("body")).not_to_contain_text("质检甲")
    expect(page.locator("body")).not_to_contain_text("没翻过那本")
    tells_every_answer(page)
    marks_the_scorecard(page, "语速适中")
    ends(page)
    expect(page.locator("#messages")).to_contain_text("意见不一，转裁定")


def decides_between_them(page: Page, turn: int) -> None:
    """The third decides what two say differently, and looks at the figures."""
    page.goto("/quality/tasks")
    press(page, "n")
    expect(page.locator(".criterion.unlike")).to_have_count(1)
    expect(page.locator(".said.unlike")).to_contain_text("没翻过那本")
    page.locator(f"#turn-{turn} [data-label]").select_option("deny")
    page.locator(".criterion.unlike").get_by_label("符合", exact=True).check()
    ends(page)
    page.goto("/quality/agreement")
    expect(page.locator("tr", has_text="READ ").first).to_contain_text("0.0%")
    expect(page.locator("tr", has_text="质检乙").first).to_contain_text("与其他人相比")
    page.goto("/quality/words")
    page.get_by_role("button", name="放行", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已放行")
