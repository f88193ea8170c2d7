"""A day at the console in a real Chromium: keyboard, filters, player, both languages, dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from sqlalchemy import update

from store.tables import Case, Finding, Hearing, Policy, Reading, Recording, Turn
from tests.web.stage import World, half_silent, line_at
from tests.web.window import WITH_VENDOR, served, signed_in_window
from tests.web.world import furnish
from web.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The console over the small world."""
    with served(app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh window, in which nothing may be complained about."""
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


def test_the_menu_by_keyboard(page: Page) -> None:
    page.goto("/")
    headings = ("队列", "通话", "问题件", "质检", "录音", "话术", "今日")
    for letter, heading in zip("qcpzrht", headings, strict=True):
        page.wait_for_load_state()
        page.keyboard.press("g")
        page.keyboard.press(letter)
        expect(page.locator("h1")).to_contain_text(heading)


def test_hints_come_and_go(page: Page) -> None:
    page.goto("/today")
    expect(page.locator("#hints")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#hints")).to_be_visible()
    expect(page.locator("#hints")).to_contain_text("下一行")
    page.keyboard.press("Escape")
    expect(page.locator("#hints")).to_be_hidden()


def test_a_row_is_chosen_and_opened_by_keyboard(page: Page) -> None:
    page.goto("/calls")
    for key in ("j", "j", "ArrowDown", "k"):
        page.keyboard.press(key)
    expect(page.locator("tbody tr:nth-child(2) .row-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("何静")
    page.wait_for_load_state()
    page.keyboard.press("u")
    expect(page.locator("h1")).to_have_text("通话")


def test_the_search_box_narrows_and_survives_a_reload(page: Page) -> None:
    page.goto("/calls")
    page.keyboard.press("/")
    page.keyboard.type("替我签")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("[data-search]")).to_have_value("替我签")


@pytest.mark.skipif(not WITH_VENDOR, reason="htmx is not there: npm ci && npm run vendor")
def test_a_filter_works_at_once_and_is_in_the_address(page: Page) -> None:
    page.goto("/cases")
    page.get_by_label("时效").select_option("overdue")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "light=overdue" in page.url


def test_evidence_is_played_where_it_lies_and_stops(page: Page, world: World) -> None:
    page.goto(f"/calls/{world.calls['李秀英']}")
    page.locator(".said .play").nth(1).click()
    position = "() => document.querySelector('audio').currentTime"
    page.wait_for_function(f"({position})() >= 8.0")
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert 9.5 <= page.evaluate(position) < 10.2
    assert page.url.endswith(f"/calls/{world.calls['李秀英']}")


def test_answers_by_keyboard(page: Page, world: World) -> None:
    page.goto(f"/calls/{world.calls['李秀英']}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".said").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 8.0")
    page.keyboard.press(">")
    expect(page.locator("[data-speed='1.25']")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').paused")


@pytest.mark.skipif(not WITH_VENDOR, reason="wavesurfer is not there: npm ci && npm run vendor")
def test_the_waveform_is_drawn_under_the_strict_policy(page: Page, world: World) -> None:
    page.goto(f"/calls/{world.calls['李秀英']}")
    box = page.locator(".wave").bounding_box()
    assert box is not None
    assert box["height"] > 50
    expect(page.locator(".wave [part~=region]")).to_have_count(4)


def test_without_javascript_nothing_is_missing(
    browser: Browser, address: str, world: World
) -> None:
    context = signed_in_window(browser, address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/calls?outcome=completed")
    page.get_by_role("link", name="听录音").last.click()
    expect(page.locator("audio")).to_be_visible()
    expect(page.locator(".said .play").first).to_have_attribute(
        "href", f"/recordings/{world.recordings['王建国']}/audio#t=3.0,4.6"
    )
    page.get_by_role("link", name="English").click()
    expect(page.locator("main h2").last).to_have_text("Time line")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_both_schemes(browser: Browser, address: str, scheme: str) -> None:
    context = signed_in_window(browser, address, color_scheme=scheme)
    page = context.new_page()
    page.goto("/cases")
    for selector in ("td", ".chip.good", ".chip.fair", ".chip.bad", ".quiet-words", ".row-link"):
        assert page.evaluate(CONTRAST, selector) >= 4.5, selector
    context.close()


@pytest.mark.parametrize("path", ["/today", "/queue", "/calls", "/cases", "/quality", "/scripts"])
def test_nothing_sticks_out_on_a_small_screen(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1093, "height": 614})  # 1366 x 768 at 125 %
    page.goto(path)
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


LONG = "欧阳" * 100 + "W" * 100


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A console in which everything that comes from outside is 300 characters long."""
    line = line_at(tmp_path_factory.mktemp("crowded"))
    furnish(line)
    with line.database.transaction() as session:
        session.execute(
            update(Policy).values(
                holder_name=LONG, product=LONG, seller_name=LONG, branch=LONG,
                number=Policy.number + LONG,
            )
        )  # fmt: skip
        for table in (Turn, Reading, Finding):
            session.execute(update(table).values(words=LONG))
        session.execute(update(Case).values(headline=LONG, family=LONG, owner=LONG))
        session.execute(update(Recording).values(problem=LONG))
        session.execute(update(Hearing).values(engine=Hearing.engine + LONG))
    with served(create_app(line, secret="for the tests only")) as address:
        yield address
    line.database.close()


@pytest.mark.parametrize("width", [1093, 1280, 1440])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_however_long_widens_a_page(
    browser: Browser, crowded: str, width: int, language: str
) -> None:
    context = signed_in_window(browser, crowded, viewport={"width": width, "height": 720})
    page = context.new_page()
    page.goto(f"/language/{language}")
    for path in (
        "/today", "/queue", "/queue?part=held", "/queue?part=late", "/calls", "/cases",
        "/quality", "/recordings", "/calls/2", "/calls/3", "/calls/5", "/cases/1", "/cases/4",
    ):  # fmt: skip
        page.goto(path)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
        tall = page.evaluate("() => Math.max(0, ...[...document.querySelectorAll('.list tbody tr')]"
                             ".map(row => row.offsetHeight))")  # fmt: skip
        assert tall < 180, path
    context.close()


def test_what_is_cut_short_is_whole_when_pointed_at(browser: Browser, crowded: str) -> None:
    context = signed_in_window(browser, crowded)
    page = context.new_page()
    page.goto("/calls")
    expect(page.locator("tbody tr:first-child .clip").nth(1)).to_have_attribute("title", LONG)
    expect(page.locator("tbody tr:first-child .clamp")).to_have_attribute("title", LONG)
    context.close()


@pytest.mark.skipif(not WITH_VENDOR, reason="wavesurfer is not there: npm ci && npm run vendor")
def test_a_silent_channel_is_drawn_as_a_line(browser: Browser, tmp_path: Path) -> None:
    line = line_at(tmp_path)
    world = furnish(line)
    with line.database.transaction() as session:
        quiet = line.storage.put([half_silent()])
        session.execute(update(Recording).values(path=quiet.path, sha256=quiet.sha256))
    with served(create_app(line, secret="for the tests only")) as address:
        page = signed_in_window(browser, address).new_page()
        page.goto(f"/calls/{world.calls['李秀英']}")
        expect(page.locator(".wave [part~=region]")).to_have_count(4)
        ours, theirs = page.evaluate(INKED)
        page.context.close()
    line.database.close()
    assert ours > 0.3
    assert theirs <= 0.1


#: Of each channel's canvas, the share of its height that is painted anywhere.
INKED = """() => [...document.querySelector('.wave div').shadowRoot
  .querySelectorAll('.canvases > div')].map(channel => {
    const canvas = channel.querySelector('canvas');
    const {width, height} = canvas;
    const dots = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    let rows = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) if (dots[4 * (y * width + x) + 3] > 40) { rows++; break; }
    }
    return rows / height;
  })"""

#: WCAG 2 contrast of an element's text with the nearest painted ground behind it.
CONTRAST = """selector => {
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const element = document.querySelector(selector);
  let ground = element;
  const painted = node => channels(getComputedStyle(node).backgroundColor);
  while (painted(ground)[3] === 0) ground = ground.parentElement;
  const [a, b] = [light(channels(getComputedStyle(element).color)), light(painted(ground))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
