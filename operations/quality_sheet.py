"""A reviewer's sheet on a call: what is marked so far, what is still missing, and what belongs to
the call at all. It stores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cases.quality_work import Said
from cases.scoring import Mark, applying, unmarked
from operations.calls import run_of
from operations.judge import spoken_facts
from operations.quality_trouble import QualityTrouble
from scripts import scorecards
from scripts.labels import Label, code_of
from scripts.scorecards import Criterion, Scorecard
from store import quality
from store.database import Session
from store.tables import QualityTask, ScoreSheet

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Draft:
    """What is marked so far: criterion -> mark, turn -> what was heard in it and in which words."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    labels: Mapping[int, Label] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A task with all that its sheet depends on. ``heard`` are the turns whose answer must be told
    from the recording, with what was heard live: empty where there is nothing to listen to."""

    row: QualityTask
    card: Scorecard
    criteria: tuple[Criterion, ...]
    heard: Mapping[int, Label]
    turns: int
    agent: str | None


def task_of(session: Session, row: QualityTask) -> Task:
    """The task as its sheet needs it."""
    card, agent = scorecards.of_plain(row.plan.scorecard), quality.agent_of(session, row.call_id)
    run = run_of(session, row.call)
    codes = {code_of(turn.question_id) for turn in run.turns}
    audio = quality.is_recorded(session, row.call_id)
    return Task(
        row=row,
        card=card,
        criteria=applying(card, codes, by_agent=agent is not None),
        heard=spoken_facts(run) if audio else {},
        turns=len(run.turns),
        agent=agent,
    )


def as_json(draft: Draft) -> dict[str, Any]:
    """A draft as it is stored."""
    return {
        "marks": {name: mark.value for name, mark in draft.marks.items()},
        "labels": {str(turn): label.value for turn, label in draft.labels.items()},
        "words": {str(turn): words for turn, words in draft.words.items()},
        "remark": draft.remark,
    }


def from_json(kept: Mapping[str, Any] | None) -> Draft:
    """A draft as it was stored; nothing where nothing is."""
    if not kept:
        return Draft()
    return Draft(
        marks={name: Mark(mark) for name, mark in kept.get("marks", {}).items()},
        labels={int(turn): Label(label) for turn, label in kept.get("labels", {}).items()},
        words={int(turn): str(words) for turn, words in kept.get("words", {}).items()},
        remark=str(kept.get("remark", "")),
    )


def of_sheet(sheet: ScoreSheet) -> Draft:
    """A sheet that was made, as a draft."""
    labels = sheet.labels.items()
    return Draft(
        marks={name: Mark(mark) for name, mark in sheet.marks.items()},
        labels={int(turn): Label(one["label"]) for turn, one in labels},
        words={int(turn): one["words"] for turn, one in labels if one["words"]},
        remark=sheet.remark,
    )


def said(sheet: ScoreSheet) -> Said:
    """What a sheet says, to be held against another."""
    return Said(sheet.marks, {turn: one["label"] for turn, one in sheet.labels.items()})


def fitting(task: Task, draft: Draft) -> Draft:
    """The draft without what is not of this call. Raises QualityTrouble where words are too
    long."""
    names = {one.id for one in task.criteria}
    texts = [draft.remark, *draft.words.values()]
    if max(map(len, texts)) > LONGEST:
        raise QualityTrouble(f"remark and words may have {LONGEST} characters each; shorten them")
    return replace(
        draft,
        marks={name: mark for name, mark in draft.marks.items() if name in names},
        labels={turn: one for turn, one in draft.labels.items() if turn < task.turns},
        words={turn: one for turn, one in draft.words.items() if turn < task.turns and one},
    )


def check_whole(task: Task, draft: Draft) -> None:
    """Whether a sheet may be ended. Raises QualityTrouble."""
    open_criteria = unmarked(task.criteria, draft.marks)
    if open_criteria:
        raise QualityTrouble(f"{len(open_criteria)} criteria are not marked yet; mark them all")
    unheard = [turn for turn in task.heard if turn not in draft.labels]
    if unheard:
        raise QualityTrouble(
            f"{len(unheard)} answers are not told from the recording yet; listen to each and choose"
            " what was said"
        )
    if Mark.MISSED in draft.marks.values() and not draft.remark:
        raise QualityTrouble("something was missed; write into the remark what, for the agent")
    spoken = [turn for turn in draft.words if turn not in draft.labels]
    if spoken:
        raise QualityTrouble(
            "words were corrected in an answer without a label; choose what was said in it"
        )
