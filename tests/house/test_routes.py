"""Every address of the whole application: for this machine only, signed by the carrier, or public
on purpose; and of those for this machine, every one for those whose role has its action."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from pydantic import SecretStr
from werkzeug.routing import Rule

from huifang import wiring
from huifang.settings import Settings
from operations.rights import HEAD_OFFICE, TABLE, Action, Role, actions_of
from tests.house import tree
from tests.web.agent import HERE, entered
from web import access
from web.app import create_app
from web.phone import blueprint

#: What other machines may ask for too.
PUBLIC = {"health", "static"}
#: What nobody has to sign in for.
OPEN = PUBLIC | {"console.language.choose", "console.door.show", "console.door.enter"}
#: What a reader can change, each with a form of ours.
CHANGING = {
    "console.desk.take_next", "console.desk.take", "console.desk.take_handed", "console.desk.dial",
    "console.desk.call", "console.desk.ring", "console.desk.answer", "console.desk.end",
    "console.desk.put_back", "console.desk.take_over", "console.desk.ask_for", "console.desk.done",
    "console.quality.decide", "console.tasks.take_next", "console.tasks.take",
    "console.tasks.put_back", "console.tasks.write", "console.plans.draw",
    "console.plans.calibrate", "console.appeals.decide", "console.material.decide",
    "console.results.appeal", "console.history.retire", "console.drafts.begin",
    "console.drafts.check", "console.drafts.save", "console.drafts.propose",
    "console.drafts.withdraw", "console.proposals.approve", "console.proposals.send_back",
    "console.dialling.pause", "console.dialling.resume", "console.dialling.agents",
    "console.forecast.decide", "console.handovers.issue", "console.handovers.results",
    "console.handovers.statement", "console.handovers.decide", "console.special.apply",
    "console.special.decide", "console.blocked.block", "console.blocked.bring",
    "console.blocked.lift", "console.kpis.count", "console.evidence.take", "console.door.enter",
    "console.door.leave", "console.account.password", "console.account.codes",
    "console.accounts.add", "console.accounts.change", "console.unmask.show",
    "console.case_work.assign", "console.case_work.talk", "console.case_work.conclude",
    "console.case_work.judge", "console.case_work.book", "console.case_work.cancel",
    "console.case_work.close", "console.case_work.reopen", "console.case_work.statement",
    "console.case_papers.attach", "console.case_lists.assign", "console.case_lists.take_out",
    "console.case_lists.results", "console.training.begin", "console.training.hand_in",
    "console.accountability.hold", "console.accountability.tell", "console.accountability.appeal",
    "console.accountability.decide", "console.my_measures.appeal",
    "console.clusters.close", "console.corrections.done",
    "console.complaints.take", "console.complaint_work.do",
    "console.complaint_work.judge", "console.complaint_papers.attach",
    "console.complaint_papers.package",
    "console.incidents.report", "console.incident_work.count", "console.incident_work.grade",
    "console.incident_work.start", "console.incident_work.spokesman", "console.incident_work.step",
    "console.incident_work.note", "console.incident_work.notify", "console.incident_work.handle",
    "console.incident_work.report_up", "console.incident_work.close",
    "console.incident_work.dismiss", "console.incident_work.reopen",
    "console.incident_people.name", "console.incident_people.propose",
    "console.incident_people.arrange", "console.checklists.add", "console.checklists.cut",
    "console.checklists.contact", "console.checklists.drop", "console.drills.plan",
    "console.drills.start", "console.drills.step", "console.drills.end",
    "console.drills.call_off",
}  # fmt: skip
OUTSIDE = {"REMOTE_ADDR": "203.0.113.9"}
VALUES = {
    "number": 1, "turn": 1, "paper": 1, "kind": "xlsx", "code": "en", "filename": "css/base.css",
    "token": "abc", "script_id": "standard", "name": "active", "suffix": "yaml",
    "month": "2026-11", "login": "an", "talk": 1, "scenario": "media",
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
    client = app.test_client()
    entered(client)
    forms = [(path, m) for rule, path, m in addresses(app) if rule.endpoint in CHANGING]
    assert len(forms) >= len(CHANGING)
    for path, method in [one for one in forms if one[1] != "GET"]:
        assert client.open(path, method=method, base_url=HERE).status_code == 409, path


def inside(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, address and method of everything that is not the carrier's."""
    every = [(rule.endpoint, path, method) for rule, path, method in addresses(app)]
    return [one for one in every if not one[0].startswith("phone.")]


def test_every_page_is_in_the_table_or_open_on_purpose(app: Flask) -> None:
    assert access.PUBLIC == OPEN
    assert {endpoint for endpoint, _, _ in inside(app)} == OPEN | set(access.ROUTES)
    assert OPEN.isdisjoint(access.ROUTES)


def test_nobody_gets_past_the_door_without_signing_in(app: Flask) -> None:
    for endpoint, path, method in inside(app):
        if endpoint in OPEN:
            continue
        answer = app.test_client().open(path, method=method, base_url=HERE)
        there = answer.headers.get("Location", "")
        assert answer.status_code == (302 if method == "GET" else 401), (path, method)
        assert there.startswith("/sign-in") == (method == "GET"), path
        answer.close()


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_the_table_says_and_nothing_else(app: Flask, role: Role) -> None:
    client = app.test_client()
    entered(client, f"only {role.value}", (role,), "北京" if role is Role.BRANCH else None)
    for endpoint, path, method in inside(app):
        if endpoint in OPEN or endpoint == "console.door.leave":
            continue
        answer = client.open(path, method=method, base_url=HERE, buffered=True)
        allowed = access.ROUTES[endpoint] in actions_of([role])
        assert (answer.status_code != 403) == allowed, (path, method, answer.status_code)
        answer.close()


def test_nobody_of_a_branch_opens_what_concerns_the_whole_line(app: Flask) -> None:
    client = app.test_client()
    entered(client, "every role", tuple(Role), "北京")
    tried = set()
    for endpoint, path, method in inside(app):
        if access.ROUTES.get(endpoint) in HEAD_OFFICE:
            answer = client.open(path, method=method, base_url=HERE, buffered=True)
            assert answer.status_code == 403, (path, method)
            tried.add(access.ROUTES[endpoint])
            answer.close()
    assert tried == HEAD_OFFICE


def test_the_page_about_rights_has_the_same_table() -> None:
    page = tree.text("docs/operations.md")
    (head,) = re.findall(r"^\| action \| what it opens \|(.*)\|$", page, re.M)
    roles = [Role(one.strip(" `")) for one in head.split("|")]
    assert set(roles) == set(Role)
    told, whole_line = {}, set()
    for name, what, marks in re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|(.*)\|$", page, re.M):
        if name not in set(Action):
            continue
        ticked = zip(roles, marks.split("|"), strict=True)
        told[Action(name)] = {role for role, mark in ticked if "✓" in mark}
        if what.endswith("(of head office)"):
            whole_line.add(Action(name))
    assert told == {one: {r for r in Role if one in TABLE[r]} for one in Action}
    assert whole_line == HEAD_OFFICE
