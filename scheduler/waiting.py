"""What a policy that is still to be called has to wait for at a moment: its first day, a retry, the
time that was named, rest, the limits of a day, a running call. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from scheduler.attempts import Next
from scheduler.deadlines import Deadlines
from scheduler.facts import PolicyFacts, Use
from scheduler.hours import is_night, last_opening, next_opening
from scheduler.reasons import Because, Why
from scheduler.rules import Rules


@dataclass(frozen=True, slots=True)
class Call:
    """The call that is to come: on which number, not before ``at`` where an attempt went before.
    ``promised`` is the time that the customer named, as it is kept: ``moved`` where what they named
    lies after the last day and became the last calling window on it; ``chosen`` where it was the
    customer, and not somebody who knows when they are there."""

    phone: str
    following: Next | None = None
    promised: datetime | None = None
    moved: bool = False
    chosen: bool = False


def call_to_come(
    following: Next | None, phone: str, now: datetime, limits: Deadlines, rules: Rules
) -> Call:
    """The next call. A time named in the night becomes the next opening; one after the limit the
    last window before it: an early call can be put off, a late one is none."""
    if following is None or not following.promised:
        return Call(phone, following)
    limit = limits.period_ends if now <= limits.period_ends else limits.last_call
    named: datetime | None = following.at
    if is_night(following.at, rules.hours):
        named = next_opening(following.at, rules.hours)
    if named is not None and named <= limit:
        return Call(phone, following, named, chosen=following.chosen)
    return Call(phone, following, last_opening(limit, rules.hours), moved=True)


def waits(
    facts: PolicyFacts, call: Call, now: datetime, limits: Deadlines, rules: Rules
) -> list[Because]:
    """Every reason to wait that holds at ``now``; one without ``until`` waits for a call to end."""
    number = facts.use_of(call.phone)
    person = facts.person or number
    found = (
        *_running(number, person),
        *_blocked(number, person),
        Because(Why.FIRST_CALL, until=limits.first_call_at),
        *_next_try(facts, call),
        *_gap(facts, call, number, person, rules),
        *_limits(number, person, now, rules),
    )
    return [one for one in found if one.until is None or now < one.until]


def _running(number: Use, person: Use) -> Iterator[Because]:
    if number.in_call or person.in_call:
        yield Because(Why.PERSON_IN_CALL)


def _blocked(number: Use, person: Use) -> Iterator[Because]:
    """Blocks that end; those for good are no matter of waiting."""
    for use in (number, person) if number is not person else (number,):
        if use.blocked and use.blocked_until is not None:
            yield Because(Why.DO_NOT_CALL, until=use.blocked_until)


def _next_try(facts: PolicyFacts, call: Call) -> Iterator[Because]:
    """When the last outcome lets us ring again."""
    if call.following is None:
        return
    if call.moved:
        yield Because(Why.CALLBACK_EARLIER, until=call.promised)
    elif call.promised:
        yield Because(Why.CALLBACK, facts.tried[-1].cause.value, call.promised)
    else:
        yield Because(Why.RETRY, facts.tried[-1].cause.value, call.following.at)


def _gap(
    facts: PolicyFacts, call: Call, number: Use, person: Use, rules: Rules
) -> Iterator[Because]:
    """The rest of a number and of a person, unless the policy waits as long anyway. A customer who
    names a time in the last call is rung then, however soon it is."""
    ends = [use.last_ended_at for use in (number, person) if use.last_ended_at is not None]
    if not ends:
        return
    last, rested = max(ends), max(ends) + rules.gap
    waited_for = call.promised or (call.following.at if call.following else None)
    if waited_for is not None and waited_for >= rested:
        return
    if call.promised and not call.moved and last <= facts.tried[-1].ended_at:
        return
    yield Because(Why.GAP, until=rested)


def _limits(number: Use, person: Use, now: datetime, rules: Rules) -> Iterator[Because]:
    tomorrow = now.astimezone(rules.hours.zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), tzinfo=rules.hours.zone)
    if person.today >= rules.per_person:
        yield Because(Why.DAILY_LIMIT, str(rules.per_person), midnight)
    if number.today >= rules.per_number:
        yield Because(Why.NUMBER_LIMIT, str(rules.per_number), midnight)
