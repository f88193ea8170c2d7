"""Forms that change something. Each carries a word that only a page of ours can know, so that a
foreign page cannot make a reader's browser send one (CSRF)."""

import secrets
from hmac import compare_digest
from http import HTTPStatus
from typing import Final

from flask import Flask, abort, request, session

FIELD: Final = "form_token"
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask, *, phone: str | None) -> None:
    """Check every form; ``phone`` is the blueprint whose requests the carrier signs instead."""

    def refuse_foreign_forms() -> None:
        changes = request.url_rule is not None and request.method not in _READING
        if changes and request.blueprint != phone and not _ours():
            abort(HTTPStatus.CONFLICT)

    app.before_request(refuse_foreign_forms)
    app.context_processor(lambda: {"form_field": FIELD, "form_token": token})


def token() -> str:
    """The word of this reader's session, made when the first form is shown."""
    if FIELD not in session:
        session[FIELD] = secrets.token_urlsafe(16)
    return str(session[FIELD])


def _ours() -> bool:
    """Whether the form carries the session's word, and the browser does not say that another site
    has sent it."""
    sent, known = request.form.get(FIELD, ""), str(session.get(FIELD, ""))
    same_site = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return same_site and bool(known) and compare_digest(sent.encode(), known.encode())
