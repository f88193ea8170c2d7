"""The record of a complaint: what is written whenever something is done to it, the facts that
decide, and the clocks. It decides nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from cases.complaint_clocks import (
    Clock,
    Complexity,
    Hand,
    Reading,
    Stop,
    Timing,
    end_of,
    next_due,
    passed_on,
    readings,
)
from cases.complaint_papers import Paper
from cases.complaint_states import Deed, Doer, Extension, Facts, State
from cases.deadlines import AddWorkingDays
from operations import sellers as people
from operations.case_record import CaseTrouble
from operations.line import Line
from operations.rights import Action, Who
from scheduler.workdays import add_working_days
from store import complaints as store
from store.columns import LOCAL
from store.database import Session
from store.tables import (
    Complaint,
    ComplaintApproval,
    ComplaintEvent,
    ComplaintFile,
    ComplaintNotice,
    ComplaintProposal,
    ComplaintReview,
    ComplaintStop,
)

#: What the software itself writes into a record.
ITSELF = "huifang"
#: Whose doing is work on the complaint: they do not decide about its review.
_WORKING = frozenset({Deed.INVESTIGATE, Deed.PROPOSE, Deed.APPROVE, Deed.IMPLEMENT, Deed.ANSWER})
#: Out of our hands without an answer of ours.
_ENDED = frozenset({State.WITHDRAWN, State.REFUSED, State.MERGED})
#: What a proxy has to show (Art. 14).
_OF_PROXY = frozenset({Paper.AUTHORISATION, Paper.PROXY_IDENTITY})


class ComplaintTrouble(CaseTrouble):
    """Something that cannot be done to a complaint. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Known:
    """A complaint with everything that decides about it."""

    complaint: Complaint
    events: list[ComplaintEvent]
    files: list[ComplaintFile]
    proposals: list[ComplaintProposal]
    approvals: list[ComplaintApproval]
    notices: list[ComplaintNotice]
    stops: list[ComplaintStop]
    reviews: list[ComplaintReview]

    @property
    def counted(self) -> list[ComplaintEvent]:
        """What was done in this round."""
        return [one for one in self.events if one.number >= self.complaint.round_since]

    @property
    def since(self) -> datetime:
        """When this round began."""
        counted = self.counted
        return counted[0].at if counted else self.complaint.taken_at

    @property
    def proposal(self) -> ComplaintProposal | None:
        """The newest proposal of this round."""
        last = self.proposals[-1] if self.proposals else None
        return last if last and last.made_at >= self.since else None

    @property
    def review(self) -> ComplaintReview | None:
        """The review that waits for its answer."""
        return next((one for one in self.reviews if one.answered_at is None), None)


def known(session: Session, complaint: Complaint) -> Known:
    """The complaint as the session sees it."""
    number = complaint.id
    return Known(
        complaint,
        store.events_of(session, number),
        store.files_of(session, number),
        store.proposals_of(session, number),
        store.approvals_of(session, number),
        store.notices_of(session, number),
        store.stops_of(session, number),
        store.reviews_of(session, number),
    )


def facts_of(session: Session, line: Line, found: Known, now: datetime) -> Facts:
    """What the rules decide on."""
    row = found.complaint
    extension = _extension(found)
    return Facts(
        state=State(row.state),
        identified=row.identified_at is not None,
        by_proxy=row.proxy_name is not None,
        authorised={Paper(one.paper) for one in found.files} >= _OF_PROXY,
        acknowledged=row.acknowledged_at is not None,
        handler=row.handler,
        workers=frozenset(one.by for one in found.counted if one.what in _WORKING),
        proposed_by=found.proposal.made_by if found.proposal else None,
        sellers=sellers_of(row),
        seller_codes=_codes_of(row),
        complex=row.complexity == Complexity.COMPLEX,
        major=row.major,
        stopped=any(one.until_at is None for one in found.stops),
        extension=Extension.TOLD if row.extended else _step(extension),
        extension_asked_by=extension.asked_by if extension else None,
        answered=row.answered_at is not None,
        review_waits=found.review is not None,
        review_until_passed=_review_passed(line, row, now),
        booked=any(one.state == store.BOOKED for one in store.revisits_of(session, row.id)),
        has_policy=row.policy_id is not None,
        has_cause=row.root_cause is not None,
    )


def sellers_of(row: Complaint) -> frozenset[str]:
    """The seller of the policy, and whom the complaint names."""
    of_policy = row.policy.seller_name if row.policy else None
    return frozenset(one for one in (row.seller_name, of_policy) if one)


def _codes_of(row: Complaint) -> dict[str, str]:
    """The staff number of the policy's seller, by their name."""
    policy = row.policy
    if policy is None or not policy.seller_name or not policy.seller_code:
        return {}
    return {policy.seller_name: policy.seller_code}


