"""Appeals (申诉): an agent contests the result of a call of their own, and somebody who has not
reviewed it decides. A sheet that is changed stays beside the one that takes its place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from cases.scoring import Mark, score, unmarked
from operations import audit, quality_sheet
from operations.line import Line
from operations.quality_sheet import Draft
from operations.quality_tasks import labels_of
from operations.quality_trouble import QualityTrouble
from operations.rights import Action, Who
from scheduler.workdays import add_working_days
from scripts import scorecards
from store import quality
from store.columns import LOCAL
from store.database import Session
from store.tables import Appeal, QualityTask, ScoreSheet

LONGEST = 2000


def last_day(line: Line, task: QualityTask, settled: datetime) -> date:
    """The last day on which an appeal against a task's result can be made."""
    days = scorecards.of_plain(task.plan.scorecard).appeal_days
    return add_working_days(settled.astimezone(LOCAL).date(), days, line.own_days)


def appeal(line: Line, who: Who, task_id: int, grounds: str) -> int:
    """Contest the result of a call of one's own; the same grounds again change nothing. Returns
    the number of the appeal. Raises QualityTrouble."""
    grounds = _words(grounds, "the grounds are missing; write down what you contest, and why")
    with line.database.transaction() as session:
        task = quality.task_by_id(session, task_id, lock=True)
        if task is None or quality.agent_of(session, task.call_id) != who.name:
            raise QualityTrouble(f"there is no result {task_id} of yours; look at your list")
        settled, sheet = quality.settled(session, task), quality.sheet_of(session, task_id)
        if settled is None or sheet is None:
            raise QualityTrouble("the result does not stand yet; wait until it does")
        known = quality.appeals_of(session, task_id)
        same = next((one for one in known if one.grounds == grounds), None)
        if same is not None:
            return same.id
        _check_appeal(line, task, settled, bool(known))
        row = Appeal(
            task_id=task_id, sheet_id=sheet.id, agent=who.name, grounds=grounds,
            made_at=line.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit.note(session, line, who.name, "appealed", f"call:{task.call_id}")
        return row.id


def refuse(line: Line, who: Who, appeal_id: int, because: str) -> None:
    """Leave the result as it is. Raises QualityTrouble."""
    because = _words(because, "the reason is missing; the agent reads it")
    with line.database.transaction() as session:
        row = _open(session, who, appeal_id)
        _decide(session, line, who, row, because, granted=False)


def grant(
    line: Line, who: Who, appeal_id: int, because: str, marks: Mapping[str, Mark], remark: str
) -> None:
    """Put other marks in the place of those contested. Raises QualityTrouble."""
    because = _words(because, "the reason is missing; the agent reads it")
    with line.database.transaction() as session:
        row = _open(session, who, appeal_id)
        sheet = quality.sheet_of(session, row.task_id)
        assert sheet is not None  # a result that is contested stands
        whole = quality_sheet.task_of(session, row.task)
        wanted = replace(quality_sheet.of_sheet(sheet), marks=marks, remark=remark.strip())
        draft = quality_sheet.fitting(whole, wanted)
        if unmarked(whole.criteria, draft.marks):
            raise QualityTrouble("some criteria are not marked; mark them all")
        if draft.marks == quality_sheet.of_sheet(sheet).marks:
            raise QualityTrouble("no mark is changed; change what was wrong, or refuse the appeal")
        sheet.withdrawn_at = line.clock()
        session.flush()  # one sheet of each task stands
        session.add(_sheet(line, who, row, sheet, draft, because))
        _decide(session, line, who, row, because, granted=True)


def _words(text: str, missing: str) -> str:
    found = text.replace("\0", "").strip()
    if not found:
        raise QualityTrouble(missing)
    if len(found) > LONGEST:
        raise QualityTrouble(f"grounds and reasons may have {LONGEST} characters; shorten them")
    return found


def _check_appeal(line: Line, task: QualityTask, settled: datetime, before: bool) -> None:
    if before:
        raise QualityTrouble("you have appealed against this result already; it is decided once")
    last = last_day(line, task, settled)
    if line.clock().astimezone(LOCAL).date() > last:
        raise QualityTrouble(f"an appeal could be made until {last}; ask your supervisor")


def _open(session: Session, who: Who, appeal_id: int) -> Appeal:
    """An appeal that this person may decide."""
    row = quality.appeal_by_id(session, appeal_id, lock=True)
    if row is None or who.branch not in (None, row.task.call.policy.branch):
        raise QualityTrouble(f"there is no appeal {appeal_id}; look at the list of appeals")
    if not who.may(Action.DECIDE_APPEALS):
        raise QualityTrouble("none of your roles decides appeals; a supervisor does")
    if row.decided_at is not None:
        raise QualityTrouble(f"{row.decided_by} has decided this appeal already")
    heard = {one.reviewer for one in quality.parts_of(session, row.task)}
    if who.name in heard or who.name == row.agent:
        raise QualityTrouble("you have reviewed or made this call; somebody else must decide")
    return row


def _decide(
    session: Session, line: Line, who: Who, row: Appeal, because: str, *, granted: bool
) -> None:
    row.decided_at, row.decided_by = line.clock(), who.name
    row.granted, row.because = granted, because
    what = "appeal-granted" if granted else "appeal-refused"
    audit.note(session, line, who.name, what, f"call:{row.task.call_id}")


def _sheet(
    line: Line, who: Who, row: Appeal, before: ScoreSheet, draft: Draft, because: str
) -> ScoreSheet:
    made = score(scorecards.of_plain(row.task.plan.scorecard), draft.marks)
    return ScoreSheet(
        task_id=row.task_id,
        number=before.number + 1,
        marks={name: mark.value for name, mark in draft.marks.items()},
        labels=labels_of(draft),
        points=made.points,
        passed=made.passed,
        critical=list(made.critical),
        remark=draft.remark,
        made_at=line.clock(),
        made_by=who.name,
        why=because,
    )
