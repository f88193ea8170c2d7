"""聚集预警: alarms about sellers whom many complain about, and how each was closed."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import complaint_clusters as operation
from operations.complaint_clusters import ClusterTrouble
from store import complaint_clusters as store
from web import lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.forms import words as typed_words
from web.languages import gettext as _
from web.troubles import said
from web.views import clusters as view

pages = Blueprint("clusters", __name__)

Page = str | tuple[str, int] | Response
#: Complaints of one alarm that are listed.
MOST = 100


@pages.get("/clusters")
def show() -> str:
    """Open alarms, the largest first, or those that were closed."""
    state = lists.one_of("state", words.TABLES["cluster_list"]) or "open"
    with reading() as session:
        part = store.listed(
            session, closed=state == "closed", first=lists.skipped(), size=lists.SIZE
        )
        rows = [view.row(one) for one in part.rows]
    return render_template(
        "clusters.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        state=state,
        states=words.TABLES["cluster_list"],
        rule=line().lessons.cluster,
    )


@pages.get("/clusters/<row:number>")
def one(number: int) -> str:
    """One alarm with its complaints."""
    with reading() as session:
        found = store.by_id(session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        complaints = store.complaints_of(session, found, MOST)
        return render_template(
            "cluster.html", one=view.row(found), complaints=view.complaints(line(), complaints)
        )


@pages.post("/clusters/<row:number>")
def close(number: int) -> Page:
    """Close it with what was done."""
    seen(store.by_id, number)
    sent = request.form.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    try:
        operation.close(line(), who(), number, version, typed_words("done"))
    except ClusterTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Closed. Another complaint about this seller raises it anew."), "good")
    there = address_of("console.clusters.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
