"""What complaints teach, in the console: the month, its pictures, its files, and who sees what."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from operations import complaint_figures
from operations.line import Line
from operations.rights import Role
from store import audit
from tests.operations.complained import came
from tests.web.agent import signed_in
from tests.web.stage import NOW, line_at
from web.app import create_app


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    line = line_at(tmp_path_factory.mktemp("figures"))
    came(
        line,
        {"branch": "济南", "product": "福享年金", "seller_name": "王业务", "result": "upheld",
         "answered_at": NOW},
        {"branch": "济南", "channel": "regulator", "seller_name": "王业务"},
        {"branch": "青岛", "kind": "claim", "seller_name": "李业务"},
        {"branch": "青岛", "at": NOW - timedelta(days=31), "seller_name": "<b>赵</b>"},
    )  # fmt: skip
    yield line
    line.database.close()


@pytest.fixture(scope="module")
def app(line: Line) -> Flask:
    return create_app(line, secret="for the tests only")


def test_the_month_with_its_pictures_in_both_languages(app: Flask) -> None:
    agent = signed_in(app, Role.SUPERVISOR).opens("/complaint-figures")
    agent.sees("2026-11", "收到投诉", "销售误导", "理赔", "监管转办", "王业务", "尚未决定")
    assert agent.page.html.count("<svg") == 4
    agent.opens("/language/en?back=/complaint-figures")
    agent.sees("received", "Misselling", "Claims", "Passed on by the regulator", "not decided yet")
    agent.misses("销售误导", "监管转办")


@pytest.mark.parametrize("month", ["2026-10", "2026-1", "x", "1999-01", "2026-13"])
def test_another_month_or_nonsense(app: Flask, month: str) -> None:
    agent = signed_in(app, Role.COMPLIANCE).opens(f"/complaint-figures?month={month}")
    if month == "2026-10":
        agent.sees("<b>赵</b>").misses("王业务")
    else:
        agent.sees("王业务")  # this month


def test_a_month_without_complaints_says_so(app: Flask) -> None:
    agent = signed_in(app, Role.SUPERVISOR).opens("/complaint-figures?month=2020-01")
    agent.sees("本月和上月都没有收到投诉")
    agent.opens("/complaint-figures.pdf?month=2020-01")


def test_a_branch_sees_its_own(app: Flask) -> None:
    agent = signed_in(app, Role.BRANCH, "济南").opens("/complaint-figures")
    agent.sees("王业务", "济南").misses("李业务", "青岛")
    signed_in(app, Role.BRANCH, "青岛").opens("/complaint-figures").sees("李业务").misses("王业务")
    book = load_workbook(BytesIO(agent.opens("/complaint-figures.xlsx").answer.data))
    told = {cell.value for sheet in book for row in sheet.rows for cell in row}
    assert "王业务" in told
    assert told.isdisjoint({"李业务", "青岛"})


@pytest.mark.parametrize("role", [Role.AGENT, Role.REVIEWER, Role.ADMIN])
def test_others_see_nothing(app: Flask, role: Role) -> None:
    signed_in(app, role).opens("/complaint-figures", expect=403)
    signed_in(app, role).opens("/complaint-figures.xlsx", expect=403)


def test_files_are_noted(app: Flask, line: Line) -> None:
    agent = signed_in(app, Role.COMPLIANCE)
    assert agent.opens("/complaint-figures.pdf?month=2026-11").answer.data.startswith(b"%PDF")
    assert agent.opens("/complaint-figures.xlsx?month=2026-11").answer.data.startswith(b"PK")
    with line.database.reading() as session:
        noted = audit.about(session, ["complaints:2026-11"])
    assert [(one.what, one.detail) for one in noted if one.who == "compliance"] == [
        ("exported", "pdf"), ("exported", "xlsx"),
    ]  # fmt: skip


def test_what_was_kept_is_for_those_who_hold_accountable(app: Flask, line: Line) -> None:
    chief = (
        signed_in(app, Role.SUPERVISOR)
        .opens("/complaint-figures")
        .sees("还没有。后台从每月 1 日起")
    )
    assert complaint_figures.make_due(line) == 1
    chief.opens("/complaint-figures").sees("2026-10").opens("/complaint-reports/2026-10.xlsx")
    sheets = load_workbook(BytesIO(chief.answer.data)).sheetnames
    assert sheets[-1] == "责任追究"
    assert chief.opens("/complaint-reports/2026-10.pdf").answer.data.startswith(b"%PDF-")
    with line.database.reading() as session:
        noted = {(one.what, one.detail) for one in audit.about(session, ["complaints:2026-10"])}
    assert {("exported", "xlsx"), ("exported", "pdf")} <= noted
    chief.opens("/complaint-reports/2026-09.pdf", expect=404)
    of_branch = signed_in(app, Role.SUPERVISOR, "济南")
    of_branch.opens("/complaint-reports/2026-10.pdf", expect=404)
    handler = signed_in(app, Role.BRANCH, "济南")
    handler.opens("/complaint-reports/2026-10.pdf", expect=403)
    handler.opens("/complaint-figures.xlsx?month=2026-10")
    assert "责任追究" not in load_workbook(BytesIO(handler.answer.data)).sheetnames
