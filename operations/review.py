"""Reviewers' work: answers drawn for them at random, their decisions, and the decided answers as
examples for the lexicon. A decision never makes a doubt of the call disappear."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.agreement import Compared
from cases.findings import right, settled
from cases.sampling import draw as draw_of
from operations.compare import answers
from operations.judge import judge
from operations.line import Line
from scripts.labels import Label
from store import calls, recordings, reviews
from store.database import Session
from store.tables import Call, Draw, QualityItem, Review, Turn

LONGEST_NAME, LONGEST_NOTE = 60, 2000


class ReviewTrouble(Exception):  # noqa: N818 - a fault of the input, reported in one sentence
    """A decision that cannot be kept. The message says why and what to do."""


class NoItem(ReviewTrouble):
    """There is no such quality item."""


class DecidedBefore(ReviewTrouble):
    """The reviewer has decided the answer otherwise before, and does not say that this corrects
    it. ``call`` and ``turn`` name the answer."""

    def __init__(self, sentence: str, call: int, turn: int) -> None:
        super().__init__(sentence)
        self.call, self.turn = call, turn


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer heard with their own ears. ``words`` are the customer's as the reviewer
    heard them, None when not written down; ``blind`` when neither label was shown; ``correct``
    replaces the same reviewer's earlier decision, which is kept."""

    label: Label
    by: str
    note: str = ""
    words: str | None = None
    blind: bool = False
    correct: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to: ``right`` is who had heard the same (live, recorded, both, neither),
    ``truth`` what all reviewers of the answer come to, ``changed`` whether anything was stored."""

    item: int
    call: int
    turn: int
    label: Label
    truth: Label
    right: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample: how many answers were drawn, and how many of them are new in the quality list; the
    others were decided, or queued, for another reason."""

    answers: int
    queued: int
    left: int  # agreed answers that are still undrawn
    seed: int


@dataclass(frozen=True, slots=True)
class Example:
    """An answer with the label that reviewers gave it. ``source`` is live, recording or review:
    whose words these are."""

    question: str
    answer: str
    label: str
    source: str
    engine: str


def decide(line: Line, item_id: int, decision: Decision) -> Decided:
    """Keep a reviewer's decision about a quality item and judge its call anew. The same decision
    again changes nothing. Raises ReviewTrouble."""
    decision = _checked(decision)
    now = line.clock()
    with line.database.transaction() as session:
        item = reviews.item_by_id(session, item_id)
        if item is None:
            raise NoItem(f"there is no quality item {item_id}; see `huifang review list`")
        call = calls.by_id(session, item.call_id, lock=True)
        assert call is not None
        known = reviews.by_reviewer(session, item, decision.by)
        if known is not None and _same(known, decision):
            return _decided(session, item, known, changed=False)
        if known is not None:
            _withdraw(known, item, decision, now)
            session.flush()  # one word of each reviewer stands
        review = _review(session, call, item, decision, now)
        session.add(review)
        session.flush()  # the judge asks for it
        judge(session, line, call, now)
        return _decided(session, item, review, changed=True)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reviewer heard in one answer of a call, and in which words, where written down."""

    label: Label
    words: str | None = None


def keep_heard(
    session: Session, line: Line, call: Call, by: str, heard: Mapping[int, Heard], now: datetime
) -> None:
    """Keep what a reviewer of the whole call heard in its answers: where one waits for a reviewer,
    where the call or its recording was heard otherwise, and where words were written down. The
    same reviewer's earlier decision is replaced; the call is judged anew."""
    kept = False
    for number, one in sorted(heard.items()):
        turn = next((row for row in call.turns if row.number == number), None)
        if turn is None:
            continue
        item = reviews.item_of_answer(session, call.id, number)
        if item is None and not (one.words or _heard_otherwise(session, call, turn, one.label)):
            continue
        item = item or _opened(session, call, turn, now)
        kept = _keep(session, call, item, Decision(one.label, by, "", one.words), now) or kept
    if kept:
        session.flush()
        judge(session, line, call, now)


def open_doubts(
    session: Session, call: Call, heard: Iterable[tuple[int, Label]], now: datetime
) -> None:
    """Have answers decided that somebody heard otherwise than they count, without their word being
    one: each waits in the list of answers."""
    turns = {turn.number: turn for turn in call.turns}
    for number, label in heard:
        turn = turns.get(number)
        known = turn is None or reviews.item_of_answer(session, call.id, number) is not None
        if turn is not None and not known and _heard_otherwise(session, call, turn, label):
            _opened(session, call, turn, now)


def draw(line: Line, count: int, seed: int) -> Drawn:
    """Draw agreed answers for review and put them into the quality list. No answer is drawn twice
    for the same engine, and none is listed twice."""
    now = line.clock()
    with line.database.transaction() as session:
        all_answers = answers(session, None, None)
        chosen = draw_of(all_answers, count, seed)
        queued, new = reviews.queued(session), 0
        for answer in chosen:
            session.add(_draw(answer, seed, now))
            if (answer.call, answer.turn) not in queued:
                queued.add((answer.call, answer.turn))
                session.add(_item(answer, now))
                new += 1
    left = len(draw_of(all_answers, len(all_answers), seed)) - len(chosen)
    return Drawn(len(chosen), new, left, seed)


def examples(line: Line) -> list[Example]:
    """Every reviewed answer in the words of the call, of each engine and of the reviewers, each
    once. Where a recogniser misheard, its words may belong to another label than the truth: they
    are examples of hearing, not for the lexicon, and ``source`` tells whose they are."""
    with line.database.reading() as session:
        return list(dict.fromkeys(_examples(session)))


