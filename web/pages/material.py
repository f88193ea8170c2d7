"""语料: words that reviewers wrote down, released for the lexicon by a second person or kept out,
and those released as a file."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import quality_material
from operations.quality_trouble import QualityTrouble
from store import reviews
from store.console import reviewing as store
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.forms import words as typed_words
from web.languages import gettext as _
from web.troubles import said
from web.views import material as view

pages = Blueprint("material", __name__)


@pages.get("/quality/words")
def show() -> str:
    """Words that wait, were released, or were kept out."""
    state = lists.one_of("state", words.TABLES["material_state"]) or "waiting"
    with reading() as session:
        part = store.material(session, state, lists.skipped(), lists.SIZE)
        rows = [view.row(found) for found in part.rows]
    return render_template(
        "material.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        state=state,
        states=words.TABLES["material_state"],
    )


@pages.get("/quality/words.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """Every released answer: question, words and label, to teach the lexicon."""
    with reading() as session:
        part = store.material(session, "released", 0, None)
        rows = [view.cells(view.row(found)) for found in part.rows]
    return exports.send(kind, "words", view.titles(), rows, line().clock())


@pages.post("/quality/words/<row:number>")
def decide(number: int) -> Response:
    """Release somebody else's words, or keep them out."""
    seen(reviews.by_id, number)
    do = request.form.get("do")
    if do not in ("release", "keep-out"):
        abort(HTTPStatus.BAD_REQUEST)
    try:
        quality_material.decide(line(), who(), number, typed_words("note"), release=do == "release")
    except QualityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
    else:
        flash(_("Released.") if do == "release" else _("Kept out."), "good")
    there = address_of("console.material.show")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
