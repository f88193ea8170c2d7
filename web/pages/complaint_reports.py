"""月度投诉分析: the monthly reports about complaints as they were made and kept. Each is about all
branches, and says how many were held accountable."""

from http import HTTPStatus
from io import BytesIO
from typing import Literal

from flask import Blueprint, Response, abort, send_file

from operations import audit
from store import complaint_figures as store
from web.access import who
from web.at_hand import line, reading

pages = Blueprint("complaint_reports", __name__)


@pages.get("/complaint-reports/<month>.<any(xlsx, pdf):kind>")
def one(month: str, kind: Literal["xlsx", "pdf"]) -> Response:
    """The report of a month. Noted in the audit log."""
    with reading() as session:
        found = None if who().branch else store.report(session, month[:7])
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        content = found.pdf if kind == "pdf" else found.xlsx
    audit.note_alone(line(), who().name, audit.EXPORTED, f"complaints:{found.month}", kind)
    name = f"complaints-{found.month}.{kind}"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)
