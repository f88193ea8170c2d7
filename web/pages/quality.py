"""质检: what waits for a reviewer, the list as a file, and a reviewer's decision."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import review
from scripts.labels import Label
from store import quality as calls_of
from store import reviews
from store.console import cases as store
from store.console.reviewing import undone_blind
from store.database import Session
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.forms import signed
from web.languages import gettext as _
from web.views import quality as view

pages = Blueprint("quality", __name__)


@pages.get("/quality")
def show() -> str:
    """What waits for a reviewer, or was decided, oldest first."""
    wanted = wanted_items()
    with reading() as stored:
        part = store.quality(stored, wanted, lists.skipped(), lists.SIZE)
        reasons = store.reasons(stored)
        rows = _rows(stored, part.rows)
    return render_template(
        "quality.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        reasons=reasons,
        states=words.TABLES["review_state"],
    )


@pages.get("/quality.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    with reading() as stored:
        part = store.quality(stored, wanted_items(), 0, None)
        rows = [view.cells(row) for row in _rows(stored, part.rows)]
    return exports.send(kind, "quality", view.titles(), rows, line().clock())


@pages.post("/quality/<row:number>/decide")
def decide(number: int) -> Response:
    """Keep what the reader heard, and go back to the answer. The same form sent twice counts once;
    another decision of the same reviewer needs the tick that says so."""
    seen(reviews.item_by_id, number)
    if _is_own(number):
        flash(_("this is a call of your own; somebody else must review it"), "bad")
        return redirect(address_of("console.quality.show"), HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
    try:
        done = review.decide(line(), number, _decision())
    except review.DecidedBefore as before:
        flash(_("You decided this answer before. Tick the box to correct your decision."), "bad")
        return _to_answer(before.call, before.turn)
    except review.ReviewTrouble:
        abort(HTTPStatus.BAD_REQUEST)
    flash(_("Decided: %(label)s.", label=words.word("label", done.label)), "good")
    return _to_answer(done.call, done.turn)


def _rows(stored: Session, found: Sequence[store.QualityLine]) -> list[view.QualityRow]:
    """The rows; of a call that somebody is still to hear without knowing more, with the reader's
    own decisions only."""
    blind = undone_blind(stored, [one.call.id for one in found])
    return [view.row(one, of=who().name if one.call.id in blind else None) for one in found]


def _is_own(number: int) -> bool:
    """Whether the answer was given to the reader, as the agent on the line."""
    with reading() as stored:
        item = reviews.item_by_id(stored, number)
        return item is not None and calls_of.agent_of(stored, item.call_id) == who().name


def _decision() -> review.Decision:
    form = request.form
    if form.get("label") not in set(Label):
        abort(HTTPStatus.BAD_REQUEST)
    return review.Decision(
        label=Label(form["label"]),
        by=signed(),
        note=form.get("note", ""),
        words=form.get("words"),
        correct="correct" in form,
    )


def _to_answer(call: int, turn: int) -> Response:
    there = address_of("console.calls.one", number=call, _anchor=f"turn-{turn}")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


def wanted_items() -> store.QualityFilter:
    """The filters in the address."""
    state = lists.one_of("state", words.TABLES["review_state"]) or "waiting"
    return store.QualityFilter(lists.text("reason") or None, state)
