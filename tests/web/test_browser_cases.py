"""A branch handler's day in a real Chromium, in Chinese: from the sign-in to cases that are closed,
one by a signed letter, one by a second revisit that is rung."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from operations import case_work
from operations.rights import Role, Who
from store import accounts as store
from store.tables import Case, CaseFile
from tests.operations.casework import QI, UNSURE, deeds, moved, staff
from tests.operations.rig import SOMEBODY_ELSE, YES, Rig
from tests.operations.test_case_papers import PDF
from tests.web.window import office, person, signs_in
from web.app import create_app

pytestmark = pytest.mark.browser
BRANCH = "青岛分公司"


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """Two cases of a branch, and a handler with a password."""
    rig = Rig(tmp_path)
    staff(rig)
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE})
    moved(rig, BRANCH)
    for _ in range(2):
        caller = rig.ring()
        caller.picks_up()
        caller.talks(UNSURE)
        caller.hangs_up()
    person(rig.line, "jing", "经小青", Role.BRANCH, BRANCH)
    yield rig
    rig.close()


@pytest.fixture
def page(browser: Browser, rig: Rig) -> Iterator[Page]:
    """A window of a small office screen."""
    with office(browser, create_app(rig.line, secret="for the tests only")) as page:
        yield page


def test_a_day_with_cases(page: Page, rig: Rig, tmp_path: Path) -> None:
    signs_in(page, "jing", "/cases")
    expect(page.locator("h1")).to_have_text("问题件")
    takes_both(page)
    talks_with_the_first(page)
    brings_the_letter(page, tmp_path)
    checked_by_somebody_else(rig, 1)
    closes(page)
    books_the_second(page, rig)
    is_rung(rig)
    page.goto("/cases?whose=mine&state=open")
    expect(page.locator(".nothing")).to_be_visible()
    assert [(one.state, one.closed_because) for one in rig.all(Case)] == [
        ("closed", "proof"), ("closed", "second-revisit"),
    ]  # fmt: skip
    assert [one.name for one in rig.all(CaseFile)] == ["签名函件.pdf"]


def takes_both(page: Page) -> None:
    """Filtered without a reload of the page, ticked by one box, taken by one button."""
    page.wait_for_load_state()
    page.get_by_label("经办").select_option("nobody")
    expect(page).to_have_url("/cases?words=&whose=nobody&stage=&light=&class=&family=&sort=")
    expect(page.locator(".tick-box input")).to_have_count(2)
    page.get_by_label("勾选本页全部").check()
    page.get_by_role("button", name="分派").click()
    expect(page.locator("#messages")).to_contain_text("已分派给 经小青 2 件")
    page.goto("/cases?whose=mine")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".stages .here")).to_have_text("已分派")
    expect(page.locator(".first-words")).to_contain_text("记不清了")


def talks_with_the_first(page: Page) -> None:
    """The form that comes next is open; a talk that lies in the future is not kept."""
    said = page.get_by_label("沟通内容")
    said.fill("客户说<script>alert(1)</script>记起来了，是本人签的")
    page.get_by_label("分钟").fill("900")
    page.evaluate("document.querySelector('[name=minutes]').removeAttribute('max')")
    page.get_by_role("button", name="登记沟通").click()
    expect(page.locator("#messages")).to_contain_text("分钟数应在 0 到 600 之间")
    expect(said).to_have_value("客户说<script>alert(1)</script>记起来了，是本人签的")
    page.get_by_label("分钟").fill("9")
    page.get_by_label("已再次解释").check()
    page.get_by_role("button", name="登记沟通").click()
    expect(page.locator(".stages .here")).to_have_text("已联系")
    expect(page.locator(".record")).to_contain_text("<script>alert(1)</script>")


def brings_the_letter(page: Page, folder: Path) -> None:
    """The signed letter as a file; a picture of something else is refused."""
    (folder / "别的.pdf").write_bytes(b"no paper at all")
    (folder / "签名函件.pdf").write_bytes(PDF)
    field = page.get_by_label("文件（JPEG、PNG 或 PDF，最大 10 MB）")
    field.set_input_files(folder / "别的.pdf")
    page.get_by_role("button", name="上传凭据").click()
    expect(page.locator("#messages")).to_contain_text("只能保存完整的 JPEG、PNG 或 PDF")
    field.set_input_files(folder / "签名函件.pdf")
    page.get_by_role("button", name="上传凭据").click()
    expect(page.locator(".papers")).to_contain_text("签名函件.pdf")
    expect(page.locator(".wanted .good")).to_have_text("✓亲笔签名的函件")


def checked_by_somebody_else(rig: Rig, number: int) -> None:
    """Nobody checks their own work."""
    with rig.line.database.reading() as session:
        account = store.by_name(session, QI.name)
    assert account is not None
    case_work.review(rig.line, Who(account.id, QI.name, QI.roles), number, None)


def closes(page: Page) -> None:
    """By the key of the form that comes next."""
    page.reload()
    expect(page.locator(".stages .here")).to_have_text("已复核")
    page.get_by_role("button", name="结案").click()
    expect(page.locator("#messages")).to_contain_text("已结案")
    expect(page.locator(".stages .here")).to_have_text("已结")


def books_the_second(page: Page, rig: Rig) -> None:
    """The other case: an opinion by key 4, checked, and a second revisit."""
    page.goto("/cases/2")
    page.keyboard.press("4")
    page.keyboard.type("电话中已解释，建议二次回访")
    page.get_by_role("button", name="填写处理意见").click()
    expect(page.locator(".stages .here")).to_have_text("待复核")
    checked_by_somebody_else(rig, 2)
    page.reload()
    page.get_by_role("button", name="预约二次回访").click()
    expect(page.locator(".stages .here")).to_have_text("二次回访")
    expect(page.locator(".state-now")).to_contain_text("2026-11-18 10:")


def is_rung(rig: Rig) -> None:
    """The robot rings when it may, and the holder confirms."""
    rig.clock.tick(3600)
    caller = rig.ring()
    caller.picks_up()
    caller.talks(YES)
    caller.hangs_up()
    assert deeds(rig)[-1] == ("huifang", "close")
