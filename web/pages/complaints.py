"""投诉: the register, the form by which a complaint is taken in, and one complaint. What is done to
it stands in ``complaint_work``, its papers in ``complaint_papers``."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import complaint_intake
from operations.case_record import CaseTrouble
from operations.complaint_intake import Channel, Intake, Relation
from operations.complaint_look import look
from operations.complaint_record import ComplaintTrouble
from operations.rights import Action
from store import accountability, cases, incidents, policies
from store import complaints as store
from store.columns import LOCAL
from store.console import complaints as console
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading
from web.languages import gettext as _
from web.pages.special import moment_of
from web.troubles import said
from web.views import complaints as view
from web.views.accountability import row as measure_row
from web.views.complaint import complaint_view

pages = Blueprint("complaints", __name__)

_MINUTE = "%Y-%m-%dT%H:%M"
Page = str | tuple[str, int] | Response


@pages.get("/complaints")
def show() -> str:
    """The register, what runs out first in front."""
    wanted, now, terms = wanted_complaints(), line().clock(), line().complaints
    with reading() as session:
        part = console.complaints(session, wanted, now, lists.skipped(), lists.SIZE)
        rows = [view.row(one, terms, now) for one in part.rows]
        branches = console.branches(session) if who().branch is None else []
        alarms = store.alarms(session)
    return render_template(
        "complaints.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        whose=lists.one_of("whose", words.TABLES["whose"]),
        alarms=alarms,
        branches={one: one for one in branches},
        kinds=view.named(terms.kinds),
        tables=words.TABLES,
        narrowed=bool(request.query_string),
    )


@pages.get("/complaints.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    now, terms = line().clock(), line().complaints
    with reading() as session:
        part = console.complaints(session, wanted_complaints(), now, 0, None)
        rows = [view.cells(view.row(one, terms, now)) for one in part.rows]
    return exports.send(kind, "complaints", view.titles(), rows, now)


@pages.get("/complaints/new")
def new() -> str:
    """The form by which a complaint is taken in; about a policy, or out of a problem case, where
    the address names one."""
    now = line().clock().astimezone(LOCAL)
    number, came_up_in = request.args.get("policy", "")[:64], _case_number()
    with reading() as session:
        case = cases.by_id(session, came_up_in) if came_up_in else None
        policy = policies.by_number(session, number) if number else None
        policy = case.policy if case else policy
    return render_template(
        "complaint_new.html",
        policy=policy,
        case=case.id if case else None,
        nonce_key=secrets.token_urlsafe(12),
        now_local=now.strftime(_MINUTE),
        tables=words.TABLES,
        channels=[one.value for one in Channel if one is not Channel.REVISIT],
        most_delegates=line().complaints.most_delegates,
    )


@pages.post("/complaints")
def take() -> Page:
    """Keep a complaint."""
    try:
        number = complaint_intake.take_in(line(), who(), _brought())
    except CaseTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return new(), HTTPStatus.UNPROCESSABLE_ENTITY
    with line().database.reading() as session:
        kept = store.by_id(session, number)
    assert kept is not None  # it was kept just now
    flash(_("The complaint is kept as %(number)s.", number=kept.number), "good")
    there = address_of("console.complaints.new")
    if who().may(Action.SEE_COMPLAINTS):
        there = address_of("console.complaints.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


@pages.get("/complaints/<row:number>")
def one(number: int) -> str:
    """One complaint: facts, clocks, the work on it, and its ledger."""
    with reading() as session:
        if store.by_id(session, number) is None:
            abort(HTTPStatus.NOT_FOUND)
        incident = incidents.of_complaint(session, number)
    now, terms = line().clock(), line().complaints
    with line().database.reading() as session:  # whoever sells may do so in another branch
        found = store.by_id(session, number)
        assert found is not None  # it was there just now
        shown = complaint_view(look(session, line(), who(), found), terms, now)
        held = accountability.of_complaint(session, number) if _may_hold() else []
        measures = [measure_row(line(), one) for one in held]
    local = now.astimezone(LOCAL)
    promised = shown.look.clocks[1].due
    return render_template(
        "complaint.html",
        view=shown,
        row=shown.row,
        incident=incident,
        measures=measures,
        tables=words.TABLES,
        kinds=view.named(terms.kinds),
        causes=view.named(terms.causes),
        now_local=local.strftime(_MINUTE),
        today=local.date(),
        in_ten_days=local.date() + timedelta(days=10),
        promised=promised.date() if promised else local.date() + timedelta(days=15),
    )


def _may_hold() -> bool:
    """Whether the reader may see who answers for a complaint."""
    return who().may(Action.HOLD_ACCOUNTABLE)


def wanted_complaints() -> console.ComplaintFilter:
    """The filters in the address."""
    whose = lists.one_of("whose", words.TABLES["whose"])
    mine = {"mine": who().name, "nobody": "", None: None}
    terms = line().complaints
    return console.ComplaintFilter(
        words=lists.text("words"),
        stage=lists.one_of("stage", words.TABLES["complaint_state"]),
        state=lists.one_of("state", {"open": "", "closed": ""}),
        kind=lists.one_of("class", {one.id: "" for one in terms.kinds}),
        channel=lists.one_of("way", words.TABLES["complaint_channel"]),
        light=lists.one_of("light", words.TABLES["light"]),
        whose=mine[whose],
        branch=lists.text("branch") or None,
        warned=timedelta(hours=terms.warning_hours),
    )


def _brought() -> Intake:
    """What the form tells. Raises ComplaintTrouble."""
    form = request.form
    received = moment_of(form.get("received_at", ""))
    if received is None:
        raise ComplaintTrouble(_("the day or the time cannot be read; choose both again"))
    if form.get("channel") not in set(Channel) or form.get("relation") not in set(Relation):
        abort(HTTPStatus.BAD_REQUEST)
    return Intake(
        key=f"form:{form.get('key', '')[:40]}",
        channel=Channel(form["channel"]),
        received_at=received,
        relation=Relation(form["relation"]),
        amount=amount_of(form.get("amount", "")),
        people=form.get("people", 1, type=int),
        sent_on=day_of(form.get("sent_on", "")),
        reply_by=day_of(form.get("reply_by", "")),
        case=_case_number(),
        **_texts(form),
    )


def _case_number() -> int | None:
    """The problem case that the address or the form names, for those who may see cases."""
    number = request.values.get("case", type=int)
    return number if number and number < 2**31 and who().may(Action.SEE_CASES) else None


def _texts(form: Mapping[str, str]) -> dict[str, str]:
    """The fields in somebody's words, whole: what is too long is told, not cut."""
    names = ("matter", "demand", "name", "phone", "proxy_name", "proxy_phone", "policy_number",
             "product", "seller", "branch", "reference")  # fmt: skip
    return {name: whole(form.get(name, "")) for name in names}


def whole(text: str) -> str:
    """Words of a form: a line break counts as the field counts it."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def amount_of(text: str) -> Decimal | None:
    """Yuan in a field; None where it is empty. Raises ComplaintTrouble."""
    plain = text.replace(",", "").replace("，", "").strip()
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ComplaintTrouble(_("the amount cannot be read; write it in yuan, as 12000.50"))
    return found.quantize(Decimal("0.01")) if abs(found) < 10**13 else found


def day_of(text: str) -> date | None:
    """A day in a field; None where it is empty. Raises ComplaintTrouble."""
    if not text.strip():
        return None
    found = lists.day_of(text)
    if found is None:
        raise ComplaintTrouble(_("the day cannot be read; choose it again"))
    return found
