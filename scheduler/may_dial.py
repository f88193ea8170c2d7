"""The one answer to "why was she called, why was he not": whether a policy may be rung at a moment,
with every reason. Pure. The plan uses it, the dialler asks it again at the moment of dialling, and
the console shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.attempts import Next, Stop, next_attempt
from scheduler.deadlines import Deadlines, deadlines
from scheduler.facts import PolicyFacts, Use
from scheduler.hours import is_night, is_open, next_opening, slots
from scheduler.intake.records import Status
from scheduler.order import Order, Rank, rank
from scheduler.reasons import Because, Why
from scheduler.rules import Rules
from scheduler.waiting import Call, call_to_come, waits
from scripts.outcomes import Cause


@dataclass(frozen=True, slots=True)
class Allowed:
    """May be rung at this moment, on ``phone``. ``deadline`` is the limit that the call works
    towards, ``slots_left`` how many calls fit before it, this one included."""

    number: str
    phone: str
    at: datetime
    deadline: datetime
    slots_left: int
    rank: Rank
    reasons: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """May not. ``at`` is the earliest moment at which it may, None where waiting does not help or
    a call has to end first. ``in_time`` is false for a policy that is still to be revisited but
    cannot be rung before its deadline any more. ``phone`` and ``rank`` are those of the call that
    is to come, where one is."""

    number: str
    at: datetime | None
    deadline: datetime | None
    slots_left: int
    reasons: tuple[Because, ...]
    in_time: bool = True
    phone: str | None = None
    rank: Rank | None = None


Decision = Allowed | Held

#: How long after a time outside the hours that the customer chose the call may still be made.
APPOINTMENT = timedelta(hours=1)


def may_dial(
    facts: PolicyFacts, now: datetime, rules: Rules, order: Order = Order.SLOTS
) -> Decision:
    """Whether a policy may be rung at ``now`` (aware), with everything that speaks for or against
    it."""
    phones = _usable(facts, now)
    following = next_attempt(facts.tried, phones, rules) if facts.tried else None
    final = tuple(_final(facts, following, phones))
    if final:
        return _final_decision(facts, final, rules)
    limits = deadlines(facts, rules)
    if facts.in_call:
        busy = (Because(Why.IN_CALL),)
        return Held(facts.number, None, limits.at(now), 0, busy)
    if now > limits.last_call:
        over = Because(Why.OVER, limits.period.ends_on.isoformat())
        return Held(facts.number, None, limits.last_call, 0, (over,), in_time=False)
    tried = following if isinstance(following, Next) else None
    call = call_to_come(tried, tried.phone if tried else phones[0], now, limits, rules)
    return _weighed(facts, call, now, limits, rules, order)


#: With these alone a policy is still to be revisited, but not by telephone.
_NOT_BY_PHONE = frozenset({Why.DO_NOT_CALL, Why.NO_NUMBER, Why.EXHAUSTED})


def _final_decision(facts: PolicyFacts, final: tuple[Because, ...], rules: Rules) -> Held:
    """Held for good. Who is still to be revisited keeps the deadline, and cannot make it."""
    if facts.receipt_signed_on is None or not {one.code for one in final} <= _NOT_BY_PHONE:
        return Held(facts.number, None, None, 0, final)
    last = deadlines(facts, rules).last_call
    return Held(facts.number, None, last, 0, final, in_time=False)


def _usable(facts: PolicyFacts, now: datetime) -> list[str]:
    """The numbers that may be rung: those that are free now, where there are any, else those that
    will be."""
    uses = {phone: facts.use_of(phone) for phone in facts.phones}
    coming = [
        phone
        for phone, use in uses.items()
        if not use.dead and not (use.blocked and use.blocked_until is None)
    ]
    free = [one for one in coming if not _blocked_now(uses[one], now)]
    return free or coming


def _blocked_now(use: Use, now: datetime) -> bool:
    return use.blocked and (use.blocked_until is None or now < use.blocked_until)


def _final(
    facts: PolicyFacts, following: Next | Stop | None, phones: Sequence[str]
) -> Iterator[Because]:
    """The reasons for which waiting does not help."""
    if any(one.cause is Cause.COMPLETED for one in facts.tried):
        yield Because(Why.COMPLETED)
        return
    if facts.status not in (Status.ACCEPT, Status.WAIT):
        yield Because(Why.NOT_ACCEPTED, facts.status.value)
    if facts.special and facts.second is None:
        yield Because(Why.SPECIAL)
    if facts.handed_over and facts.second is None:
        yield Because(Why.HANDED_OVER)
    if facts.person and facts.person.blocked and facts.person.blocked_until is None:
        yield Because(Why.DO_NOT_CALL)
    if not facts.in_call:
        yield from _stopped(facts, following, phones)
    if facts.receipt_signed_on is None:
        yield Because(Why.WAIT_RECEIPT)


def _stopped(
    facts: PolicyFacts, following: Next | Stop | None, phones: Sequence[str]
) -> Iterator[Because]:
    if isinstance(following, Stop):
        exhausted = following.reason.endswith("-exhausted")
        if following.reason != Why.NO_NUMBER:
            yield Because(Why.EXHAUSTED if exhausted else Why.STOPPED, following.reason)
            return
    if not phones or isinstance(following, Stop):
        blocked = any(facts.use_of(phone).blocked for phone in facts.phones)
        yield Because(Why.DO_NOT_CALL if blocked else Why.NO_NUMBER)


def _weighed(
    facts: PolicyFacts,
    call: Call,
    now: datetime,
    limits: Deadlines,
    rules: Rules,
    order: Order,
) -> Decision:
    """The decision about a policy that is still to be called."""
    against = waits(facts, call, now, limits, rules)
    earliest = max([now, *(one.until for one in against if one.until)])
    at = _opening(earliest, call, rules)
    if _opening(now, call, rules) != now:
        against.append(Because(Why.OUTSIDE_HOURS, until=next_opening(now, rules.hours)))
    deadline = limits.at(now)
    left = _slots_left(facts, call, now, at, limits, rules)
    if at is None or left == 0:
        late = (*against, Because(Why.TOO_LATE))
        return Held(facts.number, None, deadline, 0, late, in_time=False, phone=call.phone)
    place = _rank(facts, call, limits, deadline, rules, order)
    if not against:
        reasons = (Because(Why.DUE), *_for(facts, call, limits, now))
        return Allowed(facts.number, call.phone, now, deadline, left, place, reasons)
    busy = any(one.until is None for one in against)
    moved = call.moved and all(one.code is not Why.CALLBACK_EARLIER for one in against)
    reasons = (*([Because(Why.CALLBACK_EARLIER)] if moved else []), *against)
    when = None if busy else at
    return Held(facts.number, when, deadline, left, reasons, phone=call.phone, rank=place)


def _opening(at: datetime, call: Call, rules: Rules) -> datetime | None:
    """The first moment from ``at`` on when this call may be made. A time outside the hours that the
    customer chose widens them, for an hour and never into the night."""
    chosen = call.promised if call.chosen and not call.moved else None
    if chosen is None or is_open(chosen, rules.hours) or is_night(at, rules.hours):
        return next_opening(at, rules.hours)
    return at if chosen <= at < chosen + APPOINTMENT else next_opening(at, rules.hours)


def _for(facts: PolicyFacts, call: Call, limits: Deadlines, now: datetime) -> Iterator[Because]:
    """What else speaks for the call, or must be known about it."""
    if call.moved:
        yield Because(Why.CALLBACK_EARLIER)
    elif call.promised:
        yield Because(Why.PROMISED, call.promised.isoformat(timespec="minutes"))
    if facts.tried and call.phone != facts.tried[-1].phone:
        yield Because(Why.OTHER_NUMBER, facts.tried[-1].cause.value)
    if facts.case_place is not None:
        yield Because(Why.CASE, str(facts.case_place + 1))
    for risk in facts.risks:
        yield Because(Why.AT_RISK, risk)
    if not facts.tried and limits.first_call_by and now > limits.first_call_by:
        yield Because(Why.FIRST_CALL_LATE)
    if now > limits.period_ends:
        yield Because(Why.AFTER_PERIOD)
    elif limits.company and now > limits.company:
        yield Because(Why.PAST_COMPANY_LIMIT)


def _rank(
    facts: PolicyFacts,
    call: Call,
    limits: Deadlines,
    deadline: datetime,
    rules: Rules,
    order: Order,
) -> Rank:
    first_call = None if facts.tried else limits.first_call_by
    number = facts.use_of(call.phone)
    return rank(
        facts.id,
        min(deadline, first_call) if first_call else deadline,
        rules,
        promised_at=call.promised,
        used_today=(facts.person or number).today,
        at_risk=bool(facts.risks),
        case_place=facts.case_place,
        tried=sum(one.rang for one in facts.tried),
        order=order,
    )


def _slots_left(
    facts: PolicyFacts,
    call: Call,
    now: datetime,
    at: datetime | None,
    limits: Deadlines,
    rules: Rules,
) -> int:
    """How many calls fit from ``at`` to the limit that they work towards; to the last call of all
    where none fits before that. An appointment outside the usual hours is a slot itself."""
    if at is None or at > limits.last_call:
        return 0
    zone = rules.hours.zone
    same_day = at.astimezone(zone).date() == now.astimezone(zone).date()
    used = (facts.person or facts.use_of(call.phone)).today if same_day else 0
    left = slots(at, limits.at(at), rules.hours, rules.gap, rules.per_person, used)
    outside = call.promised is not None and not is_open(at, rules.hours)
    return left + outside
