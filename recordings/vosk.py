"""Vosk as a recogniser: open decoding, and beside it a grammar of the expected phrases.
The only module that imports vosk."""

import json
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from recordings.speech import Heard, Samples
from recordings.trouble import SpeechTrouble

UNKNOWN = "[unk]"  # what a grammar hears when none of its phrases was said
SILENCE_S = 0.3  # given before and after: short words are lost at the edges
LEAST_RATE = 8_000
IDEOGRAPH = re.compile(r"([\u4e00-\u9fff])")
BETWEEN_IDEOGRAPHS = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


class VoskSpeech:
    """``Speech`` by Vosk with the unpacked model in ``model_dir``.

    The grammar's hypothesis comes first among the alternatives, when it differs from what was
    heard openly: a caller who needs a yes may ask for both to agree. ``confidence`` is the mean
    over the words; it is near 1 on wrong words too.
    """

    def __init__(self, model_dir: Path, workers: int = 1) -> None:
        self._dir = model_dir
        self._workers = workers

    @property
    def workers(self) -> int:
        """See ``Speech.workers``: every stretch has a recogniser of its own on the one model."""
        return self._workers

    @property
    def name(self) -> str:
        """Engine and model."""
        return f"vosk:{_model_name(self._dir)}"

    def hear(self, samples: Samples, rate: int, hints: Sequence[str] = ()) -> Heard:
        """See ``Speech.hear``."""
        pcm = _pcm(samples, rate)
        words = self._decode(pcm, rate)
        text = joined(word["word"] for word in words)
        expected = self._expected(pcm, rate, hints) if hints and text else ""
        confidences = [float(word["conf"]) for word in words if "conf" in word]
        return Heard(
            text,
            (expected,) if expected and expected != text else (),
            round(sum(confidences) / len(confidences), 3) if confidences else None,
        )

    def _expected(self, pcm: bytes, rate: int, hints: Sequence[str]) -> str:
        grammar = json.dumps([*dict.fromkeys(map(spaced, hints)), UNKNOWN], ensure_ascii=False)
        words = [word["word"] for word in self._decode(pcm, rate, grammar)]
        return "" if UNKNOWN in words else joined(words)

    def _decode(self, pcm: bytes, rate: int, *grammar: str) -> list[dict[str, Any]]:
        from vosk import KaldiRecognizer

        recogniser = KaldiRecognizer(self._model, rate, *grammar)
        recogniser.SetWords(True)
        words: list[dict[str, Any]] = []
        if recogniser.AcceptWaveform(pcm):
            words += json.loads(recogniser.Result()).get("result", [])
        words += json.loads(recogniser.FinalResult()).get("result", [])
        return words

    @cached_property
    def _model(self) -> Any:
        if not has_model(self._dir):
            raise SpeechTrouble(
                f"no Vosk model in {self._dir}: get one with `huifang speech fetch`"
            )
        from vosk import Model, SetLogLevel

        SetLogLevel(-1)  # its log goes to stderr past ours
        try:
            return Model(str(self._dir))
        except Exception as trouble:  # vosk raises a bare Exception, whatever is wrong
            raise SpeechTrouble(
                f"the Vosk model in {self._dir} cannot be loaded: delete the folder and run"
                " `huifang speech fetch`"
            ) from trouble


def has_model(model_dir: Path) -> bool:
    """Whether a folder looks like an unpacked Vosk model."""
    return (model_dir / "am" / "final.mdl").is_file() and (model_dir / "graph").is_dir()


def joined(words: Any) -> str:
    """Words as one text: Chinese without the spaces that the model puts between its words."""
    return BETWEEN_IDEOGRAPHS.sub("", " ".join(words)).strip()


def spaced(phrase: str) -> str:
    """A phrase for a grammar: every Chinese character is a word of its own, as the model's
    vocabulary surely has it; other scripts keep their words, and marks are dropped."""
    bare = "".join(c if c.isalnum() else " " for c in phrase)
    return " ".join(IDEOGRAPH.sub(r" \1 ", bare).split())


def _model_name(model_dir: Path) -> str:
    """The folder's name; a package's folder is called ``model`` and its parent says more."""
    return model_dir.parent.name if model_dir.name == "model" else model_dir.name


def _pcm(samples: Samples, rate: int) -> bytes:
    if rate < LEAST_RATE:
        raise SpeechTrouble(f"Vosk needs at least {LEAST_RATE} samples a second, got {rate}")
    silence = np.zeros(int(SILENCE_S * rate), dtype=np.float32)
    padded = np.clip(np.concatenate([silence, samples, silence]), -1.0, 1.0)
    return np.asarray(padded * 32767, dtype="<i2").tobytes()
