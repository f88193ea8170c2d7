"""A policy as the scheduler sees it, in the state that a test needs."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.facts import PolicyFacts, Tried, Use
from scheduler.hours import SHANGHAI
from scheduler.intake.records import Status
from scheduler.may_dial import Decision
from scheduler.reasons import Why
from scheduler.rules import Rules
from scripts.facts import Channel, ProductType
from scripts.outcomes import Cause

RULES = Rules()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


NOW = at("2026-11-20T10:00")  # a Friday
MOBILE, OTHER = "+8613900000001", "+8613900000002"

POLICY = PolicyFacts(
    id=1,
    number="P1",
    status=Status.ACCEPT,
    channel=Channel.AGENT,
    product_type=ProductType.TRADITIONAL,
    receipt_signed_on=date(2026, 11, 16),
    receipt_returned_on=date(2026, 11, 17),
    cooling_off_days=10,
    phones=(MOBILE,),
)


def tried(
    *causes: Cause, ended: str = "2026-11-20T09:00", callback: str | None = None, **more: Any
) -> PolicyFacts:
    """The policy after attempts, the last of which ended at this moment, the others a day apart
    before it; ``callback`` is the time named in the last."""
    last = at(ended)
    rows = [
        Tried(cause, last - timedelta(days=len(causes) - 1 - n), MOBILE)
        for n, cause in enumerate(causes)
    ]
    if callback:
        rows[-1] = replace(rows[-1], callback_at=at(callback))
    return replace(POLICY, tried=tuple(rows), **more)


def used(person: Use | None = None, **phone: Any) -> PolicyFacts:
    """A policy never tried, whose number was rung for others."""
    return replace(POLICY, numbers={MOBILE: Use(**phone)}, person=person)


def why(decision: Decision) -> list[Why]:
    return [reason.code for reason in decision.reasons]
