"""The nightly rules: mark the policies that need care (重点跟进) or a visit (需上门回访), hand the
latter over to a branch, and take the marks from policies that are done."""

from collections.abc import Sequence
from datetime import datetime

from operations.facts import cooling_off_of
from operations.handover import open_handover
from operations.line import Line
from scheduler.nightly import UNREACHED, FollowUp, Unrevisited, follow_up
from scheduler.rules import Way
from scripts.outcomes import Cause
from store import attempts, nightly
from store.columns import LOCAL
from store.database import Session
from store.tables import Attempt, Policy

BATCH = 500
#: Why a branch has to go there, as the hand-over says it.
BECAUSE = "nightly-visit"
#: A reason of the import's: the contract has ended, such as by surrender (退保).
_ENDED = "policy-ended"


def apply(line: Line) -> int:
    """Bring every mark up to date. Returns how many have changed; a second time the same day,
    none."""
    with line.database.transaction() as session:
        changed = nightly.clear(session, UNREACHED)
    last = 0
    while True:
        now = line.clock()
        with line.database.transaction() as session:
            part = nightly.unrevisited(session, UNREACHED, FollowUp.VISIT, last, BATCH)
            ids = [policy.id for policy in part]
            tried = attempts.of_policies(session, ids)
            for policy in part:
                changed += _mark(session, line, policy, tried.get(policy.id, ()), now)
        if len(ids) < BATCH:
            return changed
        last = ids[-1]


def _mark(
    session: Session, line: Line, policy: Policy, tried: Sequence[Attempt], now: datetime
) -> bool:
    mark = _mark_of(line, policy, tried, now)
    if mark == policy.follow_up:
        return False
    policy.follow_up = mark
    if mark is FollowUp.VISIT:
        open_handover(session, policy, Way.VISIT, BECAUSE, now)
    return True


def _mark_of(
    line: Line, policy: Policy, tried: Sequence[Attempt], now: datetime
) -> FollowUp | None:
    if any(reason["code"] == _ENDED for reason in policy.reasons):
        return None
    assert policy.receipt_signed_on is not None  # the query asks for it
    ended = [attempt.cause or attempt.outcome for attempt in tried if attempt.ended_at]
    period = cooling_off_of(line, policy, policy.receipt_signed_on)
    known = Unrevisited(
        signed_on=policy.receipt_signed_on,
        period_ends_on=period.ends_on,
        cause=Cause(ended[-1]) if ended and ended[-1] else None,
    )
    return follow_up(known, now.astimezone(LOCAL).date())
