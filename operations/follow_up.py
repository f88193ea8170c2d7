"""What follows an attempt that has ended: the policy is called again, or closed, and a branch goes
on. It is decided anew when a call turns out to have ended otherwise than it seemed."""

from collections.abc import Sequence
from datetime import datetime

from operations.calls import run_of
from operations.handover import BY_BRANCH, open_handover, take_back
from operations.line import Line
from operations.policy_facts import numbers_of, tried_of
from scheduler.attempts import Stop, next_attempt
from scripts import run as runs
from scripts.outcomes import Cause, Outcome
from scripts.run import Run
from store import announcements, attempts, bookings
from store.database import Session
from store.tables import Call, Policy

#: Why calling a policy stops without success. Its last call says so, once.
GAVE_UP = frozenset({"retries-exhausted", "attempts-exhausted", "no-number-left"})
#: What somebody else said about the holder, after which nobody is rung any more.
DECEASED = "deceased"
_NO_SUCH_PERSON = "no-such-person"


def cause_of(run: Run, outcome: Outcome, *, machine: bool = False) -> Cause:
    """What decides what follows: the outcome, or a finer word. A carrier's ``machine`` that was
    taken for a person has said nothing about the holder."""
    if outcome is Outcome.HUNG_UP and not run.position.verified:
        return Cause.HUNG_UP_EARLY
    said = runs.ended(run)
    wrong = said is not None and said.value == _NO_SUCH_PERSON and not machine
    if outcome is Outcome.NOT_HOLDER and wrong:
        return Cause.WRONG_NUMBER
    return Cause(outcome.value)


def close_or_go_on(session: Session, line: Line, call: Call, before: str | None) -> None:
    """Close the policy, or open it again if it was closed by what this call seemed to be
    ``before``."""
    policy = call.policy
    machine = announcements.of_call(session, call.id) is not None
    ended = runs.ended(run_of(session, call))
    if ended is not None and ended.value == DECEASED and not machine:
        policy.revisit, policy.closed_because = "closed", DECEASED
        return
    if bookings.booked_of(session, policy.id) or bookings.was_booked(session, call.id):
        return  # the first revisit stands as it was; whatever was booked decides
    seemed = frozenset[str]() if before is None else _reasons(before, machine=machine)
    follow(session, line, [policy], line.clock(), seemed)


def follow(
    session: Session,
    line: Line,
    policies: Sequence[Policy],
    now: datetime,
    seemed: frozenset[str] = frozenset(),
) -> None:
    """Close these policies where their last attempt was the last one, each by what its attempts
    have come to. ``seemed``: one that was closed for one of these reasons is opened again where
    it is to be called after all."""
    tried = attempts.of_policies(session, [policy.id for policy in policies])
    numbers = {number for policy in policies for number in numbers_of(policy)}
    empty = attempts.empty_numbers(session, numbers)
    for policy in policies:
        if policy.closed_because == BY_BRANCH:  # whatever a call turns out to have been
            continue
        counted = tried_of(policy, tried.get(policy.id, []))
        if not counted:  # made on data that have been mended since: the plan decides anew
            continue
        phones = [phone for phone in numbers_of(policy) if phone not in empty]
        following = next_attempt(counted, phones, line.rules)
        if isinstance(following, Stop):
            policy.revisit, policy.closed_because = "closed", following.reason
            if following.then is not None:
                open_handover(session, policy, following.then, following.reason, now)
        elif policy.closed_because in seemed:
            policy.revisit, policy.closed_because = "open", None
            take_back(session, [policy.id], now, "the call had ended otherwise")


def _reasons(before: str, *, machine: bool) -> frozenset[str]:
    """For which reasons a call that seemed to end so may have closed its policy. A machine's words
    may have been taken for a person's who knows that the holder is gone."""
    seemed = frozenset({before})
    return seemed | (GAVE_UP | {DECEASED, Cause.WRONG_NUMBER.value} if machine else frozenset())
