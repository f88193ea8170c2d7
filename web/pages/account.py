"""我的账号: one's own password, one-time codes and rights."""

from collections.abc import Callable
from http import HTTPStatus

import segno
from flask import Blueprint, Response, flash, redirect, render_template, request, session
from flask import url_for as address_of
from markupsafe import Markup

from operations import accounts
from operations.rights import actions_of
from web.access import WORD, who
from web.at_hand import line
from web.languages import gettext as _
from web.troubles import said

pages = Blueprint("account", __name__)

Page = str | tuple[str, int] | Response

#: Where a secret waits in the cookie until its first code was right. The cookie is signed, and the
#: reader sees the secret anyway.
_SECRET = "otp_secret"


@pages.get("/account")
def show(trouble: str = "") -> str:
    """Who one is, and the forms."""
    secret = str(session.setdefault(_SECRET, accounts.new_secret()))
    return render_template(
        "account.html",
        trouble=trouble,
        actions=sorted(one for one in actions_of(who().roles) if who().may(one)),
        secret=secret,
        picture=_picture(accounts.secret_address(secret, who().name, line().company)),
    )


@pages.post("/account/password")
def password() -> Page:
    """Choose another password. Whoever else is signed in with the old one is put out."""
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    return _done(
        lambda: accounts.choose_password(
            line(), who().account_id, old, new, again, word=str(session.get(WORD, ""))
        ),
        _("The new password counts from now on."),
    )


@pages.post("/account/codes")
def codes() -> Page:
    """Use one-time codes from now on."""
    secret, code = str(session.get(_SECRET, "")), request.form.get("code", "")
    return _done(
        lambda: accounts.use_codes(line(), who().account_id, secret, code),
        _("A one-time code is needed from now on."),
    )


def _done(change: Callable[[], None], sentence: str) -> Page:
    try:
        change()
    except accounts.AccountTrouble as trouble:
        return show(said(trouble)), HTTPStatus.UNPROCESSABLE_ENTITY
    session.pop(_SECRET, None)
    flash(sentence, "good")
    return redirect(address_of("console.account.show"))  # type: ignore[return-value]


def _picture(address: str) -> Markup:
    """A QR code as SVG; segno writes no foreign text into it."""
    return Markup(segno.make(address, micro=False).svg_inline(scale=4, omitsize=False))
