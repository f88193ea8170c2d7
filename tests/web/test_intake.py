"""Other systems take complaints in by one address with a token: once each, nothing lost, and
nothing told of what we know."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from store import audit
from store.tables import Complaint
from tests.operations import complaining as c
from tests.operations.rig import Rig
from tests.web.agent import HERE
from web.app import create_app
from web.intake import Senders

TOKEN, OTHER = "a token of the tests, long enough", "another token, as long as the first"
SENDERS = Senders({"website": TOKEN, "app": OTHER})
BODY = {"matter": "业务员说是存款", "name": "陈安平", "policy": "P0001", "phone": "13900000001"}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    c.ready(rig)
    yield rig
    rig.close()


@pytest.fixture
def client(rig: Rig) -> FlaskClient:
    return create_app(rig.line, secret="s", intake=SENDERS).test_client()


def sent(client: FlaskClient, body: Any, token: str = TOKEN, **headers: str) -> tuple[int, Any]:
    """Status and answer of one request."""
    answer = client.post(
        "/api/complaints", data=json.dumps(body), base_url=HERE,
        headers={"Authorization": f"Bearer {token}", **headers},
    )  # fmt: skip
    return answer.status_code, answer.get_json()


def test_it_is_taken_in_and_told_its_number(client: FlaskClient, rig: Rig) -> None:
    status, told = sent(client, BODY)
    assert (status, told["number"]) == (201, "TS2026-000001")
    assert told["answer_by"].startswith("2026-12-03")
    found = rig.one(Complaint)
    assert (found.channel, found.policy_id, found.taken_by) == ("web", 1, "intake-website")


def test_sent_again_it_is_the_same(client: FlaskClient, rig: Rig) -> None:
    assert sent(client, BODY) == sent(client, BODY)
    key = {"Idempotency-Key": "site-7"}
    other = {**BODY, "demand": "退费"}
    assert sent(client, BODY, **key) == sent(client, other, **key)
    assert len(rig.all(Complaint)) == 2


def test_each_system_is_told_apart_and_its_keys_are_its_own(client: FlaskClient, rig: Rig) -> None:
    key = {"Idempotency-Key": "7"}
    assert sent(client, BODY, **key)[1]["number"] == "TS2026-000001"
    assert sent(client, BODY, OTHER, **key)[1]["number"] == "TS2026-000002"
    assert [one.taken_by for one in rig.all(Complaint)] == ["intake-website", "intake-app"]
    with rig.line.database.reading() as session:
        assert [one.who for one in audit.about(session, ["complaint:2"])] == ["intake-app"]


def test_a_token_that_was_withdrawn_opens_nothing(rig: Rig) -> None:
    left = replace(SENDERS, tokens={"website": TOKEN})
    client = create_app(rig.line, secret="s", intake=left).test_client()
    assert sent(client, BODY, OTHER)[0] == 401
    assert sent(client, BODY)[0] == 201


def test_who_sends_too_fast_is_told_when_to_send_again(rig: Rig) -> None:
    seconds = [100.0]
    line = replace(rig.line, steady=lambda: seconds[0])
    slow = replace(SENDERS, per_minute=3)
    client = create_app(line, secret="s", intake=slow).test_client()

    def sends(number: int, token: str = TOKEN) -> TestResponse:
        return client.post(
            "/api/complaints", data=json.dumps({**BODY, "matter": f"第{number}件"}), base_url=HERE,
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip

    for number in range(3):
        assert sends(number).status_code == 201
        seconds[0] += 10
    for _ in range(2):  # what is turned away does not count
        answer = sends(3)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
        assert "again in 30 seconds" in answer.get_json()["error"]
    assert sends(4, OTHER).status_code == 201  # another system has a pace of its own
    seconds[0] += 29.5
    assert sends(3).headers["Retry-After"] == "1"
    seconds[0] += 0.5
    assert sends(3).status_code == 201
    assert sends(5).status_code == 429  # the second of a minute ago was ten seconds later
    assert len(rig.all(Complaint)) == 5


def test_what_is_not_known_is_neither_refused_nor_told(client: FlaskClient, rig: Rig) -> None:
    status, told = sent(client, {**BODY, "policy": "P9999", "phone": "+1 202 555 0100"})
    assert (status, set(told)) == (201, {"number", "answer_by"})
    assert rig.one(Complaint).matter == "业务员说是存款\n保单号 P9999\n电话 +1 202 555 0100"


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], f"{TOKEN}x", "令牌"])
def test_without_the_token_nothing_is_taken(client: FlaskClient, rig: Rig, token: str) -> None:
    answer = client.post("/api/complaints", data=json.dumps(BODY), base_url=HERE,
                         headers={"Authorization": f"Bearer {token}".encode("latin-1", "replace")
                                  .decode("latin-1")})  # fmt: skip
    assert answer.status_code == 401
    assert rig.all(Complaint) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({**BODY, "matter": ""}, "matter"),
        ({**BODY, "people": 0}, "people"),
        ({**BODY, "channel": "pigeon"}, "channel"),
        ({**BODY, "idcard": "1"}, "idcard"),
        ({**BODY, "received_at": "2027-01-01T00:00:00+08:00"}, "in the future"),
        ("no object", "body"),
    ],
)
def test_a_faulty_body_is_one_sentence(client: FlaskClient, rig: Rig, body: Any, said: str) -> None:
    status, told = sent(client, body)
    assert status == 400
    assert said in told["error"]
    assert "业务员说是存款" not in told["error"]
    assert rig.all(Complaint) == []


def test_where_no_token_is_set_there_is_no_such_address(rig: Rig) -> None:
    client = create_app(rig.line, secret="s").test_client()
    answer = client.post("/api/complaints", base_url=HERE, headers={"Authorization": "Bearer "})
    assert answer.status_code in (401, 404)
    assert rig.all(Complaint) == []


def test_other_machines_reach_it_only_where_the_console_is_open(rig: Rig) -> None:
    outside = {"REMOTE_ADDR": "203.0.113.9"}
    for opened, status in ((False, 403), (True, 201)):
        app = create_app(rig.line, secret="s", intake=SENDERS, open_console=opened)
        answer = app.test_client().post(
            "/api/complaints", data=json.dumps(BODY), environ_base=outside,
            headers={"Authorization": f"Bearer {TOKEN}"},
        )  # fmt: skip
        assert answer.status_code == status
