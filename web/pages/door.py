"""登录: the way in and the way out."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, redirect, render_template, request, session
from flask import url_for as address_of

from operations import sign_in
from web.access import WORD
from web.at_hand import line
from web.forms import FIELD
from web.languages import gettext as _
from web.pages.language import back
from web.troubles import said

pages = Blueprint("door", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/sign-in")
def show() -> str:
    """Login, password and, for those who use them, a one-time code."""
    return _form()


@pages.post("/sign-in")
def enter() -> Page:
    """Sign in and go where the reader wanted to go."""
    form = request.form
    try:
        word = sign_in.sign_in(
            line(), form.get("login", ""), form.get("password", ""), form.get("code", ""),
            request.remote_addr or "",
        )  # fmt: skip
    except sign_in.SignInTrouble as trouble:
        return _form(said(trouble)), HTTPStatus.UNAUTHORIZED
    if old := session.get(WORD):
        sign_in.sign_out(line(), str(old))
    _forget_whoever_was_here()
    session[WORD] = word
    return redirect(back(form.get("back", "")))  # type: ignore[return-value]


@pages.post("/sign-out")
def leave() -> Response:
    """End the session, on the server too."""
    sign_in.sign_out(line(), str(session.pop(WORD, "")))
    session.clear()
    return redirect(address_of("console.door.show"))  # type: ignore[return-value]


def _forget_whoever_was_here() -> None:
    """What the browser kept of the one who sat here before, e.g. their secret of one-time codes.
    The word of the forms stays: what somebody has typed is sent after signing in again."""
    token = session.get(FIELD)
    session.clear()
    if token is not None:
        session[FIELD] = token


def _form(trouble: str = "") -> str:
    return render_template(
        "sign_in.html",
        trouble=trouble,
        back=request.values.get("back", ""),
        login=request.form.get("login", ""),
        shown=current_app.extensions["shown_accounts"],
        title=_("Sign in"),
    )
