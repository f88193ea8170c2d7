"""A call gets on, or ends: note the carrier's word, decide what follows, judge what was said."""

from datetime import datetime

from ivr.phone import CallNews
from operations.calls import known_call, run_of
from operations.follow_up import close_or_go_on
from operations.judge import judge
from operations.line import Line
from scripts import run as runs
from scripts.outcomes import Outcome
from store import calls
from store.database import Session
from store.tables import Call


def progressed(line: Line, token: str, news: CallNews) -> None:
    """Note news of a call. News may come twice, late or out of order: the first end stands."""
    now = line.clock()
    with line.database.transaction() as session:
        call = known_call(session, token, news.vendor_id)
        payload = {"status": news.word, "duration_s": news.duration_s}
        if not calls.note_event(session, call, "status", news.key, payload, now):
            return
        if news.answered and call.answered_at is None:
            call.answered_at = now
        if news.outcome is not None and call.ended_at is None:
            call.vendor_status, call.duration_s = news.word, news.duration_s
            end(session, line, call, outcome_of(session, call, news.outcome), now)


def outcome_of(session: Session, call: Call, told: Outcome) -> Outcome:
    """How the call really ended: by the conversation's word where it has one. Who hangs up during
    the closing words has answered everything."""
    if call.ending:
        return Outcome(call.ending)
    if told is Outcome.HUNG_UP and runs.heard_out(run_of(session, call)):
        return Outcome.COMPLETED
    return told


def end(session: Session, line: Line, call: Call, outcome: Outcome, now: datetime) -> None:
    """End a call and its attempt, decide whether the policy is called again, and judge.

    It is done again, with the first end's moment, when something said in the call came after it.
    """
    before, call.ended_at, call.outcome = call.outcome, now, outcome
    attempt = call.attempt
    attempt.state, attempt.ended_at, attempt.outcome = "ended", now, outcome
    attempt.callback_at, attempt.leased_until = call.callback_at, None
    session.flush()  # the attempt that has just ended counts
    close_or_go_on(session, line, call, now, before)
    judge(session, line, call, now)
