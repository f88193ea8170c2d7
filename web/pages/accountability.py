"""责任追究: who answers for what went wrong with a complaint, the notices, and the appeals."""

import re
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import accountability
from operations.accountability import AccountabilityTrouble, Held
from store import accountability as store
from store import complaints
from store.tables import Complaint
from web import lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.forms import words as typed_words
from web.languages import gettext as _
from web.troubles import said
from web.views import accountability as view

pages = Blueprint("accountability", __name__)

Page = str | tuple[str, int] | Response
#: A number of the register as it is told, or only its last digits.
_NUMBER = re.compile(r"(?:TS\d{4}-)?0*(\d{1,9})", re.IGNORECASE)


@pages.get("/accountability")
def show() -> str:
    """Measures by how they stand, and the form for another one."""
    state = lists.one_of("state", words.TABLES["measure_list"]) or store.TO_TELL
    looked_for, here = lists.text("words"), line()
    with reading() as session:
        part = store.listed(session, state, looked_for, lists.skipped(), lists.SIZE)
        rows = [view.row(here, one) for one in part.rows]
        complaint = _wanted()
        about = complaints.by_id(session, complaint) if complaint is not None else None
        head_too = about is not None and here.lessons.head_too(about.signals, about.round)
    parts, measures = view.choices(here.lessons)
    return render_template(
        "accountability.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        state=state,
        states=words.TABLES["measure_list"],
        words=looked_for,
        about=about,
        head_too=head_too,
        parts=parts,
        measures=measures,
        days=here.lessons.appeal.days,
    )


@pages.post("/accountability")
def hold() -> Page:
    """Hold somebody accountable."""
    number = _number(request.form.get("complaint", ""))
    if number is None or _seen_complaint(number) is None:
        flash(_("Not done: %(reason)s", reason=_("there is no such complaint")), "bad")
        return show(), HTTPStatus.UNPROCESSABLE_ENTITY
    held = Held(
        typed_words("who"),
        request.form.get("part", ""),
        request.form.get("measure", ""),
        typed_words("because"),
    )
    try:
        made = accountability.hold(line(), who(), number, held)
    except AccountabilityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return show(), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Decided. Tell the person now: the time to appeal runs from then."), "good")
    return _to(made)


@pages.get("/accountability/<row:number>")
def one(number: int) -> str:
    """One measure, its appeal, and what can be done."""
    with reading() as session:
        found = store.by_id(session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return render_template(
            "accountability_one.html",
            one=view.row(line(), found),
            offers=view.offers(line(), who(), found),
            days=line().lessons.appeal.days,
        )


@pages.post("/accountability/<row:number>/tell")
def tell(number: int) -> Page:
    """The person was told."""
    seen(store.by_id, number)
    try:
        accountability.tell(line(), who(), number, _version())
    except AccountabilityTrouble as trouble:
        return _again(number, trouble)
    flash(_("Noted: the person was told."), "good")
    return _to(number)


@pages.post("/accountability/<row:number>/appeal")
def appeal(number: int) -> Page:
    """An appeal that came on paper."""
    seen(store.by_id, number)
    try:
        accountability.appeal(line(), who(), number, _version(), typed_words("grounds"))
    except AccountabilityTrouble as trouble:
        return _again(number, trouble)
    flash(_("The appeal waits for somebody who did not decide on the measure."), "good")
    return _to(number)


@pages.post("/accountability/<row:number>/decide")
def decide(number: int) -> Page:
    """Lift the measure, or leave it."""
    seen(store.by_id, number)
    do = request.form.get("do")
    if do not in ("lift", "uphold"):
        abort(HTTPStatus.BAD_REQUEST)
    try:
        accountability.decide(
            line(), who(), number, _version(), typed_words("because"), granted=do == "lift"
        )
    except AccountabilityTrouble as trouble:
        return _again(number, trouble)
    flash(_("Decided. The person concerned reads it."), "good")
    return _to(number)


def _again(number: int, trouble: AccountabilityTrouble) -> tuple[str, int]:
    """The page as it is now, why nothing was done, and what had been typed."""
    flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
    return one(number), HTTPStatus.UNPROCESSABLE_ENTITY


def _wanted() -> int | None:
    """The complaint that the address or the form is about."""
    return _number(request.values.get("complaint", ""))


def _number(text: str) -> int | None:
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def _seen_complaint(number: int) -> Complaint | None:
    with reading() as session:
        return complaints.by_id(session, number)


def _version() -> int:
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _to(number: int) -> Response:
    there = address_of("console.accountability.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
