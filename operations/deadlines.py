"""What is late: policies whose period ended without a revisit are closed, each with a case, and a
branch goes on where the rulebook says how."""

from datetime import datetime

from cases.classify import Ended, classify
from operations.handover import open_handover
from operations.judge import open_case
from operations.line import Line
from operations.plan import BATCH, decide_anew
from operations.policy_facts import gather
from scheduler.attempts import retry_after
from scheduler.may_dial import Decision, Held, may_dial
from scheduler.rules import Way
from scripts.outcomes import Cause, Outcome
from store import agenda, attempts
from store.database import Session
from store.tables import Policy


def close_overdue(line: Line) -> int:
    """Close the policies whose last deadline has passed. Returns how many."""
    closed = 0
    while True:
        with line.database.transaction() as session:
            now = line.clock()
            ids = agenda.overdue(session, now, BATCH)
            for found in gather(session, line, ids, now):
                if _over(may_dial(found.facts, now, line.rules), now):
                    closed += _close(session, line, found.policy, now)
            decide_anew(session, line, ids, now)
        if len(ids) < BATCH:
            return closed


def _over(decision: Decision, now: datetime) -> bool:
    """Whether nobody may be rung any more. Asked anew: the list may have been corrected since."""
    late = isinstance(decision, Held) and not decision.in_time
    return late and decision.deadline is not None and decision.deadline < now


def _close(session: Session, line: Line, policy: Policy, now: datetime) -> bool:
    """Close one policy, unless its last call is still running: its end decides."""
    tried = attempts.of_policy(session, policy.id)
    if policy.revisit != "open" or any(attempt.ended_at is None for attempt in tried):
        return False
    policy.revisit, policy.closed_because = "closed", "cooling-off-over"
    headline = classify([], Ended(Outcome.NO_ANSWER, exhausted=True), line.rulebook)
    if headline:
        open_case(session, line, f"policy:{policy.id}:over", policy, None, headline, now)
    way = _then(line, tried[-1].cause if tried else None)
    if way is not None:
        open_handover(session, policy, way, "cooling-off-over", now)
    return True


def _then(line: Line, cause: str | None) -> Way | None:
    """How the branch goes on: as after the last call, or as when nobody answered."""
    rule = retry_after(Cause(cause or Cause.NO_ANSWER), line.rules)
    return rule.then if rule else None
