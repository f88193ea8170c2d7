"""What is found out about a complaint and decided: investigation, proposal, approval, the decision
that the complainant gets, the follow-up, root cause, archive, and the review (核查)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from cases.complaint_clocks import end_of
from cases.complaint_states import Deed
from operations.case_work import short, words_of
from operations.complaint_change import Notice, Open, changing, tell
from operations.complaint_record import ComplaintTrouble, working_days
from operations.line import Line
from operations.rights import Who
from store.columns import LOCAL
from store.tables import (
    ComplaintApproval,
    ComplaintProposal,
    ComplaintReview,
    ComplaintTalk,
)

#: What a decision may come to.
RESULTS: Final = ("upheld", "partly", "rejected", "settled")
_MOST: Final = Decimal("1e12")
_MOST_OPTIONS: Final = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal, and the letter that it becomes: facts, basis, reasons (Art. 19), and the options
    that the customer had (001: never one way only)."""

    facts: str
    basis: str
    reasons: str
    options: Sequence[str]
    chosen: str
    customer: str
    result: str
    paid: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why it came to the complaint, what is put right, and whether it is by now (Art. 9)."""

    cause: str
    words: str
    correction: str = ""
    due_on: date | None = None
    corrected: bool = False


def talk(line: Line, who: Who, number: int, version: int | None, form: ComplaintTalk) -> None:
    """Keep a 客户沟通记录表; the first talk is the first contact. ``form`` is a new row without its
    complaint. Raises ComplaintTrouble."""
    words_of(form.visitor, "the name of the visitor")
    words_of(form.course, "the course of events")
    detail = {"at": form.at.isoformat(timespec="minutes"), "signed": form.signed}
    with changing(line, who, number, version, Deed.TALK, form.demand, detail) as change:
        if change is None:
            return
        if form.at > change.now:
            raise ComplaintTrouble("the talk lies in the future; give the time at which you talked")
        form.complaint_id, form.recorder = number, who.name
        change.session.add(form)
        change.session.flush()
        change.detail["talk"] = form.id
        change.row.contacted_at = change.row.contacted_at or form.at
        change.row.expected_on = form.expected_on or change.row.expected_on


def investigate(line: Line, who: Who, number: int, version: int | None, words: str) -> None:
    """Write what was found (调查核实). Raises ComplaintTrouble."""
    words = words_of(words, "what was found")
    with changing(line, who, number, version, Deed.INVESTIGATE, words):
        pass


def propose(line: Line, who: Who, number: int, version: int | None, made: Proposal) -> None:
    """Propose how to settle it; major and complex ones wait for a superior. Raises
    ComplaintTrouble."""
    row = _proposal(number, who, made)
    detail = {"result": made.result, "paid": str(made.paid) if made.paid is not None else None}
    with changing(line, who, number, version, Deed.PROPOSE, row.chosen, detail) as change:
        if change is None:
            return
        row.made_at = change.now
        change.session.add(row)
        change.session.flush()
        _ask_approval(change, who, row)


def decide(
    line: Line, who: Who, number: int, version: int | None, *, granted: bool, because: str
) -> None:
    """Approve a proposal, or send it back; never one's own. Raises ComplaintTrouble."""
    because = words_of(because, "the reason") if not granted else short(because, "the remark")
    deed = Deed.APPROVE if granted else Deed.SEND_BACK
    with changing(line, who, number, version, deed, because) as change:
        if change is None:
            return
        for one in change.found.approvals:
            if one.kind == "proposal" and one.decided_at is None:
                one.decided_at, one.decided_by = change.now, who.name
                one.granted, one.because = granted, because


def implement(line: Line, who: Who, number: int, version: int | None, words: str) -> None:
    """What was decided is done, or nothing had to be. Raises ComplaintTrouble."""
    words = words_of(words, "what was done")
    with changing(line, who, number, version, Deed.IMPLEMENT, words):
        pass


def answer(line: Line, who: Who, number: int, version: int | None, notice: Notice) -> None:
    """The complainant gets the decision (Art. 19, 21): it counts on the day on which it was told.
    Raises ComplaintTrouble."""
    words, detail = notice.words.strip(), {"form": notice.form.value}
    with changing(line, who, number, version, Deed.ANSWER, words, detail) as change:
        if change is None:
            return
        proposal = change.found.proposal
        assert proposal is not None  # nothing is done without one
        row, told = change.row, tell(change, "decision", notice)
        if told.sent_at < proposal.made_at.replace(second=0, microsecond=0):
            raise ComplaintTrouble("that was before the decision was made; correct the time")
        row.answered_at, row.result, row.paid = told.sent_at, proposal.result, proposal.paid


