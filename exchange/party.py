"""The far end of one call: what the person or machine that picked up says, and when it leaves."""

import random
from collections import Counter
from dataclasses import dataclass, replace

from exchange import tones
from exchange.cast import SILENCE, Answer, Callee, PickUp, recognise
from exchange.voices import band
from exchange.voices.band import RATE, Sound
from exchange.voices.choice import CARRIER, Voices

#: An announcement is spoken so often, with such gaps, and then the carrier hangs up. Seconds.
_TIMES, _GAP_S, _BEFORE_S = 3, 2.0, 0.6
#: How long a voicemail records before it hangs up.
_VOICEMAIL_S = 60.0
#: How long the vendor listens before it calls somebody a person or a machine.
_HUMAN_S, _MACHINE_S, _MESSAGE_OVER_S = 1.6, 2.6, 0.8


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said unasked; ``at`` is seconds since the answer."""

    at: float
    text: str
    sound: Sound

    @property
    def end(self) -> float:
        """When it is over."""
        return self.at + len(self.sound) / RATE


@dataclass(frozen=True, slots=True)
class Detection:
    """What answering-machine detection finds, and when. Seconds since the answer."""

    answered_by: str
    at: float


class Party:
    """Whoever picked up. Counts how often each question was asked on this call."""

    def __init__(self, callee: Callee, attempt: int, voices: Voices) -> None:
        self._callee = callee
        self._answers = callee.answers_on(attempt)
        self._ring = ring = callee.ring(attempt)
        self._voices = voices
        self._voice = callee.voice or voices.voice_for(callee.number, callee.texts)
        self._asked: Counter[str] = Counter()
        self.is_machine = ring.pick_up in {PickUp.ANNOUNCEMENT, PickUp.VOICEMAIL}
        self.noisy = callee.noisy
        self.utterances = self._opening()

    @property
    def leaves(self) -> float | None:
        """When a machine hangs up by itself; a person stays."""
        if self._ring.pick_up is PickUp.ANNOUNCEMENT:
            return self.utterances[-1].end + 1.0
        if self._ring.pick_up is PickUp.VOICEMAIL:
            return self.utterances[-1].end + _VOICEMAIL_S
        return None

    def asked(self, action_url: str, prompt: str) -> Answer:
        """What is answered to this question, this time."""
        if self.is_machine:
            return SILENCE
        question = recognise(self._answers, action_url, prompt)
        if question is None:
            return SILENCE
        given = self._answers[question.key]
        time = self._asked[question.counted]
        self._asked[question.counted] += 1
        return given[min(time, len(given) - 1)]

    def sound(self, answer: Answer) -> Sound:
        """An answer as it sounds: a recording, a voice, or keys."""
        if answer.keys:
            return tones.keys(answer.keys)
        if answer.audio is not None:
            sound = band.read(answer.audio)
        else:
            sound = self._voices.say(answer.says, self._voice)
        return tones.noise_over(sound, answer.noise, len(sound)) if answer.noise else sound

    def detected(self, mode: str, timeout: float) -> Detection:
        """What the vendor's detection says (modes Enable and DetectMessageEnd)."""
        if not self.is_machine:
            greeted = max((one.end for one in self.utterances), default=0.0)
            return Detection("human", greeted + _HUMAN_S)
        if self._ring.passes:
            return Detection("human", _HUMAN_S)
        if mode == "Enable":
            return Detection("machine_start", _MACHINE_S)
        beeps = self._ring.pick_up is PickUp.VOICEMAIL
        over = self.utterances[-1].end if beeps else self.utterances[0].end + _MESSAGE_OVER_S
        if over > timeout:
            return Detection("unknown", timeout)
        return Detection("machine_end_beep" if beeps else "machine_end_other", over)

    def overheard(self, since: float) -> Utterance | None:
        """The next thing a machine says that is not over yet, as the live recogniser has it."""
        speaking = (one for one in self.utterances if one.end > since and one.text)
        first = next(speaking, None) if self.is_machine else None
        return replace(first, text=self._ring.heard) if first and self._ring.heard else first

    def _opening(self) -> tuple[Utterance, ...]:
        if not self.is_machine:
            greeting = self._callee.greets
            voice = self._voices.say(greeting, self._voice) if greeting else None
            return () if voice is None else (Utterance(0.3, greeting, voice),)
        words = self._ring.words
        sound = self._voices.say(words, CARRIER)
        first = Utterance(_BEFORE_S, words, sound)
        if self._ring.pick_up is PickUp.VOICEMAIL:
            return first, Utterance(first.end + 0.4, "", tones.beep())
        step = len(sound) / RATE + _GAP_S
        return tuple(Utterance(_BEFORE_S + n * step, words, sound) for n in range(_TIMES))


def rings_for(number: str, attempt: int) -> float:
    """How long the phone rings before somebody picks up: 3 to 8 s, the same for the same call."""
    return 3.0 + 5.0 * random.Random(f"{number}:{attempt}").random()
