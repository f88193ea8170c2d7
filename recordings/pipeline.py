"""A recording and its call's time line into what was answered to each question. Each stage's
product is plain data, so that another recogniser can hear again what is already stored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from recordings import cut
from recordings.audio import Audio
from recordings.closed import settle
from recordings.speech import Heard, Speech
from recordings.voice import Detector, find_voice

VERSION = "3"  # goes up whenever the same recording and engine could give other words

#: Below this a yes must not rest on what was heard (measured: docs/speech.md). An engine that
#: gives no confidence, or always a high one, is not held back by it.
LEAST_FOR_YES = 0.5

Hints = Callable[[str], Sequence[str]]  # question id -> phrases to expect
Settle = Callable[[str, Heard], Heard]  # question id, open hearing -> compared with closed hearing


def as_heard(question: str, heard: Heard) -> Heard:
    """Open hearing alone."""
    return heard


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
    distance: float = 0.0  # of ``text`` from what open hearing heard (``recordings.closed``)
    doubt: str = ""  # why no yes may rest on ``text``, where closed hearing found a reason

    @property
    def sure(self) -> bool:
        """Whether a yes may rest on these words; a yes that may not is ``unsure``."""
        return sure_enough(self.confidence) and not self.doubt


def sure_enough(confidence: float | None) -> bool:
    """Whether an engine's confidence in what it heard is enough for a yes."""
    return confidence is None or confidence >= LEAST_FOR_YES


@dataclass(frozen=True, slots=True)
class Opening:
    """Words from the first seconds of one channel: of the callee's what belongs to no question, of
    the other one everything. A machine that speaks before we do is easily taken for our own side
    (``cut.callee_channel``), so both are heard. Seconds of the recording."""

    channel: int
    from_s: float
    to_s: float
    text: str


@dataclass(frozen=True, slots=True)
class HeardCall:
    """Everything one engine heard in one recording. Never overwritten: a new engine or pipeline
    version makes another one beside it. ``openings`` are empty when they were not listened
    for, or when nobody spoke there."""

    engine: str
    version: str
    seconds: float
    cut: cut.CutCall
    answers: tuple[HeardAnswer, ...]
    openings: tuple[Opening, ...] = ()

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
    opening_s: float = 0.0,
) -> HeardCall:
    """Cut the recording and hear every answer; also what is said outside of them in the first
    ``opening_s`` seconds. For the other parameters see ``cut.cut_call``."""
    cutting = cut.cut_call(audio, windows, detector, offset_s=offset_s, hint=channel_hint)
    heard = hear_again(audio, cutting, speech, hints=hints, settle=settle)
    return replace(heard, openings=tuple(_openings(audio, cutting, speech, detector, opening_s)))


def hear_again(
    audio: Audio,
    cutting: cut.CutCall,
    speech: Speech,
    *,
    hints: Hints = lambda question: (),
    settle: Settle = as_heard,
) -> HeardCall:
    """Hear a recording that has been cut already, with this recogniser; without ``settle`` by open
    hearing alone."""
    answers = tuple(
        _hear(audio, cutting.channel, piece, speech, hints(piece.question), settle)
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
        openings_of(data),
    )


def openings_of(data: Any) -> tuple[Opening, ...]:
    """The openings in what ``HeardCall.to_json`` made."""
    return tuple(Opening(**kept) for kept in data.get("openings", ()))


def _openings(
    audio: Audio, cutting: cut.CutCall, speech: Speech, detector: Detector, seconds: float
) -> Iterator[Opening]:
    if not seconds:
        return
    for channel in range(len(audio.channels)):
        found = cutting.outside
        if channel != cutting.channel:
            found = find_voice(audio.channels[channel], audio.rate, detector)
        stretches = tuple(one for one in found if one.from_s < seconds)
        if stretches:
            begin, end = stretches[0].from_s, stretches[-1].to_s
            sound = cut.samples_of(cut.Cut("", 0, begin, end, stretches), audio, channel)
            yield Opening(channel, begin, end, speech.hear(sound, audio.rate, ()).text)


def _hear(
    audio: Audio,
    channel: int,
    piece: cut.Cut,
    speech: Speech,
    hints: Sequence[str],
    settle: Settle,
) -> HeardAnswer:
    """One window. Silence never reaches the recogniser, which might invent a word for it."""
    heard = Heard("")
    if piece.stretches:
        open_hearing = speech.hear(cut.samples_of(piece, audio, channel), audio.rate, hints)
        heard = settle(piece.question, open_hearing)
    return HeardAnswer(
        turn=piece.turn,
        question=piece.question,
        from_s=piece.from_s,
        to_s=piece.to_s,
        text=heard.text,
        alternatives=heard.alternatives,
        confidence=heard.confidence,
        channel=channel,
        voiced_s=piece.voiced_s,
        distance=heard.distance,
        doubt=heard.doubt,
    )
