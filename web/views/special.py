"""Special revisits: rows of the list, and one application."""

from dataclasses import dataclass
from datetime import datetime

from store.tables import Policy, SpecialRevisit
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_text
from web.views.people import PolicyFacts, policy_facts
from web.words import word


@dataclass(frozen=True, slots=True)
class SpecialRow:
    """One application."""

    id: int
    policy: str
    holder: str
    branch: str
    state: str
    ground: str
    reason: str
    way: str
    agreed_for: datetime
    signed_by_customer: bool
    signed_by_agent: bool
    applied_at: datetime
    applied_by: str
    decided_at: datetime | None
    decided_by: str | None
    decided_because: str


@dataclass(frozen=True, slots=True)
class SpecialView:
    """The page of one application."""

    row: SpecialRow
    facts: PolicyFacts


def row(special: SpecialRevisit, policy: Policy) -> SpecialRow:
    """The row of an application."""
    return SpecialRow(
        id=special.id,
        policy=policy.number,
        holder=policy.holder_name,
        branch=policy.branch or "",
        state=special.state,
        ground=special.ground,
        reason=mask_text(special.reason),
        way=special.way,
        agreed_for=special.agreed_for,
        signed_by_customer=special.signed_by_customer,
        signed_by_agent=special.signed_by_agent,
        applied_at=special.applied_at,
        applied_by=special.applied_by,
        decided_at=special.decided_at,
        decided_by=special.decided_by,
        decided_because=mask_text(special.decided_because),
    )


def special_view(special: SpecialRevisit, policy: Policy) -> SpecialView:
    """The page of an application."""
    return SpecialView(row(special, policy), policy_facts(policy))


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Number"),
        _("Policy"),
        _("Holder"),
        _("Branch"),
        _("State"),
        _("Ground"),
        _("Reason"),
        _("Way"),
        _("Agreed for (UTC+8)"),
        _("Applied by"),
        _("Decided by"),
        _("Why decided so"),
    ]


def cells(one: SpecialRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.id,
        one.policy,
        one.holder,
        one.branch,
        word("special", one.state),
        word("ground", one.ground),
        one.reason,
        word("way", one.way),
        formats.moment(one.agreed_for),
        one.applied_by,
        one.decided_by,
        one.decided_because,
    ]
