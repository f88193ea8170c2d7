"""问题件: the list of cases, one case, and the list as a file. What is done to a case stands in
``case_work``, ``case_lists`` and ``case_papers``."""

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, Response, abort, render_template, request

from operations import case_work
from operations.case_look import look
from operations.rights import Action
from scheduler.handover_returned import Fault
from scripts.rulebooks import months_of
from store import case_work as work
from store.columns import LOCAL
from store.console import cases as store
from store.console.paging import start_of
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading
from web.views import cases as view
from web.views.case import case_view
from web.views.case_work import names, work_view

pages = Blueprint("cases", __name__)

#: Hours between which forms offer times by themselves.
_MINUTE = "%Y-%m-%dT%H:%M"


@pages.get("/cases")
def show(left: Mapping[int, str] | None = None, faults: tuple[Fault, ...] = ()) -> str:
    """Cases by deadline or by the rulebook's order, narrowed by what they are, whose, and words.
    ``left`` are cases that a form could not change, and why; ``faults`` rows of a list that could
    not be used."""
    wanted, now, reader = wanted_cases(), line().clock(), who()
    with reading() as session:
        part = store.cases(session, wanted, now, lists.skipped(), lists.SIZE)
        rows = [view.row(found, now) for found in part.rows]
        families = store.families(session)
        branches = store.branches(session) if reader.branch is None else []
        alarms = work.alarms(session)
        handlers = (
            names(case_work.handlers(session, None, everybody=True), reader.name)
            if reader.may(Action.ASSIGN_CASES)
            else [reader.name]
        )
    return render_template(
        "cases.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        whose=lists.one_of("whose", words.TABLES["whose"]),
        sort=lists.one_of("sort", words.TABLES["case_order"]),
        families=families,
        branches={one: one for one in branches},
        classes=words.TABLES["class_name"],
        lights=words.TABLES["light"],
        stages=words.TABLES["case_stage"],
        whoses=words.TABLES["whose"],
        orders=words.TABLES["case_order"],
        handlers=handlers,
        alarms=alarms,
        left=left or {},
        faults=faults,
        narrowed=request.method == "GET" and bool(request.query_string),
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
    """One case: facts, evidence, the work on it, and what happened with the policy."""
    now = line().clock()
    with reading() as session:
        found = store.one_case(session, number)
        if found is None:
            abort(404)
        case = case_view(found, line().rulebook, now)
    with line().database.reading() as session:  # whoever sells may do so in another branch
        stored = store.one_case(session, number)
        assert stored is not None  # it was there just now
        shown = work_view(look(session, line(), who(), stored.case))
    return render_template(
        "case.html",
        case=case,
        work=shown,
        handlers=names(shown.handlers, who().name),
        papers=words.TABLES["paper"],
        now_local=now.astimezone(LOCAL).strftime(_MINUTE),
    )


def wanted_cases() -> store.CaseFilter:
    """The filters in the address."""
    whose = lists.one_of("whose", words.TABLES["whose"])
    mine = {"mine": who().name, "nobody": "", None: None}
    ordered = lists.one_of("sort", words.TABLES["case_order"]) is not None
    return store.CaseFilter(
        class_name=lists.one_of("class", words.TABLES["class_name"]),
        family=lists.text("family") or None,
        light=lists.one_of("light", words.TABLES["light"]),
        state=lists.one_of("state", words.TABLES["case_state"]),
        words=lists.text("words"),
        whose=mine[whose],
        stage=lists.one_of("stage", words.TABLES["case_stage"]),
        branch=lists.text("branch") or None,
        order=places(line().clock()) if ordered else (),
    )


def places(now: datetime) -> tuple[store.Place, ...]:
    """The rulebook's order of working (电话回访处理顺序) as of today."""
    book, today = line().rulebook, now.astimezone(LOCAL).date()
    names_of = {one.id: one.name for one in book.classes}
    found = []
    for step in book.processing_order:
        months = months_of(step, today)
        since, before = (start_of(months[0]), start_of(months[1])) if months else (None, None)
        found.append(store.Place(tuple(names_of[one] for one in step.classes), since, before))
    return tuple(found)
