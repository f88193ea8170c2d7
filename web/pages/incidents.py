"""突发事件: the list of incidents, the first report, one incident, and the list as a file. What is
done about one stands in ``incident_work`` and ``incident_people``."""

import re
import secrets
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file
from flask import url_for as address_of

from cases.emergencies import Fact, Kind
from cases.incident_grade import FEN
from operations import group_visits, incident_report
from operations import incidents as operation
from operations.incident_look import look
from operations.incident_record import IncidentTrouble
from operations.incidents import Report, Situation
from store import incidents as rows_of
from store.columns import LOCAL
from store.console import incidents as store
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.languages import gettext as _
from web.masks import mask_text
from web.pages.case_work import whole
from web.pages.special import moment_of
from web.troubles import said
from web.views import incidents as view
from web.views.incident import incident_view

pages = Blueprint("incidents", __name__)

Page = str | tuple[str, int] | Response
_MINUTE = "%Y-%m-%dT%H:%M"
_MOST_COMPLAINTS = 200


@pages.get("/incidents")
def show() -> str:
    """Open ones first, the gravest at the top."""
    wanted, now = wanted_incidents(), line().clock()
    with reading() as session:
        part = store.incidents(session, wanted, lists.skipped(), lists.SIZE)
        rows = [view.row(found, line(), now) for found in part.rows]
        branches = store.branches(session) if who().branch is None else []
        groups = group_visits.proposed(session, line())
    return render_template(
        "incidents.html",
        groups=groups,
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        stages=words.TABLES["incident_state"],
        grades=words.TABLES["grade"],
        kinds=words.TABLES["emergency_kind"],
        branches={one: one for one in branches},
        narrowed=bool(request.query_string),
    )


@pages.get("/incidents.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    now = line().clock()
    with reading() as session:
        part = store.incidents(session, wanted_incidents(), 0, None)
        rows = [view.cells(view.row(found, line(), now)) for found in part.rows]
    return exports.send(kind, "incidents", view.titles(), rows, now)


@pages.get("/incidents/new")
def new() -> str:
    """The form of a first report; ``complaint`` in the address are complaints of a group."""
    complaints = _numbers("complaint")
    with reading() as session:
        branches = store.branches(session) if who().branch is None else []
        those = rows_of.visits(session, complaints)
    return render_template(
        "incident_new.html",
        kinds=words.TABLES["emergency_kind"],
        facts=words.TABLES["emergency_fact"],
        branches=branches,
        form_key=request.form.get("form_key") or secrets.token_hex(16),
        now_local=line().clock().astimezone(LOCAL).strftime(_MINUTE),
        group=line().emergencies.group,
        complaints=complaints,
        of_group=view.of_group(those),
    )


@pages.post("/incidents")
def report() -> Page:
    """Keep a first report."""
    try:
        number = operation.report(line(), who(), _reported())
    except IncidentTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return new(), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Reported. Look at the grade, then start the plan."), "good")
    there = address_of("console.incidents.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


@pages.get("/incidents/<row:number>")
def one(number: int) -> str:
    """One incident: the grade and why, the checklist, who sits where, what was done."""
    now = line().clock()
    with reading() as session:
        found = rows_of.whole(session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        shown = incident_view(look(session, line(), who(), found), now)
    return render_template(
        "incident.html",
        shown=shown,
        grades=words.TABLES["grade"],
        kinds=words.TABLES["emergency_kind"],
        facts=words.TABLES["emergency_fact"],
        group=line().emergencies.group,
    )


@pages.get("/incidents/<row:number>/report.pdf")
def paper(number: int) -> Response:
    """The closing report (事故报告单), to be signed and filed."""
    seen(rows_of.by_id, number)
    try:
        content = incident_report.pdf(line(), who(), number, mask_text)
    except IncidentTrouble:
        abort(HTTPStatus.NOT_FOUND)
    return send_file(
        BytesIO(content), "application/pdf", as_attachment=True,
        download_name=f"incident-{number}.pdf",
    )  # fmt: skip


def wanted_incidents() -> store.IncidentFilter:
    """The filters in the address."""
    grade = lists.one_of("grade", words.TABLES["grade"])
    return store.IncidentFilter(
        words=lists.text("words"),
        stage=lists.one_of("stage", words.TABLES["incident_state"]),
        grade=int(grade) if grade else None,
        kind=lists.one_of("what", words.TABLES["emergency_kind"]),
        branch=lists.text("branch") or None,
        first=lists.day("from"),
        last=lists.day("to"),
    )


def situation() -> Situation:
    """What a form tells of the situation. Raises IncidentTrouble."""
    kind = request.form.get("kind", "")
    if kind not in set(Kind):
        raise IncidentTrouble("no kind is chosen; choose what fits best")
    also = frozenset(Kind(one) for one in request.form.getlist("also") if one in set(Kind))
    return Situation(Kind(kind), also, dict(_counted()), _number("visitors"))


def names_in(text: str) -> list[str]:
    """Names, one a line or with commas between."""
    return [one.strip() for one in re.split(r"[\n、，,；;]+", text) if one.strip()]


def _reported() -> Report:
    happened_at = moment_of(request.form.get("happened_at", ""))
    if happened_at is None:
        raise IncidentTrouble("the day or the time cannot be read; choose both again")
    form_key = request.form.get("form_key", "")
    if not 16 <= len(form_key) <= 40:
        raise IncidentTrouble("this page was out of date; open it again and send it anew")
    return Report(
        form_key=form_key,
        branch=_branch(),
        counter=whole("counter"),
        situation=situation(),
        words=whole("what"),
        happened_at=happened_at,
        people=names_in(whole("people")),
        complaints=_numbers("complaint"),
    )


def _numbers(name: str) -> list[int]:
    """Row numbers in the address or the form; anything else is ignored."""
    given = request.values.getlist(name)[:_MOST_COMPLAINTS]
    return [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 10]


def _branch() -> str | None:
    """The branch that head office names; somebody of a branch reports for their own."""
    named = request.form.get("branch", "")
    if not named or who().branch is not None:
        return None
    with reading() as session:
        if named not in store.branches(session):
            raise IncidentTrouble("there is no such branch; choose one of the list")
    return named


def _counted() -> Iterator[tuple[Fact, int]]:
    for fact in Fact:
        yield fact, _fen(fact) if fact is Fact.AMOUNT else _number(fact)


def _number(name: str) -> int:
    text = request.form.get(name, "").strip() or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise IncidentTrouble("a number of people cannot be read; write digits only")
    return int(text)


def _fen(name: str) -> int:
    text = request.form.get(name, "").replace(",", "").replace("，", "").strip() or "0"
    try:
        fen = Decimal(text) * FEN
        if not 0 <= fen <= operation.MOST_FEN or fen != fen.to_integral_value():
            raise InvalidOperation
    except InvalidOperation:
        raise IncidentTrouble("the amount cannot be read; write yuan, e.g. 20000000.00") from None
    return int(fen)
