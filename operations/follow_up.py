"""What follows an attempt that has ended: the policy is called again, or closed. It is decided anew
when a call turns out to have ended otherwise than it seemed."""

from datetime import datetime

from operations.calls import run_of
from operations.line import Line
from operations.rules import scheduling_rules
from scheduler.attempts import Stop, next_attempt
from scripts import run as runs
from scripts.outcomes import Outcome
from scripts.position import ABSENT_FOR_GOOD
from store import announcements, attempts
from store.database import Session
from store.tables import Call

#: Why calling a policy stops without success. Its last call says so, once.
GAVE_UP = frozenset({"retries-exhausted", "attempts-exhausted", "no-calling-hours"})


def close_or_go_on(
    session: Session, line: Line, call: Call, ended_at: datetime, before: str | None
) -> None:
    """Close the policy, or open it again if it was closed by what this call seemed to be
    ``before``."""
    policy = call.policy
    machine = announcements.of_call(session, call.id) is not None
    ended = runs.ended(run_of(session, call))
    if ended is not None and ended.value in ABSENT_FOR_GOOD and not machine:
        policy.revisit, policy.closed_because = "closed", ended.value
        return
    counted = attempts.that_count(policy, attempts.of_policy(session, policy.id))
    tried = [Outcome(row.outcome or "") for row in counted]
    rules = scheduling_rules(line.rulebook)
    decision = next_attempt(tried[-1], tried[:-1], ended_at, rules, call.callback_at)
    if isinstance(decision, Stop):
        policy.revisit, policy.closed_because = "closed", decision.reason
    elif before is not None and policy.closed_because in _reasons(before, machine=machine):
        policy.revisit, policy.closed_because = "open", None


def _reasons(before: str, *, machine: bool) -> frozenset[str]:
    """For which reasons a call that seemed to end so may have closed its policy. A machine's words
    may have been taken for a person's who knows that the holder is gone."""
    return frozenset({before}) | (GAVE_UP | ABSENT_FOR_GOOD if machine else frozenset())
