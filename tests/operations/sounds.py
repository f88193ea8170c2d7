"""Recordings in which every utterance is a tone of its own, with a recogniser and a voice detector
that really listen to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recordings.speech import Heard, Samples

RATE = 8000


class Loudness:
    """A voice detector for recordings in which every sound is somebody speaking."""

    def likelihoods(self, samples: Samples) -> NDArray[np.float32]:
        """1 where it is loud."""
        frames = samples[: len(samples) // 256 * 256].reshape(-1, 256)
        return (np.sqrt((frames**2).mean(axis=1)) > 0.02).astype(np.float32)


@dataclass
class Tones:
    """A recogniser for recordings in which every utterance is a tone of its own."""

    words: dict[int, str] = field(default_factory=dict)
    name: str = "tones:1"
    workers: int = 1
    heard: int = 0

    def frequency(self, words: str) -> int:
        """The tone that stands for these words."""
        known = {text: tone for tone, text in self.words.items()}
        tone = known.get(words, 400 + 100 * len(self.words))
        self.words[tone] = words
        return tone

    def hear(self, samples: Samples, rate: int, hints: Sequence[str] = ()) -> Heard:
        """The words whose tone is the loudest."""
        self.heard += 1
        spectrum = np.abs(np.fft.rfft(samples))
        loudest = np.fft.rfftfreq(len(samples), 1 / rate)[int(np.argmax(spectrum))]
        return Heard(self.words[min(self.words, key=lambda tone: abs(tone - loudest))])


def lay(channel: NDArray[np.float32], at: float, seconds: float, frequency: float) -> None:
    """Put a tone on a channel, ``at`` seconds from its beginning."""
    first = max(0, int(at * RATE))
    time = np.arange(int(seconds * RATE)) / RATE
    sound = (0.4 * np.sin(2 * np.pi * frequency * time)).astype("f4")
    room = channel[first : first + len(sound)]
    room += sound[: len(room)]
