"""A furnished line, the application over it, and somebody to use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from operations.line import Line
from tests.web.agent import Agent
from tests.web.stage import World, line_at
from tests.web.world import furnish
from web.app import create_app


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The small world; the console only reads, so that one serves a whole module."""
    line = line_at(tmp_path_factory.mktemp("world"))
    yield furnish(line)
    line.database.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Line]:
    """A line with nothing in it."""
    line = line_at(tmp_path)
    yield line
    line.database.close()


@pytest.fixture(scope="module")
def app(world: World) -> Flask:
    """The console over the small world."""
    return create_app(world.line, secret="for the tests only")


@pytest.fixture
def agent(app: Flask) -> Agent:
    """Somebody at the console."""
    return Agent(app.test_client())


@pytest.fixture
def newcomer(empty: Line) -> Agent:
    """Somebody at a console with nothing in it."""
    return Agent(create_app(empty, secret="for the tests only").test_client())
