"""Speaks and plays what the application wants said: Say, Play and Pause, alone or in a Gather."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import soundfile
import soxr

from exchange import tones, twiml
from exchange.documents import Document
from exchange.leg import Leg
from exchange.line import Side
from exchange.voices.band import RATE, Sound, as_sound

_NO_SOUND: Final = 12400
#: An endless loop is played this often, far longer than anybody listens.
_ENDLESS: Final = 500


@dataclass(frozen=True, slots=True)
class Laid:
    """Prompts that stand on the line: their words and how long they take, in seconds."""

    text: str
    seconds: float


class Prompts:
    """The prompts of one call. ``last`` are the words of the latest ones, until something else."""

    def __init__(self, leg: Leg) -> None:
        self._leg = leg
        self.last = ""

    def lay(self, prompts: Sequence[twiml.Prompt], document: Document) -> Laid:
        """Put prompts on the line, one after the other, without waiting for them."""
        begun = end = self._leg.t
        words = []
        for prompt in prompts:
            text = prompt.text if isinstance(prompt, twiml.Say) else ""
            sound = self._sound(prompt, document)
            for _ in range(_loops(prompt)):
                end = self._leg.lay(Side.OURS, end, sound, text)
            words.append(text)
        return Laid("".join(words), end - begun)

    def perform(self, prompt: twiml.Prompt, document: Document) -> None:
        """Put one prompt on the line and wait for its end."""
        laid = self.lay([prompt], document)
        self.last = laid.text or self.last
        self._wait(laid.seconds)

    def speak(self, text: str) -> None:
        """Say something of the exchange's own."""
        self._wait(self.lay([twiml.Say(text)], Document(())).seconds)

    def _wait(self, seconds: float) -> None:
        self._leg.until(self._leg.t + seconds)

    def _sound(self, prompt: twiml.Prompt, document: Document) -> Sound:
        match prompt:
            case twiml.Say(text=text):
                return self._leg.equipment.voices.prompt(text)
            case twiml.Pause(seconds=seconds):
                return np.zeros(int(seconds * RATE), dtype=np.int16)
            case twiml.Play(digits=digits) if digits:
                return tones.keys(digits)
            case twiml.Play(url=url):
                return self._fetched(document.resolve(url))
        raise AssertionError(prompt)

    def _fetched(self, url: str) -> Sound:
        """A sound file of the application; one that cannot be had is noted and not heard."""
        answer = self._leg.equipment.webhooks.send("GET", url, {})
        if answer.status != 200:
            self._leg.note(11200, f"HTTP {answer.status} for a sound file", url)
            return np.zeros(0, dtype=np.int16)
        try:
            wave, rate = soundfile.read(io.BytesIO(answer.body), dtype="float32", always_2d=True)
        except (RuntimeError, TypeError):
            self._leg.note(_NO_SOUND, "Not a sound file that can be played", url)
            return np.zeros(0, dtype=np.int16)
        mono = wave.mean(axis=1)
        return as_sound(mono if rate == RATE else soxr.resample(mono, rate, RATE))


def _loops(prompt: twiml.Prompt) -> int:
    return 1 if isinstance(prompt, twiml.Pause) else prompt.loop or _ENDLESS
