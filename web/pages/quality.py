"""质检: where live and recorded hearing differ, for a reviewer to listen to."""

from flask import Blueprint, Response, render_template

from store.console import cases as store
from web import exports, lists
from web.at_hand import line
from web.views import quality as view

pages = Blueprint("quality", __name__)


@pages.get("/quality")
def show() -> str:
    """What waits for a reviewer, oldest first."""
    wanted = lists.text("reason") or None
    with line().database.reading() as session:
        part = store.quality(session, wanted, lists.skipped(), lists.SIZE)
        reasons = store.reasons(session)
        rows = [view.row(found) for found in part.rows]
    return render_template(
        "quality.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        reasons=reasons,
    )


@pages.get("/quality.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list, all of it."""
    with line().database.reading() as session:
        part = store.quality(session, lists.text("reason") or None, 0, None)
        rows = [view.cells(view.row(found)) for found in part.rows]
    return exports.send(kind, "quality", view.titles(), rows, line().clock())
