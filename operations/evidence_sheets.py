"""The score sheets (质检评分表) of a call, as people read them in an evidence package: every sheet,
also those that no longer stand, with the criteria as they were worded then, what was said of single
seconds, and what came of an appeal."""

from collections.abc import Iterator
from datetime import datetime

from cases.scoring import Mark
from scripts import scorecards
from scripts.scorecards import Criterion
from store import quality
from store.database import Session
from store.tables import Appeal, QualityTask, ScoreSheet

_MARKS = {
    Mark.MET: "达到 / met",
    Mark.MISSED: "未达到 / missed",
    Mark.NOT_APPLICABLE: "不适用 / not applicable",
}


def sheets(session: Session, call_id: int) -> str | None:
    """All sheets of the call as one text; None where nobody has scored it."""
    lines = [line for task in quality.tasks_of(session, call_id) for line in _task(session, task)]
    return "\n".join([f"通话 / call {call_id}", *lines]) + "\n" if lines else None


def _task(session: Session, task: QualityTask) -> Iterator[str]:
    made = quality.sheets_of(session, task.id)
    if not made:
        return
    card = scorecards.of_plain(task.plan.scorecard)
    yield ""
    yield f"质检任务 / task {task.id}, {task.part}, 抽检 / plan {task.plan_id}"
    for sheet in made:
        yield from _sheet(sheet, card.criteria)
    for comment in quality.comments_of(session, [task.id]):
        yield f"  {comment.at_s:.1f} s  {comment.words} ({comment.made_by})"
    for appeal in quality.appeals_of(session, task.id):
        yield from _appeal(appeal)


def _sheet(sheet: ScoreSheet, criteria: tuple[Criterion, ...]) -> Iterator[str]:
    passed = "合格 / passed" if sheet.passed else "不合格 / failed"
    yield f"评分表 / sheet {sheet.number}: {sheet.points:g}, {passed}; {_by(sheet)}"
    if sheet.why:
        yield f"  更改原因 / changed because: {sheet.why}"
    if sheet.withdrawn_at:
        yield f"  已被代替 / replaced {_moment(sheet.withdrawn_at)}"
    for one in criteria:
        if one.id in sheet.marks:
            critical = " [一票否决 / critical]" if one.id in sheet.critical else ""
            yield f"  {one.title} / {one.title_en}: {_MARKS[Mark(sheet.marks[one.id])]}{critical}"
    if sheet.remark:
        yield f"  备注 / remark: {sheet.remark}"


def _appeal(appeal: Appeal) -> Iterator[str]:
    yield f"申诉 / appeal of {appeal.agent}, {_moment(appeal.made_at)}: {appeal.grounds}"
    if appeal.decided_at is not None:
        decided = "同意 / granted" if appeal.granted else "不同意 / refused"
        yield f"  {decided}, {appeal.decided_by}, {_moment(appeal.decided_at)}: {appeal.because}"


def _by(sheet: ScoreSheet) -> str:
    return f"{sheet.made_by}, {_moment(sheet.made_at)}"


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S %z}"
