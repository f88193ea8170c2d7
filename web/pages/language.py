"""The switch at the foot of every page. Keeps the choice in a cookie and goes back."""

import re

from flask import Blueprint, Response, abort, redirect, request, url_for

from web.languages import COOKIE, LANGUAGES

pages = Blueprint("language", __name__)

YEAR_S = 365 * 24 * 3600


@pages.get("/language/<code>")
def choose(code: str) -> Response:
    """Show everything in this language from now on."""
    if code not in LANGUAGES:
        abort(404)
    answer = redirect(back(request.args.get("back", "")))
    answer.set_cookie(COOKIE, code, max_age=YEAR_S, samesite="Lax", httponly=True)
    return answer  # type: ignore[return-value]


def back(address: str) -> str:
    """The page to return to; an address that leads elsewhere leads to the first page."""
    inside = re.fullmatch(r"/(?![/\\])[^\s\x00-\x1f\x7f]*", address)
    return address if inside else url_for("console.today.home")
