"""A reviewer's work on one call of the work list: take it, keep what is marked so far, comment on a
second, end it. A form from an old page changes nothing, and the same end twice is one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases.quality_work import SEATS, Part, agreed, difference, why_not
from cases.scoring import Mark, Score, score
from operations import audit, quality_sheet
from operations.line import Line
from operations.quality_sheet import Draft, Task
from operations.quality_trouble import OUT_OF_DATE, QualityTrouble, StaleForm
from operations.review import Heard, keep_heard, open_doubts
from operations.rights import Action, Who
from scripts.labels import Label
from store import calls, quality
from store.database import Session
from store.tables import QualityTask, ReviewComment, ScoreSheet

#: A comment stands at most so many seconds into a recording: four hours.
LATEST_S = 4 * 3600.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form was made of: the version, and the window it stands in. Of one window every form
    is newer than the one before, however long that was on its way."""

    version: int
    window: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """What the end of a task came to: the score, whether two reviewers differ so that a third
    decides, and whether the result stands."""

    score: Score
    differs: bool
    settled: bool


def take_next(line: Line, who: Who) -> int | None:
    """The next call to be heard: one that was begun and not ended, else the first of the work list.
    Returns the number of its task, None when nothing is left for this reviewer."""
    with line.database.transaction() as session:
        mine = quality.open_of(session, who.name)
        if mine is not None:
            return mine.id
        free = quality.next_free(
            session, who.name, who.branch, adjudicates=who.may(Action.ADJUDICATE)
        )
        if free is None:
            return None
        _give(session, line, who, free)
        return free.id


def take(line: Line, who: Who, task_id: int) -> None:
    """Take one call out of its turn. Raises QualityTrouble."""
    with line.database.transaction() as session:
        task = _locked(session, who, task_id)
        if task.reviewer == who.name:
            return
        if task.reviewer is not None or task.done_at is not None:
            raise QualityTrouble("somebody else has taken this call meanwhile; take another one")
        others = [
            one.reviewer
            for one in quality.parts_of(session, task)
            if one.id != task.id and one.reviewer
        ]
        agent = quality.agent_of(session, task.call_id)
        part, adjudicates = Part(task.part), who.may(Action.ADJUDICATE)
        reason = why_not(part, who.name, others, agent, adjudicates=adjudicates)
        if reason is not None:
            raise QualityTrouble(reason)
        _give(session, line, who, task)


def put_back(line: Line, who: Who, task_id: int) -> None:
    """Give a call back to the work list; what was marked on it is dropped. Somebody who plans the
    work may give back what a colleague has left. Raises QualityTrouble."""
    with line.database.transaction() as session:
        task = _locked(session, who, task_id)
        if task.done_at is not None:
            raise QualityTrouble("this review is ended; it stays as it is")
        if task.part == Part.CALIBRATION:
            raise QualityTrouble("a call of a calibration round is heard by everybody in it")
        if task.reviewer != who.name and not who.may(Action.PLAN_REVIEWS):
            raise QualityTrouble("somebody else is hearing this call; leave it to them")
        if task.part != Part.THIRD:  # its draft is what the two before it agree on
            task.draft = None
        task.reviewer, task.claimed_at = None, None
        task.version += 1


def save(line: Line, who: Who, task_id: int, seen: Seen, draft: Draft) -> int:
    """Keep what is marked so far; returns the version that the next form carries. Raises
    QualityTrouble, and StaleForm where another window was faster."""
    with line.database.transaction() as session:
        task = _mine(session, who, task_id, seen)
        _keep(session, task, draft, seen.window)
        return task.version


