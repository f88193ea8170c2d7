"""A light Mandarin voice, robotic and fast: eSpeak NG through its own C interface.

The library comes from the package ``espeakng-loader`` (extra ``voices``) or from the system.
"""

import ctypes
import ctypes.util
import functools
import importlib
import importlib.util
import threading
from pathlib import Path

import numpy as np
from pypinyin import Style, lazy_pinyin

from exchange.voices.band import Sound, to_line

NAME = "espeak-ng"
#: It speaks pinyin with tone numbers; given Chinese characters it reads English digits.
_LANGUAGE = b"cmn-latn-pinyin"
_FEMALE, _MALE = b"+f3", b""
_RETRIEVAL, _CHARACTERS_UTF8, _POSITION_CHARACTER, _RATE_PARAMETER = 1, 1, 1, 1
_WORDS_A_MINUTE = 190
_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class Espeak:
    """The one engine of the process: the C library keeps its state in globals, hence the lock."""

    name = NAME
    _lock = threading.Lock()

    def __init__(self) -> None:
        with self._lock:
            self._library, self._rate = _started()
        self._chunks: list[Sound] = []
        self._callback = _Callback(self._take)

    @staticmethod
    def installed() -> bool:
        """Whether the library is here at all."""
        return _places()[0] is not None

    def make(self, text: str, voice: str, speed: float = 1.0) -> Sound:
        """Speak ``text``; a voice whose name begins with ``zm`` is a man's."""
        spoken = pinyin(text).encode()
        with self._lock:
            self._chunks.clear()
            self._library.espeak_SetSynthCallback(self._callback)
            kind = _LANGUAGE + (_MALE if voice.startswith("zm") else _FEMALE)
            self._library.espeak_SetVoiceByName(kind)
            self._library.espeak_SetParameter(_RATE_PARAMETER, int(_WORDS_A_MINUTE * speed), 0)
            self._library.espeak_Synth(
                spoken, len(spoken) + 1, 0, _POSITION_CHARACTER, 0, _CHARACTERS_UTF8, None, None
            )
            self._library.espeak_Synchronize()
            samples = np.concatenate(self._chunks or [np.zeros(1, dtype=np.int16)])
        return to_line(samples.astype(np.float32) / np.float32(32768), self._rate)

    def _take(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if count > 0:
            self._chunks.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
        return 0


def pinyin(text: str) -> str:
    """Chinese as pinyin with tone numbers: 我就是 -> ``wo3 jiu4 shi4``."""
    return " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))


@functools.cache
def _started() -> tuple[ctypes.CDLL, int]:
    """The library, initialised once a process, and its samples a second."""
    name, data = _places()
    library = ctypes.CDLL(name)
    return library, int(library.espeak_Initialize(_RETRIEVAL, 0, data, 0))


def _places() -> tuple[str | None, bytes | None]:
    """The library, and its data where that is not the system's own place."""
    if importlib.util.find_spec("espeakng_loader"):
        loader = importlib.import_module("espeakng_loader")
        return str(loader.get_library_path()), str(Path(loader.get_data_path())).encode()
    return ctypes.util.find_library("espeak-ng"), None
