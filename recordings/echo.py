"""Tells whether a stretch on the callee's channel is only the echo of our own prompt, which must
never be heard as an answer. Compares two waves; knows nothing of words."""

import numpy as np

from recordings.audio import Audio
from recordings.speech import Samples
from recordings.voice import Stretch

LONGEST_S = 0.6  # an echo comes at most so late: a mobile line there and back
WEAKER = 0.7  # an echo has lost some of its strength; who speaks up has not
ALIKE = 0.5  # correlation above which two waves are one; a person against our prompt has < 0.2


def without_echo(
    voiced: tuple[Stretch, ...], audio: Audio, channel: int
) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """The stretches of ``channel`` that are a person's, and those that are our prompt's echo."""
    others = [c for index, c in enumerate(audio.channels[:2]) if index != channel]
    if not others:
        return voiced, ()
    echoes = [s for s in voiced if _is_echo(s, audio.channels[channel], others[0], audio.rate)]
    return tuple(s for s in voiced if s not in echoes), tuple(echoes)


def _is_echo(stretch: Stretch, theirs: Samples, ours: Samples, rate: int) -> bool:
    first, last = int(stretch.from_s * rate), int(stretch.to_s * rate)
    heard = theirs[first:last]
    begin = max(0, first - int(LONGEST_S * rate))
    spoken = ours[begin:last]
    if not len(heard) or _strength(heard) > WEAKER * _strength(ours[first:last]):
        return False
    return _likeness(heard, spoken) > ALIKE


def _likeness(heard: Samples, spoken: Samples) -> float:
    """The greatest correlation of ``heard`` with any equally long part of ``spoken``, 0 to 1."""
    size = 1 << (len(heard) + len(spoken)).bit_length()
    products = np.fft.irfft(np.fft.rfft(spoken, size) * np.conj(np.fft.rfft(heard, size)), size)[
        : len(spoken) - len(heard) + 1
    ]
    power = np.concatenate(([0.0], np.cumsum(spoken.astype(np.float64) ** 2)))
    parts = power[len(heard) :] - power[: len(power) - len(heard)]
    whole = np.sqrt(np.maximum(parts, 1e-12) * float((heard.astype(np.float64) ** 2).sum()))
    return float(np.max(np.abs(products) / np.maximum(whole, 1e-12), initial=0.0))


def _strength(samples: Samples) -> float:
    return float(np.sqrt((samples.astype(np.float64) ** 2).mean())) if len(samples) else 0.0
