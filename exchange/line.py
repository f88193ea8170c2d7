"""Everything that sounds on one call, laid on its own time line, and the recording made of it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from exchange import tones
from exchange.voices.band import RATE, Sound


class Side(StrEnum):
    """Whose voice: the callee's, or ours (the application's prompts)."""

    CALLEE = "callee"
    OURS = "ours"


@dataclass(slots=True)
class _Laid:
    side: Side
    at: float
    sound: Sound


class Line:
    """The sounds of one call. Times are seconds since the answer."""

    def __init__(self) -> None:
        self._laid: list[_Laid] = []

    def lay(self, side: Side, at: float, sound: Sound) -> float:
        """Put a sound on a channel; returns when it ends."""
        self._laid.append(_Laid(side, at, sound))
        return at + len(sound) / RATE

    def cut(self, side: Side, at: float) -> None:
        """Stop what sounds on a channel: what lies after this moment is not heard."""
        kept = [laid for laid in self._laid if laid.side != side or laid.at < at]
        for laid in kept:
            if laid.side == side:
                laid.sound = laid.sound[: round((at - laid.at) * RATE)]
        self._laid = kept

    def channel(
        self, side: Side, seconds: float, *, since: float = 0.0, noisy: bool = False, seed: int = 0
    ) -> Sound:
        """One channel from ``since`` on, ``seconds`` long."""
        mixed = np.zeros(round(seconds * RATE), dtype=np.int32)
        floor = tones.floor(4.0, noisy, seed)
        mixed += np.resize(floor, len(mixed))
        for start, sound in self._sounds(side, since, len(mixed)):
            mixed[start : start + len(sound)] += sound
        return np.clip(mixed, -32768, 32767).astype(np.int16)

    def _sounds(self, side: Side, since: float, length: int) -> Iterator[tuple[int, Sound]]:
        for laid in self._laid:
            start = round((laid.at - since) * RATE)
            sound = laid.sound[max(0, -start) : max(0, length - start)]
            if laid.side == side and len(sound):
                yield max(0, start), sound


def save(file: Path, channels: list[Sound]) -> None:
    """Write a WAV, 8 kHz, 16 bits, a channel each; whole or not at all, also under a kill."""
    frames: npt.NDArray[np.int16] = np.stack(channels, axis=1)
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    soundfile.write(str(draft), frames, RATE, subtype="PCM_16", format="WAV")
    draft.replace(file)
