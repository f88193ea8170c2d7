"""应对测验: quizzes on the counter guidance. One's own, and for a supervisor everybody's."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import training
from operations.training import TrainingTrouble
from store import training as store
from store.database import Session
from store.tables import QuizAttempt
from web import exports, lists
from web.access import who
from web.at_hand import line, reading
from web.languages import gettext as _
from web.troubles import said
from web.views import training as view

pages = Blueprint("training", __name__)

Page = str | tuple[str, int] | Response
#: Pieces that a supervisor sees as missed most often.
MISSED = 10


@pages.get("/guidance/quiz")
def show() -> str:
    """The reader's own quizzes."""
    with reading() as session:
        part = store.ended_of(session, who().name, lists.skipped(), lists.SIZE)
        return render_template(
            "training.html",
            rows=part.rows,
            pages=lists.Pages(lists.page_wanted(), part.total),
            going_on=store.open_of(session, who().name),
            guide=line().guide,
        )


@pages.post("/guidance/quiz")
def begin() -> Response:
    """Begin one, or go on with the one that is open."""
    return _to(training.begin(line(), who()))


@pages.get("/guidance/quiz/<row:number>")
def one(number: int) -> str:
    """The paper, or what came out."""
    with reading() as session:
        attempt = _own(session, number)
        rows = view.rows(line().guide, attempt, _typed())
        return render_template("quiz.html", attempt=attempt, rows=rows)


@pages.post("/guidance/quiz/<row:number>")
def hand_in(number: int) -> Page:
    """Hand it in; a quiz with a gap comes back as it was filled in."""
    with reading() as session:
        count = len(_own(session, number).paper)
    typed = _typed()
    try:
        training.hand_in(line(), who(), number, [typed.get(place) for place in range(count)])
    except TrainingTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    return _to(number)


@pages.get("/guidance/results")
def results() -> str:
    """Everybody's results, and what is missed most often."""
    branch = who().branch
    with reading() as session:
        part = store.people(session, branch, lists.skipped(), lists.SIZE)
        missed = view.missed_rows(line().guide, store.missed(session, branch, MISSED))
    return render_template(
        "training_results.html",
        rows=part.rows,
        missed=missed,
        pages=lists.Pages(lists.page_wanted(), part.total),
    )


@pages.get("/guidance/results.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list as a file."""
    with reading() as session:
        part = store.people(session, who().branch, 0, None)
    rows = [view.cells(person) for person in part.rows]
    return exports.send(kind, "quizzes", view.titles(), rows, line().clock())


def _own(session: Session, number: int) -> QuizAttempt:
    """A quiz of the reader's own; nobody sees a colleague's paper."""
    attempt = store.by_id(session, number)
    if attempt is None or attempt.who != who().name:
        abort(HTTPStatus.NOT_FOUND)
    return attempt


def _typed() -> dict[int, int]:
    """Question -> option of the form; anything else is ignored."""
    found = {}
    for name, value in request.form.items():
        place = name.removeprefix("q")
        if name != place and _counts(place) and _counts(value):
            found[int(place)] = int(value)
    return found


def _counts(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 4


def _to(number: int) -> Response:
    there = address_of("console.training.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
