"""质检一致性: how far reviewers who heard the same calls agree, by question, criterion and
reviewer, with intervals."""

from datetime import date, timedelta

from flask import Blueprint, Response, render_template

from operations.quality_agreement import Reviewed, agreement
from scripts import scorecards
from scripts.scorecards import Scorecard
from store.columns import LOCAL
from web import exports, lists
from web.at_hand import line, reading
from web.views import agreement as view

pages = Blueprint("agreement", __name__)

QUARTER = timedelta(days=92)


@pages.get("/quality/agreement")
def show() -> str:
    """The coefficients of the reviews that were ended on the days asked for."""
    found, first = _found(), _first()
    return render_template(
        "agreement.html",
        calls=found.calls,
        answers=view.rows(found.answers, _card()),
        marks=view.rows(found.marks, _card()),
        plan=_plan(),
        first=first,
        last=lists.day("to"),
    )


@pages.get("/quality/agreement.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same with the same filters, one line after the other."""
    found = _found()
    card = _card()
    rows = [*view.cells("answers", found.answers, card), *view.cells("marks", found.marks, card)]
    return exports.send(kind, "agreement", view.titles(), rows, line().clock())


def _found() -> Reviewed:
    with reading() as session:
        return agreement(session, _first(), lists.day("to"), _plan())


def _card() -> Scorecard:
    return scorecards.of_plain(line().scorecard)


def _first() -> date | None:
    """Where nothing else is asked for, the past quarter of a year."""
    if _plan() is not None or lists.day("from") or lists.day("to"):
        return lists.day("from")
    return line().clock().astimezone(LOCAL).date() - QUARTER


def _plan() -> int | None:
    plan = lists.text("plan")
    return int(plan) if plan.isascii() and plan.isdecimal() and len(plan) < 10 else None
