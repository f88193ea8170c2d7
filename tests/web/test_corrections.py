"""Corrections in the console: the overdue in front, done with words, a branch's own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from operations.line import Line
from operations.rights import Role
from tests.operations.complained import came
from tests.web.agent import signed_in
from tests.web.stage import NOW, line_at
from web.app import create_app


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    line = line_at(tmp_path_factory.mktemp("corrections"))
    wrong = {"root_cause": "sale", "correction": "改写建议书 13900001234"}
    came(
        line,
        {**wrong, "branch": "济南", "correction_due_on": NOW.date() - timedelta(days=1)},
        {**wrong, "branch": "青岛"},
    )
    yield line
    line.database.close()


@pytest.fixture(scope="module")
def app(line: Line) -> Flask:
    return create_app(line, secret="for the tests only")


def test_a_correction_is_done_with_words(app: Flask) -> None:
    chief = signed_in(app, Role.SUPERVISOR).opens("/corrections")
    chief.sees("1 项超时", "TS2026-000001", "TS2026-000002", "销售行为", "139****1234")
    chief.sends("/corrections/1", 422, version="1", done=" ").sees("整改情况")
    chief.sends("/corrections/1", 422, version="9", done="模板已改")
    assert "模板已改" in chief.page.html
    chief.sends("/corrections/1", version="1", done="模板已改").sees("已完成")
    chief.misses("TS2026-000001").opens("/corrections?state=done").sees("TS2026-000001")
    chief.opens("/complaints/1").sees("已整改", "模板已改")


def test_a_branch_does_its_own(app: Flask) -> None:
    own = signed_in(app, Role.BRANCH, "青岛").opens("/corrections").sees("TS2026-000002")
    own.misses("TS2026-000001").sends("/corrections/1", 404, version="1", done="模板已改")
    assert 'name="done"' in own.opens("/corrections").page.html
    looks = signed_in(app, Role.COMPLIANCE).opens("/corrections").sees("TS2026-000002")
    assert 'name="done"' not in looks.page.html
    signed_in(app, Role.AGENT).opens("/corrections", expect=403)
