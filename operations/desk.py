"""The agent's desk (坐席): take the next policy, put it back, hand it over, go on with what the
robot began. A policy is with one agent or with the robot: the database itself holds that."""

from datetime import datetime, timedelta

from operations import audit, claim
from operations.finish_call import end
from operations.handover import take_back
from operations.line import Line
from operations.place_call import order
from operations.plan import decide_anew, touch
from operations.resume import HANDED
from operations.rights import Who
from scheduler.hours import is_open
from scripts.outcomes import Outcome
from store import bookings, calls, desk, policies
from store.attempts import open_new
from store.calls import AT_DESK
from store.database import Session
from store.tables import Attempt, Call, Interview, Policy

#: A policy that was taken and not rung goes back to the queue after so long.
IDLE = timedelta(minutes=30)
#: Said to a form that was sent from an old page.
OUT_OF_DATE = "this page was out of date, and nothing was changed; here is how it is"
_AT_ONCE, _LOOKS = 20, 10


class DeskTrouble(Exception):  # noqa: N818 - the agent's trouble, said in one sentence
    """Something that cannot be done at the desk. The message says why and what to do."""


def take_next(line: Line, who: Who) -> int | None:
    """Take the most urgent policy of the queue; returns the interview's number, None when nobody
    may be rung now. Whoever has one open already gets that one."""
    with line.database.transaction() as session:
        now = line.clock()
        mine = desk.open_of(session, who.name)
        if mine is not None:
            return mine.id
        put_idle_back(session, line, now)
        seen: set[int] = set()
        closed = not is_open(now, line.rules.hours)
        for _ in range(_LOOKS):
            ids = desk.next_ready(
                session, _AT_ONCE, branch=who.branch, promised_only=closed, besides=seen
            )
            if not ids:
                return None
            seen.update(ids)
            for attempt in claim.of_these(session, line, ids, now, 1):
                return _opened(session, line, who, attempt, now).id
    return None


def take(line: Line, who: Who, number: str) -> int:
    """Take this policy, out of its turn. Raises DeskTrouble."""
    with line.database.transaction() as session:
        now = line.clock()
        mine = desk.open_of(session, who.name)
        if mine is not None:
            raise DeskTrouble(f"interview {mine.id} is still open; end it or put it back first")
        policy = policies.by_number(session, number)
        if policy is None or who.branch not in (None, policy.branch):
            raise DeskTrouble(f"there is no policy {number}; check its number")
        put_idle_back(session, line, now)
        claimed = claim.of_these(session, line, [policy.id], now, 1)
        if not claimed:
            raise DeskTrouble(
                f"policy {number} may not be rung now, or somebody else has it; its page says why"
            )
        return _opened(session, line, who, claimed[0], now).id


def take_handed(line: Line, who: Who, call_id: int) -> int:
    """Go on with a call that the robot handed to a person; what was answered stays answered, and
    the identity is asked again. Raises DeskTrouble."""
    with line.database.transaction() as session:
        now = line.clock()
        mine = desk.open_of(session, who.name)
        if mine is not None:
            raise DeskTrouble(f"interview {mine.id} is still open; end it or put it back first")
        call = calls.by_id(session, call_id, lock=True)
        waiting = [one.id for one in desk.handed(session, now - HANDED)]
        seen = call is not None and who.branch in (None, call.policy.branch)
        if call is None or call_id not in waiting or not seen:
            raise DeskTrouble("this call was taken by somebody else, or is long over")
        _end_the_robots(session, line, call, now)
        attempt = _attempt_after(session, line, call, now)
        interview = _opened(session, line, who, attempt, now, handed_over=True)
        interview.continues_id, interview.way, interview.started_at = call.id, "transfer", now
        attempt.rang_at = now
        assert interview.call is not None  # written just now
        interview.call.answered_at = interview.call.asked_at = now
        return interview.id


def put_back(line: Line, who: Who, number: int, version: int) -> None:
    """Give a policy back to the queue, when nobody was rung. Raises DeskTrouble."""
    with line.database.transaction() as session:
        interview = of_agent(session, who, number, version)
        if interview.started_at is not None:
            raise DeskTrouble("the number was rung already; say how the call ended instead")
        _put_back(session, line, interview, line.clock())


