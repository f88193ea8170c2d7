"""The calendar of load against capacity: a file of its own needs no application and nothing from
elsewhere."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from scheduler.forecast import DayLoad
from web.pictures import ALL, BASE, LEFT, TOP, load_calendar

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2026, 11, 29)


def days(*wanted: float, possible: float = 100.0) -> list[DayLoad]:
    return [
        DayLoad(FIRST + timedelta(days=n), calls, min(calls, possible), possible, 0.0, n)
        for n, calls in enumerate(wanted)
    ]


def texts(drawn: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def test_a_file_of_its_own_is_whole() -> None:
    drawn = load_calendar(days(50, 150), {FIRST: 3})
    root = ElementTree.fromstring(drawn)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert "prefers-color-scheme: dark" in drawn
    assert "url(" not in drawn
    assert {"50", "150", "▲", "3", "11-29", "calls wanted"} <= set(texts(drawn))


def test_the_language_is_asked_for_and_a_page_brings_its_own_colours() -> None:
    drawn = load_calendar(days(50), language="zh_CN", alone=False)
    assert "到期" in drawn
    assert "<style" not in drawn
    assert "periods end" in load_calendar(days(50), language="en", alone=False)


def test_only_a_day_with_more_than_possible_is_marked() -> None:
    assert texts(load_calendar(days(100, 100.4, 99))).count("▲") == 0
    assert texts(load_calendar(days(100, 101, 99))).count("▲") == 1


@pytest.mark.parametrize("count", [0, 1, 13, 31, 62])
def test_every_day_has_its_place(count: int) -> None:
    root = ElementTree.fromstring(load_calendar(days(*[120.0] * count)))
    bars = [one for one in root.iter(f"{SVG}rect") if one.get("class") == "wanted"]
    groups = [one for one in bars if float(one.get("x", "0")) >= LEFT]
    assert len(groups) == count
    for one in groups:
        assert float(one.get("x", "0")) + float(one.get("width", "0")) <= LEFT + ALL + 1
        assert TOP <= float(one.get("y", "0")) <= BASE


def test_nothing_wanted_and_nothing_possible_is_drawn_too() -> None:
    assert "–" in texts(load_calendar(days(0, possible=0)))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_is_readable_by_day_and_by_night(browser: Browser, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_content(load_calendar(days(50, 150)))
    paper, ink = (
        page.evaluate(f"getComputedStyle(document.querySelector('{one}')).fill")
        for one in (".paper", ".count")
    )
    light = (int(paper[4:].split(",")[0]) > 128, int(ink[4:].split(",")[0]) > 128)
    assert light == ((True, False) if scheme == "light" else (False, True))
    context.close()
