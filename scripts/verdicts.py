"""What every question of a call came to, from its turns alone. Silence and noise never confirm; a
yes after a doubt is remembered as resolved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scripts.heard import Turn
from scripts.labels import PRIORITY, Label
from scripts.model import Event, Kind, Question
from scripts.position import event


class Status(StrEnum):
    """What a question came to. Everything but CONFIRMED and NOT_ASKED is a finding."""

    CONFIRMED = "confirmed"
    RESOLVED = "resolved"  # a doubt first, then a clear yes
    DENIED = "denied"
    UNSURE = "unsure"
    REFUSED = "refused"
    EXPLAIN = "explain"
    COMPLAINT = "complaint"
    UNCLEAR = "unclear"
    SILENT = "silent"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one question came to. ``words`` are the customer's own, of the answer that decided it,
    which is turn ``decided_by``; ``turns`` are the numbers of all its answers, counted from 0 over
    the whole call; ``doubts`` are all the doubts heard on it, the gravest first."""

    question_id: str
    code: str
    item: str | None
    status: Status
    words: str = ""
    label: Label | None = None
    decided_by: int | None = None
    turns: tuple[int, ...] = ()
    doubts: tuple[Label, ...] = ()

    @property
    def is_finding(self) -> bool:
        """Whether somebody has to look at it."""
        return self.status not in (Status.CONFIRMED, Status.NOT_ASKED)


_STATUS = {
    Label.COMPLAINT: Status.COMPLAINT,
    Label.REFUSE: Status.REFUSED,
    Label.DENY: Status.DENIED,
    Label.EXPLAIN: Status.EXPLAIN,
    Label.UNSURE: Status.UNSURE,
    Label.UNCLEAR: Status.UNCLEAR,
    Label.SILENCE: Status.SILENT,
}
#: From the gravest: what an unsettled question came to is its gravest answer.
_GRAVITY = tuple(_STATUS)
#: What a later yes settles, but is remembered.
_DOUBT = frozenset({Label.COMPLAINT, Label.REFUSE, Label.DENY, Label.EXPLAIN, Label.UNSURE})
#: Questions that lead the conversation: a 您哪位 before the yes is no doubt about the policy.
_LEADING = frozenset({Kind.PRESENCE, Kind.IDENTITY, Kind.CONSENT})

Numbered = Sequence[tuple[int, Turn]]


def judge(questions: Iterable[Question], turns: Sequence[Turn]) -> tuple[Verdict, ...]:
    """One verdict per question of the path. Turns are numbered from 0."""
    heard: dict[str, list[tuple[int, Turn]]] = {}
    for number, turn in enumerate(turns):
        heard.setdefault(turn.question_id, []).append((number, turn))
    return tuple(_verdict(question, heard.get(question.id, ())) for question in questions)


def _verdict(question: Question, turns: Numbered) -> Verdict:
    doubts = tuple(label for label in PRIORITY if label in _DOUBT and _said(turns, label))
    decided = _decide(question, turns, doubts)
    if decided is None:
        return Verdict(question.id, question.code, question.item, Status.NOT_ASKED)
    (number, turn), status = decided
    return Verdict(
        question_id=question.id,
        code=question.code,
        item=question.item,
        status=status,
        words=turn.heard.words,
        label=turn.heard.label,
        decided_by=number,
        turns=tuple(number for number, _ in turns),
        doubts=doubts,
    )


def _decide(
    question: Question, turns: Numbered, doubts: tuple[Label, ...]
) -> tuple[tuple[int, Turn], Status] | None:
    """The turn that decides and what it decides; None for a question that was never asked."""
    if not turns:
        return None
    if event(turns[-1][1].heard) is Event.AFFIRM:
        if doubts and question.kind not in _LEADING:
            return _first(turns, doubts[0]), Status.RESOLVED
        return turns[-1], Status.CONFIRMED
    gravest = next((label for label in _grave(question) if _said(turns, label)), None)
    if gravest is None:
        return turns[-1], Status.NOT_ASKED
    return _first(turns, gravest), _STATUS[gravest]


def _grave(question: Question) -> tuple[Label, ...]:
    """不是 to 请问您是本人吗 is somebody else on the line, not a denial by the holder."""
    if question.kind is not Kind.PRESENCE:
        return _GRAVITY
    return tuple(label for label in _GRAVITY if label is not Label.DENY)


def _said(turns: Numbered, label: Label) -> bool:
    return any(label in (turn.heard.label, *turn.heard.also) for _, turn in turns)


def _first(turns: Numbered, label: Label) -> tuple[int, Turn]:
    return next(t for t in turns if label in (t[1].heard.label, *t[1].heard.also))
