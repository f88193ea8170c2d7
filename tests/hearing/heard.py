"""Has clips heard by the recogniser, once each, and keeps what it heard, so that readings and
thresholds can be measured on it again. Reads no words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from inspect import getsource
from pathlib import Path
from unittest.mock import patch

from recordings import audio, listen, silero, voice, whisper
from recordings.speech import Heard, Samples, Speech
from tests.hearing.clips import FOLDER, Clip
from tests.hearing.progress import counted

REQUIREMENTS = Path(__file__).parents[2] / "requirements" / "run.txt"
#: Whatever makes other words of the same sound makes another cache.
HOW = sha256(
    "".join(map(getsource, (audio, listen, silero, voice, whisper))).encode()
    + REQUIREMENTS.read_bytes()
).digest()

Hints = Mapping[str, Sequence[str]]  # question code -> phrases to expect


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard in a clip: every stretch of speech, by open hearing, however unsure."""

    clip: Clip
    stretches: tuple[Heard, ...]


class _Kept:
    """A recogniser that keeps what it heard."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self.name, self.workers = speech.name, speech.workers
        self.heard: list[Heard] = []

    def hear(self, samples: Samples, rate: int, hints: Sequence[str] = ()) -> Heard:
        self.heard.append(self._speech.hear(samples, rate, hints))
        return self.heard[-1]


def heard(clips: Sequence[Clip], speech: Speech, hints: Hints, name: str) -> list[Hearing]:
    """Every clip with what ``speech`` hears in it, from ``build/hearing`` where it is known."""
    (FOLDER / "heard").mkdir(parents=True, exist_ok=True)
    shown = counted(clips, len(clips), f"set {name}: clips heard")
    return [Hearing(clip, _heard(clip, speech, hints.get(clip.row.question, ()))) for clip in shown]


def _heard(clip: Clip, speech: Speech, hints: Sequence[str]) -> tuple[Heard, ...]:
    known = HOW + clip.file.read_bytes() + repr((speech.name, tuple(hints))).encode()
    kept = FOLDER / "heard" / f"{sha256(known).hexdigest()[:24]}.json"
    if not kept.exists():
        recogniser = _Kept(speech)
        with patch.multiple(whisper, LEAST_CONFIDENCE=0.0, LEAST_SHORT=0.0):
            listen.listen(clip.file, recogniser, silero.Silero(), hints=hints)
        draft = kept.with_suffix(".tmp")
        draft.write_text(json.dumps([asdict(one) for one in recogniser.heard], ensure_ascii=False))
        draft.replace(kept)
    return tuple(_from_json(one) for one in json.loads(kept.read_text()))


def _from_json(one: dict[str, object]) -> Heard:
    lists = {name: tuple(one[name]) for name in ("alternatives", "likelihoods")}
    return Heard(**{**one, **lists})
