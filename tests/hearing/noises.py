"""Sounds in which nobody answers: noise, tones, breathing, music, a room of voices without words.
Arithmetic only, the same for the same number; none of it may ever be heard as a yes."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from tests.hearing.clips import babble, pink, white

RATE = 8_000
SECONDS = (1.0, 4.0)
LEVELS_DB = (-40.0, -3.0)  # of the loudest sample

Wave = npt.NDArray[np.float32]
Random = np.random.Generator


def noises(count: int) -> Iterator[tuple[str, Wave]]:
    """``count`` sounds with the names of their kinds, which take turns; mono at 8 kHz."""
    kinds = list(KINDS.items())
    for number in range(count):
        random = np.random.default_rng(number)
        name, make = kinds[number % len(kinds)]
        sound = make(int(RATE * random.uniform(*SECONDS)), random)
        loudest = max(float(np.abs(sound).max(initial=0.0)), 1e-9)
        level = 10 ** (random.uniform(*LEVELS_DB) / 20)
        yield name, np.asarray(sound * (level / loudest), dtype=np.float32)


def silence(count: int, random: Random) -> Wave:
    """Nothing at all."""
    return np.zeros(count, dtype=np.float32)


def rumble(count: int, random: Random) -> Wave:
    """Wind and traffic: noise that is mostly low."""
    return np.asarray(np.cumsum(white(count, random)) * 0.02 + pink(count, random), np.float32)


def tone(count: int, random: Random) -> Wave:
    """The 450 Hz of a Chinese exchange, steady or as the busy or ringing signal."""
    on, off = ((1.0, 0.0), (0.35, 0.35), (1.0, 4.0))[int(random.integers(3))]
    ticks = np.arange(count) / RATE
    return _sine(450.0, count) * (ticks % (on + off) < on)


def keys(count: int, random: Random) -> Wave:
    """Somebody presses keys (DTMF)."""
    out = np.zeros(count, dtype=np.float32)
    for at in range(0, count - 1600, 3200):
        pair = _sine(random.choice([697, 770, 852, 941]), 1600)
        out[at : at + 1600] = pair + _sine(random.choice([1209, 1336, 1477]), 1600)
    return out


def breathing(count: int, random: Random) -> Wave:
    """In and out, twice in three seconds or so."""
    swell = np.sin(np.pi * np.arange(count) / RATE * random.uniform(0.4, 0.9)) ** 2
    return np.asarray(swell * pink(count, random), dtype=np.float32)


def knocks(count: int, random: Random) -> Wave:
    """Something falls, a door, a cough without a voice: bursts that die away."""
    out = 0.001 * white(count, random)
    for at in random.integers(0, max(1, count - 2000), 4):
        out[at : at + 2000] += pink(2000, random) * np.exp(-np.arange(2000) / 300)
    return out.astype(np.float32)


def music(count: int, random: Random) -> Wave:
    """A tune of plucked notes with overtones, over a chord."""
    out = np.zeros(count, dtype=np.float32)
    step = int(RATE * random.uniform(0.15, 0.4))
    for at in range(0, count, step):
        note = 220.0 * 2 ** (random.choice([0, 2, 4, 7, 9, 12, 14]) / 12)
        length = min(step, count - at)
        fade = np.exp(-np.arange(length) / (0.3 * RATE))
        out[at : at + length] = fade * sum(_sine(note * k, length) / k for k in range(1, 6))
    return out + 0.3 * sum((_sine(f, count) for f in (220.0, 277.2, 329.6)), np.float32(0))


def television(count: int, random: Random) -> Wave:
    """What comes through a wall of a television: voices without words, and music."""
    return babble(count, random) + np.float32(0.5) * music(count, random)


def humming(count: int, random: Random) -> Wave:
    """Mains hum and a fan."""
    hum = sum((_sine(50.0 * k, count) / k for k in (2, 4, 6, 8)), np.float32(0))
    return np.asarray(hum + 0.1 * white(count, random), dtype=np.float32)


KINDS: dict[str, Callable[[int, Random], Wave]] = {
    "silence": silence,
    "white noise": white,
    "pink noise": pink,
    "rumble": rumble,
    "tone": tone,
    "keys": keys,
    "breathing": breathing,
    "knocks": knocks,
    "music": music,
    "television": television,
    "babble": babble,
    "hum": humming,
}


def _sine(hertz: float, count: int) -> Wave:
    return np.sin(2 * np.pi * hertz * np.arange(count) / RATE).astype(np.float32)
