"""审计日志: who saw, heard, took out or decided what, and whether the log holds together."""

from flask import Blueprint, Response, render_template

from operations import audit
from store import audit as store
from web import exports, lists
from web.at_hand import line
from web.formats import moment
from web.languages import gettext as _

pages = Blueprint("audit", __name__)


@pages.get("/audit")
def show() -> str:
    """The log, the newest first; the check on request."""
    with line().database.reading() as session:
        rows, total = store.listed(
            session, lists.text("words"), lists.text("what"), lists.skipped(), lists.SIZE
        )
    return render_template(
        "audit.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), total),
        words=lists.text("words"),
        checked=audit.verify(line()) if lists.text("check") else None,
    )


@pages.get("/audit.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list as a file."""
    with line().database.reading() as session:
        rows, _total = store.listed(session, lists.text("words"), lists.text("what"), 0, None)
    titles = [_("Entry"), _("Time"), _("Who"), _("What"), _("About"), _("Detail"), _("Hash")]
    cells = [
        (one.number, moment(one.at), one.who, one.what, one.about, one.detail, one.hash)
        for one in rows
    ]
    return exports.send(kind, "audit", titles, cells, line().clock())
