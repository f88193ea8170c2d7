"""Webhooks to typed values; wrong ones to one sentence."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.twilio.statuses import Answerer
from ivr.twilio.urls import Urls
from ivr.twilio.webhooks import (
    AnswerHook,
    BadHook,
    RecordingHook,
    StartHook,
    StatusHook,
    TransferHook,
    answer_hook,
    recording_hook,
    start_hook,
    status_hook,
    transfer_hook,
)

CALL = "CA" + "0" * 31 + "7"
RECORDING = "RE" + "0" * 31 + "8"
WHEN = datetime(2026, 11, 21, 2, 0, 5, tzinfo=UTC)
STARTED = {"CallSid": CALL}
ANSWER = {"CallSid": CALL, "SpeechResult": "对，但是没看过", "Confidence": "0.87"}
QUERY = {"question": "LIABILITY.term", "turn": "12"}
STATUS = {
    "CallSid": CALL,
    "CallStatus": "completed",
    "SequenceNumber": "3",
    "Timestamp": "Sat, 21 Nov 2026 02:00:05 +0000",
    "CallDuration": "61",
    "SipResponseCode": "200",
    "SomethingNew": "of tomorrow",
}
RECORDED = {
    "CallSid": CALL,
    "RecordingSid": RECORDING,
    "RecordingUrl": "https://api.twilio.com/elsewhere",
    "RecordingStatus": "completed",
    "RecordingDuration": "60",
    "RecordingChannels": "2",
    "RecordingStartTime": "Sat, 21 Nov 2026 10:00:05 +0800",
}
TRANSFERRED = {"CallSid": CALL, "DialCallStatus": "completed", "DialCallDuration": "30"}


def test_start():
    assert start_hook(STARTED) == StartHook(CALL, Answerer.UNKNOWN)
    hook = start_hook({**STARTED, "AnsweredBy": "machine_start"})
    assert hook == StartHook(CALL, Answerer.MACHINE)


@pytest.mark.parametrize(
    ("word", "machine"),
    [("machine_start", True), ("fax", True), ("human", False), ("unknown", False), ("", False)],
)
def test_only_a_sure_machine_is_not_spoken_to(word, machine):
    assert start_hook({**STARTED, "AnsweredBy": word}).machine is machine


def test_answer_in_words_and_in_keys():
    spoken = AnswerHook(CALL, "LIABILITY.term", 12, "对，但是没看过", 0.87, None)
    assert answer_hook(ANSWER, QUERY) == spoken
    keyed = answer_hook({"CallSid": CALL, "Digits": "19800101"}, QUERY)
    assert keyed == AnswerHook(CALL, "LIABILITY.term", 12, None, None, "19800101")


@pytest.mark.parametrize("extra", [{}, {"SpeechResult": "", "Digits": ""}, {"SpeechResult": " "}])
def test_silence_is_neither(extra):
    assert answer_hook({"CallSid": CALL, **extra}, QUERY) == AnswerHook(CALL, "LIABILITY.term", 12)


def test_mere_listening_has_no_question():
    assert answer_hook(ANSWER, {"turn": "0"}).question == ""


@pytest.mark.parametrize("question", ["READ", "ID_VERIFY", "LIABILITY.term", "HESITATION.start"])
def test_what_the_urls_say_is_what_is_read(question):
    url = Urls("https://huifang.example.cn", "x").answer(3, question)
    hook = answer_hook(ANSWER, dict(parse_qsl(urlsplit(url).query)))
    assert (hook.question, hook.turn) == (question, 3)


@pytest.mark.parametrize("confidence", ["", "high", "nan", "-1", "1.5", "inf"])
def test_an_answer_is_not_lost_for_its_confidence(confidence):
    hook = answer_hook({**ANSWER, "Confidence": confidence}, QUERY)
    assert (hook.speech, hook.confidence) == ("对，但是没看过", None)


def test_speech_keeps_no_character_that_a_database_refuses():
    hook = answer_hook({**ANSWER, "SpeechResult": "是\x00的\ud800"}, QUERY)
    assert hook.speech == "是 的"


def test_status():
    assert status_hook(STATUS) == StatusHook(CALL, "completed", 3, WHEN, 61, 200)
    bare = {"CallSid": CALL, "CallStatus": "ringing"}
    assert status_hook(bare) == StatusHook(CALL, "ringing")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Sat, 21 Nov 2026 02:00:05 GMT", WHEN),
        ("Sat, 21 Nov 2026 02:00:05 -0000", WHEN),
        ("Sat, 21 Nov 2026 02:00:05", WHEN),
        ("Sat, 21 Nov 2026 10:00:05 +0800", WHEN.astimezone(timezone(timedelta(hours=8)))),
    ],
)
def test_times_are_aware(text, when):
    found = status_hook({**STATUS, "Timestamp": text}).timestamp
    assert (found, found.utcoffset()) == (when, when.utcoffset())


def test_recording():
    assert recording_hook(RECORDED) == RecordingHook(CALL, RECORDING, "completed", 60, 2, WHEN)
    absent = {"CallSid": CALL, "RecordingStatus": "absent", "RecordingDuration": "-1"}
    assert recording_hook(absent) == RecordingHook(CALL, None, "absent")


def test_transfer():
    assert transfer_hook(TRANSFERRED) == TransferHook(CALL, "completed", 30)
    assert transfer_hook(TRANSFERRED).answered
    assert not transfer_hook({**TRANSFERRED, "DialCallStatus": "no-answer"}).answered


READERS = {
    "start": (start_hook, STARTED),
    "answer": (lambda form: answer_hook(form, QUERY), ANSWER),
    "status": (status_hook, STATUS),
    "recording": (recording_hook, RECORDED),
    "transfer": (transfer_hook, TRANSFERRED),
}
NEEDED = [
    *[(name, "CallSid") for name in READERS],
    ("status", "CallStatus"),
    ("recording", "RecordingStatus"),
    ("recording", "RecordingSid"),
    ("transfer", "DialCallStatus"),
]
GARBAGE = [
    *[(name, "CallSid", value) for name in READERS for value in ("x y", "x" * 65, "调用")],
    ("answer", "Digits", "12a"),
    ("answer", "Digits", "1" * 33),
    ("answer", "SpeechResult", "是" * 10_001),
    ("status", "CallStatus", "COMPLETED!"),
    ("status", "CallStatus", "x" * 33),
    ("status", "SequenceNumber", "-2"),
    ("status", "SequenceNumber", "١"),
    ("status", "SequenceNumber", "1" * 10),
    ("status", "Timestamp", "yesterday"),
    ("status", "Timestamp", "Sat, 99 Nov 2026 02:00:05 +0000"),
    ("status", "Timestamp", "Sat, 21 Nov 2026 02:00:05 +9999"),
    ("status", "Timestamp", "Sat, 21 Nov 99999999999999999999 02:00:05 +0000"),
    ("status", "CallDuration", "1.5"),
    ("status", "SipResponseCode", "fine?"),
    ("recording", "RecordingSid", "../../etc/passwd"),
    ("recording", "RecordingChannels", "two"),
    ("recording", "RecordingStartTime", "now"),
    ("transfer", "DialCallDuration", "long"),
]


@pytest.mark.parametrize(("name", "field"), NEEDED)
def test_a_missing_field_is_named(name, field):
    read, form = READERS[name]
    for left in ({k: v for k, v in form.items() if k != field}, {**form, field: ""}):
        with pytest.raises(BadHook, match=rf"field {field} is missing\.$"):
            read(left)


@pytest.mark.parametrize(("name", "field", "value"), GARBAGE)
def test_a_field_that_cannot_be_is_named_and_not_quoted(name, field, value):
    read, form = READERS[name]
    with pytest.raises(BadHook, match=rf"^The webhook's field {field} .*\.$") as caught:
        read({**form, field: value})
    assert value not in str(caught.value)


@pytest.mark.parametrize(
    "query", [{}, {"turn": "-1"}, {"turn": "x"}, {"question": "a b", "turn": "1"}]
)
def test_a_query_that_is_not_ours_is_refused(query):
    with pytest.raises(BadHook):
        answer_hook(ANSWER, query)


words = st.one_of(st.text(max_size=20), st.sampled_from([CALL, "completed", "1", "-1"]))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*STATUS, *RECORDED, *ANSWER, *TRANSFERRED, *QUERY]), words))
def test_no_form_makes_a_reader_crash(form):
    for read, _ in READERS.values():
        with suppress(BadHook):
            assert read(form).call_sid == form["CallSid"]
