"""What reviewers have decided about one answer, and the form for another decision."""

from dataclasses import dataclass
from datetime import datetime

from operations.review import who_was_right
from store.console.calls import WholeCall
from store.tables import Announcement, Review
from web.masks import mask_text

#: What a reviewer chooses from, the usual ones first.
LABELS = [
    "affirm", "deny", "unsure", "unclear", "explain", "complaint", "refuse", "silence", "callback",
    "not-holder",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One reviewer's word. ``right`` is who had heard the same: live, recorded, both, neither."""

    by: str
    label: str
    words: str
    note: str
    at: datetime
    right: str


@dataclass(frozen=True, slots=True)
class ReviewBox:
    """A quality item on its answer."""

    item: int
    reasons: list[str]
    rows: list[ReviewRow]


@dataclass(frozen=True, slots=True)
class Machine:
    """A carrier's announcement that was taken for a person. ``seemed`` is how the call had seemed
    to end."""

    words: str
    outcome: str
    engine: str
    recording_id: int
    from_s: float
    to_s: float
    seemed: str | None


def boxes_of(found: WholeCall) -> dict[int, ReviewBox]:
    """Turn -> its quality item with the decisions. An answer drawn for review on which the two also
    differ has one box."""
    boxes: dict[int, ReviewBox] = {}
    for item in found.quality:
        rows = [row_of(one) for one in found.reviews if one.turn_number == item.turn_number]
        box = boxes.setdefault(item.turn_number, ReviewBox(item.id, [], rows))
        box.reasons.append(item.reason)
    return boxes


def row_of(review: Review) -> ReviewRow:
    """A reviewer's word, masked."""
    return ReviewRow(
        by=review.reviewer,
        label=review.label,
        words=mask_text(review.words),
        note=mask_text(review.note),
        at=review.made_at,
        right=who_was_right(review),
    )


def machine_of(found: Announcement | None) -> Machine | None:
    """The announcement of a call, if there is one."""
    if found is None:
        return None
    return Machine(
        words=mask_text(found.words),
        outcome=found.outcome,
        engine=found.engine,
        recording_id=found.recording_id,
        from_s=found.from_s,
        to_s=found.to_s,
        seemed=found.instead_of if found.instead_of != found.outcome else None,
    )
