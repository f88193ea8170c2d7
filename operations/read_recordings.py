"""From the stored words of a recording to labels, without audio or recogniser. Read with another
lexicon, the same words get another version of their readings; no version is overwritten."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from cases.findings import CLEAR_NO
from ivr import conversation
from operations.calls import run_of
from operations.judge import judge
from operations.lexicon import active
from operations.line import Line
from recordings import pipeline
from recordings.pipeline import HeardAnswer, HeardCall
from scripts import answers
from scripts.answers import Record
from scripts.answers.lexicon import Book
from scripts.labels import Label
from scripts.run import Run
from store import calls, recordings
from store.database import Session
from store.tables import Call, Hearing, Reading, ReadingVersion

#: Goes up when this module makes other labels of what the lexicon says.
RULES = 1

Openly = Mapping[int, str]  # turn -> its words, heard once more without phrases to expect
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that the present lexicon reads otherwise than the one before."""

    recording_id: int
    call_id: int
    policy: str
    turn: int
    question: str
    words: str
    old: str
    new: str

    @property
    def gains_yes(self) -> bool:
        """Whether it becomes a yes: what a person must look at first."""
        return self.new == Label.AFFIRM


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading again came to. ``unusable`` are recordings whose stored words this version of
    the software cannot use: id and why."""

    lexicon: int
    fingerprint: str
    recordings: int
    answers: int
    changes: tuple[Change, ...]
    unusable: tuple[tuple[int, str], ...]


def read(run: Run, heard: HeardCall, openly: Openly, book: Book) -> list[Reading]:
    """Every answer of a heard call, read. A no against a live yes that was heard ``openly`` too is
    taken back when that found a yes, or no words at all: a recogniser may take an expected phrase
    for a sound that it did not catch. It becomes unclear, never a yes."""
    record = conversation.record(run.facts)
    readings = [_reading(answer, record, book) for answer in heard.answers]
    for reading in readings:
        text = openly.get(reading.turn_number)
        if text is None or not _against_live(run, reading):
            continue
        second = answers.read(reading.question_id, text, record=record, book=book)
        if not text or second.label is Label.AFFIRM:
            reading.label, reading.also = Label.UNCLEAR, [reading.label]
            reading.alternatives = [text, *reading.alternatives]
    return readings


def doubtful(run: Run, readings: Sequence[Reading]) -> list[int]:
    """The turns that should be heard openly: a clear no in the recording, a yes live."""
    return [one.turn_number for one in readings if _against_live(run, one)]


def keep(
    session: Session, hearing: Hearing, readings: list[Reading], book: Book, now: datetime
) -> None:
    """Add these readings as the version that counts; if there is this version, let it count."""
    version = recordings.version_by(session, hearing.id, book.fingerprint, RULES)
    if version is None:
        version = ReadingVersion(
            hearing=hearing,
            lexicon=book.version,
            fingerprint=book.fingerprint,
            rules=RULES,
            counts=False,
            made_at=now,
            readings=readings,
        )
        session.add(version)
        session.flush()
    recordings.let_version_count(session, version)


def words_of(hearing: Hearing) -> tuple[HeardCall, Openly]:
    """The stored words of a hearing. Raises ValueError when this version cannot use them."""
    try:
        heard = pipeline.from_json(hearing.product)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(
            f"its words were stored by version {hearing.version} and cannot be used by version"
            f" {pipeline.VERSION} ({fault!r}); hear it again: huifang recordings hear --again"
        ) from fault
    return heard, {int(turn): str(text) for turn, text in hearing.openly.items()}


def read_again(
    line: Line, *, dry_run: bool = False, progress: Progress = lambda done, total: None
) -> Reread:
    """Read everything with the present lexicon that was read with another one, and judge the calls
    anew. ``dry_run`` changes nothing. Broken off, the next time goes on with the rest."""
    with line.database.reading() as session:
        book = active(session)
        waiting = recordings.not_read_by(session, book.fingerprint, RULES)
    progress(0, len(waiting))
    count, changes, unusable = 0, list[Change](), list[tuple[int, str]]()
    for done, hearing_id in enumerate(waiting, 1):
        try:
            answers_read, changed = _read_again(line, hearing_id, book, dry_run=dry_run)
        except ValueError as trouble:
            unusable.append((_recording_of(line, hearing_id), str(trouble)))
        else:
            count += answers_read
            changes.extend(changed)
        progress(done, len(waiting))
    changes.sort(key=lambda change: (not change.gains_yes, change.call_id, change.turn))
    return Reread(
        lexicon=book.version,
        fingerprint=book.fingerprint,
        recordings=len(waiting) - len(unusable),
        answers=count,
        changes=tuple(changes),
        unusable=tuple(unusable),
    )


def _read_again(
    line: Line, hearing_id: int, book: Book, *, dry_run: bool
) -> tuple[int, list[Change]]:
    """One hearing. Returns how many answers it has, and those that are read otherwise now."""
    look = line.database.reading if dry_run else line.database.transaction
    with look() as session:
        hearing = recordings.hearing(session, hearing_id)
        call = calls.by_id(session, hearing.recording.call_id, lock=not dry_run)
        assert call is not None
        heard, openly = words_of(hearing)
        before = {one.turn_number: one.label for one in hearing.readings}
        readings = read(run_of(session, call), heard, openly, book)
        changes = _changes(hearing, call, before, readings)
        if not dry_run:
            keep(session, hearing, readings, book, line.clock())
            judge(session, line, call, line.clock())
    return len(readings), changes


def _changes(
    hearing: Hearing, call: Call, before: Mapping[int, str], readings: Sequence[Reading]
) -> list[Change]:
    return [
        Change(
            recording_id=hearing.recording_id,
            call_id=call.id,
            policy=call.policy.number,
            turn=one.turn_number,
            question=one.question_id,
            words=one.words,
            old=before[one.turn_number],
            new=one.label,
        )
        for one in readings
        if before.get(one.turn_number, one.label) != one.label
    ]


def _recording_of(line: Line, hearing_id: int) -> int:
    with line.database.reading() as session:
        return recordings.hearing(session, hearing_id).recording_id


def _against_live(run: Run, reading: Reading) -> bool:
    live = run.turns[reading.turn_number].heard.label
    return live is Label.AFFIRM and reading.label in CLEAR_NO


def _reading(answer: HeardAnswer, record: Record, book: Book) -> Reading:
    read = answers.read(answer.question, answer.text, record=record, book=book)
    return Reading(
        turn_number=answer.turn,
        question_id=answer.question,
        from_s=answer.from_s,
        to_s=answer.to_s,
        words=answer.text,
        alternatives=list(answer.alternatives),
        label=_label(answer, read.label),
        also=list(read.also),
        why=[asdict(why) for why in read.why],
    )


def _label(answer: HeardAnswer, read: Label) -> Label:
    """Somebody who spoke and was not understood was not silent; and no yes rests on words that
    the recogniser itself was not sure of."""
    if answer.voiced_s and not answer.text:
        return Label.UNCLEAR
    return Label.UNSURE if read is Label.AFFIRM and not answer.sure else read
