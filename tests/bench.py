"""``make bench``: how fast the main parts are on this machine, measured in one run. Figures for
comparing two versions on one machine, not for a brochure."""

import csv
import itertools
import tempfile
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path
from re import search
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from exchange.voices.clips import FOLDER, read_index
from huifang import clock, wiring
from huifang.clock import CHINA
from huifang.settings import Settings, load
from ivr.fake import FakePhone
from ivr.twilio.signature import HEADER, sign
from operations.import_policies import import_policies
from operations.line import Line
from operations.place_call import place_next
from operations.plan import refresh
from recordings import pipeline
from recordings.audio import decode, resample
from recordings.closed import settle
from recordings.cut import Window
from recordings.engines import Choice
from recordings.silero import Silero
from recordings.speech import Heard, Samples, Speech
from scheduler.pacing import Limits
from scripts import answers, checks, reader, simulate
from scripts.reader import load_script
from store import policies
from web.app import create_app
from web.phone import blueprint

TESTS = Path(__file__).parent
ANSWERS = TESTS.parent / "scripts" / "answers" / "data" / "answers-dev.tsv"
LIST = TESTS / "scheduler" / "data" / "policies-200.xlsx"
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=CHINA)
TOKEN, PUBLIC = "bench", "https://revisit.example.com"
LEAST_S = 2.0  # each figure is measured for so long at least
CALLS = 8
#: The made-up call: hertz, how much is asked, and seconds for each prompt (those of the standard
#: script have about 22 characters).
RATE, QUESTIONS, PROMPT_S = 8000, 12, 5.0

Row = tuple[str, str]


def main() -> None:
    """Measure and print."""
    table = Table(title="make bench: one process, this machine, now", title_justify="left")
    table.add_column("what")
    table.add_column("measured", justify="right")
    with tempfile.TemporaryDirectory() as folder:
        for row in measured(Path(folder)):
            table.add_row(*row)
    Console(highlight=False).print(table)


def measured(folder: Path) -> Iterator[Row]:
    """Every row of the table."""
    yield "answers read", per_second(reading())
    yield "script steps", per_second(stepping())
    yield "scripts of the library checked, all of them", f"{check_library():.2f} s"
    line = line_in(folder)
    began = time.perf_counter()
    rows = import_policies(line, LIST).result.read
    yield "rows imported and stored (SQLite)", rate(rows, time.perf_counter() - began)
    yield "webhooks answered (SQLite)", talking(line)
    line.database.close()
    yield from planning()
    yield from pages()
    yield from hearing()
    yield from backlog()


def per_second(once: Callable[[], int]) -> str:
    """Repeat ``once``, which says how much it did, for at least LEAST_S."""
    once()  # whatever is read or compiled at first use
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < LEAST_S:
        done += once()
    return rate(done, time.perf_counter() - began)


def rate(done: int, seconds: float) -> str:
    """So many per second."""
    return f"{done / seconds:,.0f} /s"


def reading() -> Callable[[], int]:
    """The answers of the development table, one by one."""
    with ANSWERS.open(encoding="utf-8") as file:
        rows = [(r["question"], r["answer"]) for r in csv.DictReader(file, delimiter="\t")]

    def once() -> int:
        for question, words in rows:
            answers.read(question, words, now=NOW)
        return len(rows)

    return once


def stepping() -> Callable[[], int]:
    """A call in which every question is answered with a yes, but one that is explained."""
    from huifang.rehearsal import facts_for

    script, facts = load_script("standard"), facts_for(Settings(), None)
    given = {"LIABILITY": [simulate.heard("deny"), simulate.heard("affirm")]}
    return lambda: len(simulate.walk(script, facts, given).path)


def check_library() -> float:
    """Seconds to read and check every script that ships, its blocks from the files."""
    reader.shared.cache_clear()
    began = time.perf_counter()
    faults = [fault for name in reader.library() for fault in checks.check_file(name)]
    assert not faults, faults
    return time.perf_counter() - began


def line_in(folder: Path) -> Line:
    """A line on SQLite with a carrier in memory."""
    settings = Settings(home=folder, twilio_auth_token=SecretStr(TOKEN), public_url=PUBLIC)
    line = wiring.make_line(settings, now=lambda: NOW)
    return replace(line, phone=FakePhone(lambda: NOW), limits=Limits(calls_at_once=CALLS))


def talking(line: Line) -> str:
    """Whole calls through the application as the carrier makes them, signatures and all."""
    settings = Settings(twilio_auth_token=SecretStr(TOKEN), public_url=PUBLIC)
    client = create_app(
        line, secret="s", phone=blueprint(line, wiring.webhooks(settings))
    ).test_client()
    refresh(line)
    while place_next(line):
        pass
    assert isinstance(line.phone, FakePhone)
    assert line.phone.dials, "the sample list has nobody to call at that moment"
    began, done = time.perf_counter(), 0
    for call, order in zip(line.phone.calls.values(), line.phone.dials, strict=True):
        done += converse(client, order.token, call.vendor_id, birthday(line, order.to))
    return rate(done, time.perf_counter() - began)


def birthday(line: Line, phone: str) -> str:
    """The holder's birthday as keys."""
    with line.database.reading() as session:
        (holder,) = policies.callable_with_phone(session, {phone})
        return f"{holder.holder_birth:%Y%m%d}" if holder.holder_birth else "是的"


