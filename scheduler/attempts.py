"""After an attempt has ended: ring again, and when, or stop, and why. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.hours import next_opening
from scheduler.rules import Rules
from scripts.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Next:
    """Ring again, not before ``at`` (inside the calling hours). ``reason`` is a stable code:
    ``retry`` or ``callback`` (the customer named the time)."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Stop:
    """No further call. ``reason`` is the outcome's own word when the outcome itself ends the
    calling (``completed``, ``empty-number`` …), ``retries-exhausted``, ``attempts-exhausted`` or
    ``no-calling-hours``."""

    reason: str


#: Outcomes whose last words were: we shall call you then.
_PROMISED = frozenset({Outcome.CALLBACK, Outcome.NOT_HOLDER})


def next_attempt(
    outcome: Outcome,
    before: Sequence[Outcome],
    ended_at: datetime,
    rules: Rules,
    callback_at: datetime | None = None,
) -> Next | Stop:
    """What follows an attempt that ended at ``ended_at`` with ``outcome``.

    ``before`` are the outcomes of the earlier attempts, without this one. Where a time was named,
    by the customer or by somebody who knows when the holder is there, it is rung then, moved into
    the calling hours; without a time, as a retry.
    """
    retry = rules.retries.get(outcome)
    if retry is None:
        return Stop(outcome.value)
    if len(before) + 1 >= rules.max_attempts:
        return Stop("attempts-exhausted")
    if list(before).count(outcome) >= retry.times:
        return Stop("retries-exhausted")
    named = callback_at if outcome in _PROMISED else None
    at = next_opening(max(named, ended_at) if named else ended_at + retry.delay, rules.hours)
    if at is None:
        return Stop("no-calling-hours")
    return Next(at, "callback" if named else "retry")
