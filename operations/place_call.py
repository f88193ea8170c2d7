"""Place the next call: decide, lease, commit, dial, keep the carrier's id. Whatever dies between,
nobody is called twice: an order that may be out is looked up at the carrier before another."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ivr.phone import Dial, Phone, PhoneTrouble, PhoneUncertain
from operations import claim, complaint_revisits, dialling, second_revisits
from operations.choose_script import for_policy
from operations.facts import as_json, facts_of
from operations.finish_call import end
from operations.line import Line
from operations.resume import going_on
from scheduler.pacing import Wait
from scripts.facts import Facts
from scripts.outcomes import Outcome
from store import attempts, calls
from store import scripts as store
from store.columns import LOCAL
from store.database import Session
from store.tables import Attempt, Call, Policy

_log = logging.getLogger(__name__)

#: How long an order refused for a passing reason waits before it is sent again.
BACKOFF = timedelta(seconds=30)
#: How far apart the carrier's clock and ours may be without a call being overlooked.
APART = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Taken:
    """An order that this worker is to dial, or to settle. ``lease`` is the number that it took;
    ``since`` the steady second before that was written."""

    dial: Dial
    lease: int
    since: float
    ordered_at: datetime


class NoCarrier(RuntimeError):  # noqa: N818
    """No carrier is configured: set HUIFANG_TWILIO_ACCOUNT_SID, HUIFANG_TWILIO_AUTH_TOKEN,
    HUIFANG_CALLER and HUIFANG_PUBLIC_URL."""


def place_next(line: Line) -> bool:
    """Place the most urgent call. False when there was none to place, or none may be placed now."""
    taken = _send_again(line) or _order_next(line)
    if taken is None:
        return False
    _dial(line, taken)
    return True


def look_for_abandoned(line: Line) -> bool:
    """Settle one order whose worker died, or whose answer was lost. False when there was none.

    The carrier is asked for calls to that number since the order. One that is there is ours; when
    none is, it is dialled now, unless the moment for it has passed.
    """
    taken = _take_abandoned(line)
    if taken is None:
        return False
    order = taken.dial
    try:
        placed = _phone(line).placed_to(order.to, taken.ordered_at - APART)
        vendor_ids = [one.vendor_id for one in placed]
    except PhoneTrouble as trouble:
        _log.warning("cannot look for call %s at the carrier: %s", order.token, trouble)
        return True  # nobody renews the lease, and it is looked for again
    if _not_placed(line, taken, vendor_ids):
        _dial(line, taken)
    return True


def _order_next(line: Line) -> _Taken | None:
    """Decide who is next and write the order down, before anything is dialled."""
    since = line.steady()
    with line.database.transaction() as session:
        now = line.clock()
        pace = dialling.may_start(session, line, now)
        if isinstance(pace, Wait):
            return None
        claimed = claim.next_up(session, line, now, most=1, full_branches=pace.full_branches)
        for attempt in claimed:
            call = order(session, line, attempt, now)
            return _Taken(Dial(call.token, call.phone), attempt.lease, since, now)
    return None


def _send_again(line: Line) -> _Taken | None:
    """An order that the carrier refused for the moment, once its time has come."""
    since = line.steady()
    with line.database.transaction() as session:
        now = line.clock()
        attempt = attempts.to_retry(session, now, now + BACKOFF)
        if attempt is None:
            return None
        call = calls.of_attempt(session, attempt.id)
        assert call is not None  # written in the transaction that made the attempt
        if not _still_wanted(session, line, call):
            end(session, line, call, Outcome.CANCELED, now)
            return None
        if isinstance(dialling.may_start(session, line, now, again=True), Wait):
            return None
        attempt.retry_at, attempt.leased_by = None, line.worker
        attempt.lease += 1
        return _Taken(Dial(call.token, call.phone), attempt.lease, since, call.ordered_at)


def _take_abandoned(line: Line) -> _Taken | None:
    """An order whose lease this worker has seen unchanged for longer than any order takes. No
    clocks are compared: one that jumps makes no live worker look dead."""
    with line.database.transaction() as session:
        rows = {row.id: row for row in attempts.placing(session)}
        leases = {row.id: (row.leased_by, row.lease) for row in rows.values()}
        for found in sorted(line.orders.stale(leases, line.steady(), line.lease_s)):
            call = calls.of_attempt(session, found)
            lease = rows[found].lease
            if call and attempts.take(session, found, lease, line.worker):
                dial = Dial(call.token, call.phone)
                return _Taken(dial, lease + 1, line.steady(), call.ordered_at)
    return None


def _not_placed(line: Line, taken: _Taken, vendor_ids: Sequence[str]) -> bool:
    """Whether an order never rang and is to be dialled now. ``vendor_ids`` are the carrier's calls
    to that number; one that no call of ours has is this one."""
    with line.database.transaction() as session:
        now = line.clock()
        call = calls.by_token(session, taken.dial.token, lock=True)
        assert call is not None  # written before it was dialled, never deleted
        # Its first webhook came while we asked, or another worker took it over.
        if call.vendor_id is not None or call.attempt.lease != taken.lease:
            return False
        known = calls.known_vendor_ids(session, vendor_ids)
        ours = [one for one in vendor_ids if one not in known]
        if ours:
            _placed(call, ours[0])
            return False
        if not _still_wanted(session, line, call):
            end(session, line, call, Outcome.CANCELED, now)
            return False
        pace = dialling.may_start(session, line, now, again=True)
        return not isinstance(pace, Wait)  # paused: it is looked for again


def _still_wanted(session: Session, line: Line, call: Call) -> bool:
    """Whether an order that has not rung may still be sent: closing time may have come, or a list
    with another number. What the script was told was told for the day of the order."""
    now = line.clock()
    same_day = call.ordered_at.date() == now.astimezone(LOCAL).date()
    return same_day and claim.may_still_ring(session, line, call.attempt, now)


def order(
    session: Session,
    line: Line,
    attempt: Attempt,
    now: datetime,
    *,
    by_person: bool = False,
    handed_over: bool = False,
) -> Call:
    """Write down the call of an attempt. ``by_person``: an agent speaks, and not the machine;
    ``handed_over``: the machine's call has just been handed to that agent."""
    facts = replace(facts_of(line, attempt.policy, now.date()), by_person=by_person)
    digest, facts = _script_and_facts(session, line, attempt.policy, facts, handed_over)
    version = store.version(session, digest)
    assert version is not None  # kept just now, or by the earlier call
    version.first_used_at = version.first_used_at or now
    call = Call(
        token=secrets.token_urlsafe(18),
        attempt=attempt,
        policy_id=attempt.policy_id,
        phone=attempt.phone,
        script_hash=digest,
        facts=as_json(facts),
        ordered_at=now,
    )
    session.add(call)
    return call