def converse(client: Any, token: str, vendor_id: str, birth: str) -> int:
    """One call to its end; returns how many webhooks it took."""
    target, fields = f"/phone/{token}/start", {"AnsweredBy": "human"}
    for number in itertools.count(1):
        form = {"CallSid": vendor_id, "CallStatus": "in-progress", **fields}
        signature = sign(PUBLIC + target, form.items(), TOKEN)
        answer = client.post(target, data=form, headers={HEADER: signature})
        assert answer.status_code == 200, answer.status
        gather = search(r'<Gather[^>]* action="([^"]+)"', answer.text)
        if gather is None:
            return number
        address = urlsplit(unescape(gather[1]))
        target = f"{address.path}?{address.query}"
        said = {"Digits": birth} if "ID_VERIFY" in target else {"SpeechResult": "是的，清楚"}
        fields = {**said, "Confidence": "0.9"}
    raise AssertionError("a call has an end")


def hearing() -> Iterator[Row]:
    """What it costs to hear only the callee's answers, against the plain use of the engine."""
    choice = wiring.choose_speech(load(), "auto", fetch=False, now=clock.now())
    if choice.speech is None:
        yield "hearing", "no recogniser here"
        return
    content, windows = made_up_call()
    choice.speech.hear(np.zeros(RATE, dtype=np.float32), RATE)  # load the model
    settle("READ", Heard("看过", likelihoods=(0.0,)))  # and the examples, once for every backlog
    began = time.process_time()
    audio = decode(content, "bench")
    pipeline.hear_call(audio, windows, choice.speech, Silero())
    ours = time.process_time() - began
    plain = plain_cpu(choice, content)
    yield f"hearing {audio.seconds:.0f} s of call, {choice.name}", f"{ours:.1f} s CPU"
    yield "for each of its answers", f"{ours / QUESTIONS:.2f} s CPU"
    yield "plain use of the same engine on the same file", f"{plain:.1f} s CPU"
    yield "ratio", f"{ours / plain:.2f}"


def pages() -> Iterator[Row]:
    """What the console's pages cost among many policies."""
    from tests.bench_pages import rows

    yield from rows()


def planning() -> Iterator[Row]:
    """Decisions a second, and claims among ever more policies, on both databases."""
    from tests.bench_planning import rows

    yield from rows()


def backlog() -> Iterator[Row]:
    """What one recording and a backlog of them cost, worked off as ``huifang recordings hear``."""
    from tests.bench_backlog import rows  # which uses this module

    yield from rows()


def made_up_call() -> tuple[bytes, list[Window]]:
    """A stereo call out of the shipped clips: we ask on one channel, somebody answers on the other.
    What we say are long clips in a row, for there are none of our prompts."""
    clips = [clip for clip in read_index().values() if clip.voice == "zm_yunxi"]
    spoken = [sound(FOLDER / c.file) for c in sorted(clips, key=lambda clip: len(clip.text))]
    ours, theirs = list[Samples](), list[Samples]()
    windows, at, long = list[Window](), 0.0, itertools.cycle(spoken[-30:])
    for turn, reply in enumerate(spoken[20 : 20 + QUESTIONS]):
        prompt = prompt_of(long)
        ours += [prompt, np.zeros_like(reply), pause(0.8 + 2.0)]
        theirs += [np.zeros_like(prompt), pause(0.8), reply, pause(2.0)]
        length = (len(prompt) + len(reply)) / RATE + 2.8
        windows.append(Window("READ", turn, at, at + length))
        at += length
    return as_wav([np.concatenate(ours), np.concatenate(theirs)]), windows


def prompt_of(clips: Iterator[Samples]) -> Samples:
    """As much speech as one of our questions takes."""
    pieces = list[Samples]()
    while sum(len(piece) for piece in pieces) < PROMPT_S * RATE:
        pieces.append(next(clips))
    return np.concatenate(pieces)


def sound(file: Path) -> Samples:
    """A clip at 8 kHz."""
    clip = decode(file.read_bytes(), file.name)
    return resample(clip.channels[0], clip.rate, RATE)


def pause(seconds: float) -> Samples:
    """Silence."""
    return np.zeros(int(seconds * RATE), dtype=np.float32)


def as_wav(channels: list[Samples]) -> bytes:
    """16-bit stereo at 8 kHz."""
    with tempfile.SpooledTemporaryFile() as file:
        with wave.open(file, "wb") as out:
            out.setnchannels(len(channels))
            out.setsampwidth(2)
            out.setframerate(RATE)
            frames = np.stack(channels, axis=1)
            out.writeframes((frames * 32000).astype("<i2").tobytes())
        file.seek(0)
        return file.read()


def plain_cpu(choice: Choice, content: bytes) -> float:
    """CPU seconds of the engine as its own documentation uses it, on both channels."""
    if choice.name.startswith("whisper"):
        return plain_whisper(content)
    assert choice.speech is not None
    return plain_stream(choice.speech, content)


def plain_whisper(content: bytes) -> float:
    """``WhisperModel.transcribe`` of the whole file."""
    from io import BytesIO
    from os import cpu_count

    from faster_whisper import WhisperModel

    from recordings.whisper import join_model

    folder = str(join_model(wiring.engine_paths(load()).folder))
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=cpu_count() or 1)
    began = time.process_time()
    segments, _ = model.transcribe(BytesIO(content), language="zh")
    list(segments)
    return time.process_time() - began


def plain_stream(speech: Speech, content: bytes) -> float:
    """The whole of each channel, one after the other."""
    audio = decode(content, "bench")
    began = time.process_time()
    for channel in audio.channels:
        speech.hear(channel, audio.rate)
    return time.process_time() - began


if __name__ == "__main__":
    main()
