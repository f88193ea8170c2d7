"""话术审批: a proposal as the second person sees it, what changes and what the check says, and
their decision."""

import unicodedata
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import scripts
from operations.scripts import Draft
from web.at_hand import line
from web.editions import edition_or_none, of_draft
from web.forms import signed
from web.languages import gettext as _
from web.views.changes import changes_view
from web.views.faults import fault_views

pages = Blueprint("proposals", __name__)


def decision(draft: Draft) -> str:
    """The page of a draft that is proposed, published or withdrawn."""
    found = of_draft(draft)
    base = edition_or_none(draft.script_id, draft.based_on) if draft.based_on else None
    active = edition_or_none(draft.script_id, "active")
    both = base is not None and base.whole is not None and found.whole is not None
    return render_template(
        "draft_decide.html",
        edition=found,
        draft=draft,
        base=base,
        active=active,
        outdated=(active.hash if active else None) != draft.based_on,
        changes=changes_view(base.script, found.script) if base and both else None,
        faults=fault_views(found.checked.faults),
        writers=writers(draft),
    )


@pages.post("/drafts/<row:number>/approve")
def approve(number: int) -> Response:
    """Publish what was looked at. Whoever wrote or proposed it cannot approve it."""
    by = signed()
    try:
        release = scripts.approve(line(), number, by, request.form.get("seen") or None)
    except scripts.ScriptTrouble as trouble:
        flash(_refusal(number, by, trouble), "bad")
        return _to(number)
    flash(_("Published as version %(number)d, in force from the next call on.",
            number=release.number), "good")  # fmt: skip
    there = address_of("console.history.show", script_id=release.script_id)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


@pages.post("/drafts/<row:number>/send-back")
def send_back(number: int) -> Response:
    """Give a proposal back to who wrote it, with the reason."""
    try:
        scripts.send_back(line(), number, signed(), request.form.get("why", ""))
    except scripts.ScriptTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=trouble), "bad")
    else:
        flash(_("Sent back with your reason."), "good")
    return _to(number)


def writers(draft: Draft) -> list[str]:
    """Everybody who wrote or proposed the draft, in that order: none of them may approve it."""
    done = scripts.history(line(), draft.script_id)
    own = [one for one in done if one.draft == draft.number]
    return list(dict.fromkeys(one.by for one in own if one.what in ("saved", "proposed")))


def _refusal(number: int, by: str, trouble: scripts.ScriptTrouble) -> str:
    """Why it was not approved, in the words of the page where they are known."""
    if isinstance(trouble, scripts.NoScript):
        return _("There is no such draft.")
    if isinstance(trouble, scripts.DraftChanged):
        return _("It was changed and proposed again meanwhile. Look at it once more.")
    if isinstance(trouble, scripts.FaultyDraft):
        return _("Not approved: the check finds errors today. Send it back.")
    if _same(by) in map(_same, writers(scripts.draft(line(), number))):
        return _("Not approved: %(name)s has written or proposed it. Another person must approve.",
                 name=by)  # fmt: skip
    return _("Not done: %(reason)s", reason=trouble)


def _same(name: str) -> str:
    """Names that are one person's: without regard to case, width and spaces."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _to(number: int) -> Response:
    there = address_of("console.drafts.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
