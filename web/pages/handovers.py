"""交接: what branches revisit instead of head office, the lists that they get, and what they bring
back."""

from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file
from flask import url_for as address_of

from operations import audit, handover
from operations.handover_lists import Results, export_list, import_results
from operations.otherwise import OtherwiseTrouble
from operations.overdue import file_statement
from scheduler.intake.sheet import ListFault
from store.console import handovers as store
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.forms import signed
from web.forms import words as typed_words
from web.languages import gettext as _
from web.languages import ngettext
from web.troubles import said
from web.uploads import UploadTrouble, brought
from web.views import handovers as view

pages = Blueprint("handovers", __name__)

Page = str | tuple[str, int] | Response

#: Lists that the page names; older ones are reached by their address.
LISTS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/handovers")
def show(results: Results | None = None) -> str:
    """The hand-overs by their due day, and the newest lists."""
    wanted, today = wanted_handovers(), line().clock().date()
    with reading() as session:
        part = store.handovers(session, wanted, today, lists.skipped(), lists.SIZE)
        rows = [view.row(found, today) for found in part.rows]
        states = store.handover_states(session)
        branches = {one: one for one in store.handover_branches(session)}
        made = store.handover_lists(session, LISTS)
    return render_template(
        "handovers.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        states=states,
        branches=branches,
        lists=made,
        today=today,
        results=results,
        lights=words.TABLES["light"],
        ways=words.TABLES["way"],
        handings=words.TABLES["handing"],
    )


@pages.get("/handovers.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it; phones are masked here."""
    now = line().clock()
    with reading() as session:
        part = store.handovers(session, wanted_handovers(), now.date(), 0, None)
        rows = [view.cells(view.row(found, now.date())) for found in part.rows]
    return exports.send(kind, "handovers", view.titles(), rows, now)


@pages.post("/handovers/issue")
def issue() -> Page:
    """Put everything that waits on one list for each branch."""
    try:
        made = handover.issue(line(), signed(), who().branch)
    except OtherwiseTrouble as trouble:
        return _again(trouble)
    if made:
        flash(ngettext("%(num)d list made; download it below and give it to the branch.",
                       "%(num)d lists made; download them below and give them to the branches.",
                       len(made)), "good")  # fmt: skip
    else:
        flash(_("Nothing waits for a list; nothing was changed."), "good")
    return _to_list()


@pages.get("/handovers/lists/<row:number>.xlsx")
def download(number: int) -> Response:
    """A branch's list with whole numbers, for the branch must ring: the one file of the console
    that shows them. Noted in the audit log before it is sent."""
    seen(store.on_list, number)
    with TemporaryDirectory(prefix="huifang-") as folder:
        path = Path(folder) / f"handover-{number}.xlsx"
        try:
            export_list(line(), number, path)
        except OtherwiseTrouble:
            abort(HTTPStatus.NOT_FOUND)
        content = path.read_bytes()
    about = f"handover-list:{number}"
    audit.note_alone(line(), who().name, audit.EXPORTED, about, "xlsx, whole numbers")
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=path.name)


@pages.post("/handovers/results")
def results() -> Page:
    """Keep what a branch has written into its list; faulty rows are told one by one."""
    by = signed()
    try:
        with brought("file") as path:
            kept = import_results(line(), path, by, who().branch)
    except (OtherwiseTrouble, UploadTrouble, ListFault) as trouble:
        return _again(trouble)
    flash(view.told(kept), "bad" if kept.faults else "good")
    if kept.faults:
        return show(kept), HTTPStatus.UNPROCESSABLE_ENTITY
    return _to_list()


@pages.get("/handovers/<row:number>")
def one(number: int) -> str:
    """One hand-over, with the statements about it and the form for another."""
    with reading() as session:
        found = store.one_handover(session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        shown = view.handover_view(found, line().clock().date())
    return render_template("handover.html", shown=shown)


@pages.post("/handovers/<row:number>/statement")
def statement(number: int) -> Page:
    """File why it is, or will be, late (逾期情况书面说明)."""
    seen(store.one_handover, number)
    try:
        filed = file_statement(line(), signed(), typed_words("reason"), handover=number,
                               new_date=lists.day_of(request.form.get("new_date", "")))  # fmt: skip
    except OtherwiseTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    if filed.in_time:
        flash(_("Filed in time: it excuses the delay."), "good")
    else:
        flash(_("Filed, but after the limit: it does not excuse the delay."), "bad")
    return _to_one(number)


@pages.post("/handovers/<row:number>/decide")
def decide(number: int) -> Page:
    """Accept or decline one proposal."""
    seen(store.one_handover, number)
    by, accepting = signed(), request.form.get("what") == "accept"
    try:
        if accepting:
            handover.accept(line(), [number], by)
        else:
            handover.decline(line(), [number], by, typed_words("because"))
    except OtherwiseTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Accepted.") if accepting else _("Declined; calls go on."), "good")
    return _to_one(number)


def wanted_handovers() -> store.HandoverFilter:
    """The filters in the address; those that have not ended, unless they say otherwise."""
    states = {**words.TABLES["handing"], "all": "", "open": ""}
    state = lists.one_of("state", states) or "open"
    return store.HandoverFilter(
        state=None if state == "all" else state,
        branch=lists.text("branch") or None,
        way=lists.one_of("way", words.TABLES["way"]),
        light=lists.one_of("light", words.TABLES["light"]),
        words=lists.text("words"),
    )


def _again(trouble: Exception) -> Page:
    flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
    return show(), HTTPStatus.UNPROCESSABLE_ENTITY


def _to_list() -> Response:
    there = address_of("console.handovers.show")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


def _to_one(number: int) -> Response:
    there = address_of("console.handovers.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