def take_over(line: Line, who: Who, number: int) -> None:
    """Go on with the open interview of a colleague, where it stands. Raises DeskTrouble."""
    with line.database.transaction() as session:
        interview = desk.by_id(session, number, lock=True)
        if interview is None or who.branch not in (None, interview.policy.branch):
            raise DeskTrouble(f"there is no interview {number}")
        if interview.ended_at is not None:
            raise DeskTrouble(f"interview {number} has ended; nothing is left to take over")
        if interview.agent == who.name:
            return
        before = interview.agent
        if not desk.give(session, interview, who.name):
            raise DeskTrouble("you have another interview open; end it or put it back first")
        interview.version += 1
        interview.touched_at = line.clock()
        audit.note(session, line, who.name, "interview-taken-over", f"interview:{number}", before)


def of_agent(session: Session, who: Who, number: int, version: int | None) -> Interview:
    """The open interview of this agent, locked, as the form that was sent had seen it. Raises
    DeskTrouble."""
    interview = desk.by_id(session, number, lock=True)
    if interview is None:
        raise DeskTrouble(f"there is no interview {number}")
    if interview.agent != who.name:
        raise DeskTrouble(f"interview {number} is with {interview.agent} now; nothing was changed")
    if interview.ended_at is not None:
        raise DeskTrouble(f"interview {number} has ended already; nothing was changed")
    if version is not None and interview.version != version:
        raise DeskTrouble(OUT_OF_DATE)
    return interview


def _opened(
    session: Session,
    line: Line,
    who: Who,
    attempt: Attempt,
    now: datetime,
    *,
    handed_over: bool = False,
) -> Interview:
    """The interview of an attempt that was just made. No carrier was given this order."""
    attempt.state, attempt.leased_by = AT_DESK, who.name
    call = order(session, line, attempt, now, by_person=True, handed_over=handed_over)
    session.flush()
    interview = Interview(
        policy_id=attempt.policy_id,
        call=call,
        agent=who.name,
        version=1,
        taken_at=now,
        touched_at=now,
        note="",
    )
    if not desk.add(session, interview):
        raise DeskTrouble("you have taken another policy at the same moment; here it is")
    return interview


def put_idle_back(session: Session, line: Line, now: datetime) -> int:
    """Put back what was taken and left lying before anybody was rung. Returns how many."""
    idle = [
        one
        for one in desk.open_ones(session)
        if one.started_at is None and one.touched_at < now - IDLE
    ]
    for one in idle:
        _put_back(session, line, one, now)
    return len(idle)


def _put_back(session: Session, line: Line, interview: Interview, now: datetime) -> None:
    call = interview.call
    assert call is not None  # an open interview has one
    person = call.attempt.person
    phone, policy_id = call.phone, interview.policy_id
    desk.forget_call(session, interview)
    interview.ended_at = now
    touch(session, now, phones=[phone], persons=[person] if person else [])
    decide_anew(session, line, [policy_id], now)


def _end_the_robots(session: Session, line: Line, call: Call, now: datetime) -> None:
    """The robot's part ends here: the same holder is never in two attempts. A carrier that tells
    of its end later changes nothing."""
    if call.ended_at is None:
        end(session, line, call, Outcome.TRANSFERRED, now)
    policy = call.policy
    if policy.revisit == "closed" and policy.closed_because == Outcome.TRANSFERRED:
        policy.revisit, policy.closed_because = "open", None
        take_back(session, [policy.id], now, "an agent went on with the call")
    session.flush()


def _attempt_after(session: Session, line: Line, call: Call, now: datetime) -> Attempt:
    """The agent's attempt after the robot's. Nobody asks whether the holder may be rung: they are
    on the line."""
    policy: Policy = call.policy
    if policy.revisit != "open" and bookings.booked_of(session, policy.id) is None:
        raise DeskTrouble(
            f"the revisit of policy {policy.number} is closed already ({policy.closed_because})"
        )
    attempt = Attempt(
        policy_id=policy.id,
        policy=policy,
        number=call.attempt.number + 1,
        phone=call.phone,
        person=call.attempt.person,
        state=AT_DESK,
        planned_at=now,
        deadline=call.attempt.deadline,
        reasons=[],
        lease=1,
    )
    if not open_new(session, [attempt]):
        raise DeskTrouble("this customer is in another call; try again when it has ended")
    touch(session, now, policy_ids=[policy.id], phones=[call.phone])
    return attempt
