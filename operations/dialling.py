"""Whether calls go out, and how fast: one row that every worker locks while it decides, so that all
of them together keep the limits. Pausing stops new calls and ends none."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from operations.line import Line
from scheduler import pacing
from scheduler.pacing import Breaker, Go, Limits, Load, State, Wait
from store import dialling as store
from store.database import Session
from store.tables import Dialling

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch's part: calls that run, policies that may be rung as soon as a line is free, and the
    most calls at once (None: not limited). Policies without a branch have the name ""."""

    name: str
    live: int
    ready: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Status:
    """How the dialling stands. ``since`` (None: nothing ever happened to it), ``by`` and ``why``
    belong to the state. ``tries_at``: when a broken breaker tries the next call. ``wait``: what a
    call would wait for now."""

    state: State
    since: datetime | None
    by: str | None
    why: str
    failures: int
    tries_at: datetime | None
    wait: Wait | None
    live: int
    transferred: int
    ready: int
    branches: tuple[Branch, ...]
    agents: int | None
    hands_over: bool
    limits: Limits


@dataclass(frozen=True, slots=True)
class Change:
    """What a person's word came to: whether it changed anything, how the dialling stood before, why
    it did, and how it stands now."""

    changed: bool
    was: State
    was_why: str
    status: Status


def may_start(session: Session, line: Line, now: datetime, *, again: bool = False) -> Go | Wait:
    """Whether one more order may go out. Ask in the transaction that writes the order down: the row
    stays locked until its commit, and the next worker counts that call. ``again``: the order of an
    open call that the carrier refused is sent once more; ask last, for the answer is noted."""
    row = store.locked(session, now)
    load = _load(session, line, row, now)
    answer = pacing.may_start(load, line.limits, now, again=again)
    if again and isinstance(answer, Go):
        row.resent_at = now
    return answer


def note_order(
    session: Session, line: Line, *, failed: bool, now: datetime, said: str = ""
) -> None:
    """An order failed (refused, no answer, or the carrier could not ring), or somebody's telephone
    rang. Once for each. ``said``: the carrier's code or word for the failure, without a number.

    Locks are taken in this order: call, dialling, agenda. Good news with nothing to mend, which is
    nearly always, takes none.
    """
    seen = store.standing(session)
    if not failed and (seen is None or _is_well(seen)):
        return
    row = store.locked(session, now)
    before = _breaker(row)
    newest = _newest_order(session, row, now)
    after = pacing.after_order(before, newest, now, line.limits, failed=failed)
    row.failures = after.failures
    if (after.state, after.since) != (before.state, before.since):
        _set(session, row, after, None, _why(before, after, said), now)


def pause(line: Line, by: str, why: str) -> Change:
    """Let no further call start; those that run end as they would. Twice is as good as once."""
    return _by_person(line, State.PAUSED, by, why)


def resume(line: Line, by: str, why: str) -> Change:
    """Let calls start again, whether a person or the breaker stopped them."""
    return _by_person(line, State.RUNNING, by, why)


def agents_on_duty(line: Line, count: int | None, by: str) -> Change:
    """So many people can take calls over; None: calls are not limited by them."""
    now = line.clock()
    with line.database.transaction() as session:
        row = store.locked(session, now)
        changed = row.agents != count
        row.agents = count
        if changed:
            store.note(session, "agents", by, "any" if count is None else str(count), now)
        return Change(changed, State(row.state), row.why, _status(session, line, row, now))


def status(line: Line) -> Status:
    """How the dialling stands. Changes nothing."""
    with line.database.reading() as session:
        return _status(session, line, store.standing(session), line.clock())


def _by_person(line: Line, state: State, by: str, why: str) -> Change:
    now = line.clock()
    with line.database.transaction() as session:
        row = store.locked(session, now)
        was, was_why = State(row.state), row.why
        if was is not state:
            _set(session, row, Breaker(state, now), by, why, now)
        return Change(was is not state, was, was_why, _status(session, line, row, now))


def _set(
    session: Session, row: Dialling, to: Breaker, by: str | None, why: str, now: datetime
) -> None:
    row.state, row.since, row.by, row.why = to.state.value, now, by, why
    row.failures, row.rest_s = to.failures, round(to.rest.total_seconds())
    word = "resumed" if to.state is State.RUNNING else to.state.value
    store.note(session, word, by, why, now)
    if to.state is State.BROKEN:
        _log.error("no call is placed for %s s: %s", row.rest_s, why)
    else:
        _log.info("dialling %s by %s: %s", word, by or "itself", why)


def _why(before: Breaker, after: Breaker, said: str) -> str:
    if after.state is State.RUNNING:
        return "a call that was tried has rung"
    tried = "a call that was tried failed too: " if before.state is State.BROKEN else ""
    count = "1 order" if after.failures == 1 else f"{after.failures} orders in a row"
    return f"{tried}{count} failed{f', the last with {said}' if said else ''}"


def _is_well(row: Dialling) -> bool:
    return row.failures == 0 and row.state != State.BROKEN


def _breaker(row: Dialling | None) -> Breaker:
    if row is None:
        return Breaker()
    return Breaker(State(row.state), row.since, row.failures, timedelta(seconds=row.rest_s))


def _newest_order(session: Session, row: Dialling, now: datetime) -> datetime | None:
    """When an order went out last, for the first time or again."""
    before = now + timedelta(seconds=row.rest_s + 1)
    orders = (*store.newest_orders(session, before, 1), row.resent_at)
    return max((moment for moment in orders if moment is not None), default=None)


def _load(session: Session, line: Line, row: Dialling | None, now: datetime) -> Load:
    live, breaker, limits = store.live(session), _breaker(row), line.limits
    before = now + max(limits.window, breaker.rest, timedelta(microseconds=1))
    return Load(
        breaker=breaker,
        live=live.calls,
        transferred=live.transferred,
        live_by_branch=live.by_branch,
        agents=row.agents if row is not None and line.hands_over else None,
        orders=store.newest_orders(session, before, max(1, limits.burst)),
        resent_at=row.resent_at if row is not None else None,
    )


def _status(session: Session, line: Line, row: Dialling | None, now: datetime) -> Status:
    load, ready = _load(session, line, row, now), store.ready_by_branch(session)
    breaker, answer = load.breaker, pacing.may_start(load, line.limits, now)
    return Status(
        state=breaker.state,
        since=breaker.since,
        by=row.by if row else None,
        why=row.why if row else "",
        failures=breaker.failures,
        tries_at=pacing.tries_at(load) if breaker.state is State.BROKEN else None,
        wait=answer if isinstance(answer, Wait) else None,
        live=load.live,
        transferred=load.transferred,
        ready=sum(ready.values()),
        branches=_branches(load, ready, line.limits),
        agents=row.agents if row else None,
        hands_over=line.hands_over,
        limits=line.limits,
    )


def _branches(load: Load, ready: dict[str, int], limits: Limits) -> tuple[Branch, ...]:
    names = {*load.live_by_branch, *ready, *limits.per_branch}
    return tuple(
        Branch(name, load.live_by_branch.get(name, 0), ready.get(name, 0), limits.most_of(name))
        for name in sorted(names)
    )
