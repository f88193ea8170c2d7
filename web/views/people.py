"""What a page may show of a policy and its holder: names, and numbers only masked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.tables import Policy
from web.masks import mask_identity, mask_phone, mask_text


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """The facts on the left of a detail page."""

    number: str
    holder: str
    identity: str
    phone: str
    insured: str | None  # None when the holder is the insured
    product: str
    product_type: str
    channel: str
    premium: Decimal
    frequency: str
    issued_on: date
    receipt_on: date | None
    seller: str | None
    branch: str | None
    double_recorded: bool
    reasons: list[str]


def policy_facts(policy: Policy) -> PolicyFacts:
    """The facts of a policy, masked."""
    return PolicyFacts(
        number=policy.number,
        holder=policy.holder_name,
        identity=mask_identity(policy.holder_id_number),
        phone=mask_phone(policy.phone),
        insured=policy.insured_name if policy.insured_name != policy.holder_name else None,
        product=policy.product,
        product_type=policy.product_type,
        channel=policy.channel,
        premium=policy.premium,
        frequency=policy.frequency,
        issued_on=policy.issued_on,
        receipt_on=policy.receipt_signed_on,
        seller=policy.seller_name,
        branch=policy.bank_branch or policy.branch,
        double_recorded=policy.double_recorded,
        reasons=[mask_text(str(reason.get("message", ""))) for reason in policy.reasons],
    )
