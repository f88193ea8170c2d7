"""One audio file to words and a reading, for a person at the command line: no call, no time
line, nothing stored."""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from recordings.audio import Audio, AudioTrouble, read
from recordings.speech import Speech
from recordings.voice import Detector, Stretch, find_voice
from scripts.labels import Label, code_of

SILENCE, UNCLEAR = str(Label.SILENCE), str(Label.UNCLEAR)
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
    """``file, engine, audio_s, cpu_s, segments[{channel, from, to, text}], reading{label, also,
    words}``; a file that cannot be used has ``error`` and no reading.

    The reading is of one channel's words (``answer_channel``); without any speech on it the label
    is ``silence``, and without ``read_words`` the label of speech is None.
    """
    began = time.process_time()
    entry: dict[str, Any] = {"file": str(path), "engine": speech.name, "audio_s": 0.0}
    try:
        audio = read(path)
    except AudioTrouble as trouble:
        return entry | {"cpu_s": 0.0, "segments": [], "reading": None, "error": str(trouble)}
    voiced = [find_voice(samples, audio.rate, detector) for samples in audio.channels]
    segments = [
        _heard(audio, index, stretch, speech, hints)
        for index, found in enumerate(voiced)
        for stretch in _bridged(found)
    ]
    chosen = answer_channel(voiced, question is not None) if channel is None else channel
    words = "，".join(s["text"] for s in segments if s["channel"] == chosen and s["text"])
    silent = not (0 <= chosen < len(voiced) and voiced[chosen])
    return entry | {
        "audio_s": round(audio.seconds, 3),
        "cpu_s": round(time.process_time() - began, 3),
        "segments": sorted(segments, key=lambda s: (s["from"], s["channel"])),
        "reading": _reading(words, silent, question, read_words),
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
    audio: Audio, channel: int, stretch: Stretch, speech: Speech, hints: Sequence[str]
) -> dict[str, Any]:
    first, last = int(stretch.from_s * audio.rate), int(stretch.to_s * audio.rate)
    heard = speech.hear(audio.channels[channel][first:last], audio.rate, hints)
    return {"channel": channel, "from": stretch.from_s, "to": stretch.to_s, "text": heard.text}


def _reading(
    words: str, silent: bool, question: str | None, read_words: Read | None
) -> dict[str, Any]:
    if silent:
        return {"label": SILENCE, "also": [], "words": ""}
    if not words:  # somebody spoke, and nothing was understood: that is not silence
        return {"label": UNCLEAR, "also": [], "words": ""}
    if read_words is None:
        return {"label": None, "also": [], "words": words}
    reading = read_words(code_of(question or ANY), words)
    return {"label": str(reading.label), "also": [str(a) for a in reading.also], "words": words}
