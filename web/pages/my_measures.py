"""What somebody was told that they answer for, and their appeal against it."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import accountability
from operations.accountability import AccountabilityTrouble
from store import accountability as store
from web import lists
from web.access import who
from web.at_hand import line, reading
from web.forms import words as typed_words
from web.languages import gettext as _
from web.troubles import said
from web.views import accountability as view

pages = Blueprint("my_measures", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/account/measures")
def show() -> str:
    """The reader's own, the newest first."""
    with reading() as session:
        part = store.told_to(session, who().name, lists.skipped(), lists.SIZE)
        rows = [view.row(line(), one) for one in part.rows]
    return render_template(
        "my_measures.html", rows=rows, pages=lists.Pages(lists.page_wanted(), part.total)
    )


@pages.post("/account/measures/<row:number>")
def appeal(number: int) -> Page:
    """Contest one of them."""
    with reading() as session:
        found = store.by_id(session, number)
        if found is None or found.who != who().name or found.notified_at is None:
            abort(HTTPStatus.NOT_FOUND)
    sent = request.form.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    try:
        accountability.appeal(line(), who(), number, version, typed_words("grounds"))
    except AccountabilityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return show(), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Your appeal waits for somebody who did not decide on the measure."), "good")
    there = address_of("console.my_measures.show")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
