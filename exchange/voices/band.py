"""Turns any sound into telephone sound, and into files and back. Plain arithmetic otherwise."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

#: Samples a second on the line.
RATE = 8000
#: The band that a telephone carries, in hertz.
LOW_HZ, HIGH_HZ = 300.0, 3400.0
#: The loudest sample of a clip, as a part of full scale: loud enough, and never clipped.
PEAK = 0.5

Sound = npt.NDArray[np.int16]
Wave = npt.NDArray[np.float32]


def to_line(wave: Wave, rate: int) -> Sound:
    """Band, rate, level and silence of a telephone line. ``wave`` is mono in -1..1 at ``rate``."""
    narrow = soxr.resample(wave.astype(np.float32), rate, RATE)
    return as_sound(_levelled(_trimmed(_banded(narrow))))


def read(file: Path) -> Sound:
    """A sound file as the line carries it; a file of several channels gives its first."""
    wave, rate = soundfile.read(str(file), dtype="float32", always_2d=True)
    mono = wave[:, 0]
    if rate != RATE:
        mono = soxr.resample(mono, rate, RATE)
    return as_sound(mono)


def write(file: Path, sound: Sound) -> None:
    """Save as mu-law, one byte a sample, the way the line itself carries it."""
    soundfile.write(str(file), sound, RATE, subtype="ULAW", format="WAV")


def as_sound(wave: Wave) -> Sound:
    """Floats of -1..1 as 16-bit samples."""
    return (np.clip(wave, -1.0, 1.0) * 32767.0).astype(np.int16)


def _banded(wave: Wave) -> Wave:
    """Keep 300 to 3400 Hz, with soft edges so that nothing rings."""
    spectrum = np.fft.rfft(wave)
    hertz = np.fft.rfftfreq(len(wave), 1 / RATE)
    low = np.clip((hertz - (LOW_HZ - 100)) / 100, 0, 1)
    high = np.clip(((HIGH_HZ + 150) - hertz) / 150, 0, 1)
    return np.fft.irfft(spectrum * low * high, len(wave)).astype(np.float32)


def _trimmed(wave: Wave, keep_s: float = 0.06) -> Wave:
    """Without the silence before and after, but for a breath."""
    loud = np.flatnonzero(np.abs(wave) > 0.02 * max(float(np.max(np.abs(wave), initial=0)), 1e-6))
    if not len(loud):
        return wave
    keep = int(keep_s * RATE)
    return wave[max(0, loud[0] - keep) : loud[-1] + keep]


def _levelled(wave: Wave) -> Wave:
    peak = float(np.max(np.abs(wave), initial=0))
    return wave * np.float32(PEAK / peak) if peak > 0 else wave
