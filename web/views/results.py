"""An agent's results and the appeals against them, as rows. Numbers are masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.console.reviewing import AppealLine, ResultLine
from store.tables import Appeal
from web.masks import mask_text
from web.views.tasks import Shown


@dataclass(frozen=True, slots=True)
class AppealView:
    """One appeal. ``granted`` is None while it waits."""

    id: int
    agent: str
    grounds: str
    made_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    granted: bool | None
    because: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The result of one call."""

    task: int
    called_at: datetime
    policy: str
    holder: str
    reviewed_at: datetime | None
    score: Shown
    remark: str
    appeal: AppealView | None


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One line of the list of appeals, with the score that is contested."""

    appeal: AppealView
    task: int
    call_id: int
    policy: str
    called_at: datetime
    score: Shown


def row(found: ResultLine) -> ResultRow:
    """The row of a result."""
    sheet = found.sheet
    return ResultRow(
        task=found.task.id,
        called_at=found.call.ordered_at,
        policy=found.policy.number,
        holder=found.policy.holder_name,
        reviewed_at=found.task.done_at,
        score=Shown(sheet.points, sheet.passed, len(sheet.critical)),
        remark=mask_text(sheet.remark),
        appeal=appeal_view(found.appeal) if found.appeal else None,
    )


def appeal_row(found: AppealLine) -> AppealRow:
    """The row of an appeal."""
    sheet = found.sheet
    return AppealRow(
        appeal=appeal_view(found.appeal),
        task=found.task.id,
        call_id=found.call.id,
        policy=found.policy.number,
        called_at=found.call.ordered_at,
        score=Shown(sheet.points, sheet.passed, len(sheet.critical)),
    )


def appeal_of(appeals: Sequence[Appeal]) -> AppealView | None:
    """The appeal against a result; there is one at most."""
    return appeal_view(appeals[-1]) if appeals else None


def appeal_view(one: Appeal) -> AppealView:
    """An appeal as it is read."""
    return AppealView(
        id=one.id,
        agent=one.agent,
        grounds=mask_text(one.grounds),
        made_at=one.made_at,
        decided_at=one.decided_at,
        decided_by=one.decided_by,
        granted=one.granted,
        because=mask_text(one.because),
    )
