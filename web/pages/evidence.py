"""证据包: everything about one policy in a zip, for somebody outside. Taking it out is noted."""

from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, Response, abort, send_file

from operations import evidence
from store import policies
from web.at_hand import line, reading
from web.forms import signed

pages = Blueprint("evidence", __name__)


@pages.post("/evidence/<path:number>")
def take(number: str) -> Response:
    """Make the package and send it. A form and not a link: every making is an entry in the log."""
    with reading() as session:
        found = policies.by_number(session, number) if "\0" not in number else None
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    made = evidence.make(line(), number, signed())
    return send_file(
        BytesIO(made.content),
        as_attachment=True,
        download_name=made.name,
        mimetype="application/zip",
    )
