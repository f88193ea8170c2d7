"""How an agent's call ended: the same outcomes, findings, cases and retries as after the robot's
calls, and what the customer asked for besides."""

from datetime import datetime, timedelta
from enum import StrEnum

from operations import complaint_intake
from operations.calls import run_of
from operations.desk import DeskTrouble, of_agent, put_idle_back
from operations.desk_marks import MarkTrouble, check_time
from operations.finish_call import note_end, touch_after
from operations.follow_up import cause_of, close_or_go_on
from operations.judge import judge
from operations.line import Line
from operations.otherwise import reason_of
from operations.rights import Who
from scripts import run as runs
from scripts.labels import Label
from scripts.outcomes import Outcome
from scripts.run import Run
from scripts.slots import time_of
from store import desk
from store.database import Session
from store.desk import KEPT_YES
from store.tables import Call, CustomerRequest, Interview, QualityItem

#: Ends without a word from the customer.
NOT_REACHED = (
    Outcome.NO_ANSWER,
    Outcome.BUSY,
    Outcome.SWITCHED_OFF,
    Outcome.UNREACHABLE,
    Outcome.SUSPENDED,
    Outcome.EMPTY_NUMBER,
    Outcome.VOICEMAIL,
)


#: An interview that nobody has touched for so long was left.
LEFT = timedelta(hours=4)


class Wanted(StrEnum):
    """What customers ask for besides."""

    ADDRESS = "address"
    PHONE = "phone"
    COMPLAINT = "complaint"
    SURRENDER = "surrender"
    OTHER = "other"


def choices(run: Run) -> tuple[Outcome, ...]:
    """The outcomes that an agent may choose from where the conversation stands. What the script
    came to is not chosen: nobody completes a call whose questions were not asked."""
    if not run.turns and runs.ended(run) is None:
        return NOT_REACHED
    return (outcome_of(run),)


def outcome_of(run: Run) -> Outcome:
    """What a call that ends here came to. Where the script hands over to a person, the agent is
    that person."""
    found = runs.ended(run)
    if found is None:
        return Outcome.COMPLETED if runs.heard_out(run) else Outcome.HUNG_UP
    ending = run.script.ending(found.id)
    return ending.otherwise if ending is not None and ending.hand_over else found.outcome


def finish(
    line: Line,
    who: Who,
    number: int,
    version: int,
    outcome: Outcome,
    note: str = "",
    again_at: datetime | None = None,
) -> None:
    """End the interview and its call. ``again_at``: when the customer wants to be rung again, where
    the script has not asked. Sent twice it changes nothing. Raises DeskTrouble, MarkTrouble."""
    with line.database.transaction() as session:
        if _ended_before(session, who, number):
            return
        interview = of_agent(session, who, number, version)
        call, now = interview.call, line.clock()
        assert call is not None  # an open interview has one
        run = run_of(session, call)
        if interview.started_at is None:
            raise DeskTrouble("nobody was rung yet; begin the call, or put the policy back")
        if outcome not in choices(run):
            raise DeskTrouble(OTHER_END)
        if again_at is not None:
            check_time(again_at, now, line.rules.hours)
        interview.note, interview.ended_at = note.strip(), now
        interview.version += 1
        _end(session, line, call, run, outcome, again_at, now)


#: Said when an outcome is chosen that the conversation has not come to.
OTHER_END = "the conversation has gone on since; look at it and choose again how it ended"


def _ended_before(session: Session, who: Who, number: int) -> bool:
    interview = desk.by_id(session, number, lock=True)
    mine = interview is not None and interview.agent == who.name
    return mine and interview is not None and interview.ended_at is not None


