"""One call as a reviewer hears it: its answers, the scorecard with what is marked, comments, and
for a third reviewer what the two before said. Numbers are masked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.scoring import Mark
from operations.quality_sheet import Draft, Task
from scripts.labels import Label
from scripts.scorecards import Criterion
from store.tables import QualityTask, ReviewComment, ScoreSheet
from web.languages import is_chinese
from web.masks import mask_text
from web.views.call import CallView, Said
from web.views.review import LABELS
from web.views.tasks import Shown, Why, reasons

#: How much of a call lies before a comment when one is made by ear: people need a moment.
_NO_MARK = ""


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One line of the scorecard. ``said`` is what other reviewers marked, by name; ``turns`` are
    the answers that it is about."""

    id: str
    title: str
    weight: int
    critical: bool
    source: str
    codes: list[str]
    turns: list[int]
    mark: str
    said: list[tuple[str, str]]

    @property
    def differs(self) -> bool:
        """Whether others marked it differently."""
        return len({mark for _, mark in self.said}) > 1


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer: as it was asked and heard, and what the reviewer says of it. ``wanted`` where the
    sheet cannot be ended without it."""

    said: Said
    wanted: bool
    label: str
    words: str
    others: list[tuple[str, str, str]]

    @property
    def differs(self) -> bool:
        """Whether others heard it differently."""
        return len({label for _, label, _ in self.others}) > 1


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment on a second."""

    id: int
    at_s: float
    words: str
    by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet as it was made; ``why`` it took the place of the one before."""

    by: str
    at: datetime
    score: Shown
    remark: str
    why: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is done: criteria that are marked, and answers that must be told and are."""

    marked: int
    criteria: int
    told: int
    wanted: int


@dataclass(frozen=True, slots=True)
class TaskView:
    """The page of a review."""

    id: int
    part: str
    call: CallView
    agent: str | None
    card: str
    pass_mark: int
    why: list[str]
    criteria: list[CriterionRow]
    answers: list[AnswerRow]
    comments: list[CommentRow]
    remark: str
    labels: list[str]
    sheets: list[SheetRow]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Other:
    """Another reviewer's sheet that may be seen."""

    name: str
    sheet: ScoreSheet


def task_view(
    task: Task,
    call: CallView,
    draft: Draft,
    comments: Iterable[ReviewComment],
    me: str,
    *,
    others: Sequence[Other] = (),
    sheets: Iterable[ScoreSheet] = (),
) -> TaskView:
    """The page of a task, with this draft in its form."""
    row, said = task.row, [one for one in call.time_line if isinstance(one, Said)]
    return TaskView(
        id=row.id,
        part=row.part,
        call=call,
        agent=task.agent,
        card=task.card.title if is_chinese() else task.card.title_en,
        pass_mark=task.card.pass_mark,
        why=why_of(row),
        criteria=[_criterion(one, draft.marks, said, others) for one in task.criteria],
        answers=[_answer(one, task, draft, others) for one in said],
        comments=[_comment(one, me) for one in comments],
        remark=draft.remark,
        labels=LABELS,
        sheets=[sheet_row(one) for one in sheets],
        progress=progress(task, draft),
    )


def progress(task: Task, draft: Draft) -> Progress:
    """How far a draft is."""
    return Progress(
        marked=sum(one.id in draft.marks for one in task.criteria),
        criteria=len(task.criteria),
        told=sum(turn in draft.labels for turn in task.heard),
        wanted=len(task.heard),
    )


def why_of(row: QualityTask) -> list[str]:
    """Why a call is heard, in words."""
    return reasons(Why(row.by_chance, row.channel, row.product, row.risks))


def _criterion(
    one: Criterion, marks: Mapping[str, Mark], said: Sequence[Said], others: Sequence[Other]
) -> CriterionRow:
    mark = marks.get(one.id)
    return CriterionRow(
        id=one.id,
        title=one.title if is_chinese() else one.title_en,
        weight=one.weight,
        critical=one.critical,
        source=one.source,
        codes=list(one.codes),
        turns=[turn.number for turn in said if turn.code in one.codes],
        mark=mark.value if mark else _NO_MARK,
        said=[(other.name, str(other.sheet.marks.get(one.id, ""))) for other in others],
    )


def _answer(one: Said, task: Task, draft: Draft, others: Sequence[Other]) -> AnswerRow:
    label: Label | None = draft.labels.get(one.number)
    return AnswerRow(
        said=one,
        wanted=one.number in task.heard,
        label=label.value if label else "",
        words=draft.words.get(one.number, ""),
        others=[_heard_by(other, one.number) for other in others],
    )


def _heard_by(other: Other, turn: int) -> tuple[str, str, str]:
    told = other.sheet.labels.get(str(turn), {})
    return other.name, str(told.get("label", "")), mask_text(told.get("words", ""))


def _comment(one: ReviewComment, me: str) -> CommentRow:
    return CommentRow(one.id, one.at_s, mask_text(one.words), one.made_by, one.made_by == me)


def sheet_row(one: ScoreSheet) -> SheetRow:
    """A sheet with its score."""
    return SheetRow(
        by=one.made_by,
        at=one.made_at,
        score=Shown(one.points, one.passed, len(one.critical)),
        remark=mask_text(one.remark),
        why=mask_text(one.why) if one.why else None,
        withdrawn=one.withdrawn_at is not None,
    )
