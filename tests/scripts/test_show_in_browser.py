"""The flow picture in a real Chromium, with real fonts: the widths that it was laid out with hold,
as an image under the console's strict policy too, light, dark and printed."""

import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import reader
from scripts.show import graph
from scripts.texts import in_language
from tests.conftest import need

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: Words that stick out of their own box; a font's line is a little higher than its signs.
STICKING_OUT = """() => [...document.querySelectorAll('text')].filter(text => {
    const group = text.parentElement, words = text.getBBox();
    const rect = group.querySelector(':scope > rect');
    if (!rect || group.getAttribute('class') === 'onward') return false;
    const room = rect.getBBox();
    return words.x < room.x - 0.5 || words.x + words.width > room.x + room.width + 0.5
        || words.y < room.y - 4 || words.y + words.height > room.y + room.height + 4;
}).map(text => text.textContent)"""
#: The colour of the picture's corner.
CORNER = """() => {
    const canvas = document.createElement('canvas'), brush = canvas.getContext('2d');
    brush.drawImage(document.querySelector('img'), 0, 0);
    const pixel = [...brush.getImageData(2, 2, 1, 1).data].slice(0, 3);
    return '#' + pixel.map(part => part.toString(16).padStart(2, '0')).join('');
}"""
POLICY = "default-src 'none'; img-src data:; style-src 'self' 'nonce-abc'"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    need("chromium")
    need("chinese-font")
    with sync_playwright() as playwright:
        found = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", reader.library())
def test_real_words_fit_their_boxes(page: Page, name: str, language: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    script = reader.load_script(name)
    shown = in_language(script, "en") if language in script.translations else script
    file.write_text(graph.svg(shown, language=language), "utf-8")
    page.goto(file.as_uri())

    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize(("scheme", "colour"), [("light", "#ffffff"), ("dark", "#1b1f26")])
def test_as_an_image_it_keeps_its_colours(page: Page, scheme: str, colour: str) -> None:
    """The strict policy of the console's pages does not reach into an image."""
    picture = b64encode(graph.svg(reader.load_script("standard")).encode()).decode()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_content(
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="color-scheme" content="light dark">'
        f'<img src="data:image/svg+xml;base64,{picture}" alt="">'
    )
    page.wait_for_function("document.querySelector('img').complete")

    assert page.evaluate(CORNER) == colour


def test_printed_from_a_dark_screen_it_is_light(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    file.write_text(graph.svg(reader.load_script("standard")), "utf-8")
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(file.as_uri())
    fill = "getComputedStyle(document.querySelector('rect.page')).fill"

    assert page.evaluate(fill) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("name", ["standard", "complaint-follow-up"])
def test_it_is_printed_whole_on_one_sheet(page: Page, name: str, tmp_path: Path) -> None:
    picture = graph.svg(reader.load_script(name))
    file = tmp_path / "picture.svg"
    file.write_text(picture, "utf-8")
    page.goto(file.as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed)
    natural = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', picture)

    assert natural is not None
    assert len(set(sheets)) == len(re.findall(rb"/Type ?/Page\b", printed)) == 1
    wide, high = map(float, sheets[0])
    assert (wide > high) is (float(natural[1]) > float(natural[2]))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 500})
    shown = page.evaluate("document.documentElement.getBoundingClientRect().width")
    assert shown <= 700
