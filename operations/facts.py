"""A stored policy as the facts a script may speak of."""

from datetime import date
from typing import Any

from pydantic import TypeAdapter

from operations.line import Line
from scheduler.cooling_off import CoolingOff, cooling_off
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from store.tables import Policy

_FACTS = TypeAdapter(Facts)


def facts_of(line: Line, policy: Policy, today: date) -> Facts:
    """The facts of a policy on the day of a call. The policy must have a signed receipt."""
    assert policy.receipt_signed_on is not None  # the plan holds back those without
    period = cooling_off_of(line, policy, policy.receipt_signed_on)
    return Facts(
        company=line.company,
        company_phone=line.company_phone,
        policy_no=policy.number,
        product=policy.product,
        product_type=ProductType(policy.product_type),
        channel=Channel(policy.channel),
        issued_on=policy.issued_on,
        receipt_on=policy.receipt_signed_on,
        cooling_off_days=period.days,
        cooling_off_starts_on=period.starts_on,
        cooling_off_ends_on=period.ends_on,
        premium=policy.premium,
        frequency=Frequency(policy.frequency),
        payment_period=period_from_json(policy.payment_period),
        cover_period=period_from_json(policy.cover_period) or Period(PeriodKind.LIFE),
        holder_name=policy.holder_name,
        holder_gender=policy.holder_gender,
        holder_birth=policy.holder_birth,
        holder_id_tail=(policy.holder_id_number or "")[-4:] or None,
        holder_age=age_on(policy.holder_birth, today),
        insured_name=policy.insured_name,
        double_recorded=policy.double_recorded,
        seller_name=policy.seller_name,
        bank_branch=policy.bank_branch,
        address=policy.address,
        phone_tail=(policy.phone or "")[-4:] or None,
        called_on=today,
    )


def cooling_off_of(line: Line, policy: Policy, signed_on: date) -> CoolingOff:
    """The cooling-off period (犹豫期) of a policy whose receipt was signed on that day."""
    rules = line.rules
    return cooling_off(
        signed_on,
        policy.cooling_off_days,
        Channel(policy.channel),
        ProductType(policy.product_type),
        rules.cooling_off_start,
        rules.default_days,
    )


def period_as_json(period: Period | None) -> dict[str, Any] | None:
    """A period as it is stored."""
    return {"kind": period.kind.value, "number": period.number} if period else None


def period_from_json(kept: dict[str, Any] | None) -> Period | None:
    """A period as it was stored."""
    return Period(PeriodKind(kept["kind"]), kept["number"]) if kept else None


def as_json(facts: Facts) -> dict[str, Any]:
    """Facts as plain JSON, to be kept with the call."""
    kept: dict[str, Any] = _FACTS.dump_python(facts, mode="json")
    return {name: _in_order(value) for name, value in kept.items()}


def _in_order(value: Any) -> Any:
    """Sets as sorted lists, so that the same facts are always stored alike."""
    return sorted(value) if isinstance(value, list) else value


def from_json(kept: dict[str, Any]) -> Facts:
    """Facts as they were kept."""
    return _FACTS.validate_python(kept)


def age_on(birth: date | None, today: date) -> int | None:
    """Full years on a day."""
    if birth is None:
        return None
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
