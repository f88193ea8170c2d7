"""通话: the list of calls, one call, and the list as a file."""

from dataclasses import replace

from flask import Blueprint, Response, abort, render_template

from operations.calls import script_of
from operations.rights import Action
from operations.scripts import todays
from store.console import calls as store
from store.console.reviewing import undone_blind
from store.database import Session
from store.tables import Review
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading
from web.views import calls as view
from web.views.call import call_view

pages = Blueprint("calls", __name__)


@pages.get("/calls")
def show() -> str:
    """Calls, newest first, narrowed by outcome, class, days and words."""
    wanted = wanted_calls()
    with reading() as session:
        part = store.calls(session, wanted, lists.skipped(), lists.SIZE)
        rows = [view.row(found) for found in part.rows]
    return render_template(
        "calls.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        outcomes=words.TABLES["outcome"],
        classes=words.TABLES["class_name"],
    )


@pages.get("/calls.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    with reading() as session:
        part = store.calls(session, wanted_calls(), 0, None)
        rows = [view.cells(view.row(found)) for found in part.rows]
    return exports.send(kind, "calls", view.titles(), rows, line().clock())


@pages.get("/calls/<row:number>")
def one(number: int) -> str:
    """One call: facts, player, and what was said, live beside recorded."""
    with reading() as session:
        found = store.one_call(session, number)
        if found is None:
            abort(404)
        found = replace(found, reviews=_that_may_be_known(session, found))
        script = script_of(session, found.call)
        today = todays(session, line(), script.id)
        changed = today is None or found.call.script_hash != today.hash
        call = call_view(found, script, changed=changed)
    return render_template("call.html", call=call)


def _that_may_be_known(session: Session, found: store.WholeCall) -> list[Review]:
    """The reviews of a call. While somebody is still to hear it without knowing more, reviewers see
    their own."""
    me = who()
    blind = me.may(Action.REVIEW) and undone_blind(session, [found.call.id])
    return [one for one in found.reviews if not blind or one.reviewer == me.name]


def wanted_calls() -> store.CallFilter:
    """The filters in the address."""
    return store.CallFilter(
        outcome=lists.one_of("outcome", words.TABLES["outcome"]),
        class_name=lists.one_of("class", words.TABLES["class_name"]),
        first=lists.day("from"),
        last=lists.day("to"),
        words=lists.text("words"),
    )
