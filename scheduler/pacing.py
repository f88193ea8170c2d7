"""Whether one more call may start: pause, circuit breaker, calls at once, agents, calls a second.
Pure: what runs is counted elsewhere, under the lock that whoever starts a call holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import floor, isinf

from scripts.outcomes import Outcome

#: A breaker that breaks again and again tries at least so often.
LONGEST_REST = timedelta(hours=1)


class State(StrEnum):
    """Whether calls go out at all."""

    RUNNING = "running"
    PAUSED = "paused"  # by a person; live calls end as they would
    BROKEN = "broken"  # by the breaker: one call at a time is tried


class Code(StrEnum):
    """Why no call may start. Stable: programs read it."""

    PAUSED = "paused"
    BROKEN = "broken"
    CALLS_AT_ONCE = "calls-at-once"
    NO_AGENT = "no-agent"
    CALLS_A_SECOND = "calls-a-second"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a line can carry. ``calls_a_second`` is what the carrier takes, ``calls_at_once`` how
    many lines there are. ``per_branch`` are calls at once about policies of a branch, by its name,
    and ``default_per_branch`` those of every branch that is not named (None: not limited).

    ``breaker_failures`` orders in a row that fail stop the dialling for ``breaker_rest``.
    ``calls_per_agent`` is how many calls may run for each person who is free to take one over.
    """

    calls_a_second: float = float("inf")
    calls_at_once: int = 5
    per_branch: Mapping[str, int] = field(default_factory=dict)
    default_per_branch: int | None = None
    breaker_failures: int = 5
    breaker_rest: timedelta = timedelta(minutes=5)
    calls_per_agent: int = 4

    @property
    def burst(self) -> int:
        """How many orders may go out together without being faster than the rate."""
        return 0 if isinf(self.calls_a_second) else max(1, floor(self.calls_a_second))

    def most_of(self, branch: str) -> int | None:
        """How many calls at once a branch may have; None: not limited. Policies without a branch
        have the name "", and no limit unless one is set for it."""
        return self.per_branch.get(branch, self.default_per_branch if branch else None)

    @property
    def window(self) -> timedelta:
        """The time that a burst is spread over: a second, or longer at less than one a second."""
        return timedelta(seconds=self.burst / self.calls_a_second)


@dataclass(frozen=True, slots=True)
class Breaker:
    """``failures``: orders that failed in a row. ``rest``: how long a broken one waits, from
    ``since`` and from every call it tries, until it tries the next."""

    state: State = State.RUNNING
    since: datetime | None = None
    failures: int = 0
    rest: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Load:
    """What runs. ``live``: calls that were ordered and have not ended, ``transferred`` those of
    them that a person has taken over, ``live_by_branch`` the same calls by the policy's branch.
    ``agents`` are on duty (None: not limited by them). ``orders``: moments of the newest orders, at
    least a burst of them where there were so many; ``resent_at``: when one was last sent again."""

    breaker: Breaker = Breaker()
    live: int = 0
    transferred: int = 0
    live_by_branch: Mapping[str, int] = field(default_factory=dict)
    agents: int | None = None
    orders: tuple[datetime, ...] = ()
    resent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Go:
    """One call may start, but none of a policy of these branches."""

    full_branches: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wait:
    """No call may start before ``until``; None: before something else happens."""

    code: Code
    until: datetime | None = None


def may_start(load: Load, limits: Limits, now: datetime, *, again: bool = False) -> Go | Wait:
    """Whether one more order may go out. ``again``: that of a call which is counted in ``live``
    already, because the carrier refused it for the moment."""
    return (
        _stopped(load, now)
        or (None if again else _no_room(load, limits))
        or _too_fast(load, limits, now, again=again)
        or Go(full_branches(load.live_by_branch, limits))
    )


def full_branches(live: Mapping[str, int], limits: Limits) -> frozenset[str]:
    """Branches with as many calls as they may have."""
    bounds = {name: limits.most_of(name) for name in (*limits.per_branch, *live)}
    return frozenset(
        name for name, most in bounds.items() if most is not None and live.get(name, 0) >= most
    )


def tries_at(load: Load) -> datetime | None:
    """When a broken breaker tries its next call: after its rest, from the moment it broke and from
    the last order since. So one call whose end is never told does not keep it broken for good."""
    if load.breaker.since is None:
        return None
    newest = max((load.breaker.since, *_orders(load)))
    return newest + load.breaker.rest


def _stopped(load: Load, now: datetime) -> Wait | None:
    if load.breaker.state is State.PAUSED:
        return Wait(Code.PAUSED)
    until = tries_at(load) if load.breaker.state is State.BROKEN else None
    if until is None or _passed(until - load.breaker.rest, load.breaker.rest, now):
        return None
    return Wait(Code.BROKEN, until)


def _no_room(load: Load, limits: Limits) -> Wait | None:
    if load.live >= limits.calls_at_once:
        return Wait(Code.CALLS_AT_ONCE)
    if load.agents is None:
        return None
    free = max(0, load.agents - load.transferred)
    if load.live - load.transferred >= free * limits.calls_per_agent:
        return Wait(Code.NO_AGENT)
    return None


def _too_fast(load: Load, limits: Limits, now: datetime, *, again: bool) -> Wait | None:
    """No more orders than a burst in any window. Of those sent again only the last is remembered,
    so there is at most one of them in a window."""
    if not limits.burst:
        return None
    counted = sorted(_orders(load), reverse=True)[limits.burst - 1 : limits.burst]
    if again and load.resent_at is not None:
        counted.append(load.resent_at)
    late = [moment for moment in counted if not _passed(moment, limits.window, now)]
    return Wait(Code.CALLS_A_SECOND, max(late) + limits.window) if late else None


def _orders(load: Load) -> list[datetime]:
    return [*load.orders, *([] if load.resent_at is None else [load.resent_at])]


def _passed(moment: datetime, wait: timedelta, now: datetime) -> bool:
    """Whether so much time has passed. One that is as far ahead tells that the clock was set back,
    and nobody waits until it is there again."""
    return abs(now - moment) >= wait


def after_order(
    breaker: Breaker, newest: datetime | None, now: datetime, limits: Limits, *, failed: bool
) -> Breaker:
    """The breaker after an order failed, or rang. ``newest``: when an order went out last.

    A call that rings ends a row of failures. A broken one hears nothing of the calls before it
    broke; the call that it tries sets it running when it rings, and doubles the rest when it fails.
    What a person has paused stays paused.
    """
    failures = breaker.failures + 1 if failed else 0
    if breaker.state is State.PAUSED:
        return replace(breaker, failures=failures)
    if breaker.state is State.RUNNING:
        if failures < limits.breaker_failures:
            return replace(breaker, failures=failures)
        return Breaker(State.BROKEN, now, failures, limits.breaker_rest)
    if newest is None or (breaker.since is not None and newest <= breaker.since):
        return breaker
    if failed:
        return Breaker(State.BROKEN, now, failures, min(2 * breaker.rest, LONGEST_REST))
    return Breaker(State.RUNNING, now)


def is_failure(outcome: Outcome) -> bool | None:
    """Whether a call that ended so is a failure of the carrier. One that is busy, not answered or
    goes to an empty number is not: the network was reached. None: the end tells nothing."""
    if outcome in (Outcome.CANCELED, Outcome.ERROR):
        return None
    return outcome is Outcome.FAILED
