"""The quality list: one row per thing a reviewer should listen to."""

from dataclasses import dataclass
from datetime import datetime

from scripts.labels import code_of
from store.console.cases import QualityLine
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.views.review import ReviewRow, row_of
from web.words import word


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One item of the list."""

    call_id: int
    turn: int | None
    opened_at: datetime
    question: str
    code: str
    reason: str
    live: str | None
    recorded: str | None
    policy: str
    holder: str
    decided: list[ReviewRow]


def row(found: QualityLine, of: str | None = None) -> QualityRow:
    """The row of an item, with every decision or only those ``of`` one reviewer."""
    item = found.item
    return QualityRow(
        call_id=item.call_id,
        turn=item.turn_number,
        opened_at=item.opened_at,
        question=item.question_id,
        code=code_of(item.question_id),
        reason=item.reason,
        live=item.live_label,
        recorded=item.recorded_label,
        policy=found.policy.number,
        holder=found.policy.holder_name,
        decided=[row_of(one) for one in found.reviews if of in (None, one.reviewer)],
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Found (UTC+8)"),
        _("Policy"),
        _("Holder"),
        _("Question"),
        _("Reason"),
        _("Heard live"),
        _("Heard in the recording"),
        _("Reviewers heard"),
    ]


def cells(item: QualityRow) -> list[Cell]:
    """One line of the file."""
    return [
        formats.moment(item.opened_at),
        item.policy,
        item.holder,
        item.question,
        word("reason", item.reason),
        word("label", item.live),
        word("label", item.recorded),
        "; ".join(f"{word('label', one.label)} ({one.by})" for one in item.decided),
    ]
