"""The follow-up revisit of a complaint (投诉回访, 004 第10、11步): booked once the decision was
told, rung by the plan with its own script. Who is content lets it be filed; who is not, or wants
more, sends it round again. It leaves the first revisit alone."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from cases.complaint_clocks import end_of
from cases.complaint_states import Deed, State
from operations.calls import run_of
from operations.choose_script import for_policy
from operations.complaint_change import changing
from operations.complaint_record import (
    ITSELF,
    ComplaintTrouble,
    known,
    round_again,
    wind,
    working_days,
    write,
)
from operations.follow_up import DECEASED
from operations.line import Line
from operations.plan import touch
from operations.rights import Who
from operations.second_revisits import is_over
from scripts import run as runs
from scripts.facts import Facts
from scripts.labels import Label
from scripts.model import Purpose
from scripts.verdicts import Status, Verdict
from scripts.written import Written
from store import case_work, cases
from store import complaints as store
from store.columns import LOCAL
from store.database import Session
from store.tables import Call, Complaint, ComplaintRevisit, Finding, Policy

#: How a booking ended: content, not content, or nobody was reached.
CONTENT, NOT_CONTENT, FAILED = "satisfied", "not", "failed"
NOT_REACHED: Final = "not-reached"
#: At least so long it is tried.
LEAST: Final = timedelta(days=3)
_AHEAD: Final = timedelta(days=60)
_FORMS_TAKE: Final = timedelta(minutes=10)
#: Answered clearly, or asked nothing about the outcome.
_CLEAR: Final = frozenset({Status.CONFIRMED, Status.RESOLVED, Status.NOT_ASKED})


def book(line: Line, who: Who, number: int, version: int | None, not_before: datetime) -> None:
    """Have the holder rung from that moment on. Raises ComplaintTrouble."""
    told = {"not_before": not_before.isoformat(timespec="minutes")}
    with changing(line, who, number, version, Deed.BOOK, "", told) as change:
        if change is None:
            return
        policy = change.row.policy
        assert policy is not None  # allowed
        _check(change.row, policy)
        now = change.now
        if not now - _FORMS_TAKE <= not_before <= now + _AHEAD:
            raise ComplaintTrouble(
                "the revisit must lie within the next 60 days; give another time"
            )
        limit = line.complaints.limits.follow_up
        last = end_of(not_before.astimezone(LOCAL), limit, working_days(line))
        row = ComplaintRevisit(
            complaint_id=number, policy_id=policy.id, state=store.BOOKED, booked_at=now,
            booked_by=who.name, not_before=not_before, until=max(last, not_before + LEAST),
        )  # fmt: skip
        if not store.add_booked(change.session, row):
            raise ComplaintTrouble(
                f"policy {policy.number} is rung about another complaint; its result comes first"
            )
        change.session.flush()
        touch(change.session, now, policy_ids=[policy.id])


def script_of(
    session: Session, line: Line, policy: Policy, facts: Facts
) -> tuple[Written, Facts] | None:
    """The script of a follow-up revisit and what it is told; None where none is booked. The matter
    is named by its kind only, as the insurer says it."""
    booked = store.booked_of(session, policy.id)
    if booked is None:
        return None
    kind = line.complaints.kind(booked.complaint.kind)
    matter = kind.zh if kind else None
    told = replace(
        facts,
        matter=matter,
        matter_on=booked.complaint.received_at.astimezone(LOCAL).date() if matter else None,
    )
    return for_policy(session, line, facts, Purpose.COMPLAINT), told


def settle(session: Session, line: Line, call: Call, now: datetime) -> bool:
    """Note what a follow-up revisit came to; whether this call was one. Done again when more is
    known of the call: a content that a recording contradicts is none."""
    run = run_of(session, call)
    if run.script.purpose is not Purpose.COMPLAINT:
        return False
    row = store.of_call(session, call.id) or store.booked_of(session, call.policy_id)
    if row is None or call.outcome is None or call.attempt.planned_at < row.booked_at:
        return True
    heard = _heard(session, line, call, runs.verdicts(run))
    if row.state == store.BOOKED:
        if heard is not None or is_over(session, line, row, call.policy, now):
            _end(session, line, row, call, heard, now)
    elif row.state == CONTENT and heard is False:
        _end(session, line, row, call, heard, now)
    return True


def close_lapsed(line: Line) -> int:
    """Give up every booking whose last moment has passed, or whose attempts are over, unless
    somebody is being rung. Returns how many."""
    with line.database.transaction() as session:
        now = line.clock()
        over = [
            row
            for row in store.booked(session)
            if not case_work.running(session, row.policy_id)
            and (row.until < now or is_over(session, line, row, row.policy, now))
        ]
        for row in over:
            _end(session, line, row, None, None, now)
        return len(over)


def _check(row: Complaint, policy: Policy) -> None:
    """Nothing of a complaint is told to anybody but whoever has made it."""
    if row.relation != "holder":
        raise ComplaintTrouble("the plan rings holders only; ask this complainant by hand")
    if policy.receipt_signed_on is None or policy.status not in ("accept", "wait"):
        raise ComplaintTrouble(
            f"policy {policy.number} cannot be rung: its receipt or its data are missing; ask by"
            " hand"
        )
    if policy.closed_because == DECEASED:
        raise ComplaintTrouble("the holder has died; nobody rings")
    if policy.revisit == "open":
        raise ComplaintTrouble(
            f"the first revisit of policy {policy.number} still goes on; ask by hand, or wait"
        )


def _heard(session: Session, line: Line, call: Call, verdicts: tuple[Verdict, ...]) -> bool | None:
    """Whether the customer is content; None where they were not asked to the end. Only clear
    answers to everything are, and nothing that the recording or a reviewer says against it; a
    clear no is one however the call ended."""
    said = cases.findings_of(session, call.id)
    if not is_stranger(call) and any(_is_no(one) for one in said):
        return False
    if call.outcome not in {one.value for one in line.rulebook.success.outcomes}:
        return None
    clear = all(one.status in _CLEAR for one in verdicts)
    return clear and all(one.status in _CLEAR for one in said)


def is_stranger(call: Call) -> bool:
    """Whether somebody else than the holder was on the line."""
    return any(one.label == Label.NOT_HOLDER for one in call.turns)


def _is_no(finding: Finding) -> bool:
    asked = finding.code in ("SATISFACTION", "SUGGEST")
    return finding.status == Status.COMPLAINT or (asked and finding.status == Status.DENIED)


def _end(
    session: Session,
    line: Line,
    row: ComplaintRevisit,
    call: Call | None,
    heard: bool | None,
    now: datetime,
) -> None:
    complaint = store.locked(session, row.complaint_id)
    assert complaint is not None  # a booking belongs to a complaint
    row.state = {True: CONTENT, False: NOT_CONTENT, None: FAILED}[heard]
    row.ended_at, row.call_id = now, call.id if call else None
    row.outcome = call.outcome if call else None
    _move(session, line, complaint, call, heard, now)
    session.flush()
    touch(session, now, policy_ids=[row.policy_id])


def _move(
    session: Session,
    line: Line,
    complaint: Complaint,
    call: Call | None,
    heard: bool | None,
    now: datetime,
) -> None:
    """Where the complaint goes from here."""
    decided = (State.ANSWERED, State.FOLLOWED_UP, State.CLOSED)
    if State(complaint.state) not in decided:  # withdrawn, or open again, meanwhile
        return
    found = known(session, complaint)
    detail: dict[str, Any] = {"call": call.id, "satisfied": heard} if call else {}
    note = partial(write, session, found, by=ITSELF, now=now, detail=detail)
    if heard is None:
        note(NOT_REACHED)
    elif heard:
        complaint.satisfied = True
        note(Deed.FOLLOW_UP.value, to=State.FOLLOWED_UP)
    else:
        round_again(found, now)
        words = _said(session, call) if call else ""
        note(Deed.FOLLOW_UP.value, words=words, to=State.REOPENED)
    session.flush()
    wind(line, found, now)


def _said(session: Session, call: Call) -> str:
    """The customer's own words behind what is not clear."""
    said = [one.words for one in cases.findings_of(session, call.id) if one.words]
    return " / ".join(dict.fromkeys(said))
