"""From answers to findings, and live hearing held against the recording and against what a
reviewer heard. Pure: it is handed values and hands back values, and never turns a doubt into a
yes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scripts.heard import Heard, Turn
from scripts.labels import PRIORITY, Label
from scripts.verdicts import Status, Verdict

LIVE = "live"
RECORDING = "recording"
REVIEW = "review"
TYPED = "typed"

#: What a recording must say for a finding of its own against a yes that was heard live. Anything
#: vaguer goes to a reviewer: recognisers mishear, and a case on every mishearing helps nobody.
CLEAR_NO: Mapping[Label, Status] = {
    Label.DENY: Status.DENIED,
    Label.COMPLAINT: Status.COMPLAINT,
    Label.REFUSE: Status.REFUSED,
}
_SAID_YES = frozenset({Status.CONFIRMED, Status.RESOLVED})


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer as read from the recording. Times in seconds from its beginning."""

    turn: int
    question_id: str
    label: Label
    words: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One question that did not end in a clear yes, with where the proof of it lies."""

    question_id: str
    code: str
    status: Status
    label: Label
    words: str
    doubts: tuple[Label, ...] = ()  # every doubt heard on the question, also those settled since
    source: str = LIVE
    turn: int | None = None
    from_s: float | None = None
    to_s: float | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Live hearing and recording differ about one answer: a reviewer must listen."""

    question_id: str
    turn: int
    live: Label
    recorded: Label


def live_findings(verdicts: Iterable[Verdict], recorded: Sequence[Recorded]) -> list[Finding]:
    """The findings of the conversation, each with its place in the recording where known."""
    by_turn = {one.turn: one for one in recorded}
    return [_live(verdict, by_turn) for verdict in verdicts if verdict.is_finding]


def _live(verdict: Verdict, by_turn: Mapping[int, Recorded]) -> Finding:
    turn = verdict.decided_by
    proof = by_turn.get(turn) if turn is not None else None
    return Finding(
        question_id=verdict.question_id,
        code=verdict.code,
        status=verdict.status,
        label=verdict.label or Label.UNCLEAR,
        words=verdict.words,
        doubts=verdict.doubts,
        turn=turn,
        from_s=proof.from_s if proof else None,
        to_s=proof.to_s if proof else None,
    )


def recorded_findings(verdicts: Iterable[Verdict], recorded: Sequence[Recorded]) -> list[Finding]:
    """Clear denials in the recording of answers that were taken for a yes while the call ran:
    the false yes, which is the worst thing that can happen here."""
    last = {verdict.turns[-1]: verdict for verdict in verdicts if verdict.turns}
    found = []
    for one in recorded:
        verdict = last.get(one.turn)
        if verdict and verdict.status in _SAID_YES and one.label in CLEAR_NO:
            found.append(_denied_in_recording(verdict, one))
    return found


def _denied_in_recording(verdict: Verdict, one: Recorded) -> Finding:
    return Finding(
        question_id=verdict.question_id,
        code=verdict.code,
        status=CLEAR_NO[one.label],
        label=one.label,
        words=one.words,
        doubts=(one.label,),
        source=RECORDING,
        turn=one.turn,
        from_s=one.from_s,
        to_s=one.to_s,
    )


def disagreements(live: Mapping[int, Label], recorded: Sequence[Recorded]) -> list[Disagreement]:
    """Where exactly one of the two heard a yes. ``live`` holds the spoken turns by number; keys
    are not in it, for a key cannot be misheard."""
    found = []
    for one in recorded:
        heard = live.get(one.turn)
        if heard is not None and (heard is Label.AFFIRM) != (one.label is Label.AFFIRM):
            found.append(Disagreement(one.question_id, one.turn, heard, one.label))
    return found


@dataclass(frozen=True, slots=True)
class Truth:
    """What reviewers heard in one answer, and the customer's words where they are known."""

    turn: int
    label: Label
    words: str = ""


def typed_findings(verdicts: Iterable[Verdict], typed: Iterable[Truth]) -> list[Finding]:
    """Clear denials in the words that an agent typed beside a yes and kept. ``typed`` are those
    words by turn, with what they read as."""
    last = {verdict.turns[-1]: verdict for verdict in verdicts if verdict.turns}
    return [
        Finding(
            question_id=verdict.question_id,
            code=verdict.code,
            status=CLEAR_NO[one.label],
            label=one.label,
            words=one.words,
            doubts=(one.label,),
            source=TYPED,
            turn=one.turn,
        )
        for one in typed
        if (verdict := last.get(one.turn)) and verdict.status in _SAID_YES and one.label in CLEAR_NO
    ]


def settled(labels: Iterable[Label]) -> Label:
    """What several reviewers' words on one answer come to: the gravest. A yes only when each of
    them heard a yes."""
    return min(labels, key=PRIORITY.index)


def right(live: Label | None, recorded: Label | None, truth: Label) -> str:
    """Who had heard what the reviewers heard: live, recorded, both or neither."""
    hits = [name for name, one in (("live", live), ("recorded", recorded)) if one is truth]
    return "both" if len(hits) == 2 else (hits[0] if hits else "neither")


def corrected(turns: Sequence[Turn], truths: Iterable[Truth]) -> tuple[Turn, ...]:
    """The turns of a call with what reviewers heard in the place of what was heard live."""
    known = {truth.turn: truth for truth in truths}
    return tuple(
        _corrected(turn, known[number]) if number in known else turn
        for number, turn in enumerate(turns)
    )


def _corrected(turn: Turn, truth: Truth) -> Turn:
    # 不是本人 and 晚点打 answer no question about the sale: whatever they are, they are no yes.
    no_answer = truth.label in (Label.NOT_HOLDER, Label.CALLBACK)
    label = Label.UNCLEAR if no_answer else truth.label
    heard = Heard(label, truth.words or turn.heard.words, via=turn.heard.via)
    return replace(turn, heard=heard)


def reviewed_findings(
    verdicts: Iterable[Verdict],
    live: Iterable[Verdict],
    questions: frozenset[str],
    recorded: Sequence[Recorded],
) -> list[Finding]:
    """What reviewers found in these questions beyond what the call knew itself.

    ``verdicts`` are those of the corrected turns, ``live`` those of the call. A reviewer's yes
    makes no finding and takes none away: the doubt that was heard stays a doubt.
    """
    known = {verdict.question_id: verdict.status for verdict in live}
    by_turn = {one.turn: one for one in recorded}
    return [
        replace(_live(verdict, by_turn), source=REVIEW)
        for verdict in verdicts
        if verdict.question_id in questions
        and verdict.is_finding
        and verdict.status is not known.get(verdict.question_id)
    ]