def follow_up(
    line: Line, who: Who, number: int, version: int | None, satisfied: bool | None, words: str
) -> None:
    """Note what the customer says to the outcome, asked by hand; None: could not be reached. Who is
    not content goes round again (004 第11步). Raises ComplaintTrouble."""
    words = words_of(words, "what the customer said")
    with changing(
        line, who, number, version, Deed.FOLLOW_UP, words, {"satisfied": satisfied},
        contradicted=satisfied is False,
    ) as change:  # fmt: skip
        if change is not None and satisfied is not False:
            change.row.satisfied = satisfied


def find_cause(line: Line, who: Who, number: int, version: int | None, found: Cause) -> None:
    """Write why it came to this, and what is put right (溯源整改). Raises ComplaintTrouble."""
    words = words_of(found.words, "the root cause")
    correction = short(found.correction, "the correction")
    detail = {"cause": found.cause, "correction": correction, "corrected": found.corrected}
    with changing(line, who, number, version, Deed.CAUSE, words, detail) as change:
        if change is None:
            return
        if found.cause not in {one.id for one in line.complaints.causes}:
            raise ComplaintTrouble("there is no such root cause; choose one of the list")
        row = change.row
        same = row.correction == (correction or None)  # what was done once stays done
        done = row.corrected_at if same else None
        row.root_cause, row.cause_words = found.cause, words
        row.correction, row.correction_due_on = correction or None, found.due_on
        row.corrected_at = done or (change.now if found.corrected else None)


def close(line: Line, who: Who, number: int, version: int | None, words: str = "") -> None:
    """Close the file (归档). Raises ComplaintTrouble."""
    with changing(line, who, number, version, Deed.CLOSE, short(words, "the remark")):
        pass


def ask_review(
    line: Line, who: Who, number: int, version: int | None, on: datetime, words: str
) -> None:
    """The complainant asks in writing for a review; the superior has thirty days (Art. 20). Raises
    ComplaintTrouble."""
    words = words_of(words, "what the complainant writes")
    detail = {"on": on.isoformat(timespec="minutes")}
    with changing(line, who, number, version, Deed.ASK_REVIEW, words, detail) as change:
        if change is None:
            return
        answered = change.row.answered_at
        assert answered is not None  # only a decision can be reviewed
        if not answered.replace(second=0, microsecond=0) <= on <= change.now:
            raise ComplaintTrouble("a review is asked for after the decision; correct the time")
        limit = line.complaints.limits.answer_review
        due = end_of(on.astimezone(LOCAL), limit, working_days(line))
        change.session.add(
            ComplaintReview(
                complaint_id=number, asked_at=on, taken_by=who.name, words=words, due_at=due
            )
        )


def answer_review(
    line: Line, who: Who, number: int, version: int | None, notice: Notice, *, changed: bool
) -> None:
    """Answer it; a decision that is changed goes round again. Raises ComplaintTrouble."""
    words, detail = notice.words.strip(), {"changed": changed, "form": notice.form.value}
    with changing(
        line, who, number, version, Deed.ANSWER_REVIEW, words, detail, contradicted=changed
    ) as change:
        if change is None:
            return
        review = change.found.review
        assert review is not None  # allowed
        told = tell(change, "review", notice)
        review.answered_at, review.answered_by = told.sent_at, who.name
        review.changed, review.answer = changed, told.words


def _proposal(number: int, who: Who, made: Proposal) -> ComplaintProposal:
    if made.result not in RESULTS:
        raise ComplaintTrouble("choose what the decision comes to")
    if made.paid is not None and not 0 <= made.paid < _MOST:
        raise ComplaintTrouble("the amount cannot be right; give it in yuan")
    options = [short(one, "an option") for one in made.options]
    return ComplaintProposal(
        complaint_id=number, made_by=who.name, result=made.result, paid=made.paid,
        facts=words_of(made.facts, "the facts"), basis=words_of(made.basis, "the basis"),
        reasons=words_of(made.reasons, "the reasons"),
        options=[one for one in options if one][:_MOST_OPTIONS],
        chosen=words_of(made.chosen, "what is done"), customer=short(made.customer, "the opinion"),
    )  # fmt: skip


def _ask_approval(change: Open, who: Who, row: ComplaintProposal) -> None:
    """A superior has to approve it; a new proposal takes the place of one that waited."""
    if not change.facts.needs_approval:
        return
    for one in change.found.approvals:
        if one.kind == "proposal" and one.decided_at is None:
            one.proposal_id, one.asked_at, one.asked_by = row.id, change.now, who.name
            one.why = row.chosen
            return
    change.session.add(
        ComplaintApproval(
            complaint_id=row.complaint_id, kind="proposal", proposal_id=row.id,
            asked_at=change.now, asked_by=who.name, why=row.chosen,
        )
    )  # fmt: skip
