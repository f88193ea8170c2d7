"""One audio file to words and a reading, for a person at the command line: no call, no time
line, nothing stored."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from recordings.audio import Audio, AudioTrouble, read
from recordings.closed import settle
from recordings.pipeline import sure_enough
from recordings.speech import Heard, Speech
from recordings.voice import Detector, Stretch, find_voice
from scripts.labels import Label, code_of

ANY = "ANY"  # a question of which nothing is known
ANSWER_PAUSE_S = 1.0  # stretches closer together are heard as one


class Reading(Protocol):
    """What is used of ``scripts.answers.Reading``."""

    @property
    def label(self) -> str: ...
    @property
    def also(self) -> Iterable[str]: ...
    @property
    def words(self) -> str: ...


Read = Callable[[str, str], Reading]  # question code, words


@dataclass(frozen=True, slots=True)
class _Segment:
    channel: int
    stretch: Stretch
    heard: Heard

    def to_json(self) -> dict[str, Any]:
        return {
            "channel": self.channel,
            "from": self.stretch.from_s,
            "to": self.stretch.to_s,
            "text": self.heard.text,
            "distance": self.heard.distance,
        }


def listen(
    path: Path,
    speech: Speech,
    detector: Detector,
    *,
    question: str | None = None,
    read_words: Read | None = None,
    hints: Sequence[str] = (),
    channel: int | None = None,
) -> dict[str, Any]:
    """``file, engine, audio_s, cpu_s, segments[{channel, from, to, text, distance}],
    reading{label, also, words}``; a file that cannot be used has ``error`` and no reading.

    The reading is of one channel's words (``answer_channel``). Without any speech on it the label
    is ``silence``; a yes that was heard too uncertainly is ``unsure``; without ``read_words`` the
    label of speech is None.
    """
    began = time.process_time()
    entry: dict[str, Any] = {"file": str(path), "engine": speech.name, "audio_s": 0.0}
    try:
        audio = read(path)
    except AudioTrouble as trouble:
        return entry | {"cpu_s": 0.0, "segments": [], "reading": None, "error": str(trouble)}
    voiced = [find_voice(samples, audio.rate, detector) for samples in audio.channels]
    segments = [
        _heard(audio, index, stretch, speech, hints, question)
        for index, found in enumerate(voiced)
        for stretch in _bridged(found)
    ]
    chosen = answer_channel(voiced, question is not None) if channel is None else channel
    answer = [segment.heard for segment in segments if segment.channel == chosen]
    in_order = sorted(segments, key=lambda s: (s.stretch.from_s, s.channel))
    return entry | {
        "audio_s": round(audio.seconds, 3),
        "cpu_s": round(time.process_time() - began, 3),
        "segments": [segment.to_json() for segment in in_order],
        "reading": reading_of(answer, question, read_words),
    }


def answer_channel(voiced: Sequence[Sequence[Stretch]], one_question: bool) -> int:
    """The channel whose words are read.

    With one question asked, the answer comes after it: the channel that is spoken on later. In
    a whole call we speak more than the customer: the channel with less speech. A channel on
    which nobody speaks is never taken while there is another.
    """
    spoken = [index for index, found in enumerate(voiced) if found]
    if len(spoken) < 2:
        return spoken[0] if spoken else 0
    if one_question:
        return max(spoken, key=lambda index: _middle(voiced[index]))
    return min(spoken, key=lambda index: sum(s.seconds for s in voiced[index]))


def _middle(found: Sequence[Stretch]) -> float:
    """The middle of what is spoken on a channel, in seconds of the recording."""
    whole = sum(s.seconds for s in found)
    return sum(s.seconds * (s.from_s + s.to_s) / 2 for s in found) / whole


def _bridged(found: Sequence[Stretch]) -> list[Stretch]:
    out: list[Stretch] = []
    for stretch in found:
        if out and stretch.from_s - out[-1].to_s <= ANSWER_PAUSE_S:
            out[-1] = Stretch(out[-1].from_s, stretch.to_s)
        else:
            out.append(stretch)
    return out


def _heard(
    audio: Audio,
    channel: int,
    stretch: Stretch,
    speech: Speech,
    hints: Sequence[str],
    question: str | None,
) -> _Segment:
    """One stretch; as the answer to a question it is compared with what is usually answered."""
    first, last = int(stretch.from_s * audio.rate), int(stretch.to_s * audio.rate)
    heard = speech.hear(audio.channels[channel][first:last], audio.rate, hints)
    return _Segment(channel, stretch, heard if question is None else settle(question, heard))


def reading_of(
    answer: Sequence[Heard], question: str | None, read_words: Read | None
) -> dict[str, Any]:
    """``label, also, words`` of what was heard in an answer's stretches (see ``listen``)."""
    words = _joined([heard.text for heard in answer if heard.text])
    if not answer:
        return _label(Label.SILENCE, words)
    if not words:  # somebody spoke, and nothing was understood: that is not silence
        return _label(Label.UNCLEAR, words)
    if read_words is None:
        return {"label": None, "also": [], "words": words}
    reading = read_words(code_of(question or ANY), words)
    sure = all(sure_enough(heard.confidence) and not heard.doubt for heard in answer)
    if reading.label == Label.AFFIRM and not sure:
        return _label(Label.UNSURE, words)
    return _label(reading.label, words, reading.also)


def _joined(texts: Sequence[str]) -> str:
    """Several stretches as one answer, with a mark between those that end without one."""
    marked = [text if not text[-1].isalnum() else f"{text}，" for text in texts[:-1]]
    return "".join([*marked, *texts[-1:]])


def _label(label: str, words: str, also: Iterable[str] = ()) -> dict[str, Any]:
    return {"label": str(label), "also": [str(a) for a in also], "words": words}
