"""Every address of the whole application: for this machine only, signed by the carrier, or public
on purpose."""

from collections.abc import Iterator

import pytest
from flask import Flask
from pydantic import SecretStr
from werkzeug.routing import Rule

from huifang import wiring
from huifang.settings import Settings
from web.app import create_app
from web.phone import blueprint

PUBLIC = {"health", "static"}
#: What a reader can change, each with a form of ours.
CHANGING = {
    "console.desk.take_next", "console.desk.take", "console.desk.take_handed", "console.desk.dial",
    "console.desk.call", "console.desk.ring", "console.desk.answer", "console.desk.end",
    "console.desk.put_back", "console.desk.take_over", "console.desk.ask_for", "console.desk.done",
    "console.quality.decide", "console.history.retire", "console.drafts.begin",
    "console.drafts.check", "console.drafts.save", "console.drafts.propose",
    "console.drafts.withdraw", "console.proposals.approve", "console.proposals.send_back",
    "console.dialling.pause", "console.dialling.resume", "console.dialling.agents",
    "console.forecast.decide", "console.handovers.issue", "console.handovers.results",
    "console.handovers.statement", "console.handovers.decide", "console.special.apply",
    "console.special.decide", "console.blocked.block", "console.blocked.bring",
    "console.blocked.lift", "console.kpis.count", "console.evidence.take",
}  # fmt: skip
OUTSIDE = {"REMOTE_ADDR": "203.0.113.9"}
VALUES = {
    "number": 1, "turn": 1, "kind": "csv", "code": "en", "filename": "css/base.css", "token": "abc",
    "script_id": "standard", "name": "active", "suffix": "yaml", "month": "2026-11",
}  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Console and webhooks as ``huifang web`` puts them together, on an empty database."""
    settings = Settings(
        home=tmp_path_factory.mktemp("home"),
        twilio_auth_token=SecretStr("token"),
        public_url="https://revisit.example.com",
    )
    line = wiring.make_line(settings)
    yield create_app(line, secret="s", phone=blueprint(line, wiring.webhooks(settings)))
    line.database.close()


def addresses(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with an address and each of its methods."""
    for rule in app.url_map.iter_rules():
        with app.test_request_context():
            built = rule.build({name: VALUES[name] for name in rule.arguments})
        assert built is not None, rule
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield rule, built[1], method


def test_strangers_reach_only_what_is_public(app: Flask) -> None:
    for rule, path, method in addresses(app):
        answer = app.test_client().open(path, method=method, environ_base=OUTSIDE)
        assert (answer.status_code == 403) != (rule.endpoint in PUBLIC), (rule, method)
        answer.close()


def test_the_webhooks_are_closed_on_this_machine_too(app: Flask) -> None:
    phone = [(path, m) for rule, path, m in addresses(app) if rule.endpoint.startswith("phone.")]
    assert len(phone) >= 5
    for path, method in phone:
        assert app.test_client().open(path, method=method).status_code == 403, path


def test_only_these_pages_change_anything(app: Flask) -> None:
    writing = {r.endpoint for r, _, method in addresses(app) if method not in ("GET",)}
    assert {one for one in writing if not one.startswith("phone.")} == CHANGING


def test_no_page_changes_anything_without_the_word_of_its_form(app: Flask) -> None:
    forms = [(path, m) for rule, path, m in addresses(app) if rule.endpoint in CHANGING]
    assert len(forms) >= len(CHANGING)
    for path, method in [one for one in forms if one[1] != "GET"]:
        assert app.test_client().open(path, method=method).status_code == 409, path
