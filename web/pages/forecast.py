"""预测: the newest nightly forecast, the picture of load against capacity, and the policies at risk
with the other way that is proposed for each."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request

from operations import handover
from operations.forecast import latest
from operations.otherwise import OtherwiseTrouble
from store import forecasts
from store.console import handovers
from store.console import risks as store
from web import exports, lists, words
from web.at_hand import line, reading
from web.forms import rows_ticked, signed
from web.forms import words as typed_words
from web.languages import gettext as _
from web.languages import ngettext
from web.troubles import said
from web.views import forecast as view

pages = Blueprint("forecast", __name__)

Page = str | tuple[str, int] | Response

#: Earlier nights that are shown beside the newest.
NIGHTS = 14


@pages.get("/forecast")
def show() -> str:
    """What the lines will come to, day by day, and who is at risk."""
    wanted = wanted_risks()
    with reading() as session:
        told = latest(session, line().clock())
        if told is None:
            return render_template("forecast.html", told=None)
        number = told.forecast.id
        part = store.risks(session, number, wanted, lists.skipped(), lists.SIZE)
        rows = [view.row(found, line().clock()) for found in part.rows]
        proposed = store.proposals(session, number, wanted)
        by_day = store.risks_by_day(session, number)
        branches = {one: one for one in store.risk_branches(session, number)}
        nights = forecasts.newest(session, NIGHTS)
    return render_template(
        "forecast.html",
        told=told,
        shown=view.forecast_view(told.forecast, by_day),
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        proposed=len(proposed),
        wanted=wanted,
        branches=branches,
        nights=[view.night(one) for one in reversed(nights)],
        shorts=words.TABLES["short"],
        ways=words.TABLES["way"],
        states=words.TABLES["handing"],
    )


@pages.get("/forecast.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The policies at risk with the same filters, all of them."""
    now = line().clock()
    with reading() as session:
        told = latest(session, now)
        rows = []
        if told is not None:
            part = store.risks(session, told.forecast.id, wanted_risks(), 0, None)
            rows = [view.cells(view.row(found, now)) for found in part.rows]
    return exports.send(kind, "at-risk", view.titles(), rows, now)


@pages.post("/forecast/decide")
def decide() -> Page:
    """Accept or decline proposals: those ticked, or all that the filters leave, if they are still
    as many as the page said."""
    by, accepting = signed(), request.form.get("what") == "accept"
    ids = _meant()
    if ids is None:
        flash(_("The proposals have changed meanwhile, so nothing was done. Look again."), "bad")
        return _back()
    if not ids:
        return _again(_("Tick the proposals first, or decide about all of them."))
    try:
        if accepting:
            done = handover.accept(line(), ids, by)
        else:
            done = handover.decline(line(), ids, by, typed_words("because"))
    except OtherwiseTrouble as trouble:
        return _again(_("Not done: %(reason)s", reason=said(trouble)))
    flash(_told(len(done), accepting), "good")
    return _back()


def _meant() -> list[int] | None:
    """The hand-overs that the form means; None when the list has changed since."""
    ticked = rows_ticked("id")
    with reading() as session:
        if request.form.get("which") != "all":
            if handovers.those_seen(session, ticked) != set(ticked):
                abort(HTTPStatus.NOT_FOUND)
            return ticked
        told = latest(session, line().clock())
        ids = store.proposals(session, told.forecast.id, wanted_risks()) if told else []
    return ids if request.form.get("count") == str(len(ids)) else None


def _told(count: int, accepting: bool) -> str:
    if not count:
        return _("It was decided so already; nothing was changed.")
    if accepting:
        return ngettext(
            "%(num)d policy goes on its branch's next list; head office does not ring it any more.",
            "%(num)d policies go on their branches' next lists; head office does not ring them any"
            " more.",
            count,
        )
    return ngettext("%(num)d proposal declined; calls go on.",
                    "%(num)d proposals declined; calls go on.", count)  # fmt: skip


def wanted_risks() -> store.RiskFilter:
    """The filters in the address."""
    return store.RiskFilter(
        why=lists.one_of("why", words.TABLES["short"]),
        way=lists.one_of("way", words.TABLES["way"]),
        branch=lists.text("branch") or None,
        state=lists.one_of("state", words.TABLES["handing"]),
    )


def _again(why: str) -> Page:
    flash(why, "bad")
    return show(), HTTPStatus.UNPROCESSABLE_ENTITY


def _back() -> Response:
    """To the list with its filters."""
    there = lists.link("console.forecast.show")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
