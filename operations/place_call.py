"""Place one planned call: lease it, commit, dial, keep the carrier's id. Whatever dies in between,
nobody is called twice: an order that may be out is looked up at the carrier before another."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from ivr.phone import Dial, Phone, PhoneTrouble, PhoneUncertain
from operations.facts import as_json, facts_of
from operations.finish_call import end
from operations.line import Line
from operations.plan import phone_uses, state_of
from operations.rules import scheduling_rules
from scheduler.plan import decide
from scripts.outcomes import Outcome
from store import attempts, calls
from store.columns import LOCAL
from store.database import Session
from store.tables import Attempt, Call, ScriptVersion

_log = logging.getLogger(__name__)

#: How long an order refused for a passing reason waits before it is sent again.
BACKOFF = timedelta(seconds=30)


class NoCarrier(RuntimeError):  # noqa: N818
    """No carrier is configured: set HUIFANG_TWILIO_ACCOUNT_SID, HUIFANG_TWILIO_AUTH_TOKEN,
    HUIFANG_CALLER and HUIFANG_PUBLIC_URL."""


def place_next(line: Line) -> bool:
    """Place the most urgent planned call. False when there was none to place."""
    order = _lease(line)
    if order is None:
        return False
    _dial(line, order)
    return True


def look_for_abandoned(line: Line) -> bool:
    """Settle one order whose worker died, or whose answer was lost. False when there was none.

    The carrier is asked for calls to that number since the order. One that is there is ours; when
    none is, it is dialled now, unless the moment for it has passed.
    """
    with line.database.transaction() as session:
        attempt = attempts.take_abandoned(session, line.worker, line.clock(), line.lease_s)
        call = calls.of_attempt(session, attempt.id) if attempt else None
        if call is None:
            return False
        order, since = Dial(call.token, call.phone), call.ordered_at
    try:
        placed = _phone(line).placed_to(order.to, since)
    except PhoneTrouble as trouble:
        _log.warning("cannot look for call %s at the carrier: %s", order.token, trouble)
        return True  # the lease runs out, and it is looked for again
    if _not_placed(line, order.token, [one.vendor_id for one in placed]):
        _dial(line, order)
    return True


def _not_placed(line: Line, token: str, vendor_ids: Sequence[str]) -> bool:
    """Whether an order never rang and is to be dialled now. ``vendor_ids`` are the carrier's calls
    to that number; one that no call of ours has is this one."""
    now = line.clock()
    with line.database.transaction() as session:
        call = calls.by_token(session, token, lock=True)
        assert call is not None  # written before it was dialled, never deleted
        if call.vendor_id is not None:  # its first webhook came while we asked
            return False
        known = calls.known_vendor_ids(session, vendor_ids)
        ours = [one for one in vendor_ids if one not in known]
        if ours:
            _placed(call, ours[0])
            return False
        # What the script was told was told for the day of the order.
        same_day = call.ordered_at.date() == now.astimezone(LOCAL).date()
        if same_day and _may_ring(session, line, call.attempt, now):
            return True
        end(session, line, call, Outcome.CANCELED, now)
        return False


def _lease(line: Line) -> Dial | None:
    """Take a planned attempt and write down the order, before anything is dialled."""
    now = line.clock()
    with line.database.transaction() as session:
        while attempt := attempts.lease_planned(session, line.worker, now, line.lease_s):
            if _may_ring(session, line, attempt, now):
                call = _order(session, line, attempt, now)
                return Dial(call.token, call.phone)
            session.delete(attempt)  # its policy is planned anew when it is time
            session.flush()
    return None


def _may_ring(session: Session, line: Line, attempt: Attempt, now: datetime) -> bool:
    """Ask once more at the moment of dialling: closing time may have come, or a new list with
    another number or a reason to hold the policy back."""
    policy = attempt.policy
    others = [one for one in attempts.of_policy(session, policy.id) if one.id != attempt.id]
    state = state_of(policy, others, now, phone_uses(session, line, now, besides=attempt))
    decision = decide(state, now, scheduling_rules(line.rulebook))
    return decision.allow and policy.revisit == "open" and policy.phone == attempt.phone


def _order(session: Session, line: Line, attempt: Attempt, now: datetime) -> Call:
    version = line.script_hash
    if session.get(ScriptVersion, version) is None:
        session.add(
            ScriptVersion(
                hash=version, script_id=line.script.id, text=line.script_text, first_used_at=now
            )
        )
        session.flush()  # the call refers to it
    call = Call(
        token=secrets.token_urlsafe(18),
        attempt=attempt,
        policy_id=attempt.policy_id,
        phone=attempt.phone,
        script_hash=version,
        facts=as_json(facts_of(line, attempt.policy, now.date())),
        ordered_at=now,
    )
    session.add(call)
    return call


def _dial(line: Line, order: Dial) -> None:
    try:
        vendor_id = _phone(line).place(order)
    except PhoneUncertain as trouble:
        _log.warning("call %s: %s; it is looked for at the carrier", order.token, trouble)
    except PhoneTrouble as trouble:
        _refused(line, order, trouble)
    else:
        _keep_id(line, order.token, vendor_id)


def _refused(line: Line, order: Dial, trouble: PhoneTrouble) -> None:
    """Nothing rang: wait and send the order again, or end the attempt."""
    now = line.clock()
    _log.warning("call %s was not placed: %s", order.token, trouble)
    with line.database.transaction() as session:
        call = calls.by_token(session, order.token, lock=True)
        assert call is not None  # written before it was dialled, never deleted
        if trouble.retry:
            call.attempt.leased_until = now + BACKOFF
        else:
            call.vendor_status = trouble.code
            end(session, line, call, Outcome.FAILED, now)


def _keep_id(line: Line, token: str, vendor_id: str) -> None:
    with line.database.transaction() as session:
        call = calls.by_token(session, token, lock=True)
        assert call is not None  # written before it was dialled, never deleted
        _placed(call, vendor_id)


def _placed(call: Call, vendor_id: str) -> None:
    call.vendor_id = vendor_id
    if call.attempt.ended_at is None:  # a short call can be over before we get here
        call.attempt.state, call.attempt.leased_until = "placed", None


def _phone(line: Line) -> Phone:
    if line.phone is None:
        raise NoCarrier
    return line.phone
