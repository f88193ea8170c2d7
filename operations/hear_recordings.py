"""Hear stored recordings: cut them by their call's time line, transcribe every answer, keep the
words, have them read, and judge the call anew. What cannot be heard waits with its reason."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from time import monotonic

from operations import read_recordings
from operations.calls import run_of
from operations.judge import judge
from operations.lexicon import active
from operations.line import Line
from operations.read_recordings import Openly
from recordings import pipeline
from recordings.audio import Audio, AudioTrouble, decode
from recordings.cut import Window
from recordings.pipeline import HeardCall
from recordings.speech import Heard, Samples, Speech
from recordings.storage import StorageTrouble
from recordings.trouble import SpeechTrouble
from scripts.answers.lexicon import Book
from scripts.run import Run
from store import calls, recordings
from store.database import Session
from store.tables import Call, Hearing, Recording

_log = logging.getLogger(__name__)

#: A recording that was begun so often without success waits for a person.
MOST_TRIES = 6
WAIT = timedelta(minutes=1)
#: Where nobody proved to be the holder, a carrier's machine may have answered: what it says in so
#: many seconds is heard even where we asked nothing.
OPENING_S = 20.0
DIED = "hearing it ended the process %d times without a word: look at that process's log"


class Came(StrEnum):
    """What became of one recording that was taken."""

    HEARD = "heard"
    LATER = "later"  # tried again after a while
    UNREADABLE = "unreadable"  # waits for a person, with the reason


def hear_next(line: Line, *, again: bool = False) -> Came | None:
    """Hear one recording that waits; ``again``: also one that another engine has heard, or another
    version. None when there is none, or no recogniser."""
    if line.speech is None:
        return None
    with line.database.transaction() as session:
        taken = recordings.take(session, queue_of(line, again=again), line.clock(), line.lease_s)
        if taken is None:
            return None
        recording_id, tries = taken.id, taken.tries
    if tries > MOST_TRIES:
        return _not_heard(line, recording_id, DIED % MOST_TRIES, final=True)
    return _tried(line, recording_id)


def queue_of(line: Line, *, again: bool = False) -> recordings.Queue:
    """What waits to be heard; ``again``: to be heard by the present engine and version."""
    assert line.speech is not None
    if not again:
        return recordings.TO_HEAR
    return recordings.Queue("stored", line.speech.name, pipeline.VERSION)


def hear_waiting(line: Line, most: int) -> int:
    """Hear up to ``most`` waiting recordings, as many at once as the recogniser can. Returns how
    many were taken."""
    if line.speech is None:
        return 0
    with ThreadPoolExecutor(line.speech.workers, thread_name_prefix="hearing") as pool:
        return sum(came is not None for came in pool.map(lambda _: hear_next(line), range(most)))


def _tried(line: Line, recording_id: int) -> Came:
    try:
        hear(line, recording_id)
    except (AudioTrouble, StorageTrouble, OSError) as trouble:
        return _not_heard(line, recording_id, str(trouble), final=True)
    except SpeechTrouble as trouble:  # the recogniser's fault, not the recording's
        return _not_heard(line, recording_id, str(trouble), final=False)
    except Exception as fault:
        _log.exception("our fault while hearing recording %s", recording_id)
        return _not_heard(line, recording_id, f"our fault: {fault!r}", final=False)
    return Came.HEARD


@dataclass(frozen=True, slots=True)
class _Listened:
    """What one pass made: the stored product, and what else is kept of it."""

    heard: HeardCall
    openly: Openly
    rate: int
    took_s: float


def hear(line: Line, recording_id: int) -> None:
    """Hear one recording with the present engine. What this engine has heard already is not heard
    again but counts from now on, read with the present lexicon."""
    assert line.speech is not None
    with line.database.reading() as session:
        recording = recordings.by_id(session, recording_id)
        assert recording is not None
        windows = time_line(recording.call, starts_at(recording))
        run, book = run_of(session, recording.call), active(session)
        known = recordings.hearing_by(
            session, recording_id, line.speech.name, pipeline.VERSION, len(windows)
        )
        content = _content(line, recording)
    new = None
    if known is None:
        new = _listen(line, recording_id, content, windows, run, book)
    _keep(line, recording_id, len(windows), new, book)


def starts_at(recording: Recording) -> datetime:
    """When the recording began on our clock: when we heard that the call was picked up, for the
    carrier's own word has whole seconds only and comes from another clock."""
    call = recording.call
    return call.answered_at or recording.started_at or call.ordered_at


def time_line(call: Call, start: datetime) -> list[Window]:
    """For every turn, when its prompt went out and when its answer came, from ``start`` on."""
    return [
        Window(
            question=turn.question_id,
            turn=turn.number,
            prompt_from_s=(turn.asked_at - start).total_seconds(),
            answer_to_s=(turn.heard_at - start).total_seconds(),
        )
        for turn in call.turns
    ]


