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
from scheduler.hours import is_open, next_opening, slots
from scheduler.intake.records import Status
from scheduler.rules import Rules
from scripts.facts import Channel, ProductType
from scripts.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Attempts:
    """What was tried so far: the outcomes in order, and when the last one ended.

    ``today`` counts the calls of the day of planning; ``open`` is true while an attempt is leased
    or in call; ``callback_at`` is the time that the customer named last.
    """

    outcomes: tuple[Outcome, ...] = ()
    today: int = 0
    last_ended_at: datetime | None = None
    callback_at: datetime | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class PolicyState:
    """The few facts of a policy on which the plan decides."""

    number: str
    status: Status
    channel: Channel
    product_type: ProductType
    receipt_signed_on: date | None = None
    receipt_returned_on: date | None = None
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
    IN_CALL = "in-call"
    FIRST_CALL = "first-call-not-before"
    RETRY = "retry-not-before"
    CALLBACK = "callback-at"
    DAILY_LIMIT = "daily-limit"
    OUTSIDE_HOURS = "outside-hours"
    OVER = "cooling-off-over"
    TOO_LATE = "no-slot-before-deadline"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: its code, a word of detail (an outcome, a status), and until when it holds."""

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
    reasons, earliest = _not_before(state, now, rules)
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
        return Decision(state.number, False, None, deadline, 0, (Because(Why.IN_CALL),))
    left = _slots_left(state, now, rules, at, deadline)
    if at is None or left == 0:
        late = (*reasons, Because(Why.TOO_LATE))
        return Decision(state.number, False, None, deadline, 0, late, in_time=False)
    if reasons:
        return Decision(state.number, False, at, deadline, left, tuple(reasons))
    return Decision(state.number, True, now, deadline, left, (Because(Why.DUE),))


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


def _not_before(state: PolicyState, now: datetime, rules: Rules) -> tuple[list[Because], datetime]:
    """The reasons to wait, and the earliest moment that satisfies all of them."""
    attempts = state.attempts
    reasons: list[Because] = []
    first = _first_call(state, rules)
    if now < first:
        reasons.append(Because(Why.FIRST_CALL, until=first))
    if attempts.outcomes and not attempts.open:
        following = _following(attempts, now, rules)
        if isinstance(following, Next) and now < following.at:
            code = Why.CALLBACK if following.reason == "callback" else Why.RETRY
            reasons.append(Because(code, attempts.outcomes[-1].value, following.at))
    if attempts.today >= rules.max_per_day:
        tomorrow = _midnight(now.astimezone(rules.hours.zone).date() + timedelta(days=1), rules)
        reasons.append(Because(Why.DAILY_LIMIT, str(rules.max_per_day), tomorrow))
    return reasons, max([now, *(reason.until for reason in reasons if reason.until)])


def _first_call(state: PolicyState, rules: Rules) -> datetime:
    """The day after the receipt came back (回销, domain.md T-02); else after it was signed."""
    day = state.receipt_returned_on or state.receipt_signed_on
    assert day is not None
    return _midnight(day + timedelta(days=rules.first_call_after), rules)


def _slots_left(
    state: PolicyState, now: datetime, rules: Rules, at: datetime | None, deadline: datetime
) -> int:
    if at is None or at > deadline:
        return 0
    zone = rules.hours.zone
    same_day = at.astimezone(zone).date() == now.astimezone(zone).date()
    used = state.attempts.today if same_day else 0
    return slots(at, deadline, rules.hours, rules.slot, rules.max_per_day, used)


def _midnight(day: date, rules: Rules) -> datetime:
    return datetime.combine(day, time(), tzinfo=rules.hours.zone)
