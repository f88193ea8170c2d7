"""The second revisit (二次回访, domain.md 1.11 and C-07): booked for a case, rung by the plan with
its own script, and closing the case by what it comes to. It leaves the first revisit alone."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cases.classify import Headline
from cases.workflow import Deed, Result, Stage, after_revisit, result_of
from operations.case_record import FAILED, ITSELF, PASSED, Known, facts_of, known, write
from operations.choose_script import for_policy
from operations.line import Line
from operations.plan import touch
from operations.policy_facts import numbers_of, tried_of
from operations.resume import HANDED
from scheduler.attempts import Stop, next_attempt
from scripts.facts import Facts
from scripts.model import Purpose
from scripts.outcomes import Cause, Outcome
from scripts.verdicts import Status
from scripts.written import Written
from store import attempts, case_work, cases
from store.bookings import Booking
from store.columns import LOCAL
from store.database import Session
from store.tables import Call, Policy, SecondRevisit

#: How long it is tried where the case has no later deadline.
LEAST = timedelta(days=3)
#: Why a case is closed that its second revisit has closed.
CLOSED_BECAUSE = "second-revisit"


def new_booking(found: Known, by: str, not_before: datetime, now: datetime) -> SecondRevisit:
    """A booking that is rung from that moment on, up to the deadline of the case; at least three
    days, for a late case is closed late, but closed."""
    due = found.case.due_at
    return SecondRevisit(
        case_id=found.case.id,
        policy_id=found.case.policy_id,
        state=case_work.BOOKED,
        booked_at=now,
        booked_by=by,
        not_before=not_before,
        until=max(due or now, max(not_before, now) + LEAST),
    )


def script_of(
    session: Session, line: Line, policy: Policy, facts: Facts
) -> tuple[Written, Facts] | None:
    """The script of a second revisit and what it is told: what the case is about, and to ask only
    what was left open. None where none is booked."""
    booked = case_work.booked_of(session, policy.id)
    if booked is None:
        return None
    case = booked.case
    script = for_policy(session, line, facts, Purpose.SECOND)
    known_ids = {one.id for one in script.script.questions}
    found = cases.findings_of(session, case.call_id) if case.call_id else []
    left_open = {one.question_id for one in found if one.status != Status.RESOLVED}
    scope = frozenset(left_open & known_ids)
    told = replace(
        facts,
        scope=scope or None,  # whoever was never asked is asked everything
        matter=case.headline,
        matter_on=case.opened_at.astimezone(LOCAL).date(),
    )
    return script, told


def settle(
    session: Session, line: Line, call: Call, headline: Headline | None, now: datetime
) -> None:
    """Note what a second revisit came to, when this call was one. Done again when more is known of
    the call: a pass that a recording or a reviewer contradicts is none, and opens the case."""
    row = case_work.of_call(session, call.id) or case_work.booked_of(session, call.policy_id)
    if row is None or call.outcome is None or call.attempt.planned_at < row.booked_at:
        return
    case_class = headline.case_class if headline else None
    result = result_of(Outcome(call.outcome), case_class, line.rulebook)
    if row.state == case_work.BOOKED:
        if result is None and not is_over(session, line, row, call.policy, now):
            return
        _end(session, line, row, call, result or Result.FAILED, now)
    elif row.state == PASSED and result is not Result.PASSED:
        _end(session, line, row, call, Result.FAILED, now)


def give_up(session: Session, line: Line, row: SecondRevisit, now: datetime) -> None:
    """Its last moment has passed: it goes back to whoever handles the case."""
    _end(session, line, row, None, Result.FAILED, now)


def close_lapsed(line: Line) -> int:
    """Give up every second revisit whose last moment has passed, and every one whose last call was
    handed to a person who did not go on with it, unless somebody is being rung. Returns how
    many."""
    with line.database.transaction() as session:
        now = line.clock()
        over = [
            row
            for row in case_work.booked(session)
            if not case_work.running(session, row.policy_id)
            and (row.until < now or is_over(session, line, row, row.case.policy, now))
        ]
        for row in over:
            give_up(session, line, row, now)
        return len(over)


def withdraw(session: Session, row: SecondRevisit, now: datetime) -> None:
    """It is not rung after all."""
    row.state, row.ended_at = "withdrawn", now
    session.flush()
    touch(session, now, policy_ids=[row.policy_id])


def is_over(session: Session, line: Line, row: Booking, policy: Policy, now: datetime) -> bool:
    """Whether nobody is rung about it again, nor goes on with a call that the robot handed over."""
    tried = tried_of(policy, attempts.of_policy(session, policy.id), row)
    if not tried:
        return False
    if tried[-1].cause is Cause.TRANSFERRED and now < tried[-1].ended_at + HANDED:
        return False
    phones = numbers_of(policy)
    empty = attempts.empty_numbers(session, phones)
    left = [phone for phone in phones if phone not in empty]
    return isinstance(next_attempt(tried, left, line.rules), Stop)


def _end(
    session: Session,
    line: Line,
    row: SecondRevisit,
    call: Call | None,
    result: Result,
    now: datetime,
) -> None:
    locked = case_work.locked(session, row.case_id)
    assert locked is not None  # a booking belongs to a case
    found = known(session, locked[0])
    facts = facts_of(session, line, found)
    row.state, row.ended_at = result.value, now
    row.call_id, row.outcome = (call.id, call.outcome) if call else (None, None)
    detail: dict[str, Any] = {"call": call.id, "outcome": call.outcome} if call else {}
    write(session, found, PASSED if result is Result.PASSED else FAILED, ITSELF, now, **detail)
    case, work = locked
    if facts.stage in (Stage.BOOKED, Stage.CLOSED):
        work.stage = after_revisit(facts, result)
    if work.stage == Stage.CLOSED:
        case.state, case.closed_at, case.closed_because = "closed", now, CLOSED_BECAUSE
        write(session, found, Deed.CLOSE, ITSELF, now)
    elif case.state == "closed" and case.closed_because == CLOSED_BECAUSE:
        case.state, case.closed_at, case.closed_because = "open", None, None
    session.flush()
    touch(session, now, policy_ids=[row.policy_id])
