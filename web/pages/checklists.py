"""应急预案: the mechanism, the grades and how is reported, the checklists of the scenarios with the
insurer's own steps, and whom to ask for help."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template
from flask import url_for as address_of

from cases.emergencies import Kind
from operations import checklists as operation
from operations.checklists import Contact
from operations.incident_record import IncidentTrouble
from store import incidents as store
from web.access import who
from web.at_hand import line, reading
from web.forms import words
from web.languages import gettext as _
from web.pages.case_work import whole
from web.troubles import said
from web.views import checklists as view

pages = Blueprint("checklists", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/incidents/plan")
def show() -> str:
    """The whole plan."""
    with reading() as session:
        own = store.own_steps(session, [kind.value for kind in Kind])
        contacts = store.contacts(session, who().branch)
        shown = view.plan_view(line().emergencies, own, contacts)
    return render_template("checklists.html", shown=shown, group=line().emergencies.group)


@pages.get("/incidents/plan/<scenario>")
def one(scenario: str) -> str:
    """One scenario."""
    if scenario not in set(Kind):
        abort(HTTPStatus.NOT_FOUND)
    with reading() as session:
        own = store.own_steps(session, [scenario])
        shown = view.scenario_view(line().emergencies.scenario(Kind(scenario)), own)
    return render_template("checklist.html", shown=shown)


@pages.post("/incidents/plan/<scenario>")
def add(scenario: str) -> Page:
    """Add steps of the insurer's own, one a line."""
    if scenario not in set(Kind):
        abort(HTTPStatus.NOT_FOUND)
    kind, manner, steps = Kind(scenario), words("manner"), whole("steps").splitlines()
    return _done(
        lambda: operation.add_steps(line(), who(), kind, manner, steps),
        lambda: one(scenario),
        address_of("console.checklists.one", scenario=scenario),
    )


@pages.post("/incidents/plan/steps/<row:number>/take-out")
def cut(number: int) -> Page:
    """Take a step of the insurer's own out."""
    with reading() as session:
        step = store.own_step(session, number)
    if step is None:
        abort(HTTPStatus.NOT_FOUND)
    kind = step.kind
    return _done(
        lambda: operation.take_out_step(line(), who(), number),
        lambda: one(kind),
        address_of("console.checklists.one", scenario=kind),
    )


@pages.post("/incidents/plan/contacts")
def contact() -> Page:
    """Add somebody to ask for help."""
    added = Contact(words("called"), words("name"), words("phone"))
    return _done(
        lambda: operation.add_contact(line(), who(), added),
        show,
        address_of("console.checklists.show"),
    )


@pages.post("/incidents/plan/contacts/<row:number>/take-out")
def drop(number: int) -> Page:
    """Take a contact out."""
    with reading() as session:
        found = store.contact(session, number)
    if found is None or who().branch not in (None, found.branch):
        abort(HTTPStatus.NOT_FOUND)
    return _done(
        lambda: operation.take_out_contact(line(), who(), number),
        show,
        address_of("console.checklists.show"),
    )


def _done(do: Callable[[], object], again: Callable[[], str], there: str) -> Page:
    try:
        do()
    except IncidentTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return again(), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Noted."), "good")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
