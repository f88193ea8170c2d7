"""Incidents: rows of the list. Free text is masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from operations.incident_look import due_of
from operations.line import Line
from store.console.incidents import IncidentLine
from store.tables import Complaint
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_text
from web.words import word


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident. ``late``: nobody above was told within the limit, where there is one."""

    id: int
    grade: str
    given: bool
    kind: str
    branch: str
    counter: str
    words: str
    visitors: int
    happened_at: datetime
    reported_by: str
    stage: str
    told_at: datetime | None
    due_at: datetime | None
    late: bool


def row(found: IncidentLine, line: Line, now: datetime) -> IncidentRow:
    """The row of an incident."""
    one = found.incident
    due_at = due_of(one.reported_at, line.emergencies.route(one.grade))
    return IncidentRow(
        id=one.id,
        grade=str(one.grade),
        given=one.grade != one.computed,
        kind=one.kind,
        branch=one.branch or "",
        counter=one.counter,
        words=mask_text(one.words),
        visitors=max(one.visitors, found.people),
        happened_at=one.happened_at,
        reported_by=one.reported_by,
        stage=one.stage,
        told_at=one.told_at,
        due_at=due_at,
        late=due_at is not None and (one.told_at or now) > due_at,
    )


@dataclass(frozen=True, slots=True)
class OfGroup:
    """What the form of a report begins with, when it is about complaints by visit."""

    branch: str
    people: str
    visitors: str
    words: str
    kind: str


def of_group(those: Sequence[Complaint]) -> OfGroup:
    """The same of these complaints; empty without any."""
    if not those:
        return OfGroup("", "", "", "", "")
    return OfGroup(
        branch=those[0].branch or "",
        people="\n".join(dict.fromkeys(one.complainant_name for one in those)),
        visitors=str(sum(max(one.people, 1) for one in those)),
        words="\n".join(f"{one.number} {mask_text(one.matter)}" for one in those)[:2000],
        kind="complaint",
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Number"),
        _("Grade"),
        _("Kind"),
        _("Branch"),
        _("Counter"),
        _("What happened"),
        _("People"),
        _("Happened (UTC+8)"),
        _("Reported by"),
        _("Stage"),
        _("Told above (UTC+8)"),
    ]


def cells(one: IncidentRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.id,
        word("grade", one.grade),
        word("emergency_kind", one.kind),
        one.branch,
        one.counter,
        one.words,
        one.visitors,
        formats.moment(one.happened_at),
        one.reported_by,
        word("incident_stage", one.stage),
        formats.moment(one.told_at),
    ]
