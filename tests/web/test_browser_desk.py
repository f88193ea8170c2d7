"""An agent's day in a real Chromium, in Chinese: from the sign-in to the last policy, by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from operations import accounts
from operations.plan import refresh
from operations.rights import Role
from store import accounts as store
from store.tables import CustomerRequest, FormerAnswer, QualityItem
from tests.operations.rig import SOMEBODY_ELSE, Rig
from tests.web.window import served
from web.app import create_app

pytestmark = pytest.mark.browser
PASSWORD = "清晨 的 茶 与 远山"


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """Two policies to be called, and an account for an agent."""
    rig = Rig(tmp_path)
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE})
    refresh(rig.line)
    yield rig
    rig.close()


@pytest.fixture
def page(browser: Browser, rig: Rig) -> Iterator[Page]:
    """A fresh window of a small office screen at 125 %, at the door."""
    made = accounts.add(rig.line, "an", "安访员", [Role.AGENT], None, "管理员")
    with rig.line.database.reading() as session:
        account = store.by_login(session, "an")
    assert account is not None
    accounts.choose_password(rig.line, account.id, made.password, PASSWORD, PASSWORD)
    app = create_app(rig.line, secret="for the tests only")
    with served(app) as address:
        context = browser.new_context(
            base_url=address, viewport={"width": 1092, "height": 614}, device_scale_factor=1.25
        )
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        context.close()
        assert faults == []


def asks(page: Page, question: str) -> None:
    """This question is on the screen."""
    expect(page.locator(".ask code")).to_have_text(question)


def press(page: Page, key: str) -> None:
    """A key, once the page is there."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def types(page: Page, words: str) -> None:
    """Beside the answer, and back to the keys. Enter marks nothing."""
    press(page, "t")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def test_a_day_at_the_desk(page: Page, rig: Rig) -> None:
    signs_in_and_rings(page)
    proves_the_identity(page)
    marks_a_no(page)
    page.close()
    goes_on(page.context.new_page())
    does_the_last(page.context.pages[-1])
    assert rig.outcomes == ["completed", "no-answer"]
    assert ("SIGN_APP", "denied", "live") in rig.findings
    assert [one.kind for one in rig.all(CustomerRequest)] == ["address"]
    assert len(rig.all(FormerAnswer)) == 1
    assert rig.all(QualityItem) == []


def signs_in_and_rings(page: Page) -> None:
    """Through the door to the first policy."""
    page.goto("/desk")
    page.get_by_label("登录名").fill("an")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_have_text("坐席")
    press(page, "n")
    expect(page.locator("h1")).to_contain_text("陈安平")
    press(page, "5")
    expect(page.locator(".dial")).to_have_text("+8613900000001")
    press(page, "1")


def proves_the_identity(page: Page) -> None:
    """Nothing of the policy is on the page before."""
    asks(page, "ID_PRESENT")
    expect(page.locator(".aloud")).to_contain_text("我是回访人员")
    press(page, "w")
    expect(page.locator("[data-guide]")).to_contain_text("让客户发泄")
    press(page, "w")
    press(page, "1")
    asks(page, "ID_VERIFY")
    expect(page.locator("body")).not_to_contain_text("守护一生")
    page.wait_for_load_state()
    page.keyboard.type("1985年3月6日")  # the field is ready for it
    page.keyboard.press("Enter")
    asks(page, "CONSENT")
    expect(page.locator("body")).to_contain_text("守护一生")
    press(page, "1")
    asks(page, "AWARE")
    press(page, "1")


def marks_a_no(page: Page) -> None:
    """A yes over words that say no is stopped; an answer is changed."""
    asks(page, "SIGN_APP")
    types(page, "不是我签的")
    press(page, "1")
    expect(page.get_by_role("alert")).to_contain_text("还没有保存")
    press(page, "2")
    expect(page.locator(".answers .chip.bad")).to_have_count(1)
    asks(page, "SIGN_APP")  # explained, and asked again
    press(page, "2")
    asks(page, "SIGN_TIP")
    press(page, "b")
    expect(page.locator(".ask")).to_contain_text("正在修改前面的回答")
    press(page, "3")
    expect(page.locator(".former")).to_have_count(1)
    asks(page, "SIGN_APP")  # the path is another one now
    press(page, "2")
    asks(page, "SIGN_TIP")


def goes_on(page: Page) -> None:
    """The browser was closed: another window goes on to the end of the interview."""
    page.goto("/desk")
    press(page, "n")
    asks(page, "SIGN_TIP")
    while page.locator(".ask code").count():
        before = page.locator(".ask code").inner_text()
        press(page, "1")
        page.wait_for_function(
            "before => document.querySelector('.ask code')?.textContent !== before", arg=before
        )
    expect(page.locator(".ask")).to_contain_text("话术已到结束")
    page.locator("summary", has_text="客户的其他诉求").click()
    page.get_by_label("客户原话").fill("搬家了，要改地址")
    page.get_by_role("button", name="登记诉求").click()
    expect(page.locator("#messages")).to_contain_text("诉求已登记")
    press(page, "1")
    expect(page.locator("#messages")).to_contain_text("已保存")


def does_the_last(page: Page) -> None:
    """Nobody answers."""
    press(page, "n")
    expect(page.locator("h1")).to_contain_text("陈安乐")
    press(page, "1")
    asks(page, "ID_PRESENT")
    page.get_by_role("button", name="无人接听").click()
    expect(page.locator("#messages")).to_contain_text("已保存：无人接听")
