"""问题件: the list of cases, one case, and the list as a file."""

from flask import Blueprint, Response, abort, render_template

from store.console import cases as store
from web import exports, lists, words
from web.at_hand import line, reading
from web.views import cases as view
from web.views.case import case_view

pages = Blueprint("cases", __name__)


@pages.get("/cases")
def show() -> str:
    """Cases by deadline, narrowed by class, family, light and words."""
    wanted, now = wanted_cases(), line().clock()
    with reading() as session:
        part = store.cases(session, wanted, now, lists.skipped(), lists.SIZE)
        rows = [view.row(found, now) for found in part.rows]
        families = store.families(session)
    return render_template(
        "cases.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        families=families,
        classes=words.TABLES["class_name"],
        lights=words.TABLES["light"],
    )


@pages.get("/cases.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    now = line().clock()
    with reading() as session:
        part = store.cases(session, wanted_cases(), now, 0, None)
        rows = [view.cells(view.row(found, now)) for found in part.rows]
    return exports.send(kind, "cases", view.titles(), rows, now)


@pages.get("/cases/<row:number>")
def one(number: int) -> str:
    """One case: facts, evidence, and what happened with the policy."""
    with reading() as session:
        found = store.one_case(session, number)
        if found is None:
            abort(404)
        case = case_view(found, line().rulebook, line().clock())
    return render_template("case.html", case=case)


def wanted_cases() -> store.CaseFilter:
    """The filters in the address."""
    return store.CaseFilter(
        class_name=lists.one_of("class", words.TABLES["class_name"]),
        family=lists.text("family") or None,
        light=lists.one_of("light", words.TABLES["light"]),
        state=lists.one_of("state", words.TABLES["case_state"]),
        words=lists.text("words"),
    )
