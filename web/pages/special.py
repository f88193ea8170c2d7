"""特殊回访: applications that a policy be revisited otherwise, and what another person decides."""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import special_revisits
from operations.otherwise import OtherwiseTrouble
from operations.special_revisits import Application
from scheduler.otherwise import Ground
from scheduler.rules import Way
from store import policies
from store.columns import LOCAL
from store.console import otherwise as store
from web import exports, lists, words
from web.at_hand import line, may_see, reading, seen
from web.forms import signed
from web.forms import words as typed_words
from web.languages import gettext as _
from web.troubles import said
from web.views import special as view

pages = Blueprint("special", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/special-revisits")
def show() -> str:
    """The applications, those that wait for a decision first."""
    wanted = wanted_specials()
    with reading() as session:
        part = store.specials(session, wanted, lists.skipped(), lists.SIZE)
        rows = [view.row(special, policy) for special, policy in part.rows]
    return render_template(
        "special.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        states=words.TABLES["special"],
        grounds=words.TABLES["ground"],
        ways=words.TABLES["way"],
    )


@pages.get("/special-revisits.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    with reading() as session:
        part = store.specials(session, wanted_specials(), 0, None)
        rows = [view.cells(view.row(special, policy)) for special, policy in part.rows]
    return exports.send(kind, "special-revisits", view.titles(), rows, line().clock())


@pages.post("/special-revisits")
def apply() -> Page:
    """Keep an application (《特殊回访件申请表》)."""
    by, form = signed(), request.form
    agreed = moment_of(form.get("agreed_for", ""))
    if agreed is None or form.get("ground") not in set(Ground) or form.get("way") not in set(Way):
        return _again(_("Choose a ground and a way, and give the day and time agreed."))
    asked = Application(
        policy=typed_words("policy"),
        ground=Ground(form["ground"]),
        reason=typed_words("reason"),
        way=Way(form["way"]),
        agreed_for=agreed,
        signed_by_customer="signed_by_customer" in form,
        signed_by_agent="signed_by_agent" in form,
        by=by,
    )
    try:
        if not may_see(policies.by_number, asked.policy):
            raise OtherwiseTrouble(f"there is no policy {asked.policy}; check its number")
        number = special_revisits.apply(line(), asked)
    except OtherwiseTrouble as trouble:
        return _again(_("Not done: %(reason)s", reason=said(trouble)))
    flash(_("Kept. Calls go on until another person has approved it."), "good")
    return _to(number)


@pages.get("/special-revisits/<row:number>")
def one(number: int) -> str:
    """One application, and the forms for what can be done to it."""
    with reading() as session:
        found = store.one_special(session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        shown = view.special_view(*found)
    return render_template("special_one.html", shown=shown)


@pages.post("/special-revisits/<row:number>/decide")
def decide(number: int) -> Page:
    """Approve, refuse or withdraw it; what was decided before is not decided again."""
    seen(store.one_special, number)
    by, because, what = signed(), typed_words("because"), request.form.get("what")
    try:
        if what == "approve":
            special_revisits.approve(line(), number, by)
        elif what == "refuse":
            special_revisits.refuse(line(), number, by, because)
        elif what == "withdraw":
            special_revisits.withdraw(line(), number, by, because)
        else:
            abort(HTTPStatus.BAD_REQUEST)
    except OtherwiseTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_done(what), "good")
    return _to(number)


def _done(what: str) -> str:
    return {
        "approve": _("Approved: the branch revisits it, and head office does not ring."),
        "refuse": _("Refused: calls go on."),
        "withdraw": _("Withdrawn: calls go on."),
    }[what]


def moment_of(text: str) -> datetime | None:
    """The time of a field of a form, local; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=LOCAL) if lists.DAYS[0] <= found.date() <= lists.DAYS[1] else None


def wanted_specials() -> store.SpecialFilter:
    """The filters in the address."""
    return store.SpecialFilter(
        state=lists.one_of("state", words.TABLES["special"]), words=lists.text("words")
    )


def _again(why: str) -> Page:
    flash(why, "bad")
    return show(), HTTPStatus.UNPROCESSABLE_ENTITY


def _to(number: int) -> Response:
    there = address_of("console.special.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
