"""话术版本: what was published of a script, by whom, what was done to it since, and taking a
version out of use."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import scripts
from web.at_hand import line
from web.editions import edition, edition_or_none, newest
from web.forms import signed
from web.languages import gettext as _

pages = Blueprint("history", __name__)


@pages.get("/scripts/<script:script_id>/history")
def show(script_id: str) -> str:
    """Every version of a script and everything that was done, the newest first."""
    here = line()
    done = scripts.history(here, script_id)
    known = scripts.releases(here, script_id) if script_id in scripts.ids(here) else []
    own = [one for one in scripts.drafts(here, unfinished=False) if one.script_id == script_id]
    if not known and not own:
        abort(404)
    return render_template(
        "script_history.html",
        edition=edition(script_id, newest(known, own)),
        active=edition_or_none(script_id, "active"),
        releases=known[::-1],
        drafts=[one for one in own if one.state not in ("approved", "withdrawn")],
        done=done[::-1],
    )


@pages.post("/scripts/<script:script_id>/<row:number>/retire")
def retire(script_id: str, number: int) -> Response:
    """Take a version out of use: no new call begins with it."""
    by, why = signed(), request.form.get("why", "")
    try:
        scripts.retire(line(), script_id, number, by, why)
    except scripts.ScriptTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=trouble), "bad")
    else:
        flash(_("Version %(number)d is retired.", number=number), "good")
    there = address_of("console.history.show", script_id=script_id)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
