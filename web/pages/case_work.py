"""问题件处理: the forms of a case's page, one for each thing that is done to it. A form from an old
page changes nothing; what was typed comes back with the sentence that says why."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, request
from flask import url_for as address_of

from operations import case_work
from operations.case_record import CaseTrouble
from operations.case_work import Talk
from operations.otherwise import OtherwiseTrouble
from operations.overdue import file_statement
from store import cases
from web import at_hand, lists
from web.access import who
from web.at_hand import line
from web.forms import words
from web.languages import gettext as _
from web.pages.cases import one
from web.pages.special import moment_of
from web.troubles import said

pages = Blueprint("case_work", __name__)

Page = str | tuple[str, int] | Response


@pages.post("/cases/<row:number>/assign")
def assign(number: int) -> Page:
    """Take it, or give it to somebody."""
    to = words("to")
    return done(
        number,
        lambda seen: case_work.assign(line(), who(), number, seen, to),
        _("The case is with %(name)s now.", name=to),
    )


@pages.post("/cases/<row:number>/talk")
def talk(number: int) -> Page:
    """Note a talk with the holder, or a try at one."""
    return done(
        number, lambda seen: case_work.contact(line(), who(), number, seen, _talk()), _("Noted.")
    )


def _talk() -> Talk:
    """What the form tells. Raises CaseTrouble."""
    return Talk(
        on=_moment("on"),
        minutes=request.form.get("minutes", -1, type=int),
        words=whole("said"),
        reached=request.form.get("reached") == "yes",
        explained="explained" in request.form,
    )


@pages.post("/cases/<row:number>/opinion")
def conclude(number: int) -> Page:
    """Write what was found and done."""
    text = whole("opinion")
    return done(
        number, lambda seen: case_work.conclude(line(), who(), number, seen, text), _("Noted.")
    )


@pages.post("/cases/<row:number>/judge")
def judge(number: int) -> Page:
    """Agree with the work, or send it back."""
    at_hand.seen(cases.by_id, number)
    what, text = request.form.get("what"), whole("because")
    if what not in ("review", "send-back"):
        abort(HTTPStatus.BAD_REQUEST)
    do = case_work.review if what == "review" else case_work.send_back
    return done(
        number,
        lambda seen: do(line(), who(), number, seen, text),
        _("Agreed.") if what == "review" else _("Sent back."),
    )


@pages.post("/cases/<row:number>/revisit")
def book(number: int) -> Page:
    """Book the second revisit."""
    return done(
        number,
        lambda seen: case_work.book(line(), who(), number, seen, _moment("not_before")),
        _("Booked: the plan rings from then on, and the result decides."),
    )


@pages.post("/cases/<row:number>/no-revisit")
def cancel(number: int) -> Page:
    """Cancel the second revisit."""
    text = whole("why_not")
    return done(
        number,
        lambda seen: case_work.cancel_booking(line(), who(), number, seen, text),
        _("Cancelled: nobody rings."),
    )


@pages.post("/cases/<row:number>/close")
def close(number: int) -> Page:
    """Close it."""
    text = whole("remark")
    return done(
        number, lambda seen: case_work.close(line(), who(), number, seen, text), _("Closed.")
    )


@pages.post("/cases/<row:number>/reopen")
def reopen(number: int) -> Page:
    """Open it again."""
    text = whole("why")
    return done(
        number,
        lambda seen: case_work.reopen(line(), who(), number, seen, text),
        _("Open again: it is proved anew."),
    )


@pages.post("/cases/<row:number>/statement")
def statement(number: int) -> Page:
    """File why it is, or will be, late (逾期情况书面说明)."""
    at_hand.seen(cases.by_id, number)
    try:
        filed = file_statement(line(), who().name, whole("reason"), case=number,
                               new_date=lists.day_of(request.form.get("new_date", "")))  # fmt: skip
    except OtherwiseTrouble as trouble:
        return _again(number, trouble)
    if filed.in_time:
        flash(_("Filed in time: it excuses the delay."), "good")
    else:
        flash(_("Filed, but after the limit: it does not excuse the delay."), "bad")
    return _to(number)


def done(number: int, do: Callable[[int], None], told: str) -> Page:
    """Do one thing to a case that the reader may see, as the form had seen it."""
    at_hand.seen(cases.by_id, number)
    version = request.form.get("version", type=int)
    if version is None:
        abort(HTTPStatus.BAD_REQUEST)
    try:
        do(version)
    except CaseTrouble as trouble:
        return _again(number, trouble)
    flash(told, "good")
    return _to(number)


def whole(name: str) -> str:
    """A field in somebody's words, all of them: what is too long is told, not cut. A line break
    counts as the field counts it."""
    return request.form.get(name, "").replace("\r\n", "\n").replace("\0", "").strip()


def _moment(name: str) -> datetime:
    """The time in a field. Raises CaseTrouble."""
    found = moment_of(request.form.get(name, ""))
    if found is None:
        raise CaseTrouble(_("the day or the time cannot be read; choose both again"))
    return found


def _again(number: int, trouble: Exception) -> Page:
    flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
    return one(number), HTTPStatus.UNPROCESSABLE_ENTITY


def _to(number: int) -> Response:
    there = address_of("console.cases.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
