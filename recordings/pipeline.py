"""A recording and its call's time line into what was answered to each question. Each stage's
product is plain data, so that another recogniser can hear again what is already stored."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from recordings import cut
from recordings.audio import Audio
from recordings.speech import Speech
from recordings.voice import Detector

VERSION = "1"  # goes up whenever the same recording and engine could give other words

#: Below this a yes must not rest on what was heard (measured: docs/speech.md). An engine that
#: gives no confidence, or always a high one, is not held back by it.
LEAST_FOR_YES = 0.5

Hints = Callable[[str], Sequence[str]]  # question id -> phrases to expect


@dataclass(frozen=True, slots=True)
class HeardAnswer:
    """The words that answer one question, with their place in the recording (seconds).

    No ``voiced_s`` means silence; ``voiced_s`` without ``text`` means that somebody spoke and
    the recogniser made nothing of it, which is not silence.
    """

    turn: int
    question: str
    from_s: float
    to_s: float
    text: str
    alternatives: tuple[str, ...]
    confidence: float | None
    channel: int
    voiced_s: float

    @property
    def sure(self) -> bool:
        """Whether a yes may rest on these words; a yes that may not is ``unsure``."""
        return sure_enough(self.confidence)


def sure_enough(confidence: float | None) -> bool:
    """Whether an engine's confidence in what it heard is enough for a yes."""
    return confidence is None or confidence >= LEAST_FOR_YES


@dataclass(frozen=True, slots=True)
class HeardCall:
    """Everything one engine heard in one recording. Never overwritten: a new engine or pipeline
    version makes another one beside it."""

    engine: str
    version: str
    seconds: float
    cut: cut.CutCall
    answers: tuple[HeardAnswer, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data; ``from_json`` reads it back."""
        return asdict(self)


def hear_call(
    audio: Audio,
    windows: Sequence[cut.Window],
    speech: Speech,
    detector: Detector,
    *,
    offset_s: float = 0.0,
    channel_hint: int | None = None,
    hints: Hints = lambda question: (),
) -> HeardCall:
    """Cut the recording and hear every answer. For the parameters see ``cut.cut_call``."""
    cutting = cut.cut_call(audio, windows, detector, offset_s=offset_s, hint=channel_hint)
    return hear_again(audio, cutting, speech, hints=hints)


def hear_again(
    audio: Audio, cutting: cut.CutCall, speech: Speech, *, hints: Hints = lambda question: ()
) -> HeardCall:
    """Hear a recording that has been cut already, with this recogniser."""
    answers = tuple(
        _hear(audio, cutting.channel, piece, speech, hints(piece.question))
        for piece in cutting.cuts
    )
    return HeardCall(speech.name, VERSION, round(audio.seconds, 3), cutting, answers)


def from_json(data: Any) -> HeardCall:
    """What ``HeardCall.to_json`` made, read back."""
    return HeardCall(
        data["engine"],
        data["version"],
        data["seconds"],
        cut.from_json(data["cut"]),
        tuple(
            HeardAnswer(**{**answer, "alternatives": tuple(answer["alternatives"])})
            for answer in data["answers"]
        ),
    )


def _hear(
    audio: Audio, channel: int, piece: cut.Cut, speech: Speech, hints: Sequence[str]
) -> HeardAnswer:
    """One window. Silence never reaches the recogniser, which might invent a word for it."""
    text, alternatives, confidence = "", tuple[str, ...](), None
    if piece.stretches:
        heard = speech.hear(cut.samples_of(piece, audio, channel), audio.rate, hints)
        text, alternatives, confidence = heard.text, heard.alternatives, heard.confidence
    return HeardAnswer(
        turn=piece.turn,
        question=piece.question,
        from_s=piece.from_s,
        to_s=piece.to_s,
        text=text,
        alternatives=alternatives,
        confidence=confidence,
        channel=channel,
        voiced_s=piece.voiced_s,
    )