def doer_of(session: Session, who: Who) -> Doer:
    """Somebody's rights at complaints."""
    found = people.known(session, who.name)
    return Doer(
        who.name,
        works=who.may(Action.WORK_COMPLAINTS),
        assigns=who.may(Action.ASSIGN_COMPLAINTS),
        approves=who.may(Action.APPROVE_COMPLAINTS),
        sells=found.sells,
        code=found.code,
        by_name=found.by_name,
    )


def write(
    session: Session,
    found: Known,
    what: str,
    by: str,
    now: datetime,
    words: str = "",
    detail: dict[str, Any] | None = None,
    *,
    to: State | None = None,
) -> ComplaintEvent:
    """Add to the ledger, move the complaint ``to`` a state, and count its version up, which makes
    forms of before out of date."""
    row = found.complaint
    number = found.events[-1].number + 1 if found.events else 1
    event = ComplaintEvent(
        complaint_id=row.id, number=number, at=now, by=by, what=what, words=words,
        from_state=row.state if found.events else None, to_state=to or row.state,
        detail=detail or {},
    )  # fmt: skip
    session.add(event)
    found.events.append(event)
    row.state = to or row.state
    row.version += 1
    return event


def round_again(found: Known, now: datetime) -> None:
    """Begin another round, before its first event is written: what was decided before decides
    nothing any more, and the law counts anew (Art. 18: new facts)."""
    row = found.complaint
    row.round, row.round_since = row.round + 1, found.events[-1].number + 1
    row.clock_from, row.extended, row.answered_at, row.closed_at = now, False, None, None
    row.result = row.paid = row.satisfied = row.root_cause = row.cause_words = None
    row.correction = row.correction_due_on = row.corrected_at = row.merged_into_id = None


def clocks_of(line: Line, found: Known, now: datetime) -> tuple[Reading, ...]:
    """The three clocks of a complaint in their order, and then those of one that was passed on."""
    row, days = found.complaint, working_days(line)
    timing = Timing(
        received_at=row.received_at.astimezone(LOCAL),
        counted_from=row.clock_from.astimezone(LOCAL),
        complexity=Complexity(row.complexity),
        extended=row.extended,
        misselling=line.complaints.is_misselling(row.kind),
        contacted_at=row.contacted_at,
        answered_at=row.answered_at,
        ended_at=row.closed_at if row.state in _ENDED else None,
        stops=tuple(Stop(one.from_at, one.until_at) for one in found.stops),
        sent_on=_day_told(found, "sent_on"),
        reply_by=_day_told(found, "reply_by"),
        replied_at=next((one.sent_at for one in found.notices if one.kind == "decision"), None),
    )
    beside = passed_on(timing, line.complaints, days)
    return (*readings(timing, line.complaints, days, now), *beside)


def _day_told(found: Known, name: str) -> date | None:
    """A day that was given when it was taken in."""
    told = found.events[0].detail.get(name) if found.events else None
    return date.fromisoformat(told) if told else None


def wind(line: Line, found: Known, now: datetime) -> None:
    """Write down when the clocks run out, by which the lists are ordered and the nights warn."""
    row, clocks = found.complaint, clocks_of(line, found, now)
    due = {one.clock: one.due if one.hand is Hand.RUNNING else None for one in clocks}
    row.promise_due_at = due[Clock.PROMISE]
    row.law_due_at = due[Clock.LAW]
    row.misselling_due_at = due[Clock.MISSELLING]
    review = found.review.due_at if found.review else None
    limits = [one for one in (next_due(clocks), review) if one]
    before, row.next_due_at = row.next_due_at, min(limits, default=None)
    if row.next_due_at != before:
        row.alarm = None  # another limit is warned of anew


def working_days(line: Line) -> AddWorkingDays:
    """The working-day engine with the insurer's own days."""
    return partial(add_working_days, own=line.own_days)


def _extension(found: Known) -> ComplaintApproval | None:
    """The newest request for more days since the law began to count; one that was refused may be
    made again."""
    asked = [
        one
        for one in found.approvals
        if one.kind == "extension" and one.asked_at >= found.complaint.clock_from
    ]
    return asked[-1] if asked and asked[-1].granted is not False else None


def _step(extension: ComplaintApproval | None) -> Extension:
    if extension is None:
        return Extension.NONE
    return Extension.GRANTED if extension.granted else Extension.ASKED


def _review_passed(line: Line, row: Complaint, now: datetime) -> bool:
    if row.answered_at is None:
        return False
    limit = line.complaints.limits.ask_for_review
    return now > end_of(row.answered_at.astimezone(LOCAL), limit, working_days(line))
