"""What a reader sees when a page cannot be shown: one sentence and a way on."""

import logging
from http import HTTPStatus

from flask import Flask, g, render_template, request
from werkzeug.exceptions import HTTPException

from web.forms import LARGE
from web.languages import gettext as _

log = logging.getLogger(__name__)

Answer = tuple[str, int]


def install(app: Flask) -> None:
    """One page for every kind of failure."""
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(Exception, broken)


def refused(trouble: HTTPException) -> Answer:
    """A request that cannot be served, with the reason in the reader's language."""
    code = trouble.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return _page(code, _sentence(code))


def broken(trouble: Exception) -> Answer:
    """Our own fault: logged with the path, shown without details."""
    log.exception("page failed: %s", request.path, exc_info=trouble)
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR, _sentence(HTTPStatus.INTERNAL_SERVER_ERROR))


def _page(code: int, sentence: str) -> Answer:
    return render_template(
        "error.html", code=code, sentence=sentence, bare=g.get("who") is None
    ), code


def _sentence(code: int) -> str:
    if code == HTTPStatus.FORBIDDEN and g.get("who") is not None:
        return _("None of your roles allows this. An administrator can give you another role.")
    if code == HTTPStatus.FORBIDDEN:
        return _(
            "The console can be opened only on the machine it runs on (http://127.0.0.1)."
            " Open it there, or let it be opened from elsewhere with HUIFANG_OPEN_CONSOLE."
        )
    if code == HTTPStatus.NOT_FOUND:
        return _("There is nothing at this address. It may have been mistyped.")
    if code == HTTPStatus.CONFLICT:
        return _("This form is out of date. Go back, reload the page and enter it again.")
    if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and request.endpoint in LARGE:
        return _(
            "The file is larger than 64 MB, and 10 MB are the most. Go back: what you wrote stands"
            " there still. Scan it in grey at 150 dpi, or split it."
        )
    if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _(
            "This is larger than 1 MB. Go back: what you wrote stands there still. Split a list"
            " into several files, or bring it in on the command line."
        )
    if code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("This request cannot be understood. Go back and try again.")
    return _("The page could not be made. The fault is ours and has been written to the log.")
