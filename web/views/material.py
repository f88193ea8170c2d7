"""Reviewers' words as rows: what was said, its label, and who has heard and released it."""

from dataclasses import dataclass
from datetime import datetime

from scripts.labels import code_of
from store.console.reviewing import MaterialLine
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_text
from web.words import word


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One answer in a reviewer's words."""

    id: int
    call_id: int
    turn: int
    question: str
    code: str
    words: str
    label: str
    live: str | None
    reviewer: str
    at: datetime
    decided_by: str | None
    note: str


def row(found: MaterialLine) -> MaterialRow:
    """The row of a review."""
    review, decision = found.review, found.decision
    return MaterialRow(
        id=review.id,
        call_id=review.call_id,
        turn=review.turn_number,
        question=review.question_id,
        code=code_of(review.question_id),
        words=mask_text(review.words),
        label=review.label,
        live=review.live_label,
        reviewer=review.reviewer,
        at=review.made_at,
        decided_by=decision.decided_by if decision else None,
        note=mask_text(decision.note) if decision else "",
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Question"),
        _("Customer's words"),
        _("Label"),
        _("Label in words"),
        _("Heard by"),
        _("Heard at (UTC+8)"),
        _("Released by"),
        _("Note"),
    ]


def cells(one: MaterialRow) -> list[Cell]:
    """One line of the file; the label as the lexicon's files write it, and in words."""
    return [
        one.question,
        one.words,
        one.label,
        word("label", one.label),
        one.reviewer,
        formats.moment(one.at),
        one.decided_by,
        one.note,
    ]