def _heard_otherwise(session: Session, call: Call, turn: Turn, label: Label) -> bool:
    recorded = _recorded_label(session, call.id, turn.number)
    return turn.label != label or recorded not in (None, label)


def _opened(session: Session, call: Call, turn: Turn, now: datetime) -> QualityItem:
    """An answer that nothing had spoken against until a reviewer heard it."""
    item = QualityItem(
        call_id=call.id,
        question_id=turn.question_id,
        turn_number=turn.number,
        reason=reviews.REVIEWER,
        live_label=turn.label,
        recorded_label=_recorded_label(session, call.id, turn.number),
        opened_at=now,
    )
    session.add(item)
    session.flush()
    return item


def _keep(
    session: Session, call: Call, item: QualityItem, decision: Decision, now: datetime
) -> bool:
    """Whether anything was stored: the same again changes nothing."""
    known = reviews.by_reviewer(session, item, decision.by)
    if known is not None and (known.label, known.words) == (decision.label, decision.words):
        return False
    if known is not None:
        known.withdrawn_at = now
        session.flush()  # one word of each reviewer stands
    session.add(_review(session, call, item, decision, now))
    return True


def _checked(decision: Decision) -> Decision:
    by = decision.by.strip()
    if not 0 < len(by) <= LONGEST_NAME:
        raise ReviewTrouble(f"a decision needs its reviewer's name, 1 to {LONGEST_NAME} characters")
    words = (decision.words or "").strip() or None
    if "\0" in decision.by + decision.note + (words or ""):
        raise ReviewTrouble("name, note and words cannot hold the character NUL; leave it out")
    if max(len(decision.note), len(words or "")) > LONGEST_NOTE:
        raise ReviewTrouble(f"note and words may have {LONGEST_NOTE} characters; shorten them")
    return Decision(
        decision.label, by, decision.note.strip(), words, decision.blind, decision.correct
    )


def _same(known: Review, decision: Decision) -> bool:
    return (known.label, known.note, known.words) == (decision.label, decision.note, decision.words)


def _withdraw(known: Review, item: QualityItem, decision: Decision, now: datetime) -> None:
    if not decision.correct:
        raise DecidedBefore(
            f"{known.reviewer} decided item {item.id} on {known.made_at:%Y-%m-%d %H:%M} as"
            f" {known.label}; to correct that, say so (--correct)",
            item.call_id,
            item.turn_number,
        )
    known.withdrawn_at = now


def _review(
    session: Session, call: Call, item: QualityItem, decision: Decision, now: datetime
) -> Review:
    return Review(
        call_id=call.id,
        turn_number=item.turn_number,
        question_id=item.question_id,
        reviewer=decision.by,
        label=decision.label,
        words=decision.words,
        note=decision.note,
        live_label=next((t.label for t in call.turns if t.number == item.turn_number), None),
        recorded_label=_recorded_label(session, item.call_id, item.turn_number),
        blind=decision.blind,
        made_at=now,
    )


def _recorded_label(session: Session, call_id: int, turn: int) -> str | None:
    hearing = recordings.newest_hearing(session, call_id)
    readings = hearing.readings if hearing else []
    return next((one.label for one in readings if one.turn_number == turn), None)


def _decided(session: Session, item: QualityItem, review: Review, *, changed: bool) -> Decided:
    own = [
        Label(one.label)
        for one in reviews.of_call(session, item.call_id)
        if one.turn_number == item.turn_number
    ]
    return Decided(
        item=item.id,
        call=item.call_id,
        turn=item.turn_number,
        label=Label(review.label),
        truth=settled(own),
        right=who_was_right(review),
        changed=changed,
    )


def who_was_right(review: Review) -> str:
    """Who had heard what this reviewer heard: live, recorded, both or neither."""
    live, recorded = (
        Label(one) if one else None for one in (review.live_label, review.recorded_label)
    )
    return right(live, recorded, Label(review.label))


def _draw(answer: Compared, seed: int, now: datetime) -> Draw:
    return Draw(
        call_id=answer.call,
        turn_number=answer.turn,
        question_id=answer.question_id,
        engine=answer.engine,
        seed=seed,
        drawn_at=now,
    )


def _item(answer: Compared, now: datetime) -> QualityItem:
    return QualityItem(
        call_id=answer.call,
        question_id=answer.question_id,
        turn_number=answer.turn,
        reason=reviews.SAMPLE,
        live_label=answer.live,
        recorded_label=answer.recorded,
        opened_at=now,
    )


def _examples(session: Session) -> Iterator[Example]:
    by_answer: dict[tuple[int, int], list[Review]] = {}
    for review in reviews.standing(session):
        by_answer.setdefault((review.call_id, review.turn_number), []).append(review)
    truths = {key: settled(Label(one.label) for one in own).value for key, own in by_answer.items()}
    for row in reviews.heard_twice(session, None, None):
        truth = truths.get((row.call_id, row.turn))
        if truth is not None and row.live_words:
            yield Example(row.question_id, row.live_words, truth, "live", "")
        if truth is not None and row.recorded_words:
            yield Example(row.question_id, row.recorded_words, truth, "recording", row.engine)
    for own in by_answer.values():
        for review in own:
            if review.words:
                yield Example(review.question_id, review.words, review.label, "review", "")
