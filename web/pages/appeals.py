"""申诉: agents' appeals against results, and the decision by somebody who has not reviewed the
call."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import quality_appeals
from operations.quality_trouble import QualityTrouble
from store import quality
from store.console import reviewing as store
from web import lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.forms import words as typed_words
from web.languages import gettext as _
from web.pages.tasks import ended_view
from web.troubles import said
from web.views import results as view
from web.views.review_form import marks_of

pages = Blueprint("appeals", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/quality/appeals")
def show() -> str:
    """Those that wait, or are decided."""
    state = lists.one_of("state", words.TABLES["appeal_state"]) or "waiting"
    with reading() as session:
        part = store.appeals(session, state, lists.skipped(), lists.SIZE)
        rows = [view.appeal_row(found) for found in part.rows]
    return render_template(
        "appeals.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        state=state,
        states=words.TABLES["appeal_state"],
    )


@pages.get("/quality/appeals/<row:number>")
def one(number: int) -> str:
    """What is contested, and the form of the decision."""
    with reading() as session:
        found = quality.appeal_by_id(session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        task = ended_view(session, found.task, who().name)
        appeal = view.appeal_view(found)
    return render_template(
        "appeal.html",
        task=task,
        appeal=appeal,
        marks=words.TABLES["score_mark"],
        chosen={**{row.id: row.mark for row in task.criteria}, **marks_of(request.form)},
    )


@pages.post("/quality/appeals/<row:number>")
def decide(number: int) -> Page:
    """Grant it with other marks, or turn it down."""
    seen(quality.appeal_by_id, number)
    try:
        _decide(number, typed_words("because"))
    except QualityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Decided. The agent reads it with the result."), "good")
    there = address_of("console.appeals.show")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


def _decide(number: int, because: str) -> None:
    do = request.form.get("do")
    if do == "refuse":
        quality_appeals.refuse(line(), who(), number, because)
    elif do == "grant":
        marks = marks_of(request.form)
        quality_appeals.grant(line(), who(), number, because, marks, typed_words("remark"))
    else:
        abort(HTTPStatus.BAD_REQUEST)