def comment(
    line: Line, who: Who, task_id: int, seen: Seen, draft: Draft, at_s: float, words: str
) -> None:
    """Say something about a second of the call, and keep what is marked so far. Raises
    QualityTrouble, and StaleForm."""
    words = words.replace("\0", "").strip()
    if not words:
        raise QualityTrouble("the comment is empty; write it down")
    if len(words) > quality_sheet.LONGEST:
        raise QualityTrouble(f"a comment may have {quality_sheet.LONGEST} characters; shorten it")
    if not 0 <= at_s <= LATEST_S:
        raise QualityTrouble("the second lies outside the call; give minutes and seconds")
    with line.database.transaction() as session:
        task = _mine(session, who, task_id, seen)
        _keep(session, task, draft, seen.window)
        session.add(
            ReviewComment(
                task_id=task.id, at_s=at_s, words=words, made_at=line.clock(), made_by=who.name
            )
        )


def remove_comment(
    line: Line, who: Who, task_id: int, seen: Seen, draft: Draft, comment_id: int
) -> None:
    """Take a comment of one's own back before the review is ended. Raises QualityTrouble."""
    with line.database.transaction() as session:
        task = _mine(session, who, task_id, seen)
        _keep(session, task, draft, seen.window)
        for one in quality.comments_of(session, [task.id]):
            if one.id == comment_id:
                session.delete(one)


def end(line: Line, who: Who, task_id: int, seen: Seen, draft: Draft) -> Ended:
    """End a review. What was heard otherwise than it counts becomes a reviewer's word on the answer
    at once; where two reviewers differ, a third one decides. Raises QualityTrouble, and
    StaleForm."""
    now = line.clock()
    with line.database.transaction() as session:
        task = _seen(session, who, task_id)
        parts = quality.lock_parts(session, task)
        if task.done_at is not None:
            return _ended_before(session, who, task, draft)
        whole = quality_sheet.task_of(session, _current(task, who, seen))
        draft = quality_sheet.fitting(whole, draft)
        quality_sheet.check_whole(whole, draft)
        made = score(whole.card, draft.marks)
        session.add(_sheet(task, draft, made, who.name, now))
        task.done_at, task.draft, task.version = now, None, task.version + 1
        session.flush()
        if task.part != Part.CALIBRATION:
            _keep_heard(session, line, whole, draft, who.name, now)
        differs, settled = _settle(session, task, parts)
        if task.part == Part.CALIBRATION:
            _open_doubts(session, task, parts, now)
        audit.note(session, line, who.name, "call-scored", f"call:{task.call_id}", f"#{task.id}")
        return Ended(made, differs, settled)


def _give(session: Session, line: Line, who: Who, task: QualityTask) -> None:
    if not quality.give(session, task, who.name, line.clock()):
        raise QualityTrouble(
            "you have heard another part of this call; somebody else must hear this one"
        )
    task.version += 1


def _locked(session: Session, who: Who, task_id: int) -> QualityTask:
    return _seen(session, who, task_id, lock=True)


def _seen(session: Session, who: Who, task_id: int, *, lock: bool = False) -> QualityTask:
    task = quality.task_by_id(session, task_id, lock=lock)
    if task is None or who.branch not in (None, task.call.policy.branch):
        raise QualityTrouble(f"there is no review {task_id}; look at the work list")
    return task


def _mine(session: Session, who: Who, task_id: int, seen: Seen) -> QualityTask:
    task = _locked(session, who, task_id)
    if task.done_at is not None:
        raise QualityTrouble("this review is ended; it stays as it is")
    return _current(task, who, seen)


def _current(task: QualityTask, who: Who, seen: Seen) -> QualityTask:
    if task.reviewer != who.name:
        raise QualityTrouble("this call is not yours any more; take it again from the work list")
    window = (task.draft or {}).get("window")
    if task.version != seen.version and (not seen.window or window != seen.window):
        raise StaleForm(OUT_OF_DATE)
    return task


def _keep(session: Session, task: QualityTask, draft: Draft, window: str) -> None:
    whole = quality_sheet.task_of(session, task)
    kept = quality_sheet.as_json(quality_sheet.fitting(whole, draft))
    task.draft = {**kept, "window": window}
    task.version += 1


