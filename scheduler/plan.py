"""Who may be rung now, who is held back and why, and who cannot be reached in time. Pure.

:func:`decide` is the one answer to "why was she called, why was he not": the plan uses it, and the
dialler asks it again at the moment of dialling.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from scheduler.attempts import Next, Stop, next_attempt
from scheduler.cooling_off import CoolingOff, cooling_off
from scheduler.hours import is_open, last_opening, next_opening, slots
from scheduler.intake.records import Status
from scheduler.rules import Rules
from scripts.facts import Channel, ProductType
from scripts.outcomes import Outcome
from scripts.rulebooks import FirstCallFrom


@dataclass(frozen=True, slots=True)
class Attempts:
    """What was tried so far: the outcomes in order, and when the last one ended.

    ``today`` counts the calls of the day of planning; ``open`` is true while an attempt is
    unfinished, ``planned`` while that one has not been dialled yet; ``callback_at`` is the time
    that the customer named last. ``phone_today`` and ``phone_last_ended_at`` are those of the
    number, whatever policy it was rung for.
    """

    outcomes: tuple[Outcome, ...] = ()
    today: int = 0
    last_ended_at: datetime | None = None
    callback_at: datetime | None = None
    open: bool = False
    planned: bool = False
    phone_today: int = 0
    phone_last_ended_at: datetime | None = None

    @property
    def used_today(self) -> int:
        """The calls of the day that count: one's own, and all to the number."""
        return max(self.today, self.phone_today)


@dataclass(frozen=True, slots=True)
class PolicyState:
    """The few facts of a policy on which the plan decides."""

    number: str
    status: Status
    channel: Channel
    product_type: ProductType
    receipt_signed_on: date | None = None
    receipt_returned_on: date | None = None
    issued_on: date | None = None
    cooling_off_days: int | None = None
    attempts: Attempts = Attempts()


