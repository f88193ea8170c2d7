"""拨打控制: whether calls go out, how fast, and the forms that pause and resume them."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import dialling
from operations.dialling import Change, Status
from scheduler.pacing import State
from store.console.otherwise import dialling_events
from web.at_hand import line, reading
from web.forms import signed, words
from web.languages import gettext as _
from web.languages import ngettext

pages = Blueprint("dialling", __name__)

Page = str | tuple[str, int] | Response

#: Changes that are shown.
EVENTS = 20
#: More agents than that are a slip of the pen.
MOST_AGENTS = 9999


@pages.get("/dialling")
def show() -> str:
    """How the dialling stands, and what was done to it."""
    status = dialling.status(line())
    with reading() as session:
        events = list(dialling_events(session, EVENTS))
    return render_template("dialling.html", status=status, events=events, seen=seen_of(status))


@pages.post("/dialling/pause")
def pause() -> Page:
    """Let no further call start; those that run end as they would."""
    why = words("why")
    if not why:
        return _again(_("Say why: whoever resumes it must know."))
    return _changed(State.PAUSED, lambda: dialling.pause(line(), signed(), why))


@pages.post("/dialling/resume")
def resume() -> Page:
    """Let calls start again."""
    return _changed(State.RUNNING, lambda: dialling.resume(line(), signed(), words("why")))


@pages.post("/dialling/agents")
def agents() -> Page:
    """How many people can take calls over; an empty field: calls are not limited by them."""
    text = words("count")
    count = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None
    if text and count is None:
        return _again(_("Give a number from 0 to %(most)d or nothing.", most=MOST_AGENTS))
    if stale(dialling.status(line())):
        return _meanwhile()
    dialling.agents_on_duty(line(), count, signed())
    if count is None:
        flash(_("Calls are not limited by agents now."), "good")
    else:
        flash(ngettext("%(num)d agent on duty now.", "%(num)d agents on duty now.", count), "good")
    return _back()


def _changed(to: State, change: Callable[[], Change]) -> Response:
    """Do it once: a form that was sent twice, or lay open while somebody else changed the state,
    changes nothing."""
    before = dialling.status(line())
    if before.state is to:
        flash(_("It was so already; nothing was changed."), "good")
        return _back()
    if stale(before):
        return _meanwhile()
    done = change()
    if to is State.PAUSED:
        flash(ngettext("Paused. %(num)d running call ends as it would.",
                       "Paused. %(num)d running calls end as they would.", done.status.live),
              "good")  # fmt: skip
    else:
        flash(_("Calls start again."), "good")
    return _back()


def seen_of(status: Status) -> str:
    """What the page shows, so that a form can tell whether it is out of date."""
    since = status.since.isoformat() if status.since else ""
    return f"{status.state.value}|{since}|{status.agents}"


def stale(status: Status) -> bool:
    """Whether the dialling was changed since the page of this form was made."""
    return request.form.get("seen", "") != seen_of(status)


def _meanwhile() -> Response:
    flash(_("The dialling was changed meanwhile, so nothing was done. Look again."), "bad")
    return _back()


def _again(why: str) -> Page:
    flash(why, "bad")
    return show(), HTTPStatus.UNPROCESSABLE_ENTITY


def _back() -> Response:
    there = address_of("console.dialling.show")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
