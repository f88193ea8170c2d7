"""Measures against people (责任追究) as their pages show them, the words of the insurer's file in
the language of the page."""

from dataclasses import dataclass
from datetime import datetime

from cases.accountability import Deed, Standing, standing
from cases.lessons import Choice, Lessons
from operations import accountability
from operations.line import Line
from operations.rights import Who
from store.tables import Accountability
from web.languages import is_chinese
from web.masks import mask_text


@dataclass(frozen=True, slots=True)
class Row:
    """One measure."""

    id: int
    complaint_id: int
    complaint: str
    who: str
    part: str
    measure: str
    because: str
    decided_at: datetime
    decided_by: str
    standing: Standing
    until: datetime | None
    appeal: str | None
    appealed_at: datetime | None
    answer: str | None
    answered_at: datetime | None
    answered_by: str | None
    version: int


def row(line: Line, one: Accountability) -> Row:
    """A stored measure in words."""
    known = line.lessons
    return Row(
        id=one.id,
        complaint_id=one.complaint_id,
        complaint=one.complaint.number,
        who=one.who,
        part=_named(known.parts, one.part),
        measure=_named(known.measures, one.measure),
        because=mask_text(one.because),
        decided_at=one.decided_at,
        decided_by=one.decided_by,
        standing=standing(accountability.measure_of(one), line.clock()),
        until=one.appeal_until,
        appeal=mask_text(one.appeal),
        appealed_at=one.appealed_at,
        answer=mask_text(one.appeal_because),
        answered_at=one.appeal_decided_at,
        answered_by=one.appeal_decided_by,
        version=one.version,
    )


def offers(line: Line, who: Who, one: Accountability) -> frozenset[Deed]:
    """What the reader can do to a measure now."""
    return accountability.offers(line, who, one)


def choices(lessons: Lessons) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Parts and measures to choose from: id and name."""
    return _pairs(lessons.parts), _pairs(lessons.measures)


def _pairs(known: tuple[Choice, ...]) -> list[tuple[str, str]]:
    return [(one.id, one.said(chinese=is_chinese())) for one in known]


def _named(known: tuple[Choice, ...], name: str) -> str:
    """The name of a choice; what the file does not know any more, by its id."""
    found = next((one for one in known if one.id == name), None)
    return name if found is None else found.said(chinese=is_chinese())
