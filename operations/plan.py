"""Plan who is called next: preview it with every reason, or save it as attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from operations.judge import close_unreached
from operations.line import Line
from operations.rules import scheduling_rules
from scheduler import plan as planner
from scheduler.intake.records import Status
from scheduler.plan import Attempts, Decision, Plan, PolicyState, Why
from scripts.facts import Channel, ProductType
from scripts.outcomes import Outcome
from store import attempts, policies
from store.attempts import PhoneUse
from store.columns import LOCAL
from store.database import Session
from store.tables import Attempt, Policy


def preview(line: Line, at: datetime | None = None) -> Plan:
    """Who would be called now (or at ``at``), who is held back and why, who cannot be reached in
    time. Changes nothing."""
    with line.database.reading() as session:
        return _plan(session, line, at or line.clock())


def plan_attempts(line: Line, most: int) -> int:
    """Save an attempt for the most urgent policies that may be called now, ``most`` unfinished
    ones in all; close those whose period has ended. Returns how many were planned."""
    now = line.clock()
    with line.database.transaction() as session:
        found = _plan(session, line, now)
        close_unreached(session, line, [d.number for d in found.cannot_make_it if _over(d)], now)
        busy = attempts.phones_in_use(session)
        room = most - len(busy)
        stored = policies.by_numbers(session, [d.number for d in found.due])
        planned = 0
        for decision in found.due:
            policy = stored[decision.number]
            if planned >= room:
                break
            if policy.phone and policy.phone not in busy:
                busy.add(policy.phone)
                session.add(_attempt(session, policy, decision, now))
                planned += 1
        return planned


def _plan(session: Session, line: Line, now: datetime) -> Plan:
    tried = attempts.by_policy(session)
    uses = phone_uses(session, line, now)
    states = [
        state_of(policy, tried.get(policy.id, []), now, uses)
        for policy in policies.open_for_revisit(session)
    ]
    return planner.plan(states, now, scheduling_rules(line.rulebook))


def phone_uses(
    session: Session, line: Line, now: datetime, besides: Attempt | None = None
) -> Mapping[str, PhoneUse]:
    """What every number was used for today and just before ``now``; ``besides`` an attempt that is
    about to be placed: only of its number, without itself."""
    day = datetime.combine(now.astimezone(LOCAL).date(), time(), tzinfo=LOCAL)
    recent = now - scheduling_rules(line.rulebook).gap
    return attempts.phone_uses(session, day, recent, besides)


def state_of(
    policy: Policy, tried: Sequence[Attempt], now: datetime, uses: Mapping[str, PhoneUse]
) -> PolicyState:
    """The facts of a policy on which the plan decides; ``uses`` as :func:`phone_uses` gives it."""
    ended = attempts.that_count(policy, tried)
    last = ended[-1] if ended else None
    today = now.astimezone(LOCAL).date()
    use = uses.get(policy.phone or "", PhoneUse())
    return PolicyState(
        number=policy.number,
        status=Status(policy.status),
        channel=Channel(policy.channel),
        product_type=ProductType(policy.product_type),
        receipt_signed_on=policy.receipt_signed_on,
        receipt_returned_on=policy.receipt_returned_on,
        issued_on=policy.issued_on,
        cooling_off_days=policy.cooling_off_days,
        attempts=Attempts(
            outcomes=tuple(Outcome(attempt.outcome or "") for attempt in ended),
            today=sum(attempt.planned_at.astimezone(LOCAL).date() == today for attempt in tried),
            last_ended_at=last.ended_at if last else None,
            callback_at=last.callback_at if last else None,
            open=any(attempt.ended_at is None for attempt in tried),
            planned=any(attempt.state == "planned" for attempt in tried),
            phone_today=use.today,
            phone_last_ended_at=use.last_ended_at,
        ),
    )


def _attempt(session: Session, policy: Policy, decision: Decision, now: datetime) -> Attempt:
    assert policy.phone is not None
    assert decision.deadline is not None  # a policy that is due has one
    return Attempt(
        policy_id=policy.id,
        number=len(attempts.of_policy(session, policy.id)) + 1,
        phone=policy.phone,
        state="planned",
        planned_at=now,
        deadline=decision.deadline,
        reasons=[{"code": r.code, "detail": r.detail} for r in decision.reasons],
    )


def _over(decision: Decision) -> bool:
    """The cooling-off period has ended: no call can be made any more."""
    return any(reason.code is Why.OVER for reason in decision.reasons)
