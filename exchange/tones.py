"""The sounds of the line that nobody speaks: keys, beeps, ringing, the floor of noise. Pure."""

import functools

import numpy as np

from exchange.voices.band import RATE, Sound, as_sound

_ROWS, _COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477)
_PAD = "123456789*0#"
#: How long one key sounds, and the gap after it, in seconds.
KEY_S, KEY_GAP_S = 0.12, 0.08
#: Loudness of the floor of noise (standard deviation of samples): a clean line, a noisy one.
_CLEAN, _NOISY = 12.0, 220.0


@functools.cache
def keys(pressed: str) -> Sound:
    """Dual-tone signals (ITU-T Q.23), one after the other."""
    gap = np.zeros(int(KEY_GAP_S * RATE), dtype=np.int16)
    return np.concatenate([part for key in pressed for part in (_key(key), gap)])


def _key(key: str) -> Sound:
    if key == "w":  # a pause of half a second, as the vendor's Play understands it
        return np.zeros(RATE // 2, dtype=np.int16)
    row, column = divmod(_PAD.index(key), 3)
    return _tone(KEY_S, _ROWS[row], _COLUMNS[column])


@functools.cache
def beep() -> Sound:
    """The sign to speak after it."""
    return _tone(0.5, 1000)


@functools.cache
def ringing(seconds: float) -> Sound:
    """What one hears while a phone rings: 450 Hz, one second on and four off (China)."""
    ticks = np.arange(int(seconds * RATE))
    on = (ticks // RATE) % 5 == 0
    return np.where(on, _tone(seconds, 450)[: len(ticks)], 0).astype(np.int16)


@functools.cache
def floor(seconds: float, noisy: bool, seed: int) -> Sound:
    """The noise of the line: a stretch of it, repeated, for it costs time to make."""
    stretch = np.random.default_rng(seed).normal(0, _NOISY if noisy else _CLEAN, 4 * RATE)
    return np.resize(stretch.astype(np.int16), int(seconds * RATE))


def noise_over(sound: Sound, part: float, seed: int) -> Sound:
    """The sound with noise on it, whose level is this part of the sound's own."""
    level = float(np.sqrt(np.mean(sound.astype(np.float64) ** 2))) * part
    noise = np.random.default_rng(seed).normal(0, level, len(sound))
    return np.clip(sound + noise, -32767, 32767).astype(np.int16)


def _tone(seconds: float, *hertz: int) -> Sound:
    ticks = np.arange(int(seconds * RATE)) / RATE
    wave = sum(np.sin(2 * np.pi * one * ticks) for one in hertz) * (0.3 / len(hertz))
    return as_sound(np.asarray(wave, dtype=np.float32))
