"""演练: the calendar of the year, a plan from a case or made up, and a drill that runs with a
clock, step by step, until its result is kept."""

import secrets
from collections.abc import Callable, Iterator
from datetime import date
from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file
from flask import url_for as address_of

from cases.drills import STEPS, Planned, State
from operations import drill_report
from operations import drills as operation
from operations.drills import Plan
from operations.incident_record import IncidentTrouble
from store import drills as store
from store.columns import LOCAL
from store.console.incidents import branches as every_branch
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.forms import words as typed_words
from web.languages import gettext as _
from web.masks import mask_text
from web.pages.case_work import whole
from web.troubles import said
from web.views import drill as view

pages = Blueprint("drills", __name__)

Page = str | tuple[str, int] | Response
#: Empty rows below the steps of a case, and rows of a plan that is made up.
_MORE, _ROWS = 3, 8
_YEARS = (2000, 2999)


@pages.get("/drills")
def show() -> str:
    """The calendar of a year, and its drills by day."""
    wanted, today = wanted_drills(), _today()
    with reading() as session:
        part = store.drills(session, wanted, lists.skipped(), lists.SIZE)
        rows = [view.row(one, today) for one in part.rows]
        months = view.calendar(store.by_month(session, wanted.year))
    return render_template(
        "drills.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        months=months,
        states=words.TABLES["drill_state"],
        cases=[view.case_row(one) for one in line().emergencies.drills],
    )


@pages.get("/drills.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    with reading() as session:
        part = store.drills(session, wanted_drills(), 0, None)
        rows = [view.cells(view.row(one, _today())) for one in part.rows]
    return exports.send(kind, "drills", view.titles(), rows, line().clock())


@pages.get("/drills/new")
def new() -> str:
    """The form of a plan, filled from a case where one is named."""
    named = request.values.get("case", "")
    found = next((one for one in line().emergencies.drills if one.id == named), None)
    case = view.case_row(found) if found else None
    with reading() as session:
        branches = every_branch(session) if who().branch is None else []
    return render_template(
        "drill_new.html",
        case=case,
        branches=branches,
        rows=len(case.steps) + _MORE if case else _ROWS,
        form_key=request.form.get("form_key") or secrets.token_hex(16),
        today=_today(),
    )


@pages.post("/drills")
def plan() -> Page:
    """Keep a plan."""
    try:
        number = operation.plan(line(), who(), _planned())
    except IncidentTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return new(), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Planned."), "good")
    return _to(number)


@pages.get("/drills/<row:number>")
def one(number: int) -> str:
    """One drill: the plan against what was done."""
    with reading() as session:
        drill = store.by_id(session, number)
        if drill is None:
            abort(HTTPStatus.NOT_FOUND)
        may = frozenset(deed.value for deed in STEPS[State(drill.state)])
        done = store.steps_of(session, number)
        shown = view.drill_view(drill, done, may, line().clock(), _today())
    return render_template("drill.html", shown=shown)


@pages.get("/drills/<row:number>/report.pdf")
def paper(number: int) -> Response:
    """The report of a drill, to be signed and filed."""
    seen(store.by_id, number)
    content = drill_report.pdf(line(), who(), number, mask_text)
    return send_file(
        BytesIO(content), "application/pdf", as_attachment=True,
        download_name=f"drill-{number}.pdf",
    )  # fmt: skip


@pages.post("/drills/<row:number>/start")
def start(number: int) -> Page:
    """Begin."""
    return _done(number, lambda: operation.start(line(), who(), number, _version()), _("It runs."))


@pages.post("/drills/<row:number>/step")
def step(number: int) -> Page:
    """A step was done now; without a number something that nobody had planned."""
    which = request.form.get("step", type=int)
    text = whole("remark")
    return _done(number, lambda: operation.step(line(), who(), number, which, text), _("Noted."))


@pages.post("/drills/<row:number>/end")
def end(number: int) -> Page:
    """End it with what was learnt."""
    text = whole("result")
    return _done(
        number, lambda: operation.end(line(), who(), number, _version(), text),
        _("Over; the result is kept."),
    )  # fmt: skip


@pages.post("/drills/<row:number>/call-off")
def call_off(number: int) -> Page:
    """It does not take place."""
    text = whole("why_not")
    return _done(
        number, lambda: operation.call_off(line(), who(), number, _version(), text),
        _("Called off."),
    )  # fmt: skip


def wanted_drills() -> store.DrillFilter:
    """The filters in the address; without a year this one."""
    year, month = request.args.get("year", 0, type=int), request.args.get("month", 0, type=int)
    return store.DrillFilter(
        year=year if _YEARS[0] <= year <= _YEARS[1] else _today().year,
        month=month if 1 <= month <= 12 else None,
        state=lists.one_of("state", words.TABLES["drill_state"]),
        words=lists.text("words"),
    )


def _planned() -> Plan:
    day = lists.day_of(request.form.get("planned_on", ""))
    if day is None:
        raise IncidentTrouble("the day or the time cannot be read; choose both again")
    form_key = request.form.get("form_key", "")
    if not 16 <= len(form_key) <= 40:
        raise IncidentTrouble("this page was out of date; open it again and send it anew")
    named = request.form.get("case", "")
    known = {one.id for one in line().emergencies.drills}
    return Plan(
        form_key=form_key,
        branch=_branch(),
        case_id=named if named in known else None,
        title=typed_words("title"),
        situation=whole("situation"),
        place=typed_words("place"),
        planned_on=day,
        steps=list(_steps()),
    )


def _branch() -> str | None:
    named = request.form.get("branch", "")
    if not named or who().branch is not None:
        return None
    with reading() as session:
        if named not in every_branch(session):
            raise IncidentTrouble("there is no such branch; choose one of the list")
    return named


def _steps() -> Iterator[Planned]:
    for number in range(1, operation.MOST_STEPS + 1):
        text = whole(f"words-{number}")
        if text:
            yield Planned(text, typed_words(f"who-{number}"), _minute(f"minute-{number}"))


def _minute(name: str) -> int | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise IncidentTrouble(f"minutes lie between 0 and {operation.MOST_MINUTES}; correct them")
    return int(text)


def _version() -> int:
    version = request.form.get("version", type=int)
    if version is None:
        abort(HTTPStatus.BAD_REQUEST)
    return version


def _today() -> date:
    return line().clock().astimezone(LOCAL).date()


def _done(number: int, do: Callable[[], None], told: str) -> Page:
    seen(store.by_id, number)
    try:
        do()
    except IncidentTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(told, "good")
    return _to(number)


def _to(number: int) -> Response:
    there = address_of("console.drills.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
