"""Papers of a case: brought by a form, looked at again, and those that are printed: the letter for
the holder and the work order for the branch. Whoever sees a number or a signature is noted."""

from http import HTTPStatus
from io import BytesIO
from typing import BinaryIO, cast

from flask import Blueprint, Response, abort, render_template, request, send_file

from cases.papers import FileKind, Paper
from operations import audit, case_letter, case_papers
from operations.case_papers import Brought
from operations.case_record import CaseTrouble
from operations.policy_facts import numbers_of
from scheduler.handover_sheet import dialled
from store import case_work as store
from store import cases
from store.console.cases import one_case
from web.access import who
from web.at_hand import line, reading, seen
from web.languages import gettext as _
from web.masks import mask_text
from web.pages.case_work import Page, done, whole
from web.views.case import case_view

pages = Blueprint("case_papers", __name__)


@pages.post("/cases/<row:number>/papers")
def attach(number: int) -> Page:
    """Keep a paper with the case."""
    seen(cases.by_id, number)
    sent, paper = request.files.get("file"), request.form.get("paper")
    if paper not in set(Paper):
        abort(HTTPStatus.BAD_REQUEST)
    name = (sent.filename or "") if sent else ""
    stream = cast(BinaryIO, sent.stream) if sent else BytesIO()
    brought = Brought(Paper(paper), name or _("without a name"), stream, whole("about"))
    return done(
        number,
        lambda seen: case_papers.attach(line(), who(), number, seen, brought),
        _("The paper is kept."),
    )


@pages.get("/cases/<row:number>/papers/<row:paper>")
def show(number: int, paper: int) -> Response:
    """A paper as it was brought: a picture to be looked at, a PDF to be saved."""
    with reading() as session:
        file = store.file_of(session, number, paper)
    if file is None:
        abort(HTTPStatus.NOT_FOUND)
    try:
        path = case_papers.path_of(line(), file)
    except CaseTrouble:
        abort(HTTPStatus.NOT_FOUND)
    audit.note_alone(line(), who().name, "paper", f"case:{number}", f"paper {paper}")
    kind = FileKind(file.media_type)
    return send_file(
        path,
        mimetype=kind.value,
        as_attachment=kind is FileKind.PDF,
        download_name=f"case-{number}-{paper}{kind.suffix}",
    )


@pages.get("/cases/<row:number>/letter.pdf")
def letter(number: int) -> Response:
    """The letter that the holder reads and signs (沟通解释件的函件)."""
    seen(cases.by_id, number)
    try:
        content = case_letter.pdf(line(), who(), number)
    except CaseTrouble:
        abort(HTTPStatus.NOT_FOUND)
    return send_file(
        BytesIO(content), "application/pdf", as_attachment=True,
        download_name=f"letter-case-{number}.pdf",
    )  # fmt: skip


@pages.get("/cases/<row:number>/work-order")
def order(number: int) -> str:
    """What whoever visits or rings the holder takes along (回访工单), with whole numbers."""
    here = line()
    with reading() as session:
        found = one_case(session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        case = case_view(found, here.rulebook, here.clock())
        work = store.work_of(session, number)
        talks = [one for one in store.events_of(session, number) if one.what == "contact"]
    audit.note_alone(here, who().name, "work-order", f"case:{number}")
    return render_template(
        "case_order.html",
        case=case,
        policy=found.case.policy,
        phones=[dialled(one) for one in numbers_of(found.case.policy)],
        assignee=work.assignee if work else None,
        talks=[(one.at, one.by, mask_text(one.words)) for one in talks],
        by=who().name,
    )