def _end(
    session: Session,
    line: Line,
    call: Call,
    run: Run,
    outcome: Outcome,
    again_at: datetime | None,
    now: datetime,
) -> None:
    """As after the robot's calls, but that the carrier is not judged by it."""
    found = runs.ended(run)
    named = time_of(found.value) if found else None
    call.ending = call.outcome = outcome
    call.callback_at = named or (again_at if outcome is Outcome.CALLBACK else None)
    call.ended_at = now
    if outcome in (*NOT_REACHED, Outcome.CANCELED):
        call.answered_at = None
    elif call.answered_at is not None:
        call.duration_s = int((now - call.answered_at).total_seconds())
    attempt = call.attempt
    note_end(attempt, outcome, cause_of(run, outcome), call.callback_at, now)
    session.flush()  # the attempt that has just ended counts
    close_or_go_on(session, line, call, None)
    judge(session, line, call, now)
    _for_quality(session, call, now)
    touch_after(session, [attempt], now)


def end_left(line: Line) -> int:
    """End interviews that nobody goes on with, so that the customer can be called again: a call
    that had begun broke off, or was completed where everything was asked. Returns how many."""
    with line.database.transaction() as session:
        now = line.clock()
        done = put_idle_back(session, line, now)
        for one in desk.open_ones(session):
            if one.started_at is None or one.call is None or one.touched_at > now - LEFT:
                continue
            run = run_of(session, one.call)
            outcome = outcome_of(run) if run.turns else Outcome.CANCELED
            one.ended_at, one.version = now, one.version + 1
            _end(session, line, one.call, run, outcome, None, now)
            done += 1
    return done


def _for_quality(session: Session, call: Call, now: datetime) -> None:
    """Every yes that was kept against its words is looked at by somebody else."""
    known = desk.quality_items(session, call.id)
    for one in desk.kept_yes(session, call.id):
        if one.turn_number not in known:
            session.add(
                QualityItem(
                    call_id=call.id,
                    question_id=one.question_id,
                    turn_number=one.turn_number,
                    reason=KEPT_YES,
                    live_label=Label.AFFIRM,
                    recorded_label=one.label,
                    opened_at=now,
                )
            )


def ask_for(line: Line, who: Who, number: int, kind: Wanted, words: str) -> int:
    """Open what the customer asked for as a follow-up; returns its number. Asked twice in the same
    words it is one. Raises DeskTrouble, OtherwiseTrouble."""
    words = reason_of(words, "what the customer asked for")
    with line.database.transaction() as session:
        interview = _of_theirs(session, who, number)
        for known in desk.requests_of(session, interview.policy_id):
            if (known.kind, known.words) == (kind.value, words):
                return known.id
        request = CustomerRequest(
            policy_id=interview.policy_id,
            call_id=interview.call_id,
            kind=kind,
            words=words,
            opened_at=line.clock(),
            opened_by=who.name,
        )
        session.add(request)
        session.flush()
        complaint_intake.from_request(session, line, request, request.opened_at)
        return request.id


def _of_theirs(session: Session, who: Who, number: int) -> Interview:
    """The agent's interview, ended or not: people remember things afterwards."""
    interview = desk.by_id(session, number)
    if interview is None or interview.agent != who.name:
        raise DeskTrouble(f"there is no interview {number} of yours")
    return interview


def done(line: Line, who: Who, number: int, how: str) -> None:
    """A request is dealt with. Raises DeskTrouble, OtherwiseTrouble."""
    how = reason_of(how, "what was done")
    with line.database.transaction() as session:
        request = desk.request_by_id(session, number, lock=True)
        if request is None or who.branch not in (None, request.policy.branch):
            raise DeskTrouble(f"there is no request {number}")
        if request.done_at is not None:
            raise DeskTrouble(f"request {number} was done by {request.done_by} already")
        request.done_at, request.done_by, request.done_how = line.clock(), who.name, how


__all__ = [
    "NOT_REACHED",
    "DeskTrouble",
    "MarkTrouble",
    "Wanted",
    "ask_for",
    "choices",
    "done",
    "end_left",
    "finish",
    "outcome_of",
]
