"""The register of complaints: one masked row per complaint, on the page and in the file, and the
words of the insurer's own vocabulary in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import get_locale

from cases.complaint_terms import Term, Terms
from store.console.complaints import ENDED
from store.tables import Complaint
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_phone, mask_text
from web.views.lights import Light
from web.words import word


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One complaint of the list."""

    id: int
    number: str
    channel: str
    received_at: datetime
    name: str
    phone: str
    matter: str
    kind: str
    policy: str
    product: str
    seller: str
    branch: str
    state: str
    handler: str
    light: Light | None
    signals: list[str]
    major: bool
    result: str | None
    ended: bool


def named(terms: Sequence[Term]) -> Mapping[str, str]:
    """A vocabulary in the reader's language, by id."""
    language = str(get_locale())
    return {one.id: one.said(language) for one in terms}


def row(found: Complaint, terms: Terms, now: datetime) -> ComplaintRow:
    """The row of a complaint."""
    kinds, signals = named(terms.kinds), named(terms.signals)
    return ComplaintRow(
        id=found.id,
        number=found.number,
        channel=found.channel,
        received_at=found.received_at,
        name=found.complainant_name,
        phone=mask_phone(found.complainant_phone),
        matter=mask_text(found.matter),
        kind=kinds.get(found.kind or "", found.kind or ""),
        policy=found.policy.number if found.policy else "",
        product=found.product or "",
        seller=found.seller_name or "",
        branch=found.branch or "",
        state=found.state,
        handler=found.handler or "",
        light=light_of(found.next_due_at, terms, now),
        signals=[signals.get(one, one) for one in found.signals],
        major=found.major,
        result=found.result,
        ended=found.state in ENDED,
    )


def light_of(due: datetime | None, terms: Terms, now: datetime) -> Light | None:
    """The light of a limit; None where nothing runs."""
    if due is None:
        return None
    warned = now + timedelta(hours=terms.warning_hours)
    return Light("overdue" if due < now else "warning" if due < warned else "normal", due)


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Number"), _("Channel"), _("Received (UTC+8)"), _("Complainant"), _("Phone"), _("Matter"),
        _("Kind"), _("Policy"), _("Product"), _("Seller"), _("Branch"), _("State"), _("With"),
        _("Deadline (UTC+8)"), _("Deadline light"), _("Signals"), _("Major"), _("Result"),
    ]  # fmt: skip


def cells(one: ComplaintRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.number, word("complaint_channel", one.channel), formats.moment(one.received_at),
        one.name, one.phone, one.matter, one.kind, one.policy, one.product, one.seller, one.branch,
        word("complaint_state", one.state), one.handler,
        formats.moment(one.light.due if one.light else None),
        word("light", one.light.name if one.light else None), "、".join(one.signals),
        _("yes") if one.major else "", word("complaint_result", one.result),
    ]  # fmt: skip
