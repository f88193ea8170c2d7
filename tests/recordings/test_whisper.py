import math

import numpy as np
import pytest

from recordings import whisper
from recordings.trouble import SpeechTrouble
from recordings.voice import find_voice
from recordings.whisper import WhisperSpeech, installed, invented, join_model, judged, said_once

HINTS = ("是的", "对", "不是", "没有", "清楚", "不清楚")


@pytest.fixture(scope="module")
def speech(tmp_path_factory):
    if not installed():
        pytest.skip("the extra [whisper] is not installed")
    return WhisperSpeech(join_model(tmp_path_factory.mktemp("models")))


@pytest.fixture(scope="module")
def heard(speech, clips, detector):
    """What Whisper makes of every clip, its speech cut out first."""

    def hear(clip):
        found = find_voice(clip.samples, 8000, detector)
        first, last = found[0].from_s, found[-1].to_s
        return speech.hear(clip.samples[int(first * 8000) : int(last * 8000)], 8000, HINTS)

    return [(clip, hear(clip)) for clip in clips[:22]]


def plain(text):
    return "".join(c for c in text if c.isalnum())


@pytest.mark.speech
def test_most_answers_are_heard_word_for_word(heard):
    """Measured 17 of these 22; the floor leaves room for another processor's rounding."""
    right = [clip.text for clip, words in heard if plain(words.text) == plain(clip.text)]
    assert len(right) >= 13


@pytest.mark.speech
def test_nothing_is_heard_twice(heard):
    halves = [(text, text[: len(text) // 2]) for text in (plain(w.text) for _, w in heard)]
    assert [text for text, half in halves if len(half) > 1 and text == half * 2] == []


@pytest.mark.speech
def test_nothing_but_a_yes_is_heard_as_a_yes(heard):
    yes = {"是", "是的", "对", "对的", "好", "好的", "嗯", "清楚", "知道", "我就是", "了解"}
    others = [(clip, words) for clip, words in heard if clip.text not in ("对的", "嗯嗯")]
    wrong = [clip.text for clip, w in others if clip.label != "affirm" and plain(w.text) in yes]
    assert wrong == []


@pytest.mark.speech
def test_long_speech_is_heard_in_pieces(speech, clips):
    long = np.concatenate([clip.samples for clip in clips[:12]])
    assert len(long) > 31 * 8000
    heard = speech.hear(long, 8000)
    assert "本人" in heard.text or "就是" in heard.text
    assert "录音" in heard.text or "方便" in heard.text or "儿子" in heard.text


@pytest.mark.speech
def test_joining_again_does_nothing(speech):
    made = speech._dir
    before = (made / "model.bin").stat().st_mtime_ns
    assert join_model(made.parent) == made
    assert (made / "model.bin").stat().st_mtime_ns == before
    assert [f.name for f in made.parent.iterdir()] == [made.name]


@pytest.mark.speech
def test_another_model_than_the_measured_one_is_refused(speech, tmp_path, monkeypatch):
    monkeypatch.setattr(whisper, "MODEL_SHA256", "0" * 64)
    with pytest.raises(SpeechTrouble, match="its sha256 differs"):
        join_model(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_packages(tmp_path, monkeypatch):
    monkeypatch.setattr(whisper, "FIRST", "no_such_package_part_1")
    assert not installed()
    with pytest.raises(SpeechTrouble, match="no_such_package_part_1 is missing: install"):
        join_model(tmp_path)


def test_no_model(tmp_path):
    with pytest.raises(SpeechTrouble, match=r"no Whisper model in .*: install huifang"):
        WhisperSpeech(tmp_path).hear(np.zeros(8000, dtype="float32"), 8000)


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("信号不好。信号不好。", "信号不好。"),
        ("对。对。对。", "对。"),
        ("没收到。我要投诉。", "没收到。我要投诉。"),
        ("再说一遍行吗?再说一遍行吗?", "再说一遍行吗?"),
        ("对，但是没看", "对，但是没看"),
        ("", ""),
    ],
)
def test_said_once(text, once):
    assert said_once(text) == once


def test_more_than_anybody_can_say_is_invented():
    assert invented("请不吝点赞订阅转发打赏支持明镜与点点栏目", 0.6)
    assert not invented("我不会写字，按的手印", 1.6)
    assert invented("对对对对对对对对对对对对", 3.0)
    assert not invented("嗯嗯", 0.3)


GOOD = -0.3


def test_the_best_believable_hypothesis_is_taken():
    heard = judged(["没签。", "没钱。", "没签。"], [GOOD, -0.5, -0.6], 0.01, 0.8)
    assert (heard.text, heard.alternatives) == ("没签。", ("没钱。",))
    assert heard.confidence == pytest.approx(math.exp(GOOD), abs=0.001)
    assert heard.likelihoods == pytest.approx((3 * GOOD, 3 * -0.5))


@pytest.mark.parametrize(
    ("text", "confidence", "no_speech", "believed"),
    [
        ("我没写那句。", 0.40, 0.01, True),
        ("我签的。", 0.36, 0.01, False),  # what it makes of noise when that is expected
        ("对。", 0.50, 0.01, True),
        ("对。", 0.44, 0.01, False),  # what it makes of 喂 and of 嗯
        ("对。", 0.90, 0.95, False),
    ],
)
def test_doubtful_words_are_no_words(text, confidence, no_speech, believed):
    heard = judged([text], [math.log(confidence)], no_speech, 1.0)
    assert heard.text == (text if believed else "")


def test_nothing_heard_is_nothing():
    assert judged([""], [GOOD], 0.0, 1.0).text == ""
    assert judged([], [], 0.0, 1.0).text == ""


def test_an_invented_best_is_not_replaced_by_a_yes():
    long = "请不吝点赞订阅转发打赏支持明镜与点点栏目"
    assert judged([long, "对"], [GOOD, -0.6], 0.0, 0.5).text == ""


def test_filters_in_parts_give_the_whole_product():
    """Of any number of frames, and never more at once than numpy does in one thread."""
    random = np.random.default_rng(1)
    filters = random.random((80, 201), dtype=np.float32)
    assert filters.size * whisper._Filters.FRAMES < 262_144
    for frames in (1, 16, 800, 803):
        powers = random.random((201, frames), dtype=np.float32)
        assert np.allclose(whisper._Filters(filters) @ powers, filters @ powers, rtol=1e-5)
