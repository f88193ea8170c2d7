"""No full phone or identity number on any page or in any file, and nobody else's eyes."""

import re

import pytest
from flask import Blueprint, Flask

from tests.web.agent import HERE, Agent
from tests.web.stage import IDENTITY, PHONE, World
from web.app import create_app
from web.masks import mask_identity, mask_phone, mask_text

LISTS = (
    "queue", "forecast", "handovers", "special-revisits", "do-not-call", "timetable", "calls",
    "cases", "quality", "recordings", "scripts",
)  # fmt: skip
SCRIPT_PAGES = (
    "/scripts/standard", "/scripts/standard/0/flow", "/scripts/standard/0/check",
    "/scripts/standard/0/checklist", "/scripts/standard/history", "/drafts", "/drafts/new",
    "/compare?old=standard/0&new=letter/0",
)  # fmt: skip
MOBILE = re.compile(r"1[3-9]\d{9}")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+8613900000001", "139****0001"),
        ("13900000001", "139****0001"),
        ("+861082345678", "108****5678"),
        ("12345", "*****"),
        ("", ""),
        (None, ""),
    ],
)
def test_phones_are_masked(number: str | None, shown: str) -> None:
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("110101196203070002", "110********0002"), ("E1234567", "********"), (None, "")],
)
def test_identity_numbers_are_masked(number: str | None, shown: str) -> None:
    assert mask_identity(number) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打我13900001234吧", "打我139****1234吧"),
        ("+86 139 0000 1234", "139****1234"),
        ("身份证11010119620307000X", "身份证110********000X"),
        ("一三九零零零零一二三四", "一三九****一二三四"),
        ("一一零一零一一九六二零三零七零零零X", "一一零****零零零X"),
        ("一九六二年三月七号，一万二千元", "一九六二年三月七号，一万二千元"),
        ("保单8860202611000001", "保单8860202611000001"),
    ],
)
def test_numbers_in_free_text_are_masked(text: str, shown: str) -> None:
    assert mask_text(text) == shown


def pages_of(world: World) -> list[str]:
    lists = [f"/{name}{suffix}" for name in LISTS for suffix in ("", ".csv")]
    calls = [f"/calls/{number}" for number in world.calls.values()]
    cases = [f"/cases/{number}" for number in range(1, len(world.cases) + 2)]
    first = ["/today", "/queue?part=held", "/queue?part=late", "/dialling"]
    policies = [f"/policies/8860202611{count:06d}" for count in range(1, 19)]
    return [*first, *policies, *SCRIPT_PAGES, *lists, *calls, *cases]


def test_no_page_and_no_file_shows_a_full_number(agent: Agent, world: World) -> None:
    for path in pages_of(world):
        text = agent.opens(path).answer.get_data(as_text=True)
        # policy numbers are digits too: sixteen of them, beginning with 8860
        assert not MOBILE.findall(re.sub(r"8860\d{12}", "", text)), path
        for count in range(1, 19):
            assert PHONE.format(count)[3:] not in text
            assert IDENTITY.format(60 + count, count) not in text


STRANGERS = [
    {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}},
    {"environ_base": {"REMOTE_ADDR": "192.168.1.7"}},
    {"headers": {"X-Forwarded-For": "203.0.113.9"}},
    {"headers": {"Forwarded": "for=203.0.113.9"}},
    {"headers": {"Via": "1.1 tunnel"}},
    {"headers": {"X-Forwarded-Proto": "https"}},
    {"headers": {"X-Forwarded-For": ""}},
    {"headers": {"CF-Connecting-IP": "203.0.113.9"}},
    {"base_url": "http://console.example.com"},
    {"base_url": "http://127.0.0.1.example.com"},
]


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize("path", ["/", "/calls", "/calls.csv", "/recordings/1/audio", "/nothing"])
def test_other_machines_are_refused(app: Flask, stranger: dict[str, object], path: str) -> None:
    answer = app.test_client().get(path, buffered=True, **{"base_url": HERE, **stranger})
    assert answer.status_code == 403
    assert "只能在运行它的机器上打开" in answer.get_data(as_text=True)
    assert "8860" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "[::1]"])
def test_this_machine_is_let_in_by_each_of_its_names(app: Flask, host: str) -> None:
    assert app.test_client().get("/sign-in", headers={"Host": host}).status_code == 200


def test_an_opened_console_answers_everybody(world: World) -> None:
    client = create_app(world.line, secret="s", open_console=True).test_client()
    outside = {"REMOTE_ADDR": "192.168.1.7"}
    assert client.get("/sign-in", environ_base=outside).status_code == 200
    assert client.get("/calls", environ_base=outside).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("host", ["revisit.example.com", "REVISIT.example.com.:443"])
def test_an_opened_console_is_closed_where_the_carrier_comes_in(world: World, host: str) -> None:
    client = create_app(
        world.line, secret="s", open_console=True, public_url="https://revisit.example.com/huifang"
    ).test_client()
    outside = {"REMOTE_ADDR": "192.168.1.7"}
    assert client.get("/sign-in", headers={"Host": host}, environ_base=outside).status_code == 403
    inside = {"Host": "console.lan:8000"}
    assert client.get("/sign-in", headers=inside, environ_base=outside).status_code == 200
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_public_address_on_this_machine_is_still_this_machine(world: World) -> None:
    """As in the demonstration, whose carrier is next door."""
    app = create_app(world.line, secret="s", public_url="http://127.0.0.1:8000")
    assert app.test_client().get("/sign-in", base_url=HERE).status_code == 200


def test_the_carrier_reaches_the_phone_and_nothing_else(world: World) -> None:
    phone = Blueprint("phone", __name__, url_prefix="/phone")
    phone.add_url_rule("/<token>/status", view_func=lambda token: "heard", methods=["POST"])
    client = create_app(world.line, secret="s", phone=phone).test_client()
    from_outside = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.post("/phone/abc/status", environ_base=from_outside).data == b"heard"
    assert client.get("/today", environ_base=from_outside).status_code == 403


def test_every_route_is_guarded_or_listed_public(app: Flask) -> None:
    public = {"health", "static"}
    outside = {"REMOTE_ADDR": "203.0.113.9"}
    values = {
        "number": 1, "kind": "xlsx", "code": "en", "filename": "css/base.css",
        "script_id": "standard", "name": "active", "suffix": "yaml", "login": "an", "turn": 1,
        "month": "2026-11", "policy_number": "8860202611000001", "paper": 1, "talk": 1,
        "scenario": "media",
    }  # fmt: skip
    for rule in app.url_map.iter_rules():
        with app.test_request_context():
            path = rule.build({name: values[name] for name in rule.arguments})
        assert path is not None
        answer = app.test_client().get(path[1], environ_base=outside, buffered=True)
        assert (answer.status_code == 403) != (rule.endpoint in public), rule.endpoint
        answer.close()


def test_browsers_are_told_to_run_nothing_foreign(agent: Agent) -> None:
    headers = agent.opens("/today").answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


def test_every_answer_has_its_own_nonce(agent: Agent) -> None:
    policies = {agent.opens("/today").answer.headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_pages_carry_no_inline_script_or_style(agent: Agent, world: World) -> None:
    for path in pages_of(world):
        if ".csv" not in path:
            html = agent.opens(path).page.html
            assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", html), path
            assert not re.search(r'(?:src|href)="(?:https?:)?//', html), path


def test_what_customers_say_is_never_markup(agent: Agent, world: World) -> None:
    agent.opens("/calls?words=<script>alert(1)</script>")
    assert "<script>alert" not in agent.page.html
