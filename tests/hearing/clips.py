"""Makes spoken answers to measure hearing with: texts with labels, spoken by the natural voices and
put through a telephone. Makes and keeps sounds only; must not know how they are heard."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from exchange.voices.band import RATE
from exchange.voices.choice import cache_folder
from exchange.voices.kokoro import Kokoro

FOLDER = Path(__file__).parents[2] / "build" / "hearing"
#: None of them speaks in tests/recordings/data.
VOICES = ("zf_xiaoni", "zf_xiaoxiao", "zf_xiaoyi", "zm_yunjian", "zm_yunxia", "zm_yunyang")
AROUND_S = (0.5, 1.0)  # silence (or the line's noise) before and after the answer
PEAKS = (0.15, 0.65)  # how loud the loudest sample is
NOISE_DB = (8.0, 20.0)  # how far the noise lies below the voice
VERSION = "1"  # goes up when the same row would sound otherwise

Wave = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to be spoken. ``channel`` is ``clean`` or ``noisy`` (white, pink or babble)."""

    question: str
    text: str
    label: str
    voice: str
    speed: float
    channel: str


@dataclass(frozen=True, slots=True)
class Clip:
    """A spoken answer: 8 kHz mono mu-law in ``file``."""

    file: Path
    row: Row


def installed() -> bool:
    """Whether the natural voices are here (``python -m exchange.voices fetch``)."""
    return Kokoro.installed(_voices())


def made(rows: Iterable[Row], folder: Path = FOLDER) -> Iterator[Clip]:
    """The clips of ``rows``, in their order. One that was made before is taken from ``folder``;
    the same row always sounds the same. Raises FileNotFoundError without the natural voices."""
    speaker: Kokoro | None = None
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        digest = hashlib.sha256(repr((VERSION, astuple(row))).encode()).hexdigest()[:24]
        file = folder / f"{digest}.wav"
        if not file.exists():
            speaker = speaker or Kokoro(_voices())
            spoken = speaker.make(row.text, row.voice, row.speed).astype(np.float32) / 32768.0
            draft = file.with_suffix(".tmp")
            sound = on_the_line(spoken, row.channel, int(digest[:8], 16))
            soundfile.write(draft, sound, RATE, subtype="ULAW", format="WAV")
            draft.replace(file)
        yield Clip(file, row)


def on_the_line(spoken: Wave, channel: str, seed: int) -> Wave:
    """``spoken`` with silence around it, at some level, and with noise where it is ``noisy``."""
    random = np.random.default_rng(seed)
    before, after = (np.zeros(int(RATE * s), np.float32) for s in random.uniform(*AROUND_S, 2))
    loudest = max(float(np.abs(spoken).max(initial=0.0)), 1e-6)
    voice = np.concatenate([before, spoken * np.float32(random.uniform(*PEAKS) / loudest), after])
    if channel == "noisy":
        power = float(np.sqrt((voice**2).sum() / max(len(spoken), 1)))
        level = power * 10 ** (-random.uniform(*NOISE_DB) / 20)
        kind = (white, pink, babble)[int(random.integers(3))]
        voice = voice + np.float32(level) * kind(len(voice), random)
    return np.clip(voice, -1.0, 1.0).astype(np.float32)


def white(count: int, random: np.random.Generator) -> Wave:
    """Noise of one power at every frequency; root mean square 1."""
    return random.standard_normal(count).astype(np.float32)


def pink(count: int, random: np.random.Generator) -> Wave:
    """Noise that falls by 3 dB an octave: streets, wind, rooms; root mean square 1."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1.0))
    return _normal(np.fft.irfft(spectrum, count))


def babble(count: int, random: np.random.Generator) -> Wave:
    """A room full of voices without words: pink noise that swells like syllables do."""
    ticks = np.arange(count) / RATE
    whole = np.zeros(count)
    for _ in range(6):
        rate, phase = random.uniform(2.5, 6.0), random.uniform(0, 2 * np.pi)
        swell = 0.5 * (1 + np.sin(2 * np.pi * rate * ticks + phase))
        whole += swell * pink(count, random)
    return _normal(whole)


def _normal(sound: npt.NDArray[np.floating]) -> Wave:
    power = np.sqrt((sound**2).mean()) if len(sound) else 1.0
    return np.asarray(sound / max(float(power), 1e-9), dtype=np.float32)


def _voices() -> Path:
    return cache_folder() / "kokoro"
