"""The register with 20,000 complaints: every list is there within the promised time."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import insert

from store.tables import Complaint
from tests.operations import complaining as c
from tests.operations.rig import Rig
from tests.web.agent import Agent
from tests.yardstick import timely
from web.app import create_app

MANY = 20_000
PATHS = (
    "/complaints", "/complaints?page=300", "/complaints?light=overdue", "/complaints?state=open",
    "/complaints?stage=closed&class=claim", "/complaints?words=理赔", "/complaints?whose=nobody",
    "/complaints?branch=分公司3", "/complaints?words=TS2026-000077",
)  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A console over all of them."""
    rig = Rig(tmp_path_factory.mktemp("many"))
    c.ready(rig)
    with rig.line.database.transaction() as session:
        session.execute(insert(Complaint), [c.some(number) for number in range(MANY)])
    yield create_app(rig.line, secret="for the tests only")
    rig.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_list_is_there_within_200_ms(app: Flask, path: str) -> None:
    agent = Agent(app.test_client()).opens(path)
    timely(lambda: agent.opens(path), 0.2)
