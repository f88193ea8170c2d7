"""溯源整改: what complaints have shown to be wrong, by when it is put right, and by whom it was."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import corrections as operation
from operations.case_record import CaseTrouble
from store import complaints
from store import corrections as store
from store.columns import LOCAL
from store.tables import Complaint
from web import lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.forms import words as typed_words
from web.languages import gettext as _
from web.languages import is_chinese
from web.masks import mask_text
from web.troubles import said

pages = Blueprint("corrections", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/corrections")
def show() -> str:
    """Those that are open, or done."""
    state = lists.one_of("state", words.TABLES["correction_list"]) or "open"
    today = line().clock().astimezone(LOCAL).date()
    with reading() as session:
        part = store.listed(session, done=state == "done", first=lists.skipped(), size=lists.SIZE)
        rows = [_row(one, today) for one in part.rows]
        late = store.overdue(session, today)
    return render_template(
        "corrections.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        state=state,
        states=words.TABLES["correction_list"],
        late=late,
    )


@pages.post("/corrections/<row:number>")
def done(number: int) -> Page:
    """One of them is done."""
    seen(complaints.by_id, number)
    sent = request.form.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    try:
        operation.done(line(), who(), number, version, typed_words("done"))
    except CaseTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return show(), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Done. It stands in the complaint's ledger."), "good")
    return redirect(address_of("console.corrections.show"), HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


def _row(one: Complaint, today: date) -> dict[str, object]:
    """One line: the cause by its name in the insurer's file, and whether it is late."""
    causes = {cause.id: cause for cause in line().complaints.causes}
    known = causes.get(one.root_cause or "")
    due = one.correction_due_on
    return {
        "id": one.id,
        "number": one.number,
        "branch": one.branch,
        "handler": one.handler,
        "cause": known.said("zh" if is_chinese() else "en") if known else one.root_cause or "",
        "correction": mask_text(one.correction),
        "due": due,
        "late": one.corrected_at is None and due is not None and due < today,
        "done_at": one.corrected_at,
        "version": one.version,
    }
