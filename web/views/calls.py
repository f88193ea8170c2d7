"""The list of calls: one masked row per call, on the page and in the file."""

from dataclasses import dataclass
from datetime import datetime

from store.console.calls import CallLine
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_phone
from web.words import word


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call of the list."""

    id: int
    at: datetime
    policy: str
    holder: str
    phone: str
    product: str
    attempt: int
    outcome: str | None
    answered: bool
    class_name: str | None
    case_id: int | None
    duration_s: int | None
    recording: str | None
    disagreements: int


def row(found: CallLine) -> CallRow:
    """The row of a call."""
    call, policy = found.call, found.policy
    return CallRow(
        id=call.id,
        at=call.ordered_at,
        policy=policy.number,
        holder=policy.holder_name,
        phone=mask_phone(call.phone),
        product=policy.product,
        attempt=found.attempt,
        outcome=call.outcome,
        answered=call.answered_at is not None,
        class_name=call.class_name,
        case_id=found.case_id,
        duration_s=call.duration_s,
        recording=found.recording,
        disagreements=found.disagreements,
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Dialled (UTC+8)"),
        _("Policy"),
        _("Holder"),
        _("Phone"),
        _("Product"),
        _("Attempt"),
        _("Outcome"),
        _("Class"),
        _("Seconds"),
        _("Recording"),
        _("Disagreements"),
    ]


def cells(call: CallRow) -> list[Cell]:
    """One line of the file."""
    return [
        formats.moment(call.at),
        call.policy,
        call.holder,
        call.phone,
        call.product,
        call.attempt,
        word("outcome", call.outcome),
        word("class_name", call.class_name),
        call.duration_s,
        word("recording", call.recording),
        call.disagreements,
    ]
