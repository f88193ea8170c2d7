"""A recogniser that says what it was told to, for tests and for machines without a model.
It hears loudness only."""

from collections.abc import Iterable, Sequence

import numpy as np

from recordings.speech import Heard, Samples

LEAST = 1e-3  # peak below which there is nothing to hear


class FakeSpeech:
    """``Speech`` that answers with ``texts`` in turn, then with nothing. Silence uses none up.

    ``asked`` keeps what it was given: seconds and hints of every stretch.
    """

    name = "fake:1"
    workers = 1

    def __init__(self, texts: Iterable[str] = (), confidence: float = 1.0) -> None:
        self._texts = list(texts)
        self._confidence = confidence
        self.asked: list[tuple[float, tuple[str, ...]]] = []

    def hear(self, samples: Samples, rate: int, hints: Sequence[str] = ()) -> Heard:
        """See ``Speech.hear``."""
        self.asked.append((round(len(samples) / rate, 2), tuple(hints)))
        if np.abs(samples).max(initial=0.0) < LEAST or not self._texts:
            return Heard("")
        return Heard(self._texts.pop(0), confidence=self._confidence)