def _content(line: Line, recording: Recording) -> bytes:
    """The stored file. Raises StorageTrouble with what became of it since it was stored."""
    assert recording.path is not None  # it is stored
    size, stored = line.storage.file(recording.path).stat().st_size, recording.bytes or 0
    if size < stored:
        what = "the file is empty" if not size else "the file is truncated"
        raise StorageTrouble(f"{what} ({size} of {stored} bytes are left)")
    return line.storage.read(recording.path)


def _listen(
    line: Line,
    recording_id: int,
    content: bytes,
    windows: Sequence[Window],
    run: Run,
    book: Book,
) -> _Listened:
    """From audio to words: the only stage that needs a recogniser."""
    assert line.speech is not None
    began = monotonic()
    audio = decode(content, f"recording {recording_id}")
    speech = _Holding(line, recording_id, line.speech)
    opening = 0.0 if run.position.verified else OPENING_S
    heard = pipeline.hear_call(
        audio, windows, speech, line.detector, hints=_hints(run), opening_s=opening
    )
    doubtful = read_recordings.doubtful(run, read_recordings.read(run, heard, {}, book))
    openly = _heard_openly(heard, audio, speech, doubtful)
    return _Listened(heard, openly, audio.rate, monotonic() - began)


class _Holding:
    """The recogniser, which renews the lease on the recording while its answers are heard: a long
    one is not taken by another, and a short lease frees it soon after a process died."""

    def __init__(self, line: Line, recording_id: int, speech: Speech) -> None:
        self._line, self._id, self._speech = line, recording_id, speech
        self._renewed = line.clock()
        self.name, self.workers = speech.name, speech.workers

    def hear(self, samples: Samples, rate: int, hints: Sequence[str] = ()) -> Heard:
        """See ``Speech.hear``."""
        now, lease = self._line.clock(), timedelta(seconds=self._line.lease_s)
        if now - self._renewed > lease / 3:
            with self._line.database.transaction() as session:
                recordings.renew(session, self._id, now + lease)
            self._renewed = now
        return self._speech.hear(samples, rate, hints)


def _hints(run: Run) -> pipeline.Hints:
    def hints(question_id: str) -> tuple[str, ...]:
        question = run.script.question(question_id)
        return question.expects if question else ()

    return hints


def _heard_openly(
    heard: HeardCall, audio: Audio, speech: Speech, turns: Sequence[int]
) -> dict[int, str]:
    """The words of these turns, heard without expecting any."""
    cuts = tuple(cut for cut in heard.cut.cuts if cut.turn in turns)
    again = pipeline.hear_again(audio, replace(heard.cut, cuts=cuts), speech)
    return {answer.turn: answer.text for answer in again.answers}


def _keep(line: Line, recording_id: int, turns: int, new: _Listened | None, book: Book) -> None:
    """Store what was heard, read it and judge the call. An answer may have come while it was heard:
    then it stays in the queue and is heard once more."""
    assert line.speech is not None
    engine, now = line.speech.name, line.clock()
    with line.database.transaction() as session:
        call = calls.of_recording(session, recording_id, lock=True)
        recording = recordings.by_id(session, recording_id)
        assert recording is not None
        complete = len(call.turns) == turns
        recording.state = "heard" if complete else "stored"
        recording.leased_until, recording.problem, recording.tries = None, None, 0
        hearing = recordings.hearing_by(session, recording_id, engine, pipeline.VERSION, turns)
        if hearing is None:
            assert new is not None  # hearings are never deleted
            hearing = _hearing(recording, turns, new, now)
            session.add(hearing)
            session.flush()
            recording.rate = new.rate
        recordings.let_count(session, hearing)
        _read(session, call, hearing, book, now)
        judge(session, line, call, now)


def _hearing(recording: Recording, turns: int, new: _Listened, now: datetime) -> Hearing:
    return Hearing(
        recording_id=recording.id,
        engine=new.heard.engine,
        version=new.heard.version,
        turns=turns,
        counts=False,
        made_at=now,
        callee_channel=new.heard.cut.channel,
        audio_s=new.heard.seconds,
        took_s=round(new.took_s, 3),
        product=new.heard.to_json(),
        openly={str(turn): text for turn, text in new.openly.items()},
    )


def _read(session: Session, call: Call, hearing: Hearing, book: Book, now: datetime) -> None:
    """From the stored words to labels, as ``read_again`` does it."""
    heard, openly = read_recordings.words_of(hearing)
    readings = read_recordings.read(run_of(session, call), heard, openly, book)
    read_recordings.keep(session, hearing, readings, book, now)


def _not_heard(line: Line, recording_id: int, why: str, *, final: bool) -> Came:
    """Keep the reason. A recording is tried again, or waits for a person, but is never dropped."""
    now = line.clock()
    with line.database.transaction() as session:
        recording = recordings.by_id(session, recording_id)
        assert recording is not None
        recording.leased_until, recording.problem = None, why
        recording.next_try_at = now + WAIT
        if not final and recording.tries < MOST_TRIES:
            return Came.LATER
        recordings.give_up(recording, now)
    _log.error("recording %s needs a person: %s", recording_id, why)
    return Came.UNREADABLE
