"""After an attempt has ended: ring again, when and on which number, or stop, why, and what the
branch does then. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.facts import Tried
from scheduler.rules import DEAD, Retry, Rules, Way
from scripts.outcomes import FINER, Cause


@dataclass(frozen=True, slots=True)
class Next:
    """Ring again, not before ``at`` (which may lie outside the calling hours), on ``phone``.
    ``promised``: ``at`` is a time that was named, ``chosen``: by the customer in person."""

    at: datetime
    phone: str
    promised: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """No further call. ``reason`` is the cause's own word when the cause itself ends the calling
    (``completed``, ``complaint`` …), ``retries-exhausted``, ``attempts-exhausted`` or
    ``no-number-left``. ``then`` is how a branch goes on, if anybody does."""

    reason: str
    then: Way | None = None


#: Causes whose last words were: we shall call you then.
_PROMISED = frozenset({Cause.CALLBACK, Cause.NOT_HOLDER})


def retry_after(cause: Cause, rules: Rules) -> Retry | None:
    """The rule for a cause; a finer word without one follows the outcome that it is part of."""
    rule = rules.retries.get(cause)
    if rule is None and cause in FINER:
        rule = rules.retries.get(Cause(FINER[cause].value))
    return rule


def next_attempt(tried: Sequence[Tried], phones: Sequence[str], rules: Rules) -> Next | Stop:
    """What follows the last of the attempts that count, which must not be empty. ``phones`` are the
    numbers that may be rung at all, the one to ring first in front.

    The delay runs from the end of a call that rang, never from when it was decided or queued. Where
    a time was named, by the customer or by somebody who knows when the holder is there, it is rung
    then; without a time, as a retry. Attempts that never rang do not use up a policy's calls.
    """
    last = tried[-1]
    retry = retry_after(last.cause, rules)
    if retry is None:
        return Stop(last.cause.value)
    if retry.times == 0:
        return Stop(last.cause.value, retry.then)
    if last.rang and sum(one.rang for one in tried) >= rules.per_revisit:
        return Stop("attempts-exhausted", retry.then)
    if sum(one.cause is last.cause for one in tried) > retry.times:
        return Stop("retries-exhausted", retry.then)
    phone = phone_after(tried, phones, rules)
    if phone is None:
        reason = last.cause.value if retry.other_number else "no-number-left"
        return Stop(reason, retry.then)
    named = last.callback_at if last.cause in _PROMISED else None
    if named is not None:
        chosen = last.cause is Cause.CALLBACK
        return Next(max(named, last.ended_at), phone, promised=True, chosen=chosen)
    return Next(last.ended_at + retry.delay, phone)


def phone_after(tried: Sequence[Tried], phones: Sequence[str], rules: Rules) -> str | None:
    """The number to ring next: the one rung last, unless that call said to try another; never one
    that does not exist or is somebody else's. None when none is left."""
    avoided = {one.phone for one in tried if one.cause in DEAD}
    if tried:
        retry = retry_after(tried[-1].cause, rules)
        if retry is not None and retry.other_number:
            avoided |= _turned_away(tried, rules)
    left = [phone for phone in phones if phone not in avoided]
    if tried and tried[-1].phone in left:
        return tried[-1].phone
    return left[0] if left else None


def _turned_away(tried: Sequence[Tried], rules: Rules) -> set[str]:
    """Numbers whose last call said to try another one."""
    last_of = {one.phone: one for one in tried}
    rules_of = {phone: retry_after(one.cause, rules) for phone, one in last_of.items()}
    return {phone for phone, rule in rules_of.items() if rule and rule.other_number}
