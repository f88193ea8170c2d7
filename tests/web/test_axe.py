"""Every page held against axe-core's rules for people who do not see, hear, or hold a mouse as
others do: in Chinese by day, and in English by night."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from operations import drills
from operations.rights import Role, Who
from tests.operations.counter import started
from tests.operations.test_drills import PLAN
from tests.web.stage import NOW, line_at
from tests.web.steered import Steered, steer
from tests.web.window import served, signed_in_window

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/today", "/queue", "/queue?part=held", "/policies/8860202611000007", "/calls", "/calls/2",
    "/cases", "/cases/1", "/cases/1/work-order", "/complaints", "/complaints/new",
    "/complaints/1", "/complaints/1/talks/1", "/complaints/1/letter", "/quality", "/hearing",
    "/recordings", "/forecast",
    "/handovers?state=all", "/handovers/1", "/special-revisits?policy=1", "/special-revisits/2",
    "/do-not-call?state=all",
    "/dialling", "/timetable", "/board", "/kpis", "/desk", "/desk/requests",
    "/guidance", "/guidance?words=baonu", "/guidance/quiz",
    "/guidance/results", "/accountability", "/account/measures", "/complaint-figures",
    "/clusters", "/corrections",
    "/scripts", "/scripts/standard", "/scripts/standard/active/flow",
    "/scripts/standard/active/check", "/scripts/standard/active/checklist",
    "/scripts/standard/history", "/drafts", "/drafts/new", "/compare", "/accounts", "/audit",
    "/account", "/nothing", "/incidents", "/incidents/new", "/incidents/1", "/incidents/plan",
    "/incidents/plan/media", "/drills", "/drills/new?case=ill-woman", "/drills/1",
)  # fmt: skip
#: What is wrong, where, and how to mend it.
RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.map(one => [one.id, one.help, one.nodes.slice(0, 3).map(n => n.html)]);
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A console with something on every page."""
    line = line_at(tmp_path_factory.mktemp("axe"))
    steered: Steered = steer(line)
    who = Who(8, "经办", frozenset({Role.BRANCH}), "示范市分公司")
    started(line, who)
    drills.plan(line, who, replace(PLAN, planned_on=NOW.date()))
    with served(steered.agent.client.application) as address:
        yield address
    line.database.close()


@pytest.fixture(scope="module", params=[("zh_CN", "light"), ("en", "dark")], ids=lambda one: one[0])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window in a language and a scheme."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: npm ci")
    language, scheme = request.param
    context = signed_in_window(
        browser, address, color_scheme=scheme, viewport={"width": 1366, "height": 768}
    )
    page = context.new_page()
    page.goto(f"/language/{language}?back=/today")
    yield page
    context.close()


def wrong_on(page: Page) -> list[object]:
    """The violations on the page that is open."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found: list[object] = page.evaluate(RUN)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule(page: Page, path: str) -> None:
    page.goto(path)
    assert wrong_on(page) == []


def test_the_door_breaks_no_rule(browser: Browser, address: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is missing: npm ci")
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sign-in")
    assert wrong_on(page) == []
    context.close()
