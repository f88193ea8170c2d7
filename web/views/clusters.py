"""Alarms about sellers, and their complaints, as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from operations.line import Line
from store.tables import Complaint, ComplaintCluster
from web.languages import is_chinese
from web.masks import mask_text


@dataclass(frozen=True, slots=True)
class Row:
    """One alarm."""

    id: int
    seller: str
    branch: str | None
    count: int
    first_at: datetime
    last_at: datetime
    raised_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    done: str | None
    version: int


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One of its complaints. ``signals`` are named in the language of the page."""

    id: int
    number: str
    received_at: datetime
    kind: str
    product: str | None
    matter: str
    signals: list[str]


def row(one: ComplaintCluster) -> Row:
    """A stored alarm."""
    return Row(
        id=one.id,
        seller=one.seller_name,
        branch=one.complaint.branch,
        count=one.count,
        first_at=one.first_at,
        last_at=one.last_at,
        raised_at=one.raised_at,
        closed_at=one.closed_at,
        closed_by=one.closed_by,
        done=mask_text(one.done),
        version=one.version,
    )


def complaints(line: Line, found: Sequence[Complaint]) -> list[ComplaintRow]:
    """The complaints of an alarm, in the words of the insurer's file."""
    language = "zh" if is_chinese() else "en"
    known = {one.id: one.said(language) for one in line.complaints.signals}
    rows = []
    for one in found:
        kind = line.complaints.kind(one.kind)
        rows.append(
            ComplaintRow(
                id=one.id,
                number=one.number,
                received_at=one.received_at,
                kind=kind.said(language) if kind else one.kind or "",
                product=one.product,
                matter=mask_text(one.matter),
                signals=[known.get(signal, signal) for signal in one.signals],
            )
        )
    return rows
