"""话术草稿: the list of drafts, beginning one, and the editor in which it is written."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import scripts
from operations.scripts import Draft
from web import lists
from web.at_hand import line
from web.begin import Begun, Origin, begun_from
from web.editions import edition_or_none, of_draft
from web.forms import signed
from web.languages import gettext as _
from web.pages.proposals import decision
from web.views.editor import LIVE, Sheet, sheet_of, stored_sheet
from web.views.faults import check as checked
from web.views.lines import lines_view

pages = Blueprint("drafts", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/drafts")
def show() -> str:
    """The drafts that somebody works on or that wait for approval, or all."""
    everything = request.args.get("state") == "all"
    found = scripts.drafts(line(), unfinished=not everything)
    shown = found[lists.skipped() : lists.skipped() + lists.SIZE]
    return render_template(
        "drafts.html",
        rows=[of_draft(draft) for draft in shown],
        pages=lists.Pages(lists.page_wanted(), len(found)),
        everything=everything,
    )


@pages.get("/drafts/new")
def new() -> str:
    """Where a new draft may begin."""
    return _new(request.args.get("script", ""), request.args.get("edition", "active"))


@pages.post("/drafts/new")
def begin() -> Page:
    """Begin a draft with what the form says: a version, nothing, or a file."""
    begun = begun_from(_origin(), signed())
    if begun.number is not None:
        return _to(begun.number)
    page = _new(request.form.get("script", ""), request.form.get("edition", ""), begun)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _origin() -> Origin:
    form, sent = request.form, request.files.get("file")
    return Origin(
        how=form.get("how", ""),
        script_id=form.get("script", "").strip(),
        edition=form.get("edition", "active"),
        new_id=form.get("id", "").strip(),
        file_name=(sent.filename or "") if sent else "",
        content=sent.read() if sent else b"",
    )


def _new(script_id: str, edition: str, begun: Begun | None = None) -> str:
    found = edition_or_none(script_id, edition) if script_id else None
    return render_template("draft_new.html", ids=scripts.ids(line()), begun=begun, found=found,
                           how=request.form.get("how", "version"))  # fmt: skip


@pages.get("/drafts/<row:number>")
def one(number: int) -> str:
    """A draft: the editor while it is written, the changes and the decision once it is proposed."""
    draft = existing(number)
    editing = draft.state in ("open", "sent-back") or "edit" in request.args
    if editing and draft.state not in ("approved", "withdrawn"):
        return _editor(draft, stored_sheet(draft))
    return decision(draft)


@pages.post("/drafts/<row:number>/check")
def check(number: int) -> str:
    """What the check finds in the text as it stands in the form; nothing is kept. While somebody
    types only the findings are sent, and a very long text waits for the button."""
    draft = existing(number)
    sheet = sheet_of(request.form)
    if "HX-Request" not in request.headers:
        return _editor(draft, sheet)
    if len(sheet.text.encode("utf-8", "replace")) > LIVE:
        return render_template("draft_found.html", sheet=None)
    return render_template("draft_found.html", sheet=sheet)


@pages.post("/drafts/<row:number>/save")
def save(number: int) -> Page:
    """Keep the text, unless somebody else has saved another one meanwhile."""
    draft, sheet = existing(number), sheet_of(request.form)
    kept = _kept(draft, sheet)
    if not isinstance(kept, Draft):
        return kept
    flash(_saved(kept), "good")
    return _to(number)


@pages.post("/drafts/<row:number>/propose")
def propose(number: int) -> Page:
    """Keep the text and propose it; a text with errors is kept and stays a draft."""
    draft, sheet = existing(number), sheet_of(request.form)
    kept = _kept(draft, sheet)
    if not isinstance(kept, Draft):
        return kept
    try:
        scripts.propose(line(), number, signed(), request.form.get("note", ""))
    except scripts.FaultyDraft:
        flash(_("Saved, but not proposed: the check finds errors. Mend them first."), "bad")
    except scripts.ScriptTrouble as trouble:
        flash(_("Saved, but not proposed: %(reason)s", reason=trouble), "bad")
    else:
        flash(_("Proposed. Another person must approve it now."), "good")
    return _to(number)


def _kept(draft: Draft, sheet: Sheet) -> Draft | Page:
    """The draft with the text of the form, or the editor that says why it could not be kept, with
    nothing of the text lost."""
    try:
        return scripts.save_draft(line(), draft.number, sheet.text, signed(), sheet.seen)
    except scripts.DraftChanged as changed:
        return _conflict(changed.draft, sheet), HTTPStatus.CONFLICT
    except scripts.ScriptTrouble as trouble:
        flash(_("Not saved: %(reason)s", reason=trouble), "bad")
        return _editor(draft, sheet), HTTPStatus.UNPROCESSABLE_ENTITY


def _conflict(stored: Draft, sheet: Sheet) -> str:
    """Both texts: the form's in the editor, and what differs from it in the one saved meanwhile.
    Saving once more replaces the other one, now that it has been seen."""
    theirs = lines_view(stored.text, sheet.text)
    return _editor(stored, sheet.after(stored), theirs=theirs)


def _saved(draft: Draft) -> str:
    found = checked(draft.text)
    if found.errors:
        return _("Saved. The check finds errors.")
    return _("Saved. The check finds no error.")


def _editor(draft: Draft, sheet: Sheet, **given: object) -> str:
    based = draft.based_on
    base = edition_or_none(draft.script_id, based) if based else None
    active = edition_or_none(draft.script_id, "active")
    outdated = (active.hash if active else None) != based
    return render_template("draft.html", edition=of_draft(draft), draft=draft, sheet=sheet,
                           base=base, active=active, outdated=outdated, **given)  # fmt: skip


@pages.post("/drafts/<row:number>/withdraw")
def withdraw(number: int) -> Response:
    """Give a draft up; it stays readable."""
    try:
        scripts.withdraw(line(), existing(number).number, signed())
    except scripts.ScriptTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=trouble), "bad")
    else:
        flash(_("Withdrawn. The text stays readable."), "good")
    return _to(number)


def existing(number: int) -> Draft:
    """The draft of this number, or 404."""
    try:
        return scripts.draft(line(), number)
    except scripts.NoScript:
        abort(HTTPStatus.NOT_FOUND)


def _to(number: int) -> Response:
    there = address_of("console.drafts.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
