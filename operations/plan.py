"""The plan (排程): who may be rung, in which order, who is held back and why. It is kept as an
agenda in which a policy is decided anew only when its moment has come or something happened."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from operations.line import Line
from operations.policy_facts import Gathered, gather
from scheduler import plan as planner
from scheduler.hours import next_opening
from scheduler.may_dial import Allowed, Decision, may_dial
from scheduler.plan import Plan
from scheduler.reasons import Because, Why
from store import agenda, policies
from store.columns import LOCAL
from store.database import Session

#: Policies decided in one transaction: others get their turn in between.
BATCH = 200
#: Nobody tells when another number of a policy becomes free: it is looked at every so often.
_UNFREED = frozenset({Why.DO_NOT_CALL, Why.NO_NUMBER})
ANEW = timedelta(hours=1)
#: A decision older than this is made anew, so that whatever changed unnoticed is noticed.
OLDEST = timedelta(hours=20)


def preview(line: Line, at: datetime | None = None) -> Plan:
    """Who would be called now (or at ``at``), who is held back and why, who cannot be reached in
    time, of all open policies. Changes nothing."""
    now = at or line.clock()
    with line.database.reading() as session:
        found = gather(session, line, policies.to_ring(session), now)
    return planner.plan([one.facts for one in found], now, line.rules, line.order)


def explain(
    line: Line, number: str, at: datetime | None = None
) -> tuple[Gathered, Decision] | None:
    """Everything that the decision about one policy rests on, and the decision; None when no policy
    has this number. Changes nothing."""
    now = at or line.clock()
    with line.database.reading() as session:
        policy = policies.by_number(session, number)
        if policy is None:
            return None
        (found,) = gather(session, line, [policy.id], now)
        return found, may_dial(found.facts, now, line.rules, line.order)


def refresh(line: Line, most: int | None = None) -> int:
    """Decide anew whatever is to be decided by now; at most ``most`` policies. Returns how many."""
    done = 0
    while most is None or done < most:
        with line.database.transaction() as session:
            now = line.clock()
            left = BATCH if most is None else min(BATCH, most - done)
            ids = agenda.to_decide(session, now, left)
            decide_anew(session, line, ids, now)
        done += len(ids)
        if len(ids) < left:
            break
    return done


def next_change(line: Line) -> datetime | None:
    """The next moment at which somebody may be rung, or a decision is to be made anew; None when
    nobody is left whom waiting would help."""
    now = line.clock()
    with line.database.reading() as session:
        coming = [agenda.next_change(session)]
        if agenda.waiting(session):
            coming.append(next_opening(now, line.rules.hours))
    return min((one for one in coming if one is not None), default=None)


def sweep(line: Line) -> int:
    """Find what no event has told: open policies that are not in the agenda, closed ones that are,
    decisions that have grown old. Returns how many policies are decided anew."""
    now = line.clock()
    with line.database.transaction() as session:
        agenda.drop(session, agenda.left_over(session))
        missed = agenda.forgotten(session)
        agenda.touch(session, now, policy_ids=missed)
        agenda.touch(
            session, now, policy_ids=agenda.out_of_date(session, now - OLDEST, now, line.rules_mark)
        )
    return refresh(line)


def touch(
    session: Session,
    now: datetime,
    *,
    policy_ids: Collection[int] = (),
    phones: Collection[str] = (),
    persons: Collection[str] = (),
) -> None:
    """Something happened to these policies, numbers or persons: decide about them anew."""
    agenda.touch(session, now, policy_ids=policy_ids, phones=phones, persons=persons)


def decide_anew(session: Session, line: Line, ids: Sequence[int], now: datetime) -> None:
    """Make and keep the decisions about these policies; those that are closed leave the agenda."""
    found = gather(session, line, ids, now)
    still_open = [one for one in found if one.to_be_rung]
    agenda.drop(session, set(ids) - {one.policy.id for one in still_open})
    agenda.put(session, [row_of(one, line, now) for one in still_open])


def row_of(found: Gathered, line: Line, now: datetime) -> dict[str, Any]:
    """The agenda's row of a policy."""
    decision = may_dial(found.facts, now, line.rules, line.order)
    state = _state(decision)
    return {
        "policy_id": found.policy.id,
        "state": state,
        "look_at": _look_at(found, decision, state == "ready", now),
        "rank": decision.rank.key if decision.rank else "9",
        "not_before": decision.at,
        "deadline": decision.deadline,
        "slots_left": decision.slots_left,
        "phone": decision.phone or found.policy.phone,
        "person": found.policy.person,
        "branch": found.policy.branch,
        "why": decision.reasons[0].code.value,
        "rules": line.rules_mark,
        "reasons": reasons_as_json(decision.reasons),
        "decided_at": now,
    }


def _state(decision: Decision) -> str:
    """What a policy held back by nothing but the hour is: ready. Whoever dials knows the hours, and
    nobody has to look at every policy at opening and closing time."""
    if isinstance(decision, Allowed):
        return "ready"
    if not decision.in_time:
        return "late"
    closed = all(one.code is Why.OUTSIDE_HOURS for one in decision.reasons)
    return "ready" if closed and decision.at is not None else "held"


def _look_at(found: Gathered, decision: Decision, ready: bool, now: datetime) -> datetime | None:
    """When the decision may become another one by itself. None where only an event changes it."""
    if decision.deadline is None:
        return None
    moments = [decision.deadline + timedelta(seconds=1)]
    if _UNFREED & {one.code for one in decision.reasons}:
        moments.append(now + ANEW)
    if ready and found.used_today:
        moments.append(_midnight(now))  # its rank counts the calls of the day
    elif not ready:
        moments += _untils(decision.reasons)
    coming = [moment for moment in moments if moment > now]
    return min(coming, default=None)


def _untils(reasons: Sequence[Because]) -> list[datetime]:
    """The moment up to which the last reason but the hour holds."""
    ends = [one.until for one in reasons if one.until and one.code is not Why.OUTSIDE_HOURS]
    return [max(ends)] if ends else []


def _midnight(now: datetime) -> datetime:
    tomorrow = now.astimezone(LOCAL).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=LOCAL)


def reasons_as_json(reasons: Sequence[Because]) -> list[dict[str, Any]]:
    """Reasons as they are kept."""
    return [{"code": one.code.value, "detail": one.detail, "until": one.until} for one in reasons]


def reasons_from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Because, ...]:
    """Reasons as they were kept."""
    return tuple(
        Because(
            Why(one["code"]),
            one["detail"],
            datetime.fromisoformat(one["until"]) if one.get("until") else None,
        )
        for one in kept
    )
