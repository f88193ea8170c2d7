"""质检任务: the reviewers' work list, and one call as a reviewer hears it. What is marked is kept
as it is marked; a form that was sent too late comes back with everything in it."""

import secrets
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import quality_sheet, quality_tasks
from operations.calls import script_of
from operations.quality_sheet import Draft, Task
from operations.quality_tasks import Seen
from operations.quality_trouble import QualityTrouble, StaleForm
from operations.rights import Action, Who
from store import quality
from store.console import calls as call_store
from store.console import reviewing as store
from store.database import Session
from store.tables import QualityTask
from web import exports, lists, words
from web.access import who
from web.at_hand import line, reading, seen
from web.languages import gettext as _
from web.troubles import said
from web.views import review_form, tasks
from web.views.call import CallView, call_view
from web.views.task import Other, TaskView, progress, task_view

pages = Blueprint("tasks", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/quality/tasks")
def show() -> str:
    """What is to be heard, has been begun, or is done."""
    wanted, reader = wanted_tasks(), reader_of(who())
    with reading() as session:
        part = store.tasks(session, wanted, reader, lists.skipped(), lists.SIZE)
        rows = [tasks.row(found, reader) for found in part.rows]
    return render_template(
        "tasks.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        states=words.TABLES["task_state"],
        parts=words.TABLES["part"],
        reasons=tasks.reasons,
        result=tasks.result,
    )


@pages.get("/quality/tasks.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it."""
    reader = reader_of(who())
    with reading() as session:
        part = store.tasks(session, wanted_tasks(), reader, 0, None)
        rows = [tasks.cells(tasks.row(found, reader)) for found in part.rows]
    return exports.send(kind, "reviews", tasks.titles(), rows, line().clock())


@pages.post("/quality/tasks/next")
def take_next() -> Response:
    """The call that was begun, or the first of the list."""
    number = quality_tasks.take_next(line(), who())
    if number is None:
        flash(_("No call is left for you. A supervisor draws a sample under Plans."), "bad")
        return _to_list()
    return _to_task(number)


@pages.post("/quality/tasks/<row:number>/take")
def take(number: int) -> Response:
    """One call out of its turn."""
    try:
        quality_tasks.take(line(), who(), seen(quality.task_by_id, number))
    except QualityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return _to_list()
    return _to_task(number)


@pages.post("/quality/tasks/<row:number>/back")
def put_back(number: int) -> Response:
    """Not now: somebody else may hear it."""
    try:
        quality_tasks.put_back(line(), who(), seen(quality.task_by_id, number))
    except QualityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return _to_list()
    flash(_("Given back. What was marked on it is dropped."), "good")
    return _to_list()


@pages.get("/quality/tasks/<row:number>")
def one(number: int) -> Page:
    """The call to be heard by the reader, or what was found where the reader may know it."""
    with reading() as session:
        task = quality.task_by_id(session, number)
        if task is None:
            abort(HTTPStatus.NOT_FOUND)
        if task.done_at is None:
            if task.reviewer != who().name:
                flash(_("Take the call first; somebody else may be hearing it."), "bad")
                return _to_list()
            return _form(session, task)
        if not may_see(session, task, who()):
            flash(_("Another reviewer is still to hear this call without knowing more."), "bad")
            return _to_list()
        view = ended_view(session, task, who().name)
    return render_template("task_done.html", task=view, marks=words.TABLES["score_mark"])


@pages.post("/quality/tasks/<row:number>")
def write(number: int) -> Page:
    """Keep, comment, take a comment back, or end."""
    sent = _sent(seen(quality.task_by_id, number))
    if request.headers.get("HX-Request"):
        return _kept(sent)
    try:
        return _done(sent)
    except QualityTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return _again(sent, trouble)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came."""

    number: int
    seen: Seen
    draft: Draft
    do: str


def reader_of(me: Who) -> store.Reader:
    """What the reader may do at the work list."""
    return store.Reader(me.name, me.may(Action.ADJUDICATE), me.may(Action.PLAN_REVIEWS))


def wanted_tasks() -> store.TaskFilter:
    """The filters in the address."""
    plan = lists.text("plan")
    return store.TaskFilter(
        state=lists.one_of("state", words.TABLES["task_state"]) or "open",
        plan=int(plan) if plan.isascii() and plan.isdecimal() and len(plan) < 10 else None,
        part=lists.one_of("part", words.TABLES["part"]),
        words=lists.text("words"),
    )


def may_see(session: Session, task: QualityTask, me: Who) -> bool:
    """Whether the reader may know what was found: their own work, or when nobody else is still to
    hear the call."""
    parts = quality.parts_of(session, task)
    return task.reviewer == me.name or all(one.done_at is not None for one in parts)


def ended_view(session: Session, task: QualityTask, me: str) -> TaskView:
    """A review that is ended, with every sheet that there was of it."""
    sheets = quality.sheets_of(session, task.id)
    whole = quality_sheet.task_of(session, task)
    draft = quality_sheet.of_sheet(sheets[-1])
    comments = quality.comments_of(session, [task.id])
    return task_view(
        whole, heard_call(session, task), draft, comments, me, others=_others(session, whole),
        sheets=sheets,
    )  # fmt: skip


def heard_call(session: Session, task: QualityTask) -> CallView:
    """The call as it was spoken and heard."""
    found = call_store.one_call(session, task.call_id)
    assert found is not None  # the task is about it
    return call_view(found, script_of(session, found.call), changed=False)


def _form(
    session: Session,
    task: QualityTask,
    typed: Draft | None = None,
    comment: tuple[str, str] = ("", ""),
) -> str:
    whole = quality_sheet.task_of(session, task)
    others = _others(session, whole)
    heard_by = [task.id, *(other.sheet.task_id for other in others)]
    view = task_view(
        whole, heard_call(session, task), typed or quality_sheet.from_json(task.draft),
        quality.comments_of(session, heard_by), who().name, others=others,
    )  # fmt: skip
    return render_template(
        "task.html", task=view, marks=words.TABLES["score_mark"], version=task.version,
        window=secrets.token_urlsafe(6), comment=comment,
    )  # fmt: skip


def _others(session: Session, whole: Task) -> list[Other]:
    """What two said between whom a third decides; nobody else sees another's sheet."""
    if whole.row.part != quality.THIRD:
        return []
    found = []
    for one in quality.parts_of(session, whole.row):
        sheet = quality.sheets_of(session, one.id) if one.id != whole.row.id else []
        found += [Other(one.reviewer or "", sheet[0])] if sheet else []
    return found


def _sent(number: int) -> Sent:
    form = request.form
    version = form.get("version", "")
    known = version.isascii() and version.isdecimal() and len(version) < 10
    seen = Seen(int(version) if known else -1, form.get("window", "")[:40])
    return Sent(number, seen, review_form.draft_of(form), form.get("do", "keep"))


def _done(sent: Sent) -> Page:
    here, me = line(), who()
    if sent.do == "end":
        ended = quality_tasks.end(here, me, sent.number, sent.seen, sent.draft)
        flash(_ended_so(ended), "good" if ended.score.passed else "bad")
        return _to_list()
    if sent.do.startswith("remove-"):
        gone = int(sent.do.removeprefix("remove-")) if sent.do[7:].isdecimal() else 0
        quality_tasks.remove_comment(here, me, sent.number, sent.seen, sent.draft, gone)
        return _to_task(sent.number, "comments")
    typed = request.form.get("comment", "").strip()
    if sent.do == "comment" or typed:
        at_s = review_form.second_of(request.form.get("at", ""))
        quality_tasks.comment(here, me, sent.number, sent.seen, sent.draft, at_s, typed)
        return _to_task(sent.number, "comments")
    quality_tasks.save(here, me, sent.number, sent.seen, sent.draft)
    flash(_("Kept. You can go on later, also on another machine."), "good")
    return _to_task(sent.number)


def _kept(sent: Sent) -> Page:
    """What is kept while somebody marks: a line that says so and how far it is, and the version
    for the next time."""
    try:
        version = quality_tasks.save(line(), who(), sent.number, sent.seen, sent.draft)
    except QualityTrouble as trouble:
        return render_template("task_kept.html", version=sent.seen.version, why=said(trouble)), 409
    with reading() as session:
        task = quality.task_by_id(session, sent.number)
        assert task is not None  # it was kept just now
        far = progress(quality_sheet.task_of(session, task), sent.draft)
    return render_template("task_kept.html", version=version, why="", progress=far)


def _again(sent: Sent, trouble: QualityTrouble) -> Page:
    """The page with everything that was in the form. Of a stale one the version is the new one: to
    send it again is to have it so."""
    code = HTTPStatus.CONFLICT if isinstance(trouble, StaleForm) else 422
    form = request.form
    with reading() as session:
        task = quality.task_by_id(session, sent.number)
        if task is None or task.done_at is not None or task.reviewer != who().name:
            return _to_list()
        comment = (form.get("at", ""), form.get("comment", ""))
        return _form(session, task, sent.draft, comment), int(code)


def _ended_so(ended: quality_tasks.Ended) -> str:
    points = f"{ended.score.points:g}"
    if ended.differs:
        return _(
            "Ended with %(points)s points. Two reviewers differ; a third decides.", points=points
        )
    if ended.score.critical:
        return _("Ended with %(points)s points and a critical fault: not passed.", points=points)
    if not ended.score.passed:
        return _("Ended with %(points)s points: not passed.", points=points)
    return _("Ended with %(points)s points: passed.", points=points)


def _to_task(number: int, anchor: str | None = None) -> Response:
    there = address_of("console.tasks.one", number=number, _anchor=anchor)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


def _to_list() -> Response:
    there = address_of("console.tasks.show")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
