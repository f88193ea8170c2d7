"""Where in a channel somebody speaks. Noise, tones, breathing and music are nobody.
Finds stretches only; must never try to understand them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recordings.audio import resample
from recordings.speech import Samples

RATE = 8_000  # hertz; the detector was trained for telephone speech too
FRAME = 256  # samples the detector judges at once: 32 ms
FRAME_S = FRAME / RATE

# Measured (docs/speech.md). The peak decides whether a stretch is a voice at all, the lower
# threshold only where it begins and ends.
PEAK = 0.92
EDGE = 0.35
LEAST_S = 0.09  # three frames; the shortest 对 lasts 150 ms
BRIDGE_S = 0.35  # pauses inside one stretch: between 对 and 但是
PAD_S = 0.15  # kept around a stretch, so that no consonant is cut off

QUIET = 10 ** (-60 / 20)  # a frame below this level is silence without asking the detector
LOUD_FLOOR = 10 ** (-40 / 20)  # no line hisses louder; a louder floor is somebody who never pauses
ABOVE_FLOOR = 10 ** (10 / 20)  # energy that stands out of the line's own noise


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody speaks from ``from_s`` to ``to_s`` (seconds from the recording's start)."""

    from_s: float
    to_s: float

    @property
    def seconds(self) -> float:
        """Duration in seconds."""
        return self.to_s - self.from_s


class Detector(Protocol):
    """Something that gives every 32 ms of a channel at 8 kHz a likelihood of speech."""

    def likelihoods(self, samples: Samples) -> NDArray[np.float32]:
        """One value from 0 to 1 per frame of 256 samples; an incomplete last frame is dropped."""
        ...


def find_voice(samples: Samples, rate: int, detector: Detector) -> tuple[Stretch, ...]:
    """The stretches of one channel in which somebody speaks, in order, without overlap.

    Silence is skipped by its energy alone, so a mostly silent channel costs next to nothing.
    """
    sound = resample(samples, rate, RATE)
    likelihoods = np.zeros(len(sound) // FRAME + 1, dtype=np.float32)
    for first, last in _not_silent(sound):
        found = detector.likelihoods(sound[first * FRAME : last * FRAME])
        likelihoods[first : first + len(found)] = found
    return stretches(likelihoods, len(samples) / rate)


def stretches(likelihoods: NDArray[np.float32], whole_s: float) -> tuple[Stretch, ...]:
    """Likelihoods per frame into stretches of speech, padded and kept inside the recording."""
    voiced = [
        (first, last)
        for first, last in runs(likelihoods >= EDGE, bridge=round(BRIDGE_S / FRAME_S))
        if _is_voice(likelihoods[first:last])
    ]
    out: list[Stretch] = []
    for first, last in voiced:
        start = max(0.0, first * FRAME_S - PAD_S)
        end = min(whole_s, last * FRAME_S + PAD_S)
        if out and start <= out[-1].to_s:
            start = out.pop().from_s
        out.append(Stretch(round(start, 3), round(end, 3)))
    return tuple(out)


def loud(samples: Samples, rate: int) -> NDArray[np.bool_]:
    """Per 32 ms frame: whether it stands out of the channel's own noise. Energy only."""
    sound = resample(samples, rate, RATE)
    level = _levels(sound)
    if not len(level):
        return np.zeros(0, dtype=np.bool_)
    floor = min(float(np.percentile(level, 10)), LOUD_FLOOR)
    return np.asarray(level > max(QUIET * 3, floor * ABOVE_FLOOR), dtype=np.bool_)


def _is_voice(likelihoods: NDArray[np.float32]) -> bool:
    sure = int((likelihoods >= 0.5).sum())
    return bool(likelihoods.max() >= PEAK) and sure * FRAME_S >= LEAST_S


def _levels(sound: Samples) -> NDArray[np.float32]:
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    return np.asarray(np.sqrt((frames**2).mean(axis=1)), dtype=np.float32)


def _not_silent(sound: Samples) -> Iterator[tuple[int, int]]:
    """Runs of frames that are not silent, with half a second around them."""
    around = round(0.5 / FRAME_S)
    frames = len(sound) // FRAME
    for first, last in runs(_levels(sound) > QUIET, bridge=2 * around):
        yield max(0, first - around), min(frames, last + around)


def runs(mask: NDArray[np.bool_], bridge: int) -> list[tuple[int, int]]:
    """``(first, past last)`` of every run of True; runs at most ``bridge`` apart become one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    out: list[tuple[int, int]] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if out and first - out[-1][1] <= bridge:
            first = out.pop()[0]
        out.append((first, last))
    return out
