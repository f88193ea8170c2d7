"""A draft in a real Chromium: written, checked while it is typed, proposed, and approved by
somebody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from operations import scripts
from tests.web.agent import Agent
from tests.web.desk import BETTER, OTHER, SAYS, Desk
from tests.web.stage import line_at
from tests.web.window import WITH_VENDOR, served, signed_in_window
from web.app import create_app

pytestmark = pytest.mark.browser

live = pytest.mark.skipif(not WITH_VENDOR, reason="htmx is not there: npm ci && npm run vendor")
SELECTED = """() => {
  const area = document.querySelector('#text');
  return area.value.slice(area.selectionStart, area.selectionEnd);
}"""
#: As if it were saved, so that leaving asks nothing.
SAVED = "() => { const t = document.querySelector('#text'); t.defaultValue = t.value; }"
HEIGHTS = "() => ['#text', '.mirror'].map(one => document.querySelector(one).scrollHeight)"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A console with nothing published."""
    line = line_at(tmp_path)
    yield Desk(line, Agent(create_app(line, secret="for the tests only").test_client()))
    line.database.close()


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """The same, for a browser."""
    with served(create_app(desk.line, secret="for the tests only")) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A window in which nothing may be complained about."""
    context = signed_in_window(browser, address, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def replaces(page: Page, old: str, new: str) -> None:
    """Select words in the text and type others over them."""
    page.evaluate(
        "old => { const a = document.querySelector('#text'); a.focus();"
        " const at = a.value.indexOf(old); a.setSelectionRange(at, at + old.length); }",
        old,
    )
    page.keyboard.insert_text(new)


@live
def test_from_the_first_word_to_publishing(
    page: Page, browser: Browser, address: str, desk: Desk
) -> None:
    page.goto("/scripts/standard")
    page.get_by_role("link", name="新建草稿").click()
    page.get_by_role("button", name="开始").click()
    replaces(page, SAYS, SAYS + "{{ nothing }}")
    expect(page.locator("#found")).to_contain_text("没有这个变量")
    expect(page.locator("#found .preview")).to_contain_text("收到合同")
    expect(page.locator(".mirror .error")).to_have_count(1)
    page.locator("#found [data-line]").first.click()
    assert SAYS in page.evaluate(SELECTED)
    replaces(page, SAYS + "{{ nothing }}", BETTER)
    expect(page.locator("#found")).to_contain_text("没有问题")
    page.keyboard.press("Control+s")
    expect(page.locator("main")).to_contain_text("已保存。检查没有发现错误。")
    page.get_by_label("改了什么").fill("措辞更明白")
    page.get_by_role("button", name="保存并提交审批").click()
    expect(page.locator("main")).to_contain_text("已提交")
    approve = page.locator("form[action$=approve]")
    approve.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("须由另一人批准")
    colleague = signed_in_window(browser, address, OTHER).new_page()
    colleague.goto("/drafts")
    colleague.get_by_role("link", name="Decide").or_(
        colleague.get_by_role("link", name="决定")
    ).click()
    expect(colleague.locator("ins")).to_have_text("已经")
    colleague.get_by_role("button", name="批准并发布").click()
    expect(colleague.locator("main")).to_contain_text("已发布为第 1 版")
    colleague.context.close()
    assert BETTER in scripts.text_of(desk.line, "standard", "active").text


@live
def test_words_typed_before_the_scripts_are_there_are_checked(page: Page, desk: Desk) -> None:
    held: list[Route] = []
    page.route("**/htmx.min.js", lambda route: held.append(route))
    page.goto(f"/drafts/{desk.begun()}", wait_until="commit")
    replaces(page, SAYS, SAYS + "{{ nothing }}")
    expect(page.locator("#found")).to_contain_text("没有问题")
    held[0].continue_()
    expect(page.locator("#found")).to_contain_text("没有这个变量")
    page.evaluate(SAVED)


def test_tab_indents_and_enter_keeps_the_indent(page: Page, desk: Desk) -> None:
    page.goto(f"/drafts/{desk.begun()}")
    text = page.locator("#text")
    text.fill("questions:\n  - id: AWARE\n")
    text.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("says: x")
    expect(text).to_have_value("questions:\n  - id: AWARE\n  says: x\n")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(text).to_have_value("questions:\n  - id: AWARE\n    says: x\n")
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+Tab")
    expect(text).to_have_value("questions:\n- id: AWARE\n  says: x\n")
    page.keyboard.press("Control+z")
    expect(text).to_have_value("questions:\n  - id: AWARE\n    says: x\n")
    page.keyboard.press("Escape")
    expect(text).not_to_be_focused()


def test_whoever_leaves_with_unsaved_words_is_asked(page: Page, desk: Desk) -> None:
    page.goto(f"/drafts/{desk.begun()}")
    replaces(page, SAYS, BETTER)
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="今日").click()
    expect(page.locator("#text")).to_be_visible()
    assert asked == ["beforeunload"]
    page.once("dialog", lambda dialog: dialog.accept())
    page.close(run_before_unload=True)


def test_the_lines_behind_the_text_stay_with_it(page: Page, desk: Desk) -> None:
    number = desk.begun()
    lines = desk.draft(number).text.split("\n")
    page.goto(f"/drafts/{number}?line=300")
    expect(page.locator(".mirror div")).to_have_count(len(lines))
    assert page.evaluate(SELECTED) == lines[299]
    expect(page.locator("[data-at]")).to_have_text("第 300 行")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("新\n行")
    expect(page.locator(".mirror div")).to_have_count(len(lines) + 1)
    field, behind = page.evaluate(HEIGHTS)
    assert abs(field - behind) < 20
    page.evaluate(SAVED)


def test_without_javascript_a_draft_is_written_and_checked(
    browser: Browser, address: str, desk: Desk
) -> None:
    context = signed_in_window(browser, address, java_script_enabled=False)
    page = context.new_page()
    number = desk.begun()
    better = desk.better(number)
    page.goto(f"/drafts/{number}")
    page.locator("#text").fill(better + "nonsense: x\n")
    page.get_by_role("button", name="只检查").click()
    expect(page.locator("#found")).to_contain_text("unknown-key")
    page.locator("#text").fill(better)
    page.get_by_role("button", name="保存", exact=True).or_(
        page.get_by_role("button", name="保存 Ctrl S")
    ).click()
    expect(page.locator("main")).to_contain_text("检查没有发现错误")
    assert desk.draft(number).text == better
    context.close()


def test_the_picture_is_zoomed_without_a_script(browser: Browser, address: str) -> None:
    context = signed_in_window(browser, address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/scripts/standard/active/flow")
    wide = "() => document.querySelector('.picture img').getBoundingClientRect().width"
    fit = page.evaluate(wide)
    page.get_by_label("200%").check()
    assert page.evaluate(wide) > 2 * fit
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_page_of_a_script_is_wider_than_the_screen(
    browser: Browser, address: str, desk: Desk, language: str, scheme: str
) -> None:
    number = desk.begun("long-" * 11 + "id")
    long = desk.draft(number).text.replace("title: 标准回访话术", f"title: {'长题' * 49}")
    scripts.save_draft(desk.line, number, long, "名" * 60, desk.draft(number).hash)
    proposed = desk.proposed()
    size = {"width": 1093, "height": 614}  # 1366 x 768 at 125 %
    context = signed_in_window(browser, address, viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"/language/{language}")
    for path in (
        "/scripts", "/scripts/standard", "/scripts/standard/0/flow", "/scripts/standard/0/check",
        "/scripts/standard/0/checklist", "/scripts/standard/history", "/drafts", "/drafts/new",
        f"/drafts/{number}", f"/drafts/{proposed}", "/compare",
        f"/compare?old=standard/0&new={desk.draft(number).script_id}/draft-{number}",
    ):  # fmt: skip
        page.goto(path)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 1093, path
    context.close()
