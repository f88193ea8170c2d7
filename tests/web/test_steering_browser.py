"""The pages under the queue in a real Chromium: no page wider than the window, readable by day and
by night, opened by keyboard, and a form that is clicked twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from operations import dialling
from scheduler.pacing import State
from store.console.otherwise import dialling_events
from tests.web.stage import line_at
from tests.web.steered import Steered, steer
from tests.web.test_browser import CONTRAST
from tests.web.window import served, signed_in_window

pytestmark = pytest.mark.browser

PAGES = (
    "/queue", "/queue?part=held", "/policies/8860202611000007", "/forecast", "/handovers?state=all",
    "/handovers/1", "/special-revisits?policy=1", "/special-revisits/2", "/do-not-call?state=all",
    "/dialling", "/timetable",
)  # fmt: skip


@pytest.fixture(scope="module")
def steered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steered]:
    """The steered world; the last test changes it."""
    line = line_at(tmp_path_factory.mktemp("steered"))
    yield steer(line)
    line.database.close()


@pytest.fixture(scope="module")
def address(steered: Steered) -> Iterator[str]:
    """The console over it."""
    with served(steered.agent.client.application) as address:
        yield address


def opened(browser: Browser, address: str, scheme: str, language: str) -> Page:
    """A window in which nothing may be complained about."""
    context = signed_in_window(
        browser,
        address,
        color_scheme=scheme,
        viewport={"width": 1366, "height": 768},
    )
    page = context.new_page()
    page.goto(f"/language/{language}?back=/today")
    return page


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_page_is_wider_than_the_window(browser: Browser, address: str, language: str) -> None:
    page = opened(browser, address, "light", language)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    for width in (1366, 1093):  # the second: at 125 %
        page.set_viewport_size({"width": width, "height": 768})
        for path in PAGES:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_both_schemes(browser: Browser, address: str, scheme: str) -> None:
    page = opened(browser, address, scheme, "zh_CN")
    for path, selectors in (
        ("/handovers?state=all", (".chip.fair", ".chip.none", ".row-link", "td")),
        ("/policies/8860202611000007", (".rank li", ".why-now li", ".happened p")),
        ("/dialling", (".chip.good", ".figures small", "button")),
    ):
        page.goto(path)
        for selector in selectors:
            assert page.evaluate(CONTRAST, selector) >= 4.5, (path, selector)
    page.context.close()


def test_a_policy_is_opened_by_keyboard(browser: Browser, address: str) -> None:
    page = opened(browser, address, "light", "zh_CN")
    page.goto("/queue")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("周文涛")
    page.wait_for_load_state()
    page.keyboard.press("u")
    expect(page.locator("h1")).to_have_text("队列")
    page.context.close()


def test_a_button_that_is_clicked_twice_works_once(
    browser: Browser, address: str, steered: Steered
) -> None:
    page = opened(browser, address, "light", "zh_CN")
    page.goto("/dialling")
    form = page.locator("form", has_text="暂停拨打")
    form.get_by_label("原因").fill("线路检修")
    form.get_by_role("button").dblclick()
    expect(page.locator(".state-now")).to_contain_text("已暂停")
    page.reload()
    expect(page.locator(".state-now")).to_contain_text("线路检修")
    assert dialling.status(steered.line).state is State.PAUSED
    with steered.line.database.reading() as session:
        assert len(dialling_events(session, 9)) == 1
    page.context.close()
