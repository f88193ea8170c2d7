"""听辨报告: live hearing held against the recordings, question by question and engine by engine."""

from datetime import date, timedelta
from typing import Final

from flask import Blueprint, Response, render_template

from operations.compare import hearing_report
from store.columns import LOCAL
from web import exports, lists
from web.at_hand import line
from web.views import hearing as view

pages = Blueprint("hearing", __name__)

#: Shown where the reader asks for no days.
DAYS: Final = 7


@pages.get("/hearing")
def show() -> str:
    """Agreement, abstaining and the false yeses to be expected, of the days asked for."""
    rows = wanted_rows()
    first, last = wanted_days()
    engine = lists.text("engine")
    return render_template(
        "hearing.html",
        rows=rows,
        engines=sorted({row.engine for row in rows} | ({engine} if engine else set())),
        engine=engine,
        first=first,
        last=last,
    )


@pages.get("/hearing.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same report with the same filters."""
    rows = [view.cells(row) for row in wanted_rows()]
    return exports.send(kind, "hearing", view.titles(), rows, line().clock())


def wanted_rows() -> list[view.HearingRow]:
    """The report that the address asks for."""
    engine = lists.text("engine") or None
    return [view.row(one) for one in hearing_report(line(), *wanted_days(), engine)]


def wanted_days() -> tuple[date | None, date | None]:
    """The days asked for; where none is, the last ``DAYS``: every answer of them is counted."""
    first, last = lists.day("from"), lists.day("to")
    if first is None and last is None:
        first = line().clock().astimezone(LOCAL).date() - timedelta(days=DAYS - 1)
    return first, last
