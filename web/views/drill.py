"""Drills: the calendar of a year, the list, and one drill with its plan against what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.drills import Compared, State, Summary
from cases.emergencies import DrillCase
from operations.drill_report import minutes
from operations.drills import against_plan
from store.tables import Drill, DrillStep
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_text
from web.views.incident import in_words
from web.words import word


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar: how many drills, by their state."""

    number: int
    counts: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class DrillRow:
    """One drill of the list. ``overdue``: its day has passed, and it did not begin."""

    id: int
    planned_on: date
    title: str
    branch: str
    place: str
    state: str
    planned_by: str
    overdue: bool
    result: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the plan against what was done; times are ``minutes:seconds``."""

    number: int
    words: str
    who: str
    minute: int | None
    after: str
    late: str
    out_of_order: bool
    done_by: str
    remark: str


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """Something that nobody had planned."""

    after: str
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class DrillView:
    """The page of a drill. ``may`` are the deeds of ``cases.drills`` that can be done now."""

    row: DrillRow
    version: int
    situation: str
    planned_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    steps: list[StepRow]
    extra: list[ExtraRow]
    numbers: Summary
    took: str
    elapsed: str
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case that a drill can be planned from."""

    id: str
    title: str
    situation: str
    difficulty: str
    note: str
    steps: list[str]


def calendar(counts: Sequence[tuple[int, str, int]]) -> list[Month]:
    """Twelve months."""
    return [
        Month(number, [(state, count) for month, state, count in counts if month == number])
        for number in range(1, 13)
    ]


def case_row(case: DrillCase) -> CaseRow:
    """A case of the file, in the language of the page."""
    return CaseRow(
        case.id,
        in_words(case.title),
        in_words(case.situation),
        in_words(case.difficulty),
        in_words(case.note) if case.note else "",
        [in_words(one) for one in case.steps],
    )


def row(drill: Drill, today: date) -> DrillRow:
    """A drill of the list."""
    return DrillRow(
        id=drill.id,
        planned_on=drill.planned_on,
        title=mask_text(drill.title),
        branch=drill.branch or "",
        place=drill.place,
        state=drill.state,
        planned_by=drill.planned_by,
        overdue=drill.state == State.PLANNED and drill.planned_on < today,
        result=mask_text(drill.result),
    )


def drill_view(
    drill: Drill, done: list[DrillStep], may: frozenset[str], now: datetime, today: date
) -> DrillView:
    """The page of a drill."""
    steps, numbers = against_plan(drill, done)
    by = {one.step: one for one in done}
    began = drill.started_at
    return DrillView(
        row=row(drill, today),
        version=drill.version,
        situation=mask_text(drill.situation),
        planned_at=drill.planned_at,
        started_at=began,
        ended_at=drill.ended_at,
        steps=[_step(one, by.get(one.number)) for one in steps],
        extra=[
            ExtraRow(_since(began, one.at), mask_text(one.words), one.by)
            for one in done
            if one.step is None
        ],
        numbers=numbers,
        took=minutes(numbers.took) if numbers.took else "",
        elapsed=_since(began, max(now, began)) if began and not drill.ended_at else "",
        may=may,
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Number"),
        _("Day"),
        _("Drill"),
        _("Branch"),
        _("Venue"),
        _("State"),
        _("Planned by"),
        _("What was learnt"),
    ]


def cells(one: DrillRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.id,
        formats.day(one.planned_on),
        one.title,
        one.branch,
        one.place,
        word("drill_state", one.state),
        one.planned_by,
        one.result,
    ]


def _step(one: Compared, done: DrillStep | None) -> StepRow:
    return StepRow(
        number=one.number,
        words=one.planned.words,
        who=one.planned.who,
        minute=one.planned.minute,
        after=minutes(one.after) if one.after is not None else "",
        late=minutes(one.late) if one.late is not None else "",
        out_of_order=one.out_of_order,
        done_by=done.by if done else "",
        remark=mask_text(done.words) if done else "",
    )


def _since(began: datetime | None, at: datetime) -> str:
    return minutes(at - began) if began else minutes(timedelta())
