"""定时任务: how every timed job ran last, when it is due next, and which worker leads."""

from flask import Blueprint, Response, render_template

from operations.timed_jobs import look
from web import exports
from web.at_hand import line, timetable
from web.views import timetable as view

pages = Blueprint("timetable", __name__)


@pages.get("/timetable")
def show() -> str:
    """The timed jobs in the order of the timetable."""
    leader, jobs = look(line(), timetable())
    return render_template("timetable.html", leader=leader, rows=[view.row(one) for one in jobs])


@pages.get("/timetable.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same as a file."""
    _, jobs = look(line(), timetable())
    rows = [view.cells(view.row(one)) for one in jobs]
    return exports.send(kind, "timetable", view.titles(), rows, line().clock())
