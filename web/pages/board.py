"""看板: what runs at this moment. The page asks again every few seconds where htmx is there, and
can be loaded anew where it is not."""

from flask import Blueprint, render_template

from operations import dialling
from store import complaint_clusters, kpis
from store.columns import LOCAL
from store.console import board as store
from store.console.paging import start_of
from web.access import who
from web.at_hand import line, reading
from web.views import board as view

pages = Blueprint("board", __name__)

#: Calls that are shown one by one.
MOST = 40


@pages.get("/board")
def show() -> str:
    """Calls now, the queue by deadline, lines in use, and how calls failed today."""
    here, branch = line(), who().branch
    now = here.clock()
    today = now.astimezone(LOCAL).date()
    status = dialling.status(here)
    with reading() as session:
        board = view.board(
            status,
            store.live_calls(session, MOST),
            store.dues(session, today),
            kpis.failed_attempts(session, start_of(today)),
            store.interviewing(session),
            branch,
            now,
        )
        clusters = complaint_clusters.open_count(session)
    return render_template("board.html", board=board, status=status, clusters=clusters)
