"""The port to a speech recogniser. Vosk and Whisper stand behind it; nobody else may know which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]  #: mono, -1.0 to 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What a recogniser made of one stretch of speech. ``text`` is empty when it heard none."""

    text: str
    alternatives: tuple[str, ...] = ()  # other hypotheses, best first, without ``text``
    confidence: float | None = None  # the engine's own figure; not a probability, never trusted
    #: Natural logarithm of the likelihood of ``text`` and of each alternative, where there is one.
    likelihoods: tuple[float, ...] = ()
    doubt: str = ""  # why a yes must not rest on these words (``recordings.closed``)
    distance: float = 0.0  # of ``text`` from the best hypothesis it comes from, per character


class Speech(Protocol):
    """A recogniser. Implementations load lazily, and are safe to use from ``workers`` threads."""

    @property
    def name(self) -> str:
        """Engine and model with its version, e.g. ``vosk:vosk-model-small-cn-0.22``."""
        ...

    @property
    def workers(self) -> int:
        """How many threads may hear at once; they share one copy of the model's memory."""
        ...

    def hear(self, samples: Samples, rate: int, hints: Sequence[str] = ()) -> Heard:
        """Words of one stretch of *speech* (a voice detector has already found it).

        ``samples`` mono float32 at ``rate`` hertz; ``hints`` are phrases to expect.
        """
        ...
