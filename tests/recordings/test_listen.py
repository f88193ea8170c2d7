import json
from dataclasses import dataclass

import pytest

from recordings.fake import FakeSpeech
from recordings.listen import listen


@dataclass(frozen=True)
class Reading:
    label: str
    also: tuple[str, ...]
    words: str


def read_words(question, words):
    """Stands in for the reading of answers: tells what it was given."""
    return Reading(f"read {question}", ("explain",), words)


@pytest.fixture
def hear(tmp_path, detector, sounds):
    """Listen to a file made of the given channels."""

    def once(*channels, texts=("我就是", "没签", "对"), confidence=1.0, **options):
        file = tmp_path / "call.wav"
        file.write_bytes(sounds.wav(*channels))
        options.setdefault("read_words", read_words)
        return listen(file, FakeSpeech(texts, confidence), detector, **options)

    return once


def test_one_channel(hear, sounds, say):
    entry = hear(sounds.place(5.0, (2.0, say("我就是"))), question="LIABILITY.term")
    assert set(entry) == {"file", "engine", "audio_s", "cpu_s", "segments", "reading"}
    assert (entry["engine"], entry["audio_s"]) == ("fake:1", 5.0)
    (segment,) = entry["segments"]
    assert (segment["channel"], segment["text"]) == (0, "我就是")
    assert 1.7 < segment["from"] < 2.2 < segment["to"] < 4.0
    assert entry["reading"] == {
        "label": "read LIABILITY",
        "also": ["explain"],
        "words": "我就是",
    }
    json.dumps(entry)


@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_channels_the_answer_is_what_comes_after_the_question(hear, sounds, say, swapped):
    ours = sounds.place(8.0, (0.5, say("再说一遍行吗")))
    theirs = sounds.place(8.0, (5.0, say("没签")))
    channels = (theirs, ours) if swapped else (ours, theirs)
    entry = hear(*channels, texts=["甲", "乙"], question="SIGN_APP")
    assert [s["from"] < 4 for s in entry["segments"]] == [True, False]
    heard = {s["channel"]: s["text"] for s in entry["segments"]}
    assert entry["reading"]["words"] == heard[0 if swapped else 1]


def test_in_a_whole_call_the_customer_speaks_less(hear, sounds, say):
    ours = sounds.place(20.0, *((at, say("没收到，我要投诉")) for at in (2.0, 8.0, 14.0)))
    theirs = sounds.place(20.0, (0.5, say("没签")), (11.5, say("没签")))
    entry = hear(ours, theirs, texts=["甲"] * 3 + ["乙"] * 2)
    assert entry["reading"]["words"] == "乙，乙"


def test_a_channel_may_be_asked_for(hear, sounds, say):
    ours = sounds.place(8.0, (0.5, say("没签")))
    theirs = sounds.place(8.0, (5.0, say("没签")))
    entry = hear(ours, theirs, texts=["甲", "乙"], question="READ", channel=0)
    assert entry["reading"]["words"] == "甲"


@pytest.mark.parametrize("seconds", [0.01, 3.0])
def test_nobody_speaks(hear, sounds, seconds):
    entry = hear(sounds.tone(seconds, 450), question="READ", texts=["对"])
    assert entry["segments"] == []
    assert entry["reading"] == {"label": "silence", "also": [], "words": ""}


def test_speech_without_words_is_unclear(hear, sounds, say):
    entry = hear(sounds.place(4.0, (1.0, say("没签"))), texts=[])
    assert entry["reading"] == {"label": "unclear", "also": [], "words": ""}


@pytest.mark.parametrize(
    ("label", "confidence", "expected"),
    [("affirm", 0.5, "affirm"), ("affirm", 0.49, "unsure"), ("deny", 0.49, "deny")],
)
def test_a_yes_needs_sure_words(hear, sounds, say, label, confidence, expected):
    entry = hear(
        sounds.place(4.0, (1.0, say("我就是"))),
        confidence=confidence,
        read_words=lambda question, words: Reading(label, (), words),
    )
    assert entry["reading"]["label"] == expected


def test_without_a_reader_the_label_is_left_open(hear, sounds, say):
    entry = hear(sounds.place(4.0, (1.0, say("没签"))), read_words=None)
    assert entry["reading"] == {"label": None, "also": [], "words": "我就是"}


def test_a_broken_file_is_an_entry_with_its_error(tmp_path, detector):
    file = tmp_path / "page.wav"
    file.write_text("<html></html>")
    entry = listen(file, FakeSpeech(), detector)
    assert entry["error"] == f"{file}: a web page (HTML), not audio"
    assert (entry["segments"], entry["reading"]) == ([], None)
