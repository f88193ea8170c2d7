"""Who must not be rung: rows of the list, masked, and what came of a file of numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from operations.do_not_call import BlockedList
from store.tables import DoNotCall
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_phone, mask_text

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block. ``phone`` is empty for a block of a person, whose name is ``holder``. ``state`` is
    standing, over or lifted."""

    id: int
    phone: str
    holder: str
    since: datetime
    until: datetime | None
    reason: str
    by: str
    state: str
    lifted: str


def row(block: DoNotCall, holder: str | None, now: datetime) -> BlockRow:
    """The row of a block. One that ends at midnight is shown with its last day."""
    over = block.until is not None and block.until <= now
    lifted = block.lifted_at is not None
    return BlockRow(
        id=block.id,
        phone=mask_phone(block.phone),
        holder=(holder or "") if block.person else "",
        since=block.since,
        until=block.until - _MOMENT if block.until else None,
        reason=mask_text(block.reason),
        by=block.by,
        state="lifted" if lifted else "over" if over else "standing",
        lifted=f"{block.lifted_by}: {mask_text(block.lifted_because)}" if lifted else "",
    )


def told(kept: BlockedList) -> str:
    """What came of a file, in one sentence."""
    return _(
        "Read %(read)d rows: %(blocked)d blocked, %(unchanged)d blocked before, %(faults)d faulty.",
        read=kept.read,
        blocked=kept.blocked,
        unchanged=kept.unchanged,
        faults=len(kept.faults),
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Number"),
        _("Phone"),
        _("Holder"),
        _("Since (UTC+8)"),
        _("Until (UTC+8)"),
        _("Reason"),
        _("By"),
        _("Lifted"),
    ]


def cells(one: BlockRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.id,
        one.phone,
        one.holder,
        formats.moment(one.since),
        formats.moment(one.until),
        one.reason,
        one.by,
        one.lifted,
    ]
