"""我的质检: an agent's own results, what reviewers said, and the appeal against one of them."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template
from flask import url_for as address_of

from operations import quality_appeals
from operations.quality_trouble import QualityTrouble
from store import quality
from store.console import reviewing as store
from store.database import Session
from store.tables import QualityTask
from web import lists, words
from web.access import who
from web.at_hand import line, reading
from web.forms import words as typed_words
from web.languages import gettext as _
from web.pages.tasks import ended_view
from web.troubles import said
from web.views import results as view

pages = Blueprint("results", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/results")
def show() -> str:
    """The results that stand of the reader's own calls."""
    with reading() as session:
        part = store.results(session, who().name, lists.skipped(), lists.SIZE)
        rows = [view.row(found) for found in part.rows]
    return render_template(
        "results.html", rows=rows, pages=lists.Pages(lists.page_wanted(), part.total)
    )


@pages.get("/results/<row:number>")
def one(number: int) -> str:
    """One result: marks, comments and words of the reviewers, and the appeal."""
    with reading() as session:
        task = _own(session, number)
        settled = quality.settled(session, task)
        assert settled is not None  # it would be none of the reader's own otherwise
        return render_template(
            "result.html",
            task=ended_view(session, task, who().name),
            appeal=view.appeal_of(quality.appeals_of(session, number)),
            until=quality_appeals.last_day(line(), task, settled),
            marks=words.TABLES["score_mark"],
        )


@pages.post("/results/<row:number>/appeal")
def appeal(number: int) -> Page:
    """Contest it."""
    with reading() as session:
        _own(session, number)
    try:
        quality_appeals.appeal(line(), who(), number, typed_words("grounds"))
    except QualityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Your appeal waits for a supervisor. It is shown here when it is decided."), "good")
    there = address_of("console.results.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


def _own(session: Session, number: int) -> QualityTask:
    """The task whose sheet is the result of a call of the reader's; nobody sees a colleague's."""
    task = quality.task_by_id(session, number)
    if task is None or quality.agent_of(session, task.call_id) != who().name:
        abort(HTTPStatus.NOT_FOUND)
    if quality.settled(session, task) is None:
        abort(HTTPStatus.NOT_FOUND)
    return task
