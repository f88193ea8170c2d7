"""The register with 20,000 complaints: a page asks as many questions of the database as with a few,
and is there in time."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, insert

from store.tables import Complaint
from tests.operations import complaining as c
from tests.operations.rig import NOW, Rig
from tests.web.agent import Agent
from tests.yardstick import timely
from web.app import create_app

MANY = 20_000
STATES = ("received", "assigned", "investigating", "answered", "closed", "closed", "withdrawn")
PATHS = (
    "/complaints", "/complaints?page=300", "/complaints?light=overdue", "/complaints?state=open",
    "/complaints?stage=closed&class=claim", "/complaints?words=理赔", "/complaints?whose=nobody",
    "/complaints?branch=分公司3", "/complaints?words=TS2026-000077",
)  # fmt: skip


def some(number: int) -> dict[str, Any]:
    """One of many complaints."""
    state = STATES[number % len(STATES)]
    ended = state in ("closed", "withdrawn")
    at = NOW - timedelta(hours=number % 2000)
    return {
        "key": f"form:{number}", "channel": ("hotline", "visit", "letter")[number % 3],
        "received_at": at, "taken_at": at, "taken_by": "韩经办", "branch": f"分公司{number % 30}",
        "matter": f"第{number}件，理赔太慢" if number % 2 else f"第{number}件，退保", "demand": "",
        "kind": ("claim", "surrender", None)[number % 3], "complexity": "simple", "major": False,
        "people": 1, "signals": ["media"] if number % 5 == 0 else [], "policy_id": 1,
        "complainant_name": f"客户{number}", "relation": "holder", "state": state, "version": 1,
        "round": 1, "round_since": 1, "clock_from": at, "extended": False,
        "next_due_at": None if ended else at + timedelta(days=15),
        "handler": "韩经办" if number % 2 else None,
    }  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A console over all of them."""
    rig = Rig(tmp_path_factory.mktemp("many"))
    c.ready(rig)
    with rig.line.database.transaction() as session:
        session.execute(insert(Complaint), [some(number) for number in range(MANY)])
    yield create_app(rig.line, secret="for the tests only")
    rig.close()


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Flask]:
    """A console over two."""
    rig = Rig(tmp_path)
    c.ready(rig)
    with rig.line.database.transaction() as session:
        session.execute(insert(Complaint), [some(number) for number in range(2)])
    yield create_app(rig.line, secret="for the tests only")
    rig.close()


def statements(app: Flask, path: str) -> int:
    """How many questions a page asks of the database."""
    agent = Agent(app.test_client()).opens(path)
    engine = app.extensions["line"].database.engine
    asked: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    agent.opens(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_a_page_asks_no_more_with_many_than_with_few(app: Flask, few: Flask) -> None:
    assert statements(app, "/complaints") == statements(few, "/complaints")


@pytest.mark.timed
@pytest.mark.parametrize("path", PATHS)
def test_a_list_is_there_within_200_ms(app: Flask, path: str) -> None:
    agent = Agent(app.test_client()).opens(path)
    timely(lambda: agent.opens(path), 0.2)
