"""Alarms about sellers in the console: on today's page and the board, closed by a supervisor; a
branch sees its own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from operations import complaint_clusters
from operations.line import Line
from operations.rights import Role
from tests.operations.complained import came
from tests.web.agent import signed_in
from tests.web.stage import line_at
from tests.web.world import furnish
from web.app import create_app


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    line = line_at(tmp_path_factory.mktemp("clusters"))
    furnish(line)
    came(line, *[{"seller_name": "王业务", "branch": "济南", "signals": ["media"],
                  "matter": "打 13900001234 也没人接"}] * 3)  # fmt: skip
    came(line, *[{"seller_name": "李业务", "branch": "青岛"}] * 4)
    assert complaint_clusters.find(line) == 2
    yield line
    line.database.close()


@pytest.fixture(scope="module")
def app(line: Line) -> Flask:
    return create_app(line, secret="for the tests only")


def test_the_alarm_from_the_board_to_what_was_done(app: Flask) -> None:
    chief = signed_in(app, Role.SUPERVISOR)
    for page in ("/today", "/board"):
        chief.opens(page).sees("投诉聚集")
    chief.follows("投诉聚集").sees("王业务", "李业务", "待处理")
    assert [row[2] for row in chief.page.rows][1:] == ["4", "3"]  # the largest first
    chief.opens("/clusters/1").sees("销售误导", "媒体", "139****1234").misses("13900001234")
    chief.follows("追究责任").sees("部门负责人一并问责")
    chief.opens("/clusters/1").sends("/clusters/1", 422, version="1", done=" ").sees("请写明")
    chief.sends("/clusters/1", 422, version="9", done="停止展业").sees("又有新的投诉")
    assert "停止展业" in chief.page.html
    chief.sends("/clusters/1", version="1", done="停止展业").sees("已结束", "停止展业")
    chief.opens("/clusters?state=closed").sees("王业务").misses("李业务")


def test_a_branch_sees_its_own_and_does_not_close_it(app: Flask) -> None:
    own = signed_in(app, Role.BRANCH, "青岛").opens("/clusters").sees("李业务").misses("王业务")
    own.opens("/clusters/2").misses("结束预警", "追究责任").opens("/clusters/1", expect=404)
    own.opens("/clusters").sends("/clusters/2", 403, version="1", done="停止展业")
    own.opens("/today")
    other = signed_in(app, Role.SUPERVISOR, "济南").opens("/clusters")
    other.sends("/clusters/2", 404, version="1", done="停止展业")
    own.opens("/clusters/2").sees("未结").misses("停止展业")


def test_others_see_no_alarm(app: Flask) -> None:
    signed_in(app, Role.AGENT).opens("/today").misses("投诉聚集").opens("/clusters", expect=403)
