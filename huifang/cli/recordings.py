"""``huifang recordings``: how far the recordings are, hearing the backlog, reading again with
another lexicon, the queue of those that cannot be read (无法读取), and what is deleted next."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import click

from huifang.cli import Moment, json_option, recordings_view
from huifang.cli.output import emit, progress, say
from huifang.faults import InputFault
from huifang.logs import configure
from huifang.settings import load
from huifang.wiring import choose_speech, make_line
from operations.backlog import Tally, held_s, left, warm_up, work_off
from operations.line import Line
from operations.read_recordings import read_again
from operations.retention import outdated
from operations.retry_recordings import NotUnreadable, retry
from store import recordings
from store.console.recordings import RecordingFilter, recording_lines

#: Exit code of a backlog that somebody broke off.
BROKEN_OFF = 130
#: Rows of a table in the terminal, unless --limit says otherwise.
SHOWN = 100


@click.group("recordings")
def recordings_command() -> None:
    """Recordings: how far they are, hearing, reading again, and what cannot be read."""


@recordings_command.command("list")
@click.option("--state", type=click.Choice(recordings.STATES), help="Only those in this state.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many rows.")
@json_option
def list_recordings(state: str | None, limit: int | None, as_json: bool) -> None:
    """How many recordings are in every state, and each with its reason. ``--state unreadable`` is
    the queue of those that a person must look at."""
    line = make_line(load())
    most = limit if limit or as_json else SHOWN
    with line.database.reading() as session:
        counts = recordings.counted(session)
        part = recording_lines(session, RecordingFilter(state), 0, most)
        rows = [recordings_view.entry(one) for one in part.rows]
    if as_json:
        emit({"counts": counts, "recordings": rows})
    else:
        recordings_view.show_list(counts, rows, part.total)


@recordings_command.command("hear")
@click.option("--engine", type=click.Choice(["auto", "vosk", "whisper"]), help="Recogniser.")
@click.option("--again", is_flag=True, help="Also what another engine or version has heard.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after so many.")
@json_option
def hear(engine: str | None, again: bool, limit: int | None, as_json: bool) -> None:
    """Hear what waits, now. Ctrl-C finishes what is in hand; broken off in whatever way, the next
    time goes on with the rest."""
    line = _hearing_line(engine)
    began = time.monotonic()
    with breaking_off() as ended, recordings_view.hearing(show=not as_json) as watch:
        tally = _heard(line, watch, again=again, limit=limit, ended=ended)
    took = round(time.monotonic() - began, 1)
    if as_json:
        emit(recordings_view.heard_entry(line, tally, took))
    else:
        recordings_view.show_heard(tally, took, again=again)
    if ended.is_set():
        raise SystemExit(BROKEN_OFF)


def _hearing_line(engine: str | None) -> Line:
    """A line with a recogniser that works. Raises InputFault or SpeechTrouble."""
    settings = load()
    configure("error")
    choice = choose_speech(settings, engine or settings.engine)
    if choice.speech is None:
        raise InputFault(choice.why)
    say(choice.why)
    line = make_line(settings, speech=choice)
    warm_up(line)
    return line


@contextmanager
def breaking_off() -> Iterator[threading.Event]:
    """Set by the first Ctrl-C or polite signal, so that what is in hand is finished; the second one
    breaks off at once."""
    ended = threading.Event()

    def end(*_: object) -> None:
        if ended.is_set():
            raise KeyboardInterrupt
        ended.set()
        say("finishing what is in hand; once more breaks it off at once")

    before = {wanted: signal.signal(wanted, end) for wanted in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ended
    finally:
        for wanted, handler in before.items():
            signal.signal(wanted, handler)


def _heard(
    line: Line,
    watch: recordings_view.Watch,
    *,
    again: bool,
    limit: int | None,
    ended: threading.Event,
) -> Tally:
    """Work off the queue, and wait for what others hold, or held when they were killed."""
    whole = Tally(0, 0, 0, left(line, again=again))
    while True:
        most = None if limit is None else limit - whole.taken
        seen = partial(_add, watch, whole)
        whole += work_off(line, seen, again=again, most=most, ended=ended)
        wait = held_s(line, again=again)
        if wait is None or ended.is_set() or whole.taken == limit:
            return whole
        watch(whole, wait)
        ended.wait(min(wait, 1.0) + 0.01)


def _add(watch: recordings_view.Watch, before: Tally, now: Tally) -> None:
    watch(before + now)


@recordings_command.command("read-again")
@click.option("--dry-run", is_flag=True, help="Say what would change, and store nothing.")
@json_option
def read_recordings_again(dry_run: bool, as_json: bool) -> None:
    """Read the stored words with the present lexicon: no audio, no recogniser. Earlier readings
    stay, the newest count."""
    line = make_line(load())
    with progress("reading", show=not as_json) as advance:
        found = read_again(line, dry_run=dry_run, progress=advance)
    if as_json:
        emit(recordings_view.reread_entry(found, dry_run=dry_run))
    else:
        recordings_view.show_reread(found, dry_run=dry_run)


@recordings_command.command("retry")
@click.argument("ids", nargs=-1, type=int)
@click.option("--unreadable", is_flag=True, help="All of the queue of unreadable ones.")
@json_option
def retry_recordings(ids: tuple[int, ...], unreadable: bool, as_json: bool) -> None:
    """Put recordings that could not be read back, after the cause was mended. One whose file is
    whole is heard again, any other is fetched again."""
    if bool(ids) == unreadable:
        raise click.UsageError("name the recordings, or take all with --unreadable")
    line = make_line(load())
    with line.database.reading() as session:
        wanted = recordings.unreadable(session) if unreadable else list(ids)
    try:
        done = retry(line, wanted)
    except NotUnreadable as slip:
        raise InputFault(str(slip)) from None
    if as_json:
        emit(done)
    else:
        recordings_view.show_retried(done)


@recordings_command.command("retention")
@click.option("--at", type=Moment(), help="What would be deleted then, as things stand now.")
@json_option
def retention(at: datetime | None, as_json: bool) -> None:
    """What the next sweep deletes, because it has been kept long enough (5 or 10 years from the end
    of the contract). Deletes nothing."""
    line = make_line(load())
    moment = at or line.clock()
    found = list(outdated(line, moment))
    if as_json:
        emit({"at": moment, "recordings": found})
    else:
        recordings_view.show_outdated(found, moment)
