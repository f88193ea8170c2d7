"""禁拨: numbers and people that must not be rung, blocked and lifted here."""

from datetime import datetime, time, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask import url_for as address_of

from operations import do_not_call
from operations.do_not_call import BlockedList
from operations.otherwise import OtherwiseTrouble
from scheduler.intake.sheet import ListFault
from store import policies
from store.columns import LOCAL
from store.console import otherwise as store
from web import exports, lists
from web.access import who
from web.at_hand import line, may_see, reading
from web.forms import signed, words
from web.languages import gettext as _
from web.troubles import said
from web.uploads import UploadTrouble, brought
from web.views import blocked as view

pages = Blueprint("blocked", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/do-not-call")
def show(brought_in: BlockedList | None = None) -> str:
    """Who must not be rung, the newest first."""
    wanted, now = wanted_blocks(), line().clock()
    with reading() as session:
        part = store.blocks(session, wanted, now, lists.skipped(), lists.SIZE)
        rows = [view.row(block, holder, now) for block, holder in part.rows]
    return render_template(
        "blocked.html",
        rows=rows,
        pages=lists.Pages(lists.page_wanted(), part.total),
        wanted=wanted,
        brought_in=brought_in,
    )


@pages.get("/do-not-call.<any(csv, xlsx):kind>")
def export(kind: exports.Kind) -> Response:
    """The same list with the same filters, all of it; numbers are masked."""
    now = line().clock()
    with reading() as session:
        part = store.blocks(session, wanted_blocks(), now, 0, None)
        rows = [view.cells(view.row(block, holder, now)) for block, holder in part.rows]
    return exports.send(kind, "do-not-call", view.titles(), rows, now)


@pages.post("/do-not-call")
def block() -> Page:
    """Block a number, or the holder of a policy on all numbers."""
    by, reason = signed(), words("reason")
    phone, policy = words("phone") or None, words("policy") or None
    try:
        until = _until(words("until"))
        if policy is not None and not may_see(policies.by_number, policy):
            raise OtherwiseTrouble(f"there is no policy {policy}; check its number")
        done = do_not_call.block(line(), by, reason, phone=phone, policy=policy, until=until)
    except OtherwiseTrouble as trouble:
        return _again(trouble)
    if done.changed:
        flash(_("Blocked: not rung from now on."), "good")
    else:
        flash(_("An earlier block lasts as long; nothing was changed."), "good")
    return _back()


@pages.post("/do-not-call/list")
def bring() -> Page:
    """Block every number of a file."""
    by, reason = signed(), words("reason") or None
    try:
        with brought("file") as path:
            kept = do_not_call.block_list(line(), path, by, reason)
    except (OtherwiseTrouble, UploadTrouble, ListFault) as trouble:
        return _again(trouble)
    flash(view.told(kept), "bad" if kept.faults else "good")
    if kept.faults:
        return show(kept), HTTPStatus.UNPROCESSABLE_ENTITY
    return _back()


@pages.post("/do-not-call/<row:number>/lift")
def lift(number: int) -> Page:
    """Have somebody rung again."""
    try:
        if not may_see(
            lambda session, block: store.one_block(session, block, _of_branch()), number
        ):
            raise OtherwiseTrouble(f"there is no block {number}; look at the list again")
        done = do_not_call.lift(line(), number, signed(), words("because"))
    except OtherwiseTrouble as trouble:
        return _again(trouble)
    if done:
        flash(_("Lifted: may be rung again."), "good")
    else:
        flash(_("It was lifted before; nothing was changed."), "good")
    return _back()


def _until(text: str) -> datetime | None:
    """The end of the day that is given; None for a block for good. Raises OtherwiseTrouble."""
    if not text:
        return None
    day = lists.day_of(text)
    if day is None:
        raise OtherwiseTrouble(
            _("the last day is no day; choose one, or none for a block for good")
        )
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=LOCAL)


def wanted_blocks() -> store.BlockFilter:
    """The filters in the address."""
    ended = request.args.get("state") == "all"
    return store.BlockFilter(ended, lists.text("words"), _of_branch())


def _of_branch() -> str | None:
    """The reader's name where they belong to a branch."""
    return who().name if who().branch else None


def _again(trouble: Exception) -> Page:
    flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
    return show(), HTTPStatus.UNPROCESSABLE_ENTITY


def _back() -> Response:
    there = address_of("console.blocked.show")
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
