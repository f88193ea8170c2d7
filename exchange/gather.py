"""When a Gather ends and with what, as the vendor times it. Pure: seconds in, a plan out."""

from dataclasses import dataclass

from exchange.tones import KEY_GAP_S, KEY_S
from exchange.twiml import Gather

#: How long a silence ends an utterance when the vendor decides (``speechTimeout="auto"``).
AUTO_SPEECH_TIMEOUT_S = 1.0
#: How long somebody must speak into a prompt before it stops.
_NOTICED_S = 0.3


@dataclass(frozen=True, slots=True)
class Speech:
    """What the callee says; seconds since the Gather began, also below 0."""

    start: float
    end: float
    words: str


@dataclass(frozen=True, slots=True)
class Keys:
    """What the callee presses; seconds since the Gather began."""

    start: float
    keys: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a Gather goes: when its prompt stops, when it ends, and with which words or digits.

    ``words`` and ``digits`` are empty when nothing came. ``finished_on`` is the key that ended it.
    """

    prompt_stops: float
    ends: float
    words: str = ""
    digits: str = ""
    finished_on: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was heard and nothing pressed."""
        return not (self.words or self.digits or self.finished_on)


def plan(gather: Gather, prompt_s: float, given: Speech | Keys | None) -> Plan:
    """Lay out one Gather whose prompt takes ``prompt_s`` seconds."""
    listens = 0.0 if gather.barge_in else prompt_s
    latest = prompt_s + gather.timeout
    if isinstance(given, Speech) and gather.speech and _in_time(given, listens, latest):
        return _spoken(gather, prompt_s, listens, given)
    if isinstance(given, Keys) and gather.keys and listens <= given.start <= latest:
        return _pressed(gather, prompt_s, given)
    return Plan(prompt_s, latest)


def _in_time(speech: Speech, listens: float, latest: float) -> bool:
    return listens < speech.end and speech.start <= latest


def _spoken(gather: Gather, prompt_s: float, listens: float, speech: Speech) -> Plan:
    silence = gather.speech_timeout
    ends = speech.end + (AUTO_SPEECH_TIMEOUT_S if silence is None else silence)
    stops = min(prompt_s, max(speech.start, listens) + _NOTICED_S)
    return Plan(stops if gather.barge_in else prompt_s, ends, words=speech.words)


def _pressed(gather: Gather, prompt_s: float, pressed: Keys) -> Plan:
    digits, now = "", pressed.start
    stops = min(prompt_s, pressed.start)
    for key in pressed.keys:
        now += KEY_S
        if key == gather.finish_key:
            return Plan(stops, now, digits=digits, finished_on=key)
        digits += key
        if len(digits) == gather.num_digits:
            return Plan(stops, now, digits=digits)
        now += KEY_GAP_S
    return Plan(stops, now + gather.timeout, digits=digits)
