"""投诉办理: the forms of a complaint's page, one for each thing that is done to it. A form from an
old page changes nothing; what was typed comes back with the sentence that says why."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import Final

from flask import Blueprint, abort, flash, redirect, request
from flask import url_for as address_of

from cases.complaint_clocks import Complexity, Stopping
from operations import complaint_answer as answers
from operations import complaint_revisits
from operations import complaint_work as work
from operations.case_record import CaseTrouble
from operations.complaint_answer import Cause, Proposal
from operations.complaint_change import Form, Notice
from operations.complaint_intake import Relation
from operations.complaint_record import ComplaintTrouble
from operations.complaint_work import Identity, Judged, Transfer
from store import complaints as store
from store.tables import ComplaintTalk
from web import at_hand
from web.access import who
from web.at_hand import line
from web.languages import gettext as _
from web.pages.complaints import Page, amount_of, day_of, one, whole
from web.pages.special import moment_of
from web.troubles import said

pages = Blueprint("complaint_work", __name__)

Doing = Callable[[int, int], None]
#: The texts of the record of a talk, each a field of the form (domain.md 1.14.7).
TALK: Final = (
    "visitor", "relation", "holder", "product", "premium", "sum_insured", "policy_number", "course",
    "demand", "seller", "seller_said", "witnesses", "written", "difference", "contact", "unit",
)  # fmt: skip


@pages.post("/complaints/<row:number>/do/<name>")
def do(number: int, name: str) -> Page:
    """One thing that whoever works on it does."""
    return _done(number, DOING, name)


@pages.post("/complaints/<row:number>/judge/<name>")
def judge(number: int, name: str) -> Page:
    """One thing that a superior decides."""
    return _done(number, JUDGING, name)


def _done(number: int, table: Mapping[str, Doing], name: str) -> Page:
    at_hand.seen(store.by_id, number)
    version = request.form.get("version", type=int)
    if name not in table or version is None:
        abort(HTTPStatus.BAD_REQUEST)
    try:
        table[name](number, version)
    except CaseTrouble as trouble:
        flash(_("Not done: %(reason)s", reason=said(trouble)), "bad")
        return one(number), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Kept."), "good")
    there = address_of("console.complaints.one", number=number)
    return redirect(there, HTTPStatus.SEE_OTHER)  # type: ignore[return-value]


def _text(name: str) -> str:
    return whole(request.form.get(name, ""))


def _moment(name: str) -> datetime:
    found = moment_of(request.form.get(name, ""))
    if found is None:
        raise ComplaintTrouble(_("the day or the time cannot be read; choose both again"))
    return found


def _day(name: str) -> date:
    found = day_of(request.form.get(name, ""))
    if found is None:
        raise ComplaintTrouble(_("the day is missing; choose it"))
    return found


def _notice() -> Notice:
    form = request.form.get("form", "")
    if form not in set(Form):
        abort(HTTPStatus.BAD_REQUEST)
    sent = moment_of(request.form.get("sent_at", ""))
    paper = request.form.get("paper", type=int)
    return Notice(Form(form), _text("words"), _text("proof"), sent, paper)


def _yes_no(name: str) -> bool | None:
    return {"yes": True, "no": False}.get(request.form.get(name, ""))


def _triage(number: int, version: int) -> None:
    complexity = request.form.get("complexity")
    if complexity not in set(Complexity):
        abort(HTTPStatus.BAD_REQUEST)
    judged = Judged(
        _text("kind"), Complexity(complexity), "major" in request.form, _text("words"),
        _text("policy_number"), _text("seller"),
    )  # fmt: skip
    work.triage(line(), who(), number, version, judged)


def _identify(number: int, version: int) -> None:
    relation = request.form.get("relation")
    known = Relation(relation) if relation in set(Relation) else None
    proved = Identity(_text("words"), _text("name"), known)
    work.identify(line(), who(), number, version, proved)


def _assign(number: int, version: int) -> None:
    given = Transfer(_text("unit"), _text("handler"), _text("words"), _day("due_on"))
    work.assign(line(), who(), number, version, given)


def _merge(number: int, version: int) -> None:
    into = request.form.get("into", 0, type=int)
    work.merge(line(), who(), number, version, into, _text("words"))


def _stop(number: int, version: int) -> None:
    kind = request.form.get("kind")
    if kind not in set(Stopping):
        abort(HTTPStatus.BAD_REQUEST)
    work.stop(line(), who(), number, version, Stopping(kind), _notice())


def _talk(number: int, version: int) -> None:
    form = ComplaintTalk(
        **{name: _text(name) for name in TALK},
        at=_moment("at"),
        signed_in_person=_yes_no("signed_in_person"),
        was_called=_yes_no("was_called"),
        seller_present=_yes_no("seller_present"),
        signed="signed" in request.form,
        expected_on=day_of(request.form.get("expected_on", "")),
    )
    answers.talk(line(), who(), number, version, form)


def _propose(number: int, version: int) -> None:
    made = Proposal(
        facts=_text("facts"), basis=_text("basis"), reasons=_text("reasons"),
        options=_text("options").splitlines(), chosen=_text("chosen"), customer=_text("customer"),
        result=_text("result"), paid=amount_of(request.form.get("paid", "")),
    )  # fmt: skip
    answers.propose(line(), who(), number, version, made)


def _follow_up(number: int, version: int) -> None:
    satisfied = _yes_no("satisfied")
    answers.follow_up(line(), who(), number, version, satisfied, _text("words"))


def _cause(number: int, version: int) -> None:
    due = day_of(request.form.get("due_on", ""))
    corrected = "corrected" in request.form
    found = Cause(_text("cause"), _text("words"), _text("correction"), due, corrected)
    answers.find_cause(line(), who(), number, version, found)


def _in_words(act: Callable[..., None]) -> Doing:
    """A deed that needs nothing but words."""
    return lambda number, version: act(line(), who(), number, version, _text("words"))


def _told(act: Callable[..., None]) -> Doing:
    """A deed that is a notice."""
    return lambda number, version: act(line(), who(), number, version, _notice())


def _decide(act: Callable[..., None], *, granted: bool) -> Doing:
    return lambda number, version: act(
        line(), who(), number, version, granted=granted, because=_text("words")
    )


def _answer_review(*, changed: bool) -> Doing:
    return lambda number, version: answers.answer_review(
        line(), who(), number, version, _notice(), changed=changed
    )


#: What whoever works on a complaint does, by the last part of the form's address.
DOING: Final[Mapping[str, Doing]] = {
    "triage": _triage,
    "identify": _identify,
    "register": _in_words(work.register),
    "acknowledge": lambda number, version: work.acknowledge(
        line(), who(), number, version, _notice(), _day("expected_on")
    ),
    "assign": _assign,
    "talk": _talk,
    "investigate": _in_words(answers.investigate),
    "propose": _propose,
    "implement": _in_words(answers.implement),
    "answer": _told(answers.answer),
    "book": lambda number, version: complaint_revisits.book(
        line(), who(), number, version, _moment("not_before")
    ),
    "follow-up": _follow_up,
    "cause": _cause,
    "close": _in_words(answers.close),
    "reopen": _in_words(work.reopen),
    "withdraw": lambda number, version: work.withdraw(
        line(), who(), number, version, _day("on"), _text("words")
    ),
    "refuse": _told(work.refuse),
    "merge": _merge,
    "split": _in_words(work.split),
    "new-facts": _in_words(work.new_facts),
    "stop": _stop,
    "resume": _in_words(work.resume),
    "ask-extension": _in_words(work.ask_extension),
    "tell-extension": _told(work.tell_extension),
    "ask-review": lambda number, version: answers.ask_review(
        line(), who(), number, version, _moment("on"), _text("words")
    ),
}
#: What a superior decides.
JUDGING: Final[Mapping[str, Doing]] = {
    "approve": _decide(answers.decide, granted=True),
    "send-back": _decide(answers.decide, granted=False),
    "grant-extension": _decide(work.decide_extension, granted=True),
    "refuse-extension": _decide(work.decide_extension, granted=False),
    "keep-decision": _answer_review(changed=False),
    "change-decision": _answer_review(changed=True),
}
