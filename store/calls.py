"""Queries about calls, their turns and the carrier's callbacks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.tables import Attempt, Call, CallEvent, Recording

#: An attempt that an agent makes (``Attempt.state``).
AT_DESK = "desk"


def by_token(session: Session, token: str, *, lock: bool = False) -> Call | None:
    """The call whose webhooks carry this token; ``lock`` it to write to it."""
    query = select(Call).where(Call.token == token)
    return session.scalar(query.with_for_update() if lock else query)


def by_id(session: Session, call_id: int, *, lock: bool = False) -> Call | None:
    """The call with this id."""
    query = select(Call).where(Call.id == call_id)
    return session.scalar(query.with_for_update() if lock else query)


def of_recording(session: Session, recording_id: int, *, lock: bool = False) -> Call:
    """The call that a recording is of."""
    query = select(Call).join(Recording).where(Recording.id == recording_id)
    return session.scalars(query.with_for_update(of=Call) if lock else query).one()


def of_attempt(session: Session, attempt_id: int) -> Call | None:
    """The call of an attempt, None before it was ordered."""
    return session.scalar(select(Call).where(Call.attempt_id == attempt_id))


def of_policy(session: Session, policy_id: int, since: datetime | None) -> Sequence[Call]:
    """The calls about a policy that were picked up, the newest first; only those planned ``since``
    a moment, where one is given."""
    query = select(Call).where(Call.policy_id == policy_id, Call.answered_at.is_not(None))
    if since is not None:
        query = query.join(Attempt).where(Attempt.planned_at >= since)
    return session.scalars(query.order_by(Call.id.desc())).all()


def running_since_before(session: Session, moment: datetime) -> Sequence[Call]:
    """Calls ordered before ``moment`` that have not ended: their callbacks may be lost. Not those
    that an agent makes: they end when the agent says so."""
    return session.scalars(
        select(Call)
        .join(Attempt)
        .where(Call.ended_at.is_(None), Call.ordered_at < moment, Attempt.state != AT_DESK)
        .order_by(Call.id)
    ).all()


def note_event(
    session: Session, call: Call, kind: str, key: str, payload: dict[str, Any], now: datetime
) -> bool:
    """Keep a callback. False when the very same one was kept before."""
    event = CallEvent(
        call_id=call.id,
        vendor_id=call.vendor_id or "",
        kind=kind,
        key=key,
        payload=payload,
        received_at=now,
    )
    try:
        with session.begin_nested():
            session.add(event)
    except IntegrityError:
        return False
    return True


def events(session: Session, call_id: int) -> Sequence[CallEvent]:
    """The callbacks of a call in the order they came."""
    return session.scalars(
        select(CallEvent).where(CallEvent.call_id == call_id).order_by(CallEvent.id)
    ).all()


def known_vendor_ids(session: Session, vendor_ids: Sequence[str]) -> set[str]:
    """Those of the carrier's ids that a call of ours already has."""
    return set(session.scalars(select(Call.vendor_id).where(Call.vendor_id.in_(vendor_ids))))
