"""Papers of a complaint: brought by a form, looked at again, and those that are printed: the record
of a talk (客户沟通记录表) and the decision. Whoever sees them is noted."""

from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from typing import BinaryIO, cast

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file
from flask import url_for as address_of
from flask_babel import get_locale

from cases.complaint_papers import Paper
from cases.papers import FileKind
from operations import audit, case_papers, complaint_file, complaint_papers, complaint_prints
from operations.case_papers import Upload
from operations.case_record import CaseTrouble
from operations.complaint_record import ComplaintTrouble, known
from store import complaints as store
from web import at_hand
from web.access import who
from web.at_hand import line, reading
from web.languages import gettext as _
from web.pages.complaints import Page, one, whole
from web.troubles import said

pages = Blueprint("complaint_papers", __name__)


@pages.post("/complaints/<row:number>/papers")
def attach(number: int) -> Page:
    """Keep a paper with the complaint."""
    at_hand.seen(store.by_id, number)
    sent, paper = request.files.get("file"), request.form.get("paper")
    version = request.form.get("version", type=int)
    if paper not in set(Paper) or version is None:
        abort(HTTPStatus.BAD_REQUEST)
    name = (sent.filename or "") if sent else ""
    stream = cast(BinaryIO, sent.stream) if sent else BytesIO()
    brought = Upload(name or _("without a name"), stream, whole(request.form.get("words", "")))
    try:
        complaint_papers.attach(line(), who(), number, version, Paper(paper), brought)
    except CaseTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The paper is kept."), "good")
    there = address_of("console.complaints.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


@pages.get("/complaints/<row:number>/papers/<row:paper>")
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
    _note("complaint-paper", number, f"paper {paper}")
    kind = FileKind(file.media_type)
    return send_file(
        path,
        mimetype=kind.value,
        as_attachment=kind is FileKind.PDF,
        download_name=f"complaint-{number}-{paper}{kind.suffix}",
    )


@pages.get("/complaints/<row:number>/talks/<row:talk>")
def talk(number: int, talk: int) -> str:
    """The record of a talk, to be printed and signed."""
    with reading() as session:
        row = store.by_id(session, number)
        found = store.talk_of(session, number, talk)
    if row is None or found is None:
        abort(HTTPStatus.NOT_FOUND)
    _note("complaint-talk-form", number, f"talk {talk}")
    return render_template("complaint_talk.html", row=row, talk=found, by=who().name)


@pages.get("/complaints/<row:number>/talks/<row:talk>.pdf")
def talk_pdf(number: int, talk: int) -> Response:
    """The record of a talk as a file."""
    at_hand.seen(store.by_id, number)
    content = _made(lambda: complaint_prints.talk(line(), who(), number, talk))
    return _pdf(content, f"complaint-{number}-talk-{talk}")


@pages.get("/complaints/<row:number>/letter.pdf")
def letter_pdf(number: int) -> Response:
    """The decision as a file."""
    at_hand.seen(store.by_id, number)
    content = _made(lambda: complaint_prints.letter(line(), who(), number))
    return _pdf(content, f"complaint-{number}-decision")


@pages.get("/complaints/<row:number>/letter")
def letter(number: int) -> str:
    """The decision as the complainant gets it (第19条): facts, basis, reasons, remedies."""
    with reading() as session:
        row = store.by_id(session, number)
        proposal = known(session, row).proposal if row else None
    if row is None or proposal is None:
        abort(HTTPStatus.NOT_FOUND)
    _note("complaint-letter", number, f"proposal {proposal.id}")
    terms = line().complaints
    days = terms.limits.ask_for_review.days
    return render_template(
        "complaint_letter.html",
        row=row,
        proposal=proposal,
        remedies=terms.remedies.said(str(get_locale()), days),
        service=line().company_phone,
        draft=row.answered_at is None,
    )


@pages.post("/complaints/<row:number>/file")
def package(number: int) -> Response:
    """The whole file of a complaint for somebody outside. A form and not a link: every making is
    an entry in the log."""
    at_hand.seen(store.by_id, number)
    made = complaint_file.make(line(), number, who().name)
    return send_file(
        BytesIO(made.content),
        as_attachment=True,
        download_name=made.name,
        mimetype="application/zip",
    )


def _made(make: Callable[[], bytes]) -> bytes:
    """What is printed; 404 where there is nothing to print."""
    try:
        return make()
    except ComplaintTrouble:
        abort(HTTPStatus.NOT_FOUND)


def _pdf(content: bytes, name: str) -> Response:
    return send_file(
        BytesIO(content), "application/pdf", as_attachment=True, download_name=f"{name}.pdf"
    )


def _note(what: str, number: int, detail: str) -> None:
    audit.note_alone(line(), who().name, what, f"complaint:{number}", detail)
