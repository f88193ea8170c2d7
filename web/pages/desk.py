"""坐席: the agent's desk. The queue, one interview on the screen, what customers asked for, and the
guide. A page shows and an operation decides."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask import session as kept
from flask import url_for as address_of

from operations import desk, desk_bridge, desk_end, desk_talk
from operations.desk import DeskTrouble
from operations.desk_end import Wanted
from operations.desk_marks import Mark, Marked, MarkTrouble
from operations.desk_talk import OTHER_PHONE, Doubt
from operations.otherwise import OtherwiseTrouble
from operations.resume import HANDED
from scripts.outcomes import Outcome
from store import desk as store
from store.console import queue
from web import lists, words
from web.access import who
from web.at_hand import line, reading
from web.forms import words as typed_words
from web.languages import gettext as _
from web.pages.special import moment_of
from web.troubles import said
from web.views import desk as view
from web.views import guidance
from web.views.queue import opens_at

pages = Blueprint("desk", __name__)

Page = str | tuple[str, int] | Response
#: Rows of the queue that the desk shows: whom the next hour is for.
SHOWN = 12
#: The mark of a button that keeps a yes in spite of its words.
KEEP = "kept"


@pages.get("/desk")
def show() -> str:
    """What the agent has open, whom the robot hands over, and who is next."""
    here, now = line(), line().clock()
    with reading() as rows:
        mine = store.open_of(rows, who().name)
        front = queue.queue(rows, queue.QueueFilter(state="ready"), 0, SHOWN)
        found = view.queue_rows(here, front.rows, now)
        handed = view.handed_rows(store.handed(rows, now - HANDED))
        others = view.open_rows(store.open_ones(rows), who().name)
        wanted = store.open_requests(rows)
    return render_template(
        "desk.html",
        mine=mine,
        rows=found,
        total=front.total,
        handed=handed,
        others=others,
        wanted=wanted,
        opens=opens_at(here, now),
    )


@pages.post("/desk/next")
def take_next() -> Response:
    """The most urgent policy."""
    try:
        number = desk.take_next(line(), who())
    except DeskTrouble as trouble:
        return _refused(trouble)
    if number is None:
        flash(_("Nobody may be rung now. The queue says who is next, and when."), "bad")
        return _to("show")
    return _to("one", number=number)


@pages.post("/desk/take")
def take() -> Response:
    """One policy out of its turn."""
    try:
        number = desk.take(line(), who(), typed_words("policy"))
    except DeskTrouble as trouble:
        return _refused(trouble)
    return _to("one", number=number)


@pages.post("/desk/handed/<row:number>")
def take_handed(number: int) -> Response:
    """A call that the robot handed over."""
    try:
        taken = desk.take_handed(line(), who(), number)
    except DeskTrouble as trouble:
        return _refused(trouble)
    return _to("one", number=taken)


@pages.get("/desk/<row:number>")
def one(number: int) -> Page:
    """The screen of an interview."""
    return _screen(number)


@pages.get("/desk/<row:number>/change/<row:turn>")
def change(number: int, turn: int) -> Page:
    """The same with an earlier question, whose answer is to be changed."""
    return _screen(number, turn=turn)


@pages.post("/desk/<row:number>/number")
def dial(number: int) -> Page:
    """The full number, for whoever dials it on another phone."""
    try:
        full = desk_talk.number_to_dial(line(), who(), _seen(number))
    except DeskTrouble as trouble:
        return _again(number, trouble)
    return _screen(number, full=full)


@pages.post("/desk/<row:number>/call")
def call(number: int) -> Page:
    """The number is dialled now, on another phone."""
    try:
        desk_talk.begin(line(), who(), _seen(number), _version(), OTHER_PHONE)
    except DeskTrouble as trouble:
        return _again(number, trouble)
    return _to("one", number=number)


@pages.post("/desk/<row:number>/ring")
def ring(number: int) -> Page:
    """The agent's own phone is rung by the carrier, then the customer's."""
    own = typed_words("own")
    try:
        desk_bridge.ring(line(), who(), _seen(number), _version(), own)
    except DeskTrouble as trouble:
        return _again(number, trouble)
    kept["desk_phone"] = own[:40]
    return _to("one", number=number)


@pages.post("/desk/<row:number>/answer")
def answer(number: int) -> Page:
    """One answer. Words that speak against a yes are shown before it is kept."""
    marked, turn = _marked(), _count("turn")
    question = request.form.get("question", "")
    if marked is None:
        abort(HTTPStatus.BAD_REQUEST)
    try:
        doubt = desk_talk.answer(line(), who(), _seen(number), _version(), turn, question, marked)
    except (DeskTrouble, MarkTrouble) as trouble:
        return _again(number, trouble, turn=_changed_turn(), typed=marked.words)
    if doubt is not None:
        return _screen(number, turn=_changed_turn(), doubt=doubt, typed=marked.words)
    return _to("one", number=number)


@pages.post("/desk/<row:number>/end")
def end(number: int) -> Page:
    """How the call ended."""
    chosen = request.form.get("outcome", "")
    if chosen not in set(Outcome):
        abort(HTTPStatus.BAD_REQUEST)
    again = moment_of(request.form.get("when", ""))
    try:
        desk_end.finish(
            line(), who(), _seen(number), _version(), Outcome(chosen), typed_words("note"), again
        )
    except (DeskTrouble, MarkTrouble) as trouble:
        return _again(number, trouble)
    flash(_("Kept: %(outcome)s.", outcome=words.word("outcome", chosen)), "good")
    return _to("show")


@pages.post("/desk/<row:number>/back")
def put_back(number: int) -> Page:
    """Not now: somebody else may have it."""
    try:
        desk.put_back(line(), who(), _seen(number), _version())
    except DeskTrouble as trouble:
        return _again(number, trouble)
    flash(_("Put back. It is where it was in the queue."), "good")
    return _to("show")


@pages.post("/desk/<row:number>/take-over")
def take_over(number: int) -> Response:
    """Go on with a colleague's interview."""
    try:
        desk.take_over(line(), who(), _seen(number))
    except DeskTrouble as trouble:
        return _refused(trouble)
    return _to("one", number=number)


