import json

import pytest

from recordings import pipeline
from recordings.audio import Audio
from recordings.cut import Window
from recordings.fake import FakeSpeech
from recordings.pipeline import VERSION, hear_again, hear_call

WINDOWS = [
    Window("ID_PRESENT", 0, 0.0, 5.0),
    Window("READ", 1, 5.0, 10.0),
    Window("SIGN_APP.insured", 2, 10.0, 15.0),
]


@pytest.fixture(scope="module")
def audio(sounds, say):
    """The callee answers the first and the third question; during the second there is a tone."""
    prompt = say("再说一遍行吗")
    ours = sounds.place(16.0, (0.2, prompt), (5.2, prompt), (10.2, prompt))
    tone = sounds.tone(1.5, 450)
    theirs = sounds.place(16.0, (2.5, say("我就是")), (8.0, tone), (13.0, say("没签")))
    return Audio((ours, theirs), 8000)


def test_every_question_gets_its_words_and_their_place(audio, detector):
    speech = FakeSpeech(["我就是", "没签"])
    call = hear_call(audio, WINDOWS, speech, detector)

    assert (call.engine, call.version, call.seconds) == ("fake:1", VERSION, 16.0)
    assert [(a.turn, a.question, a.text) for a in call.answers] == [
        (0, "ID_PRESENT", "我就是"),
        (1, "READ", ""),
        (2, "SIGN_APP.insured", "没签"),
    ]
    assert {a.channel for a in call.answers} == {1}
    assert 2.2 < call.answers[0].from_s < 2.7 < call.answers[0].to_s < 4.5


def test_a_tone_never_reaches_the_recogniser(audio, detector):
    speech = FakeSpeech(["对", "对", "对"])
    call = hear_call(audio, WINDOWS, speech, detector)
    assert len(speech.asked) == 2
    assert (call.answers[1].text, call.answers[1].voiced_s) == ("", 0)


def test_speech_that_is_not_understood_is_not_silence(audio, detector):
    call = hear_call(audio, WINDOWS, FakeSpeech([]), detector)
    assert [a.text for a in call.answers] == ["", "", ""]
    assert [a.voiced_s > 0 for a in call.answers] == [True, False, True]


@pytest.mark.parametrize(("confidence", "sure"), [(0.49, False), (0.5, True), (1.0, True)])
def test_a_yes_may_rest_on_sure_words_only(audio, detector, confidence, sure):
    speech = FakeSpeech(["我就是", "没签"], confidence)
    call = hear_call(audio, WINDOWS, speech, detector)
    assert call.answers[0].sure is sure


def test_every_question_has_its_own_hints(audio, detector):
    speech = FakeSpeech(["我就是", "没签"])
    hints = {"ID_PRESENT": ("我就是",), "SIGN_APP.insured": ("本人签的",)}
    hear_call(audio, WINDOWS, speech, detector, hints=lambda question: hints.get(question, ()))
    assert [given for _, given in speech.asked] == [("我就是",), ("本人签的",)]


def test_another_engine_hears_a_stored_cut_again(audio, detector):
    first = hear_call(audio, WINDOWS, FakeSpeech(["我就是", "没钱"]), detector)
    stored = json.loads(json.dumps(first.to_json()))
    read_back = pipeline.from_json(stored)
    assert read_back == first

    again = hear_again(audio, read_back.cut, FakeSpeech(["我就是", "没签"]))
    assert [a.text for a in again.answers] == ["我就是", "", "没签"]
    assert [(a.from_s, a.to_s) for a in again.answers] == [
        (a.from_s, a.to_s) for a in first.answers
    ]
