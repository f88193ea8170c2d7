"""突发事件处理: the forms of an incident's page, one for each thing that is done about it. A form
from an old page changes nothing; what was typed comes back with the sentence that says why."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, request
from flask import url_for as address_of

from operations import incidents as operation
from operations.incident_record import IncidentTrouble
from operations.incidents import Closing
from store import incidents as store
from web import at_hand
from web.access import who
from web.at_hand import line
from web.forms import words
from web.languages import gettext as _
from web.pages.case_work import whole
from web.pages.incidents import one, situation
from web.troubles import said

pages = Blueprint("incident_work", __name__)

Page = str | tuple[str, int] | Response


@pages.post("/incidents/<row:number>/count")
def count(number: int) -> Page:
    """Correct what is known; the grade is computed anew."""
    return done(
        number, lambda seen: operation.count(line(), who(), number, seen, situation()),
        _("Kept; the grade was computed anew."),
    )  # fmt: skip


@pages.post("/incidents/<row:number>/grade")
def grade(number: int) -> Page:
    """Confirm the computed grade, or give another one."""
    to, because = request.form.get("grade", 0, type=int), whole("because")
    return done(
        number, lambda seen: operation.grade(line(), who(), number, seen, to, because),
        _("The grade stands."),
    )  # fmt: skip


@pages.post("/incidents/<row:number>/start")
def start(number: int) -> Page:
    """Start the plan."""
    name = words("spokesman")
    return done(
        number, lambda seen: operation.start(line(), who(), number, seen, name),
        _("Started: work through the checklist."),
    )  # fmt: skip


@pages.post("/incidents/<row:number>/spokesman")
def spokesman(number: int) -> Page:
    """Name another spokesman."""
    name = words("spokesman")
    return done(
        number, lambda seen: operation.name_spokesman(line(), who(), number, seen, name),
        _("Noted."),
    )  # fmt: skip


@pages.post("/incidents/<row:number>/step")
def step(number: int) -> Page:
    """Tick a step of the checklist, or leave it out with a reason."""
    key, remark = words("key"), whole("remark")
    left_out = request.form.get("what") == "leave-out"
    return done(
        number,
        lambda seen: operation.step(line(), who(), number, key, remark, left_out=left_out),
        _("Noted."),
    )


@pages.post("/incidents/<row:number>/note")
def note(number: int) -> Page:
    """Write down what happens."""
    text = whole("note")
    return done(number, lambda seen: operation.note(line(), who(), number, text), _("Noted."))


@pages.post("/incidents/<row:number>/notify")
def notify(number: int) -> Page:
    """Note that somebody above was told."""
    to, way, text = words("to"), words("way"), whole("told")
    return done(
        number, lambda seen: operation.notify(line(), who(), number, to, way, text), _("Noted.")
    )


@pages.post("/incidents/<row:number>/handle")
def handle(number: int) -> Page:
    """It is handled."""
    text = whole("outcome")
    return done(
        number, lambda seen: operation.handle(line(), who(), number, seen, text),
        _("Handled: report all of it next."),
    )  # fmt: skip


@pages.post("/incidents/<row:number>/report-up")
def report_up(number: int) -> Page:
    """Note that all of it was reported."""
    to, way, text = words("to"), words("way"), whole("told")
    return done(
        number, lambda seen: operation.report_up(line(), who(), number, seen, to, way, text),
        _("Reported: close it with its report."),
    )  # fmt: skip


@pages.post("/incidents/<row:number>/close")
def close(number: int) -> Page:
    """Close it with its report."""
    closing = Closing(whole("cause"), whole("result"), whole("lessons"))
    return done(
        number, lambda seen: operation.close(line(), who(), number, seen, closing), _("Closed.")
    )


@pages.post("/incidents/<row:number>/dismiss")
def dismiss(number: int) -> Page:
    """No emergency after all."""
    text = whole("why_none")
    return done(
        number, lambda seen: operation.dismiss(line(), who(), number, seen, text), _("Closed.")
    )


@pages.post("/incidents/<row:number>/reopen")
def reopen(number: int) -> Page:
    """Open it again."""
    text = whole("why")
    return done(
        number, lambda seen: operation.reopen(line(), who(), number, seen, text), _("Open again.")
    )


def done(number: int, do: Callable[[int], None], told: str) -> Page:
    """Do one thing about an incident that the reader may see, as the form had seen it."""
    at_hand.seen(store.by_id, number)
    version = request.form.get("version", type=int)
    if version is None:
        abort(HTTPStatus.BAD_REQUEST)
    try:
        do(version)
    except IncidentTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(told, "good")
    there = address_of("console.incidents.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
