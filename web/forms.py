"""Forms that change something. Each carries a word that only a page of ours can know, so that a
foreign page cannot make a reader's browser send one (CSRF)."""

import secrets
from hmac import compare_digest
from http import HTTPStatus
from typing import Final

from flask import Flask, abort, current_app, request, session

from web.access import INTAKE, who

FIELD: Final = "form_token"
#: Characters of a field in somebody's words.
LONGEST: Final = 2000
#: Forms that bring a large file: so many bytes are read, so that a file that is too large is told
#: of in a sentence on its page, where everything typed still stands.
LARGE: Final = {
    "console.case_papers.attach": 64_000_000,
    "console.complaint_papers.attach": 64_000_000,
}
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask, *, phone: str | None) -> None:
    """Check every form; ``phone`` is the blueprint whose requests the carrier signs instead."""

    def refuse_foreign_forms() -> None:
        request.max_content_length = LARGE.get(
            request.endpoint or "", current_app.config["MAX_CONTENT_LENGTH"]
        )
        changes = request.url_rule is not None and request.method not in _READING
        if changes and request.blueprint not in (phone, INTAKE) and not _ours():
            abort(HTTPStatus.CONFLICT)

    app.before_request(refuse_foreign_forms)
    app.context_processor(lambda: {"form_field": FIELD, "form_token": token, "typed": typed})


def token() -> str:
    """The word of this reader's session, made when the first form is shown."""
    if FIELD not in session:
        session[FIELD] = secrets.token_urlsafe(16)
    return str(session[FIELD])


def signed() -> str:
    """The name of whoever sent the form, as it is kept under a decision."""
    return who().name


def words(name: str) -> str:
    """A field in somebody's words; no database takes a NUL."""
    return request.form.get(name, "").replace("\0", "").strip()[:LONGEST]


def rows_ticked(name: str) -> list[int]:
    """The numbers of the rows that were ticked; anything else is ignored."""
    ticked = request.form.getlist(name)
    return [int(one) for one in ticked if one.isascii() and one.isdecimal() and len(one) < 10]


def typed(endpoint: str, field: str, default: str = "") -> str:
    """What was typed into a field of the form that goes to ``endpoint``, when that form comes back
    with a complaint: nothing is lost. Before that, the default."""
    if request.method == "POST" and request.endpoint == endpoint:
        return request.form.get(field, "")
    return default


def _ours() -> bool:
    """Whether the form carries the session's word, and the browser does not say that another site
    has sent it."""
    sent, known = request.form.get(FIELD, ""), str(session.get(FIELD, ""))
    same_site = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return same_site and bool(known) and compare_digest(sent.encode(), known.encode())