def _script_and_facts(
    session: Session, line: Line, policy: Policy, facts: Facts, handed_over: bool
) -> tuple[str, Facts]:
    """The hash of the script's version, which is kept, and what it is told: those of an earlier
    call that goes on, or from the beginning."""
    booked = second_revisits.script_of(
        session, line, policy, facts
    ) or complaint_revisits.script_of(session, line, policy, facts)
    if booked is not None:
        script, facts = booked
        return store.keep(session, script.hash, script.script.id, script.text).hash, facts
    earlier = going_on(session, policy, facts, handed_over=handed_over)
    if earlier is not None:
        return earlier.script_hash, earlier.facts
    script = for_policy(session, line, facts)
    return store.keep(session, script.hash, script.script.id, script.text).hash, facts


def _dial(line: Line, taken: _Taken) -> None:
    """Ring. A worker that was held up since it took the order leaves it: by now another one may
    have taken it over."""
    order = taken.dial
    if line.steady() - taken.since > line.lease_s / 2:
        _log.warning("call %s is left to be settled: this worker was held up", order.token)
        return
    try:
        vendor_id = _phone(line).place(order)
    except PhoneUncertain as trouble:
        _log.warning("call %s: %s; it is looked for at the carrier", order.token, trouble)
        with line.database.transaction() as session:
            dialling.note_order(session, line, failed=True, now=line.clock(), said="no answer")
    except PhoneTrouble as trouble:
        _refused(line, order, trouble)
    else:
        _keep_id(line, order.token, vendor_id)


def _refused(line: Line, order: Dial, trouble: PhoneTrouble) -> None:
    """Nothing rang: wait and send the order again, or end the attempt."""
    _log.warning("call %s was not placed: %s", order.token, trouble)
    with line.database.transaction() as session:
        now = line.clock()
        call = calls.by_token(session, order.token, lock=True)
        assert call is not None  # written before it was dialled, never deleted
        if trouble.retry:
            call.attempt.retry_at = now + BACKOFF
            said = trouble.code or "refused"
            dialling.note_order(session, line, failed=True, now=now, said=said)
        else:
            call.vendor_status = trouble.code
            end(session, line, call, Outcome.FAILED, now)


def _keep_id(line: Line, token: str, vendor_id: str) -> None:
    with line.database.transaction() as session:
        call = calls.by_token(session, token, lock=True)
        assert call is not None  # written before it was dialled, never deleted
        if call.vendor_id in (None, vendor_id):
            _placed(call, vendor_id)
            return
    _log.error("call %s was placed twice; the second is ended", token)
    _phone(line).hang_up(vendor_id)


def _placed(call: Call, vendor_id: str) -> None:
    call.vendor_id = vendor_id
    if call.attempt.ended_at is None:  # a short call can be over before we get here
        call.attempt.state, call.attempt.retry_at = "placed", None


def _phone(line: Line) -> Phone:
    if line.phone is None:
        raise NoCarrier
    return line.phone
