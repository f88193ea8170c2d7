"""What the page of one policy shows beside the decision about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from store.console.otherwise import in_force
from store.tables import (
    Agenda,
    Call,
    Case,
    DoNotCall,
    ForecastRisk,
    Handover,
    Policy,
    SpecialRevisit,
)


@dataclass(frozen=True, slots=True)
class WholePolicy:
    """What else is known of a policy, each list in the order of time. ``calls``: attempt -> its
    call. ``ahead``: how many policies are dialled before it; None while it is not to be dialled.
    ``risk``: what a forecast said of it last."""

    calls: dict[int, int]
    cases: list[Case]
    specials: list[SpecialRevisit]
    handovers: list[Handover]
    blocks: list[DoNotCall]
    ahead: int | None
    risk: ForecastRisk | None


def whole_policy(
    session: Session, policy: Policy, phones: tuple[str, ...], now: datetime
) -> WholePolicy:
    """Everything beside the decision. ``phones`` are all numbers of the policy."""
    calls = select(Call.attempt_id, Call.id).where(Call.policy_id == policy.id)
    newest = (
        select(ForecastRisk)
        .where(ForecastRisk.policy_id == policy.id)
        .order_by(ForecastRisk.id.desc())
        .limit(1)
    )
    return WholePolicy(
        calls={row[0]: row[1] for row in session.execute(calls)},
        cases=_of(session, Case, policy.id),
        specials=_of(session, SpecialRevisit, policy.id),
        handovers=_of(session, Handover, policy.id),
        blocks=_blocks(session, policy, phones, now),
        ahead=_ahead(session, policy.id),
        risk=session.scalar(newest),
    )


def _of(session: Session, table: Any, policy_id: int) -> list[Any]:
    query = select(table).where(table.policy_id == policy_id).order_by(table.id)
    return list(session.scalars(query))


def _blocks(
    session: Session, policy: Policy, phones: tuple[str, ...], now: datetime
) -> list[DoNotCall]:
    whose: list[ColumnElement[bool]] = [DoNotCall.phone.in_(phones)]
    if policy.person:
        whose.append(DoNotCall.person == policy.person)
    query = select(DoNotCall).where(or_(*whose), in_force(now)).order_by(DoNotCall.id)
    return list(session.scalars(query))


def _ahead(session: Session, policy_id: int) -> int | None:
    own = session.get(Agenda, policy_id)
    if own is None or own.state != "ready":
        return None
    before = select(func.count()).where(Agenda.state == "ready", Agenda.rank < own.rank)
    return session.scalar(before) or 0
