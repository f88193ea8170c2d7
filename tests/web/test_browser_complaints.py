"""A complaint in a real Chromium, in Chinese: said in a call, worked on by a handler until it is
filed, asked about by the robot, and reviewed by compliance, who change the decision."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from operations.rights import Role
from store.tables import Complaint
from tests.operations import complaining as c
from tests.operations.rig import Rig
from tests.operations.test_complaint_intake import WANTS_OUT
from tests.operations.test_complaint_revisits import CONTENT
from tests.web.window import office, person, signs_in
from web.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A customer has complained in a call; a handler and somebody of compliance have passwords."""
    rig = Rig(tmp_path)
    c.ready(rig)
    caller = rig.ring()
    caller.picks_up()
    caller.talks(WANTS_OUT)
    caller.hangs_up()
    person(rig.line, "jing", "经小青", Role.BRANCH, c.BRANCH)
    person(rig.line, "he", "何合规", Role.COMPLIANCE)
    yield rig
    rig.close()


@pytest.fixture
def window(browser: Browser, rig: Rig) -> Iterator[Page]:
    """A window of a small office screen."""
    with office(browser, create_app(rig.line, secret="for the tests only")) as page:
        yield page


def test_a_complaint_from_a_call_to_the_file_and_its_review(window: Page, rig: Rig) -> None:
    signs_in(window, "jing", "/complaints")
    expect(window.locator("h1")).to_have_text("投诉台账")
    finds_it(window)
    works_on_it(window)
    decides_and_tells(window)
    is_rung(window, rig)
    files_it(window)
    asks_for_a_review(window)
    is_overruled(window)
    found = rig.one(Complaint)
    assert (found.state, found.round) == ("reopened", 2)


def finds_it(page: Page) -> None:
    """Filtered without a reload, opened by keys; what was said stands large."""
    page.wait_for_load_state()
    page.get_by_label("渠道").select_option("revisit")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".first-words")).to_contain_text("业务员骗我")
    expect(page.locator(".clocks li")).to_have_count(3)
    expect(page.locator(".facts")).to_contain_text("已核验")


def kept(page: Page, state: str) -> None:
    """The form was taken, and the complaint stands there now."""
    expect(page.locator("#messages")).to_contain_text("已保存")
    expect(page.locator(".way .here")).to_have_text(state)


def works_on_it(page: Page) -> None:
    """The next form is always the open one."""
    page.get_by_label("类别").select_option("misselling")
    page.get_by_role("button", name="初步判断").click()
    kept(page, "已初判")
    page.get_by_role("button", name="分类登记").click()
    kept(page, "已登记")
    page.get_by_role("button", name="受理告知").click()
    kept(page, "已登记")
    page.get_by_label("处理要求").fill("听录音，查双录")
    page.get_by_role("button", name="转办", exact=True).click()
    kept(page, "已转办")
    page.get_by_label("核实情况").fill("录音中<b>业务员</b>称是存款")
    page.get_by_role("button", name="登记核实情况").click()
    kept(page, "调查核实中")


def decides_and_tells(page: Page) -> None:
    """A simple one needs no superior; an amount that cannot be read loses nothing."""
    for label, words in (("查明的事实", "业务员称是存款"), ("依据：条款与法规", "第二十三条"),
                         ("理由", "告知不实"), ("拟作处理", "全额退保")):  # fmt: skip
        page.get_by_label(label).fill(words)
    page.get_by_label("支付客户金额（元）").fill("一万二")
    page.get_by_role("button", name="提出处理方案").click()
    expect(page.locator("#messages")).to_contain_text("金额看不懂")
    expect(page.get_by_label("查明的事实")).to_have_value("业务员称是存款")
    page.get_by_label("支付客户金额（元）").fill("12000")
    page.get_by_role("button", name="提出处理方案").click()
    kept(page, "已提方案")
    page.get_by_label("实施情况，或说明无须实施").fill("已退费")
    page.get_by_role("button", name="登记实施情况").click()
    kept(page, "已实施")
    page.locator("details[open]").get_by_label("告知内容").fill("已寄出处理决定书")
    page.get_by_role("button", name="答复客户").click()
    kept(page, "已答复")
    expect(page.locator(".clocks")).to_contain_text("已按时")


def is_rung(page: Page, rig: Rig) -> None:
    """The follow-up is booked; the robot rings the holder, who is content."""
    page.get_by_role("button", name="预约投诉回访").click()
    expect(page.locator(".state-now")).to_contain_text("投诉回访：")
    rig.clock.tick(5 * 3600)
    caller = rig.ring()
    caller.picks_up()
    caller.talks(CONTENT)
    caller.hangs_up()
    page.reload()
    expect(page.locator(".way .here")).to_have_text("已回访")


def files_it(page: Page) -> None:
    """Nothing is filed without its root cause."""
    expect(page.get_by_role("button", name="归档")).to_have_count(0)
    page.get_by_label("产生原因").fill("销售时口头承诺")
    page.get_by_role("button", name="溯源整改").click()
    kept(page, "已回访")
    page.get_by_role("button", name="归档").click()
    kept(page, "已归档")


def asks_for_a_review(page: Page) -> None:
    """In writing, within thirty days."""
    page.locator("summary", has_text="登记核查申请").click()
    page.get_by_label("申请内容").fill("利息也应退")
    page.get_by_role("button", name="登记核查申请").click()
    expect(page.locator("#messages")).to_contain_text("已保存")
    page.get_by_role("button", name="退出").click()


def is_overruled(page: Page) -> None:
    """By somebody who had no part in it."""
    signs_in(page, "he", "/complaints")
    expect(page.locator("h1")).to_have_text("投诉台账")
    page.get_by_role("link", name="打开").click()
    expect(page.locator(".work")).to_contain_text("利息也应退")
    page.get_by_label("答复内容").fill("补付利息")
    page.get_by_role("button", name="变更原决定").click()
    kept(page, "重新打开")
    expect(page.locator(".record")).to_contain_text("变更原决定")
