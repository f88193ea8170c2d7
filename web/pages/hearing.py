"""听辨报告: live hearing held against the recordings, question by question and engine by engine."""

from flask import Blueprint, Response, render_template

from operations.compare import hearing_report
from web import exports, lists
from web.at_hand import line
from web.views import hearing as view

pages = Blueprint("hearing", __name__)


@pages.get("/hearing")
def show() -> str:
    """Agreement, abstaining and the false yeses to be expected, of the days asked for."""
    rows = wanted_rows()
    engine = lists.text("engine")
    return render_template(
        "hearing.html",
        rows=rows,
        engines=sorted({row.engine for row in rows} | ({engine} if engine else set())),
        engine=engine,
        first=lists.day("from"),
        last=lists.day("to"),
    )


@pages.get("/hearing.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same report with the same filters."""
    rows = [view.cells(row) for row in wanted_rows()]
    return exports.send(kind, "hearing", view.titles(), rows, line().clock())


def wanted_rows() -> list[view.HearingRow]:
    """The report that the address asks for."""
    engine = lists.text("engine") or None
    found = hearing_report(line(), lists.day("from"), lists.day("to"), engine)
    return [view.row(one) for one in found]
