"""A quiz in a real Chromium, by keys and by hand: read, look something up, answer, and see what the
guidance says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from operations.line import Line
from scripts.guide.quiz import of_kept
from store import training as store
from tests.web.stage import line_at
from tests.web.window import office
from web.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = line_at(tmp_path)
    yield line
    line.database.close()


@pytest.fixture
def page(browser: Browser, line: Line) -> Iterator[Page]:
    """The guidance in a fresh window."""
    with office(browser, create_app(line, secret="for the tests only"), "安访员") as page:
        page.goto("/account")
        yield page


def test_a_quiz_of_a_new_colleague(page: Page, line: Line) -> None:
    page.keyboard.press("g")
    page.keyboard.press("w")
    expect(page.locator("h1")).to_have_text("柜面投诉应对指引")
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("haotao")
    page.keyboard.press("Enter")
    expect(page.locator(".pieces article")).to_have_count(1)
    expect(page.locator(".pieces")).to_contain_text("同情")
    page.get_by_role("link", name="我的测验").click()
    page.get_by_role("button", name="开始测验").click()
    expect(page.locator(".quiz fieldset")).to_have_count(10)
    answers(page, line)
    page.get_by_role("button", name="交卷").click()
    expect(page.locator("h1")).to_contain_text("90 %")
    expect(page.locator(".quiz .unlike")).to_have_count(1)
    page.locator(".quiz .unlike summary").click()
    expect(page.locator(".quiz .unlike .guide")).to_contain_text("来源")
    page.get_by_role("link", name="我的测验").click()
    expect(page.locator("tbody tr")).to_contain_text("合格")
    page.get_by_role("link", name="全员成绩").click()
    expect(page.locator("tbody").first).to_contain_text("安访员")


def answers(page: Page, line: Line) -> None:
    """All of them right but the last; a form with a gap stays where it is."""
    with line.database.reading() as session:
        attempt = store.by_id(session, 1)
        assert attempt is not None
        paper = of_kept(attempt.paper)
    for place, asked in enumerate(paper[:-1]):
        page.locator(f"input[name=q{place}]").nth(asked.right).check()
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".quiz fieldset .chip")).to_have_count(0)  # the browser asks for the last
    page.locator("input[name=q9]").nth((paper[-1].right + 1) % 4).check()
