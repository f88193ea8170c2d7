"""The reviewers' pages held against axe-core, as all others are in ``test_axe``."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from operations import quality_appeals, quality_tasks
from operations.rights import Role, Who
from scripts.labels import Label
from tests.operations.heard import turn_of
from tests.operations.reviewing import FA, JIA, YI, desk_call, draw, heard_rig, reviews
from tests.web.test_axe import AXE, wrong_on
from tests.web.window import served, signed_in_window

pytestmark = pytest.mark.browser

ME = Who(1, "质检己", frozenset(Role))
PAGES = (
    "/quality/tasks", "/quality/tasks?state=done", "/quality/tasks?state=busy", "/quality/tasks/1",
    "/quality/tasks/3", "/quality", "/quality/plans", "/quality/plans/1",
    "/quality/agreement", "/quality/appeals", "/quality/appeals/1", "/quality/words",
    "/quality/words?state=released",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A call about which two reviewers differ, being decided by the reader, and an appeal."""
    rig = heard_rig(tmp_path_factory.mktemp("axe"))
    draw(rig)
    turn = turn_of(rig, "READ")
    reviews(rig, JIA, missed=("pace",), other={turn: Label.DENY}, words={turn: "没翻过"})
    reviews(rig, YI)
    assert quality_tasks.take_next(rig.line, ME) == 3
    agent = desk_call(rig)
    draw(rig, seed=8)
    for who in (FA, JIA, YI):
        for _ in range(2):
            if quality_tasks.take_next(rig.line, who) is not None:
                reviews(rig, who)
    settled = next(n for n in range(4, 10) if _appealed(rig.line, agent.who, n))
    assert settled
    with served(rig.client.application) as address:
        yield address
    rig.close()


def _appealed(line: object, who: Who, number: int) -> bool:
    """Whether this is the agent's own result."""
    try:
        quality_appeals.appeal(line, who, number, "没有打断")  # type: ignore[arg-type]
    except quality_appeals.QualityTrouble:
        return False
    return True


@pytest.fixture(scope="module", params=[("zh_CN", "light"), ("en", "dark")], ids=lambda one: one[0])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of the reader's in a language and a scheme."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: npm ci")
    language, scheme = request.param
    context = signed_in_window(
        browser, address, ME.name, color_scheme=scheme, viewport={"width": 1366, "height": 768}
    )
    page = context.new_page()
    page.goto(f"/language/{language}?back=/today")
    yield page
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok
    assert wrong_on(page) == []


def test_an_agents_results_break_no_rule(browser: Browser, address: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is missing: npm ci")
    context = signed_in_window(browser, address, "安访员")
    page = context.new_page()
    page.goto("/results")
    assert wrong_on(page) == []
    page.get_by_role("link", name="打开").first.click()
    page.wait_for_load_state()
    assert page.get_by_text("没有打断").count()
    assert wrong_on(page) == []
    context.close()
