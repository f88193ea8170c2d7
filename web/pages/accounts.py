"""账号管理: who may sign in, as what, for which branch."""

from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import accounts
from operations.rights import Role
from store import accounts as store
from web import words
from web.access import who
from web.at_hand import line
from web.forms import words as typed
from web.languages import gettext as _
from web.troubles import said

pages = Blueprint("accounts", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/accounts")
def show(trouble: str = "", made: accounts.Made | None = None) -> str:
    """Everybody, and the form for a new account."""
    with line().database.reading() as session:
        rows = list(store.every(session))
    return render_template(
        "accounts.html", rows=rows, trouble=trouble, made=made, roles=words.TABLES["role"]
    )


@pages.post("/accounts")
def add() -> Page:
    """A new account; its one-time password is shown on this page only."""
    form = request.form
    try:
        made = accounts.add(
            line(), form.get("login", ""), form.get("name", ""), _roles(),
            typed("branch") or None, who().name, staff_code=form.get("staff_code", ""),
        )  # fmt: skip
    except accounts.AccountTrouble as trouble:
        return show(said(trouble)), HTTPStatus.UNPROCESSABLE_ENTITY
    return show(made=made)


@pages.post("/accounts/<login>")
def change(login: str) -> Page:
    """Roles and branch, lock, unlock, or a new one-time password."""
    by, branch = who().name, typed("branch") or None
    try:
        match request.form.get("what"):
            case "roles":
                code = request.form.get("staff_code")
                accounts.change(line(), login, by, roles=_roles(), branch=branch, staff_code=code)
            case "lock":
                accounts.lock(line(), login, by)
            case "unlock":
                accounts.unlock(line(), login, by)
            case "reset":
                return show(made=accounts.reset(line(), login, by))
            case _:
                return show(_("Say what is to be done.")), HTTPStatus.UNPROCESSABLE_ENTITY
    except accounts.AccountTrouble as trouble:
        return show(said(trouble)), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Done."), "good")
    return redirect(address_of("console.accounts.show"))  # type: ignore[return-value]


def _roles() -> list[Role]:
    known = {role.value for role in Role}
    return [Role(one) for one in request.form.getlist("roles") if one in known]