class Why(StrEnum):
    """The stable codes of a decision's reasons."""

    DUE = "due"
    COMPLETED = "completed"
    STOPPED = "stopped"  # the last outcome ended the calling; a case or a person goes on
    EXHAUSTED = "attempts-exhausted"
    NOT_ACCEPTED = "not-accepted"  # screened, out of scope, rejected
    WAIT_RECEIPT = "wait-receipt"
    PLANNED = "planned"  # an attempt is saved and waits to be dialled
    IN_CALL = "in-call"
    FIRST_CALL = "first-call-not-before"
    RETRY = "retry-not-before"
    CALLBACK = "callback-at"
    CALLBACK_EARLIER = "callback-before-deadline"  # the time named lies after the deadline
    GAP = "gap"  # the number was rung a moment ago, for whatever policy
    DAILY_LIMIT = "daily-limit"
    OUTSIDE_HOURS = "outside-hours"
    OVER = "cooling-off-over"
    TOO_LATE = "no-slot-before-deadline"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: its code, a word of detail (an outcome, a status), and until when one has to
    wait for it; None where it does not speak against a call at this moment."""

    code: Why
    detail: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """``allow`` means: may be rung at this moment. ``at`` is the earliest moment otherwise, None if
    never. ``in_time`` is false for a policy that is still to be called but cannot be any more."""

    number: str
    allow: bool
    at: datetime | None
    deadline: datetime | None
    slots_left: int
    reasons: tuple[Because, ...]
    in_time: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """``due`` is in the order of dialling; the others are in the order of policy numbers."""

    due: tuple[Decision, ...]
    held: tuple[Decision, ...]
    cannot_make_it: tuple[Decision, ...]


def plan(states: Iterable[PolicyState], now: datetime, rules: Rules) -> Plan:
    """Every policy exactly once. Due first: fewest slots left, then deadline, then number."""
    decisions = sorted((decide(state, now, rules) for state in states), key=lambda d: d.number)
    due = [decision for decision in decisions if decision.allow]
    due.sort(key=lambda d: (d.slots_left, d.deadline or now, d.number))
    held = tuple(d for d in decisions if not d.allow and d.in_time)
    late = tuple(d for d in decisions if not d.allow and not d.in_time)
    return Plan(tuple(due), held, late)


def decide(state: PolicyState, now: datetime, rules: Rules) -> Decision:
    """Whether a policy may be rung at ``now`` (aware), with every reason that speaks against it."""
    final = _final(state, now, rules)
    if final is not None:
        return Decision(state.number, False, None, None, 0, (final,))
    period = _period(state, rules)
    deadline = period.deadline(rules.hours.zone)
    if now > deadline:
        over = Because(Why.OVER, period.ends_on.isoformat())
        return Decision(state.number, False, None, deadline, 0, (over,), in_time=False)
    reasons = _not_before(state, now, rules, deadline)
    earliest = max([now, *(reason.until for reason in reasons if reason.until)])
    at = next_opening(earliest, rules.hours)
    if not is_open(now, rules.hours):
        reasons.append(Because(Why.OUTSIDE_HOURS, until=next_opening(now, rules.hours)))
    return _weighed(state, now, rules, deadline, at, reasons)


def _weighed(
    state: PolicyState,
    now: datetime,
    rules: Rules,
    deadline: datetime,
    at: datetime | None,
    reasons: list[Because],
) -> Decision:
    """The decision for a policy that is still to be called."""
    if state.attempts.open:
        code = Why.PLANNED if state.attempts.planned else Why.IN_CALL
        return Decision(state.number, False, None, deadline, 0, (Because(code),))
    left = _slots_left(state, now, rules, at, deadline)
    if at is None or left == 0:
        late = (*reasons, Because(Why.TOO_LATE))
        return Decision(state.number, False, None, deadline, 0, late, in_time=False)
    if any(reason.until for reason in reasons):
        return Decision(state.number, False, at, deadline, left, tuple(reasons))
    return Decision(state.number, True, now, deadline, left, (Because(Why.DUE), *reasons))


def _final(state: PolicyState, now: datetime, rules: Rules) -> Because | None:
    """A reason for which waiting does not help."""
    attempts = state.attempts
    if Outcome.COMPLETED in attempts.outcomes:
        return Because(Why.COMPLETED)
    if state.status not in (Status.ACCEPT, Status.WAIT):
        return Because(Why.NOT_ACCEPTED, state.status.value)
    if attempts.outcomes and not attempts.open:
        following = _following(attempts, now, rules)
        if isinstance(following, Stop):
            code = Why.EXHAUSTED if following.reason.endswith("-exhausted") else Why.STOPPED
            return Because(code, following.reason)
    if state.receipt_signed_on is None:
        return Because(Why.WAIT_RECEIPT)
    return None


def _following(attempts: Attempts, now: datetime, rules: Rules) -> Next | Stop:
    return next_attempt(
        attempts.outcomes[-1],
        attempts.outcomes[:-1],
        attempts.last_ended_at or now,
        rules,
        attempts.callback_at,
    )


def _period(state: PolicyState, rules: Rules) -> CoolingOff:
    assert state.receipt_signed_on is not None
    return cooling_off(
        state.receipt_signed_on,
        state.cooling_off_days,
        state.channel,
        state.product_type,
        rules.cooling_off_start,
        rules.default_days,
    )


def _not_before(
    state: PolicyState, now: datetime, rules: Rules, deadline: datetime
) -> list[Because]:
    """The reasons to wait that still hold, and a callback that was moved even if it is due."""
    attempts = state.attempts
    following = _next_try(attempts, now, rules, deadline)
    every = (
        Because(Why.FIRST_CALL, until=_first_call(state, rules)),
        following,
        _gap(attempts, rules, following),
        _daily_limit(attempts, now, rules),
    )
    reasons = []
    for reason in every:
        if reason and reason.until and now < reason.until:
            reasons.append(reason)
        elif reason and reason.code is Why.CALLBACK_EARLIER:
            reasons.append(Because(reason.code))
    return reasons


def _next_try(
    attempts: Attempts, now: datetime, rules: Rules, deadline: datetime
) -> Because | None:
    """When the last outcome lets us ring again. A time that the customer named after the deadline
    becomes the last calling window before it: an early call can be put off, a late one is none."""
    if not attempts.outcomes or attempts.open:
        return None
    following = _following(attempts, now, rules)
    if isinstance(following, Stop):
        return None
    if following.reason != "callback":
        return Because(Why.RETRY, attempts.outcomes[-1].value, following.at)
    if following.at > deadline:
        return Because(Why.CALLBACK_EARLIER, until=last_opening(deadline, rules.hours))
    return Because(Why.CALLBACK, attempts.outcomes[-1].value, following.at)


def _gap(attempts: Attempts, rules: Rules, following: Because | None) -> Because | None:
    """The time of rest of a number, unless the policy waits as long anyway. A customer who names a
    time in the last call to the number is rung then, however soon it is."""
    last = attempts.phone_last_ended_at
    if last is None:
        return None
    rested = last + rules.gap
    if following and following.until and following.until >= rested:
        return None
    named = following is not None and following.code is Why.CALLBACK
    if named and attempts.last_ended_at is not None and last <= attempts.last_ended_at:
        return None
    return Because(Why.GAP, until=rested)


def _daily_limit(attempts: Attempts, now: datetime, rules: Rules) -> Because | None:
    if attempts.used_today < rules.max_per_day:
        return None
    tomorrow = now.astimezone(rules.hours.zone).date() + timedelta(days=1)
    return Because(Why.DAILY_LIMIT, str(rules.max_per_day), _midnight(tomorrow, rules))


def _first_call(state: PolicyState, rules: Rules) -> datetime:
    """So many days after what the rulebook counts from (domain.md C-01), or after the receipt was
    signed where that day is unknown; never before the receipt was signed."""
    signed = state.receipt_signed_on
    assert signed is not None
    known = {
        FirstCallFrom.RECEIPT: signed,
        FirstCallFrom.RECEIPT_RETURNED: state.receipt_returned_on,
        FirstCallFrom.ISSUE: state.issued_on,
    }
    day = (known[rules.first_call_from] or signed) + timedelta(days=rules.first_call_after)
    return _midnight(max(day, signed), rules)


def _slots_left(
    state: PolicyState, now: datetime, rules: Rules, at: datetime | None, deadline: datetime
) -> int:
    if at is None or at > deadline:
        return 0
    zone = rules.hours.zone
    same_day = at.astimezone(zone).date() == now.astimezone(zone).date()
    used = state.attempts.used_today if same_day else 0
    return slots(at, deadline, rules.hours, rules.gap, rules.max_per_day, used)


def _midnight(day: date, rules: Rules) -> datetime:
    return datetime.combine(day, time(), tzinfo=rules.hours.zone)
