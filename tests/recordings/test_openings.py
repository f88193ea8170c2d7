"""What is said in the first seconds where nothing was asked, on both sides of the line."""

import json

import pytest

from recordings import pipeline
from recordings.audio import Audio
from recordings.cut import Window
from recordings.fake import FakeSpeech
from recordings.pipeline import hear_call


@pytest.fixture(scope="module")
def audio(sounds, say):
    """Our prompt at 2 s; the other side speaks before it, and again at 12 s."""
    ours = sounds.place(16.0, (2.0, say("再说一遍行吗")))
    theirs = sounds.place(16.0, (0.5, say("我就是")), (12.0, say("没签")))
    return Audio((ours, theirs), 8000)


def test_without_questions_both_sides_are_heard(audio, detector):
    call = hear_call(audio, (), FakeSpeech(["一", "二"]), detector, opening_s=10.0)

    assert call.answers == ()
    assert [(one.channel, one.text) for one in call.openings] == [(0, "一"), (1, "二")]
    before_us = call.openings[1]
    assert 0.2 < before_us.from_s < 0.7 < before_us.to_s < 3.0  # 12 s is no opening


def test_what_answers_a_question_is_no_opening_of_its_side(audio, detector):
    windows = [Window("ID_PRESENT", 0, 2.0, 15.0)]
    call = hear_call(audio, windows, FakeSpeech(["答", "一", "二"]), detector, opening_s=20.0)

    (own,) = [one for one in call.openings if one.channel == call.cut.channel]
    assert own.to_s < 3.0
    assert call.answers[0].from_s > 11.0


def test_it_is_heard_only_where_it_is_asked_for(audio, detector):
    speech = FakeSpeech(["一", "二"])
    assert hear_call(audio, (), speech, detector).openings == ()
    assert speech.asked == []


def test_openings_are_stored_and_read_back(audio, detector):
    call = hear_call(audio, (), FakeSpeech(["一", "二"]), detector, opening_s=10.0)
    stored = json.loads(json.dumps(call.to_json()))

    assert pipeline.from_json(stored) == call
    assert pipeline.openings_of(stored) == call.openings
    assert pipeline.openings_of({}) == ()
