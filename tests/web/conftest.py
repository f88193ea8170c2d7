"""A furnished line, the application over it, and somebody to use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from operations.line import Line
from tests.web.agent import Agent
from tests.web.stage import World, line_at
from tests.web.steered import Steered, steer
from tests.web.window import CHROMIUM, FLAGS
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


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steered]:
    """The steered world, only to be looked at."""
    line = line_at(tmp_path_factory.mktemp("still"))
    yield steer(line)
    line.database.close()


@pytest.fixture
def steered(tmp_path: Path) -> Iterator[Steered]:
    """The steered world, to be changed."""
    line = line_at(tmp_path)
    yield steer(line)
    line.database.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
