"""Whatever somebody writes into the address, a page comes, or 404: never a fault of ours."""

import re
import string
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.web.agent import HERE, Agent
from web.lists import FILTERS

LISTS = ("queue", "calls", "cases", "quality", "recordings", "scripts")
STEERING = ("forecast", "handovers", "special-revisits", "do-not-call", "timetable")
PAGES = (
    "/", "/today", "/scripts/standard", "/scripts/standard/0/check", "/scripts/standard/history",
    "/compare", "/drafts", "/drafts/new", "/language/en", "/language/zh_CN", "/recordings/1/audio",
    "/calls/1", "/cases/1", "/policies/8860202611000007", "/dialling",
    *(f"/{name}{kind}" for name in (*LISTS, *STEERING) for kind in ("", ".csv", ".xlsx")),
)  # fmt: skip

NAMES = st.sampled_from(
    [*sorted(FILTERS), "page", "day", "back", "download", "kind", "number", "endpoint", "self",
     "script", "edition", "in", "line", "edit", "_external", "_scheme", "_anchor", "_method",
     "values", "changes"]
)  # fmt: skip
DAYS = ("0001-01-01", "0001-01-02", "9999-12-31", "9999-12-30", "2026-11-20", "2026-W01-1")
NUMBERS = ("0", "-1", "1e9", "9" * 21, "9" * 5000, str(2**31), str(2**63), "٣", "NaN")
PLACES = ("/a\nb", "//[", "/[::1", "/\t/evil.example", "/\\evil.example", "/a?b=1", "http://[")
WORDS = ("%", "_", "\\", "'", "\0", "\ud7ff", "💰" * 200, "0001", "=1+1")
VALUES = (
    st.sampled_from([*DAYS, *NUMBERS, *PLACES, *WORDS])
    | st.dates().map(str)
    | st.integers().map(str)
    | st.text(max_size=120)
    | st.sampled_from(["held", "late", "completed", "overdue", "问题件", "代签字类", "csv"])
)
#: Also bytes that are no text.
RAW = st.sampled_from(["%", "%zz", "%ff%fe", "%ed%a0%80", "&&=&", "a=1;b=2", "=", "+"])
QUERIES = (
    st.lists(st.tuples(NAMES, VALUES), max_size=4).map(
        lambda pairs: "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
    )
    | RAW
)


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from(PAGES), query=QUERIES)
@example(path="/today", query="day=0001-01-01")
@example(path="/today", query="day=9999-12-31")
@example(path="/calls", query="from=9999-12-31&to=9999-12-31")
@example(path="/calls", query="from=0001-01-01")
@example(path="/calls", query="endpoint=x&self=y")
@example(path="/calls", query="_scheme=x&_method=PUT")
@example(path="/language/en", query="back=/a%0ab")
@example(path="/language/en", query="back=//%5B")
def test_no_query_breaks_a_page(app: Flask, path: str, query: str) -> None:
    answer = app.test_client().get(f"{path}?{query}", base_url=HERE, buffered=True)
    assert answer.status_code in (200, 302)
    answer.close()


@settings(max_examples=100, deadline=None)
@given(
    place=st.sampled_from(
        [
            "/calls/{}",
            "/cases/{}",
            "/recordings/{}/audio",
            "/language/{}",
            "/{}",
            "/scripts/{}",
            "/scripts/standard/{}",
            "/scripts/standard/draft-{}/check",
            "/drafts/{}",
            "/policies/{}",
            "/handovers/{}",
            "/handovers/lists/{}.xlsx",
            "/special-revisits/{}",
            "/compare?old=standard/{}&new=standard/0",
        ]
    ),
    what=st.integers(min_value=100).map(str) | st.sampled_from(NUMBERS) | st.text(min_size=1),
)
@example(place="/calls/{}", what="999999999999999999999")
@example(place="/cases/{}", what="99999999999999999999")
@example(place="/calls/{}", what="9" * 5000)
def test_no_number_breaks_a_page(app: Flask, place: str, what: str) -> None:
    address = place.format(quote(what, safe=""))
    answer = app.test_client().get(address, base_url=HERE, buffered=True)
    assert answer.status_code < 500
    answer.close()


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 10**9, 10**21])
@pytest.mark.parametrize("place", ["/calls/{}", "/cases/{}", "/recordings/{}/audio"])
def test_a_number_that_is_no_row_is_nothing_here(agent: Agent, place: str, number: int) -> None:
    agent.opens(place.format(number), expect=404).sees("这个地址没有内容")


@pytest.mark.parametrize(
    "query",
    ["from=0001-01-01", "to=9999-12-31", "from=9999-12-31&to=9999-12-31", "to=1949-09-30",
     "page=" + "9" * 5000, "words=%00"],
)  # fmt: skip
def test_what_cannot_be_meant_narrows_nothing(agent: Agent, query: str) -> None:
    agent.opens(f"/calls?{query}").sees("共 14 条")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_meant_is_today(agent: Agent, day: str) -> None:
    agent.opens(f"/today?day={day}").sees("今日 2026-11-20")


def test_the_oldest_day_has_a_day_before_it(agent: Agent) -> None:
    agent.opens("/today?day=1949-10-01").sees("1949-10-01").follows("前一天").sees("今日")


def test_links_carry_filters_and_nothing_else(agent: Agent) -> None:
    page = agent.opens("/calls?outcome=completed&_external=1&_anchor=x&page=1&evil=1").page
    assert page.link("CSV") == "/calls.csv?outcome=completed"


def test_every_filter_of_a_form_is_carried_on(agent: Agent) -> None:
    for name in LISTS:
        html = agent.opens(f"/{name}").page.html
        forms = [form.split("</form>")[0] for form in html.split("<form")[1:]]
        asking = [form for form in forms if 'method="post"' not in form]
        assert asking, name
        found = {field for form in asking for field in re.findall(r'\sname="([^"]+)"', form)}
        assert found <= FILTERS, name


@pytest.mark.parametrize("byte", [*string.whitespace, "\0", "\x7f", "\u2028"])
def test_the_language_switch_returns_to_no_broken_address(app: Flask, byte: str) -> None:
    for back in (f"/{byte}/evil.example", f"/a{byte}b", f"/a{byte}"):
        answer = app.test_client().get("/language/en", query_string={"back": back}, base_url=HERE)
        assert answer.headers["Location"] == "/", back
