"""A call gets on, or ends: note the carrier's word, decide what follows, judge what was said."""

from collections.abc import Sequence
from datetime import datetime

from ivr.phone import CallNews
from operations import dialling
from operations.calls import known_call, run_of
from operations.follow_up import cause_of, close_or_go_on
from operations.judge import judge
from operations.line import Line
from operations.plan import touch
from scheduler import pacing
from scheduler.rules import NEVER_RANG
from scripts import run as runs
from scripts.outcomes import Cause, Outcome
from store import calls
from store.database import Session
from store.tables import Attempt, Call


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
            dialling.note_order(session, line, failed=False, now=now, said=news.word)
        if (news.answered or news.rings) and call.attempt.rang_at is None:
            call.attempt.rang_at = now
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
    note_end(attempt, outcome, cause_of(run_of(session, call), outcome), call.callback_at, now)
    failed = pacing.is_failure(outcome)
    if before is None and failed is not None:
        said = call.vendor_status or ""
        dialling.note_order(session, line, failed=failed, now=now, said=said)
    session.flush()  # the attempt that has just ended counts
    close_or_go_on(session, line, call, before)
    judge(session, line, call, now)
    touch_after(session, [attempt], now)


def note_end(
    attempt: Attempt,
    outcome: Outcome,
    cause: Cause,
    callback_at: datetime | None,
    now: datetime,
) -> None:
    """How an attempt ended. One whose telephone rang without our being told of it rang at its
    end."""
    attempt.state, attempt.ended_at = "ended", now
    attempt.outcome, attempt.cause = outcome, cause
    attempt.callback_at, attempt.retry_at = callback_at, None
    if attempt.rang_at is None and outcome not in NEVER_RANG:
        attempt.rang_at = now


def touch_after(session: Session, ended: Sequence[Attempt], now: datetime) -> None:
    """Attempts have ended: their policies, and all of their numbers and persons, are decided
    anew."""
    touch(
        session,
        now,
        policy_ids=[attempt.policy_id for attempt in ended],
        phones=[attempt.phone for attempt in ended],
        persons=[attempt.person for attempt in ended if attempt.person],
    )
