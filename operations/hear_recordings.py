"""Hear stored recordings: cut them by their call's time line, transcribe every answer, read it,
keep it beside what was heard live, and judge the call anew."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from time import monotonic

from cases.findings import CLEAR_NO
from ivr import conversation
from operations.calls import run_of
from operations.judge import judge
from operations.line import Line
from recordings import pipeline
from recordings.audio import Audio, AudioTrouble, decode
from recordings.cut import Window
from recordings.pipeline import HeardAnswer, HeardCall
from recordings.storage import StorageTrouble
from recordings.trouble import SpeechTrouble
from scripts import answers
from scripts.answers import Record
from scripts.labels import Label
from scripts.run import Run
from store import calls, recordings
from store.tables import Call, Hearing, Reading, Recording

_log = logging.getLogger(__name__)

#: Goes up when reading changes in a way that could give other labels for the same words.
READING_VERSION = "1"
VERSION = f"{pipeline.VERSION}.{READING_VERSION}"
MOST_TRIES = 5
WAIT = timedelta(minutes=1)


def hear_next(line: Line) -> bool:
    """Hear one stored recording. False when none waits or no recogniser is there."""
    if line.speech is None:
        return False
    with line.database.transaction() as session:
        recording = recordings.take(session, "stored", line.clock(), line.lease_s)
        if recording is None:
            return False
        recording_id = recording.id
    try:
        hear(line, recording_id)
    except (AudioTrouble, StorageTrouble, OSError) as trouble:
        _not_heard(line, recording_id, str(trouble), final=True)
    except SpeechTrouble as trouble:  # the recogniser's fault, not the recording's
        _not_heard(line, recording_id, str(trouble), final=False)
    except Exception as fault:
        _log.exception("our fault while hearing recording %s", recording_id)
        _not_heard(line, recording_id, f"our fault: {fault!r}", final=False)
    return True


def hear_waiting(line: Line, most: int) -> int:
    """Hear up to ``most`` waiting recordings, as many at once as the recogniser can. Returns how
    many were taken."""
    if line.speech is None:
        return 0
    with ThreadPoolExecutor(line.speech.workers, thread_name_prefix="hearing") as pool:
        return sum(pool.map(lambda _: hear_next(line), range(most)))


def hear(line: Line, recording_id: int) -> None:
    """Hear one recording with the present engine, whatever was heard in it before."""
    assert line.speech is not None
    with line.database.reading() as session:
        recording = recordings.by_id(session, recording_id)
        assert recording is not None
        assert recording.path is not None
        windows = time_line(recording.call, starts_at(recording))
        run = run_of(session, recording.call)
        content = line.storage.read(recording.path)
    began = monotonic()
    audio = decode(content, recording.path)
    heard = pipeline.hear_call(audio, windows, line.speech, line.detector, hints=_hints(run))
    readings = _read(line, run, heard, audio)
    _keep(line, recording_id, heard, readings, audio, monotonic() - began)


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


def _hints(run: Run) -> pipeline.Hints:
    def hints(question_id: str) -> tuple[str, ...]:
        question = run.script.question(question_id)
        return question.expects if question else ()

    return hints


def _read(line: Line, run: Run, heard: HeardCall, audio: Audio) -> list[Reading]:
    """Every answer of a heard call, read. A no against a live yes is heard once more without the
    phrases to expect: a recogniser may take an expected phrase for a sound it did not catch. Only
    a second hearing that finds a yes, or no words at all, takes the no back."""
    now, record = line.clock(), conversation.record(run.facts)
    readings = [_reading(answer, record, now) for answer in heard.answers]
    doubtful = [one.turn_number for one in readings if _against_live(run, one)]
    for turn, text in _heard_openly(line, heard, audio, doubtful).items():
        reading = next(one for one in readings if one.turn_number == turn)
        openly = answers.read(reading.question_id, text, record=record, now=now)
        if not text or openly.label is Label.AFFIRM:
            reading.label, reading.also = Label.UNCLEAR, [reading.label]
            reading.alternatives = [text, *reading.alternatives]
    return readings


def _against_live(run: Run, reading: Reading) -> bool:
    live = run.turns[reading.turn_number].heard.label
    return live is Label.AFFIRM and reading.label in CLEAR_NO


def _heard_openly(
    line: Line, heard: HeardCall, audio: Audio, turns: Sequence[int]
) -> dict[int, str]:
    """The words of these turns, heard without expecting any."""
    assert line.speech is not None
    cuts = tuple(cut for cut in heard.cut.cuts if cut.turn in turns)
    again = pipeline.hear_again(audio, replace(heard.cut, cuts=cuts), line.speech)
    return {answer.turn: answer.text for answer in again.answers}


def _keep(
    line: Line,
    recording_id: int,
    heard: HeardCall,
    readings: list[Reading],
    audio: Audio,
    took_s: float,
) -> None:
    now = line.clock()
    with line.database.transaction() as session:
        recording = recordings.by_id(session, recording_id)
        assert recording is not None
        recording.state, recording.leased_until, recording.problem = "heard", None, None
        recording.rate = audio.rate
        call = calls.by_id(session, recording.call_id, lock=True)
        assert call is not None
        if not recordings.was_heard(session, recording_id, heard.engine, VERSION):
            session.add(_hearing(recording, heard, readings, now, took_s))
            session.flush()  # the judge asks for the newest hearing
        judge(session, line, call, now)


def _hearing(
    recording: Recording, heard: HeardCall, readings: list[Reading], now: datetime, took_s: float
) -> Hearing:
    return Hearing(
        recording_id=recording.id,
        engine=heard.engine,
        version=VERSION,
        made_at=now,
        callee_channel=heard.cut.channel,
        audio_s=heard.seconds,
        took_s=round(took_s, 3),
        product=heard.to_json(),
        readings=readings,
    )


def _reading(answer: HeardAnswer, record: Record, now: datetime) -> Reading:
    read = answers.read(answer.question, answer.text, record=record, now=now)
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


def _not_heard(line: Line, recording_id: int, why: str, *, final: bool) -> None:
    """Keep the reason. A recording is tried again, or waits for a person, but is never dropped."""
    now = line.clock()
    with line.database.transaction() as session:
        recording = recordings.by_id(session, recording_id)
        assert recording is not None
        recording.leased_until, recording.problem = None, why
        recording.tries += 1
        recording.next_try_at = now + WAIT
        if final or recording.tries >= MOST_TRIES + 1:
            recording.state = "unreadable"