def _ended_before(session: Session, who: Who, task: QualityTask, draft: Draft) -> Ended:
    """The button was pressed twice; anything else comes too late."""
    sheet = quality.sheet_of(session, task.id)
    whole = quality_sheet.task_of(session, task)
    fits = quality_sheet.fitting(whole, draft)
    if sheet is None or task.reviewer != who.name or quality_sheet.of_sheet(sheet) != fits:
        raise QualityTrouble("this review is ended; it stays as it is")
    parts = quality.parts_of(session, task)
    settled = all(one.done_at is not None for one in parts)
    differs = any(one.part == Part.THIRD for one in parts)
    return Ended(score(whole.card, fits.marks), differs, settled)


def _sheet(task: QualityTask, draft: Draft, made: Score, by: str, now: datetime) -> ScoreSheet:
    return ScoreSheet(
        task_id=task.id,
        number=1,
        marks={name: mark.value for name, mark in draft.marks.items()},
        labels=labels_of(draft),
        points=made.points,
        passed=made.passed,
        critical=list(made.critical),
        remark=draft.remark,
        made_at=now,
        made_by=by,
    )


def labels_of(draft: Draft) -> dict[str, dict[str, str]]:
    """What was heard in each turn, as a sheet keeps it."""
    return {
        str(turn): {"label": label.value, "words": draft.words.get(turn, "")}
        for turn, label in sorted(draft.labels.items())
    }


def _keep_heard(
    session: Session, line: Line, whole: Task, draft: Draft, by: str, now: datetime
) -> None:
    call = calls.by_id(session, whole.row.call_id, lock=True)
    assert call is not None  # the task is about it
    heard = {
        turn: Heard(Label(label), draft.words.get(turn)) for turn, label in draft.labels.items()
    }
    keep_heard(session, line, call, by, heard, now)


def _settle(session: Session, task: QualityTask, parts: Sequence[QualityTask]) -> tuple[bool, bool]:
    """Whether two differ, for whom a third task is opened, and whether the call's result stands."""
    if task.part == Part.CALIBRATION or any(one.done_at is None for one in parts):
        return False, False
    two = [one for one in parts if one.part in (Part.FIRST, Part.SECOND)]
    if len(two) < 2 or task.part == Part.THIRD:
        return False, True
    first, second = (_standing(session, one) for one in two)
    found = difference(quality_sheet.said(first), quality_sheet.said(second))
    if not found:
        return False, True
    session.add(_third(two[0], first, second))
    return True, False


def _open_doubts(
    session: Session, task: QualityTask, parts: Sequence[QualityTask], now: datetime
) -> None:
    """A round counts for nobody, but a no that was heard in it must not be forgotten: when
    everybody has ended, the answer waits to be decided."""
    if any(one.done_at is None for one in parts):
        return
    heard = [
        (int(turn), Label(told["label"]))
        for one in parts
        for turn, told in _standing(session, one).labels.items()
    ]
    open_doubts(session, task.call, heard, now)


def _standing(session: Session, task: QualityTask) -> ScoreSheet:
    sheet = quality.sheet_of(session, task.id)
    assert sheet is not None  # the task is done
    return sheet


def _third(first: QualityTask, one: ScoreSheet, other: ScoreSheet) -> QualityTask:
    """Between two who differ. What both say alike is marked already."""
    same = agreed(quality_sheet.said(one), quality_sheet.said(other))
    draft = Draft(
        marks={name: Mark(mark) for name, mark in same.marks.items()},
        labels={int(turn): Label(label) for turn, label in same.labels.items()},
    )
    remarks: Sequence[str] = [sheet.remark for sheet in (one, other) if sheet.remark]
    draft = replace(draft, remark="\n".join(remarks)[: quality_sheet.LONGEST])
    return QualityTask(
        call_id=first.call_id,
        plan_id=first.plan_id,
        part=Part.THIRD.value,
        seat=SEATS[Part.THIRD],
        place=first.place,
        by_chance=first.by_chance,
        risks=first.risks,
        channel=first.channel,
        product=first.product,
        draft=quality_sheet.as_json(draft),
        version=0,
    )
