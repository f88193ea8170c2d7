"""The reviewers' work list: one row per call, why it is on the list, and its score where the reader
may know it."""

from dataclasses import dataclass
from datetime import datetime

from store.console.reviewing import Reader, TaskLine
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.words import word


@dataclass(frozen=True, slots=True)
class Why:
    """Why a call is heard: drawn by chance out of its group, by what is known of it, or since an
    answer of it waits."""

    by_chance: bool
    channel: str
    product: str
    risks: list[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A score that may be shown."""

    points: float
    passed: bool
    critical: int


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line. ``part`` is empty where it would tell that a call is heard twice."""

    id: int
    plan: int
    call_id: int
    called_at: datetime
    policy: str
    holder: str
    agent: str | None
    outcome: str | None
    why: Why
    part: str
    reviewer: str | None
    mine: bool
    done_at: datetime | None
    score: Shown | None
    settled: bool


def row(found: TaskLine, reader: Reader) -> TaskRow:
    """The row of a task for this reader."""
    task, call = found.task, found.call
    mine = task.reviewer == reader.name
    open_to_all = task.done_at is not None or task.part in ("third", "calibration")
    shown = found.sheet is not None and (mine or found.settled)
    return TaskRow(
        id=task.id,
        plan=task.plan_id,
        call_id=call.id,
        called_at=call.ordered_at,
        policy=found.policy.number,
        holder=found.policy.holder_name,
        agent=found.agent,
        outcome=call.outcome,
        why=Why(task.by_chance, task.channel, task.product, task.risks),
        part=task.part if reader.plans or open_to_all else "",
        reviewer=task.reviewer,
        mine=mine,
        done_at=task.done_at,
        score=score_of(found) if shown else None,
        settled=found.settled,
    )


def score_of(found: TaskLine) -> Shown | None:
    """The score of the sheet that stands."""
    sheet = found.sheet
    return Shown(sheet.points, sheet.passed, len(sheet.critical)) if sheet else None


def reasons(why: Why) -> list[str]:
    """Why a call is heard, in words."""
    found = [word("call_risk", risk) for risk in why.risks]
    if why.by_chance:
        group = f"{word('stratum', why.channel)} · {word('stratum', why.product)}"
        found.insert(0, _("By chance: %(group)s", group=group))
    return found or [_("An answer waits for a reviewer")]


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Called (UTC+8)"),
        _("Policy"),
        _("Holder"),
        _("Made by"),
        _("Outcome"),
        _("Why it is heard"),
        _("Part"),
        _("Reviewer"),
        _("Ended (UTC+8)"),
        _("Score"),
        _("Passed or not"),
        _("Plan"),
    ]


def cells(one: TaskRow) -> list[Cell]:
    """One line of the file."""
    return [
        formats.moment(one.called_at),
        one.policy,
        one.holder,
        one.agent or _("the robot"),
        word("outcome", one.outcome),
        "; ".join(reasons(one.why)),
        word("part", one.part),
        one.reviewer,
        formats.moment(one.done_at),
        one.score.points if one.score else None,
        result(one.score),
        one.plan,
    ]


def result(score: Shown | None) -> str:
    """Passed or not, in words."""
    if score is None:
        return ""
    return _("Passed") if score.passed else _("Not passed")
