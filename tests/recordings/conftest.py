"""Sounds, a call made of them, and a local server that behaves as it is told."""

import csv
import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import soundfile

from recordings.silero import Silero

DATA = Path(__file__).parent / "data"
RATE = 8_000


@dataclass(frozen=True)
class Clip:
    """One spoken answer of the test data."""

    file: Path
    question: str
    text: str
    label: str

    @property
    def samples(self):
        return soundfile.read(self.file, dtype="float32")[0]


@pytest.fixture(scope="session")
def clips() -> list[Clip]:
    with (DATA / "index.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [Clip(DATA / r["file"], r["question"], r["text"], r["label"]) for r in rows]


@pytest.fixture(scope="session")
def say(clips) -> Callable:
    """Samples of somebody saying ``text``, without the silence around it."""

    def words(text: str):
        samples = next(clip.samples for clip in clips if clip.text == text)
        loud = np.flatnonzero(np.abs(samples) > 0.02)
        return samples[loud[0] : loud[-1]]

    return words


@pytest.fixture(scope="session")
def detector() -> Silero:
    return Silero()


def silence(seconds: float):
    hiss = np.random.default_rng(3).standard_normal(int(seconds * RATE)) * 1e-4
    return hiss.astype("float32")


def tone(seconds: float, *frequencies: float, on: float = 0.0, off: float = 0.0):
    t = np.arange(int(seconds * RATE)) / RATE
    sound = sum(np.sin(2 * np.pi * f * t) for f in frequencies) / len(frequencies)
    if on:
        sound = sound * ((t % (on + off)) < on)
    return (0.5 * sound).astype("float32")


def band(sound, low: float = 200, high: float = 3500):
    """What a telephone lets through."""
    spectrum = np.fft.rfft(sound)
    frequencies = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(frequencies < low) | (frequencies > high)] = 0
    return np.fft.irfft(spectrum, len(sound))


def place(whole_s: float, *parts):
    """A channel of ``whole_s`` seconds with ``(at_s, samples)`` laid on it."""
    out = silence(whole_s)
    for at, samples in parts:
        begin = int(at * RATE)
        out[begin : begin + len(samples)] += samples[: len(out) - begin]
    return out


def wav(*channels, rate: int = RATE, subtype: str = "PCM_16") -> bytes:
    out = io.BytesIO()
    soundfile.write(out, np.stack(channels, axis=1), rate, format="WAV", subtype=subtype)
    return out.getvalue()


@dataclass
class Page:
    """One answer of the server."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_short: int = 0  # bytes promised and never sent


@dataclass
class Server:
    """``pages`` by path, each a list of answers of which the last is repeated."""

    url: str
    pages: dict[str, list[Page]]
    asked: list[tuple[str, dict[str, str]]]


@pytest.fixture
def server() -> Iterator[Server]:
    pages: dict[str, list[Page]] = {}
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(body=False)

        def do_GET(self) -> None:
            asked.append((self.path, dict(self.headers)))
            self.answer(body=True)

        def answer(self, body: bool) -> None:
            waiting = pages.get(self.path.partition("?")[0], [Page(status=404)])
            page = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            content, status = page.body, page.status
            if status == 200 and "Range" in self.headers:
                begin = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
                content, status = content[begin:], 206
            self.send_response(status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if body:
                self.wfile.write(content[: len(content) - page.cut_short])

        def log_message(self, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Server(f"http://127.0.0.1:{http.server_address[1]}", pages, asked)
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture(scope="session")
def sounds():
    """The makers of sounds above, for the tests."""
    return Sounds


class Sounds:
    silence = staticmethod(silence)
    tone = staticmethod(tone)
    band = staticmethod(band)
    place = staticmethod(place)
    wav = staticmethod(wav)
    Page = Page
    RATE = RATE