@pages.post("/desk/<row:number>/request")
def ask_for(number: int) -> Page:
    """Open what the customer asked for as a follow-up."""
    kind = request.form.get("kind", "")
    if kind not in set(Wanted):
        abort(HTTPStatus.BAD_REQUEST)
    try:
        desk_end.ask_for(line(), who(), _seen(number), Wanted(kind), typed_words("wish"))
    except (DeskTrouble, OtherwiseTrouble) as trouble:
        return _again(number, trouble)
    flash(_("The request is open; it stands in the list of requests."), "good")
    return _to("one", number=number)


@pages.get("/desk/requests")
def requests() -> str:
    """What customers asked for: open, or done."""
    done = lists.one_of("part", {"open": 1, "done": 1}) == "done"
    with reading() as rows:
        part = store.requests(rows, done=done, first=lists.skipped(), size=lists.SIZE)
        found = [view.request_row(*one) for one in part.rows]
    return render_template(
        "desk_requests.html",
        rows=found,
        pages=lists.Pages(lists.page_wanted(), part.total),
        done=done,
    )


@pages.post("/desk/requests/<row:number>/done")
def done(number: int) -> Page:
    """A request is dealt with."""
    try:
        desk_end.done(line(), who(), number, typed_words("how"))
    except (DeskTrouble, OtherwiseTrouble) as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return requests(), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Done. It is kept with your name."), "good")
    return _to("requests")


def _screen(
    number: int,
    *,
    turn: int | None = None,
    full: str = "",
    doubt: Doubt | None = None,
    typed: str = "",
) -> Page:
    """The screen; an interview that has ended, or is a colleague's, is not shown to go on with."""
    with reading() as rows:
        interview = store.by_id(rows, number)
        if interview is None:
            abort(HTTPStatus.NOT_FOUND)
        if interview.call is None or interview.ended_at is not None:
            flash(_("This interview has ended."), "good")
            return _to("show")
        if interview.agent != who().name:
            flash(_("%(name)s has this interview now.", name=interview.agent), "bad")
            return _to("show")
        shown = view.interview_view(rows, interview, turn)
    return render_template(
        "desk_interview.html",
        shown=shown,
        full=full,
        doubt=doubt,
        typed_words=typed,
        marks=words.TABLES["mark"],
        wanted=words.TABLES["wanted"],
        guide=guidance.sections(line().guide),
        own=kept.get("desk_phone", ""),
        carrier=line().phone is not None,
    )


def _again(number: int, trouble: Exception, *, turn: int | None = None, typed: str = "") -> Page:
    """The page as it is now, why nothing was done, and what had been typed."""
    flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
    shown = _screen(number, turn=turn, typed=typed)
    if isinstance(shown, str):
        code = HTTPStatus.CONFLICT if isinstance(trouble, DeskTrouble) else 422
        return shown, int(code)
    return shown


def _refused(trouble: Exception) -> Response:
    flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
    return _to("show")


def _seen(number: int) -> int:
    """The number of an interview that the reader may see at all."""
    with reading() as rows:
        if store.by_id(rows, number) is None:
            abort(HTTPStatus.NOT_FOUND)
    return number


def _marked() -> Marked | None:
    """What the form marks; None for no mark of ours."""
    mark, kept = request.form.get("mark", ""), False
    if mark == KEEP:
        mark, kept = Mark.YES, True
    if mark not in set(Mark):
        return None
    when = moment_of(request.form.get("when", ""))
    return Marked(Mark(mark), typed_words("said"), when, kept)


def _changed_turn() -> int | None:
    return _count("turn") if request.form.get("changing") else None


def _version() -> int:
    return _count("version")


def _count(name: str) -> int:
    """A number of the form; anything else is one that fits nothing."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 2**31 - 1


def _to(page: str, number: int | None = None) -> Response:
    there = address_of(f"console.desk.{page}", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]
