"""Chooses who speaks a text: a shipped clip, a voice made here (and kept), or a hum for prompts."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np

from exchange.voices import band
from exchange.voices.band import RATE, Sound
from exchange.voices.clips import FOLDER, Clip, read_index, spoken
from exchange.voices.espeak import Espeak
from exchange.voices.kokoro import Kokoro

#: Who speaks for the carrier: announcements and voicemail.
CARRIER = "zf_xiaoxiao"
#: Characters that a prompt takes in a second, when it is only hummed.
CHARACTERS_A_SECOND = 4.5
#: How many sounds are kept in memory; a prompt is up to a few hundred kilobytes.
_MOST_KEPT = 400
#: How loud a prompt is, beside a callee's full voice.
_PROMPT_LEVEL = 0.6


class Maker(Protocol):
    """Something that can speak any text."""

    name: str

    def make(self, text: str, voice: str, speed: float = 1.0) -> Sound:
        """The text, spoken."""
        ...


def cache_folder() -> Path:
    """Where made voices are kept between runs, unless told otherwise."""
    return Path.home() / ".cache" / "huifang" / "voices"


class Voices:
    """All voices of one exchange. Safe to use from several threads.

    ``cache`` keeps what was made here and, in its folder ``kokoro``, the natural voices that
    ``python -m exchange.voices fetch`` brings. ``synthesise=False`` leaves only the shipped clips.
    """

    def __init__(
        self, cache: Path | None = None, *, clips: Path = FOLDER, synthesise: bool = True
    ) -> None:
        self._cache = cache or cache_folder()
        self._clips = clips
        self._synthesise = synthesise
        self._lock = threading.Lock()
        self._sounds: dict[tuple[str, str], Sound] = {}

    @cached_property
    def _index(self) -> Mapping[tuple[str, str], Clip]:
        return read_index(self._clips)

    @cached_property
    def _natural(self) -> Maker | None:
        voices = self._cache / "kokoro"
        return Kokoro(voices) if self._synthesise and Kokoro.installed(voices) else None

    @cached_property
    def _light(self) -> Maker | None:
        return Espeak() if self._synthesise and Espeak.installed() else None

    def names(self) -> list[str]:
        """The callees' voices."""
        return sorted({voice for _, voice in self._index} - {CARRIER})

    def voice_for(self, number: str, texts: Iterable[str] = ()) -> str:
        """The voice of a callee who names none: the one that has most of his texts, so that he
        does not change his voice half way; always the same one for the same number."""
        said = {spoken(text) for text in texts}
        has = {name: sum((text, name) in self._index for text in said) for name in self.names()}
        best = [name for name, count in has.items() if count == max(has.values())]
        return best[int(hashlib.sha256(number.encode()).hexdigest(), 16) % len(best)]

    def can_say(self, text: str) -> bool:
        """Whether anybody here can speak the text."""
        return bool(self._shipped(text, "") or self._natural is not None or self._light is not None)

    def say(self, text: str, voice: str) -> Sound:
        """The text in this voice, or in the nearest one that can. Raises LookupError for none."""
        with self._lock:
            return self._kept((spoken(text), voice), lambda: self._say(text, voice))

    def prompt(self, text: str) -> Sound:
        """An application's prompt in the light voice, or a soft hum of about its length."""
        with self._lock:
            return self._kept((text, "prompt"), lambda: self._prompt(text))

    def _kept(self, key: tuple[str, str], make: Callable[[], Sound]) -> Sound:
        if key not in self._sounds:
            if len(self._sounds) >= _MOST_KEPT:
                self._sounds.pop(next(iter(self._sounds)))
            self._sounds[key] = make()
        return self._sounds[key]

    def _prompt(self, text: str) -> Sound:
        light = self._light
        sound = light.make(text, CARRIER) if light and spoken(text) else _hum(text)
        return (sound * _PROMPT_LEVEL).astype(np.int16)

    def _say(self, text: str, voice: str) -> Sound:
        clip = self._index.get((spoken(text), voice))
        if clip is None and self._natural is not None:
            return self._made(self._natural, text, voice)
        clip = clip or self._shipped(text, voice)
        if clip is not None:
            return band.read(self._clips / clip.file)
        if self._light is not None:
            return self._made(self._light, text, voice)
        raise LookupError(f"nobody here can say “{text}”: give a recording of it in the cast file")

    def _shipped(self, text: str, voice: str) -> Clip | None:
        """A clip of the text, of a voice of the same sex (zf_, zm_) where there is one."""
        said = spoken(text)
        clips = [clip for (words, _), clip in self._index.items() if words == said]
        clips.sort(key=lambda clip: (clip.voice[:2] != voice[:2], clip.voice))
        return clips[0] if clips else None

    def _made(self, maker: Maker, text: str, voice: str) -> Sound:
        digest = hashlib.sha256(f"{maker.name}\t{voice}\t{text}".encode()).hexdigest()[:32]
        file = self._cache / f"{digest}.wav"
        if not file.exists():
            self._cache.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}.tmp")
            band.write(draft, maker.make(text, voice))
            draft.replace(file)
        return band.read(file)


def _hum(text: str) -> Sound:
    seconds = max(0.3, len(spoken(text)) / CHARACTERS_A_SECOND)
    ticks = np.arange(int(seconds * RATE)) / RATE
    # Syllables, so that a voice detector sees something like speech and not a dial tone.
    swell = 0.5 * (1 - np.cos(2 * np.pi * CHARACTERS_A_SECOND * ticks))
    return band.as_sound((0.15 * swell * np.sin(2 * np.pi * 330 * ticks)).astype(np.float32))
