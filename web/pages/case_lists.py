"""Several cases at once: given to somebody, taken out as a branch's list (问题件处理清单), and that
list with what the branch has done in again."""

from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, request, send_file

from operations import case_work
from operations.case_lists import MOST, Results, export_list, import_results
from operations.case_record import CaseTrouble
from scheduler.intake.sheet import ListFault
from store.console import cases as store
from web.access import who
from web.at_hand import line, reading
from web.forms import rows_ticked, words
from web.languages import gettext as _
from web.languages import ngettext
from web.lists import link
from web.pages.cases import show, wanted_cases
from web.pages.handovers import XLSX
from web.troubles import said
from web.uploads import UploadTrouble, brought

pages = Blueprint("case_lists", __name__)

Page = str | tuple[str, int] | Response


@pages.post("/cases/assign")
def assign() -> Page:
    """Give the ticked cases to somebody, or take them; those that stay say why."""
    to, ticked = words("to"), rows_ticked("id")
    with reading() as session:
        seen = set(store.seen(session, ticked))
    if not seen:
        return _again(_("No case is ticked."))
    left = case_work.assign_many(line(), who(), [one for one in ticked if one in seen], to)
    given = len(seen) - len(left)
    if given:
        flash(_("%(name)s has %(count)d more of these cases now.", name=to, count=given), "good")
    if not left:
        return _to_list()
    flash(ngettext("%(num)d case stays where it is:", "%(num)d cases stay where they are:",
                   len(left)), "bad")  # fmt: skip
    told = {number: said(why) for number, why in sorted(left.items())}
    return show(left=told), HTTPStatus.UNPROCESSABLE_ENTITY


@pages.post("/cases/list.xlsx")
def take_out() -> Page:
    """The ticked cases as a list for a branch, or all open ones that match the filters; it has
    whole numbers, for the branch must ring."""
    now, ticked = line().clock(), rows_ticked("id")
    with reading() as session:
        wanted = wanted_cases()
        found = ticked or store.open_ids(session, wanted, now, MOST + 1)
    try:
        content = export_list(line(), who(), found)
    except CaseTrouble as trouble:
        return _again(_("Not done: %(reason)s", reason=said(trouble)))
    name = f"cases-{now:%Y%m%d-%H%M}.xlsx"
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=name)


@pages.post("/cases/results")
def results() -> Page:
    """Keep what a branch has written into its list; faulty rows are told one by one."""
    try:
        with brought("file") as path:
            kept = import_results(line(), who(), path)
    except (UploadTrouble, ListFault) as trouble:
        return _again(_("Not done: %(reason)s", reason=said(trouble)))
    flash(_told(kept), "bad" if kept.faults else "good")
    if kept.faults:
        return show(faults=kept.faults), HTTPStatus.UNPROCESSABLE_ENTITY
    return _to_list()


def _told(kept: Results) -> str:
    return _(
        "Read %(read)d rows with something written: %(talks)d talks and %(opinions)d opinions kept,"
        " %(unchanged)d known before, %(faults)d faulty; %(empty)d are still empty.",
        read=kept.read,
        talks=kept.talks,
        opinions=kept.opinions,
        unchanged=kept.unchanged,
        faults=len(kept.faults),
        empty=kept.empty,
    )


def _again(why: str) -> Page:
    flash(why, "bad")
    return show(), HTTPStatus.UNPROCESSABLE_ENTITY


def _to_list() -> Response:
    """The list with the filters that the form's address carries."""
    there = link("console.cases.show", page=request.args.get("page"))
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
