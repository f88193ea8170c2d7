"""Status and recording callbacks: their order and words, retries, and the faults on request."""

import pytest

from exchange import Faults, OnCreate

ME = """
callees:
  "13900000001": {answers: {"*": {says: 是的}}}
  "13900000002": {picks_up: busy}
"""
EVENTS = ["initiated", "ringing", "answered", "completed"]


def _called(rig, to="+8613900000001", **fields):
    where = rig.application.url
    return rig.call(
        to,
        StatusCallback=f"{where}/status",
        StatusCallbackEvent=EVENTS,
        RecordingStatusCallback=f"{where}/recording",
        **fields,
    )


def test_events_in_order(rig):
    rig = rig(ME)
    rig.says("/start", '<Pause length="5"/>')
    call = _called(rig)
    forms = [asked.form for asked in rig.application.at("/status")]
    assert [form["CallStatus"] for form in forms] == [
        "initiated", "ringing", "in-progress", "completed",
    ]  # fmt: skip
    assert [form["SequenceNumber"] for form in forms] == ["0", "1", "2", "3"]
    assert {form["CallbackSource"] for form in forms} == {"call-progress-events"}
    assert {form["CallSid"] for form in forms} == {call.sid}
    assert forms[0]["Timestamp"] == "Wed, 18 Nov 2026 02:00:00 +0000"
    assert [form.get("CallDuration") for form in forms] == [None, None, None, "5"]


def test_only_the_end_is_told_unless_more_is_asked_for(rig):
    rig = rig(ME)
    rig.call(StatusCallback=f"{rig.application.url}/status")
    (asked,) = rig.application.at("/status")
    assert (asked.form["CallStatus"], asked.form["SequenceNumber"]) == ("completed", "0")


def test_a_call_that_was_not_answered_has_no_duration(rig):
    rig = rig(ME)
    _called(rig, "+8613900000002", Record="true")
    forms = [asked.form for asked in rig.application.at("/status")]
    assert [form["CallStatus"] for form in forms] == ["initiated", "busy"]
    assert "CallDuration" not in forms[-1]
    assert rig.application.at("/recording") == []


def test_recording_callback(rig):
    rig = rig(ME)
    rig.says("/start", '<Pause length="5"/>')
    call = _called(rig, Record="true", RecordingChannels="dual")
    (asked,) = rig.application.at("/recording")
    (recording,) = rig.exchange.recordings()
    assert asked.form["RecordingSid"] == recording.sid
    assert asked.form["RecordingStatus"] == "completed"
    assert asked.form["RecordingDuration"] == "5"
    assert asked.form["RecordingChannels"] == "2"
    assert asked.form["RecordingUrl"].endswith(f"/Recordings/{recording.sid}")
    assert asked.at > call.ended
    assert rig.get(f"Recordings/{recording.sid}.wav").status_code == 200


def test_media_becomes_ready_although_nobody_waits_for_it(rig):
    rig = rig(ME)
    rig.says("/start", '<Pause length="5"/>')
    rig.call(Record="true")
    (recording,) = rig.exchange.recordings()
    assert rig.get(f"Recordings/{recording.sid}.wav").status_code == 200


def test_recording_events_on_request(rig):
    rig = rig(ME)
    rig.says("/start", '<Pause length="5"/>')
    _called(rig, Record="true", RecordingStatusCallbackEvent=["in-progress", "completed"])
    told = [asked.form["RecordingStatus"] for asked in rig.application.at("/recording")]
    assert told == ["in-progress", "completed"]


def test_a_recording_of_nothing_is_absent(rig):
    rig = rig(ME)
    _called(rig, Record="true", RecordingStatusCallbackEvent=["completed", "absent"])
    told = [asked.form["RecordingStatus"] for asked in rig.application.at("/recording")]
    assert told == ["absent"]
    assert rig.exchange.recordings() == []


def test_callbacks_are_signed_and_named(rig):
    from twilio.request_validator import RequestValidator

    rig = rig(ME)
    _called(rig)
    validator = RequestValidator(rig.exchange.equipment.auth_token)
    asked = rig.application.at("/status")
    for one in asked:
        url = f"{rig.application.url}/status"
        assert validator.validate(url, one.form, one.headers["X_TWILIO_SIGNATURE"])
    assert len({one.headers["I_TWILIO_IDEMPOTENCY_TOKEN"] for one in asked}) == len(asked)


def test_a_callback_is_tried_again_with_the_same_name(rig):
    rig = rig(ME)
    answers = [("busy", 503, "text/plain"), ("busy", 503, "text/plain"), ("", 204, "text/plain")]
    rig.application.pages["/status"] = lambda _: answers.pop(0)
    rig.call("+8613900000002", StatusCallback=f"{rig.application.url}/status")
    asked = rig.application.at("/status")
    assert len(asked) == 3
    assert len({one.headers["I_TWILIO_IDEMPOTENCY_TOKEN"] for one in asked}) == 1
    assert [round((one.at - asked[0].at).total_seconds()) for one in asked] == [0, 1, 5]


def test_a_callback_that_is_refused_is_not_repeated(rig):
    rig = rig(ME)
    rig.application.pages["/status"] = ("no", 403, "text/plain")
    rig.call("+8613900000002", StatusCallback=f"{rig.application.url}/status")
    assert len(rig.application.at("/status")) == 1


def test_an_exchange_gives_up_in_the_end(rig):
    rig = rig(ME)
    rig.application.pages["/status"] = ("broken", 500, "text/plain")
    rig.call("+8613900000002", StatusCallback=f"{rig.application.url}/status")
    assert len(rig.application.at("/status")) == 4
    assert rig.exchange.idle()


def test_duplicates(rig):
    rig = rig(ME, Faults(duplicate_callbacks=1.0))
    _called(rig, "+8613900000002")
    numbers = [asked.form["SequenceNumber"] for asked in rig.application.at("/status")]
    assert sorted(numbers) == ["0", "0", "1", "1"]


def test_late(rig):
    rig = rig(ME, Faults(late_callbacks=1.0, late_s=90))
    call = _called(rig, "+8613900000002")
    assert (rig.application.at("/status")[0].at - call.started).total_seconds() > 90


def test_reordered(rig):
    rig = rig(ME, Faults(reordered_callbacks=1.0))
    _called(rig)
    numbers = [asked.form["SequenceNumber"] for asked in rig.application.at("/status")]
    assert numbers == ["1", "0", "3", "2"]


def test_faults_fall_the_same_way_again():
    faults = Faults(seed=7)
    fallen = [faults.falls(0.5, "late", number) for number in range(40)]
    assert fallen == [faults.falls(0.5, "late", number) for number in range(40)]
    assert 5 < sum(fallen) < 35
    assert fallen != [Faults(seed=8).falls(0.5, "late", number) for number in range(40)]


def test_media_is_missing_at_first(rig):
    rig = rig(ME, Faults(media_missing=2))
    rig.says("/start", '<Pause length="5"/>')
    _called(rig, Record="true")
    (recording,) = rig.exchange.recordings()
    statuses = [rig.get(f"Recordings/{recording.sid}.wav").status_code for _ in range(4)]
    assert statuses == [404, 404, 200, 200]


@pytest.mark.parametrize(
    ("fault", "status", "placed"),
    [
        (OnCreate.TOO_MANY, 429, 0),
        (OnCreate.BROKEN, 500, 0),
        (OnCreate.BROKEN_BUT_PLACED, 500, 1),
        (OnCreate.LOST, 500, 1),
    ],
)
def test_faults_of_an_order(rig, fault, status, placed):
    rig = rig(ME, Faults(creates=(fault,), lost_answer_s=0.01))
    answer = rig.order()
    assert answer.status_code == status
    assert len(rig.exchange.calls()) == placed
    if status == 429:
        assert answer.json["code"] == 20429
    assert rig.order().status_code == 201
    rig.settle()


def test_a_lost_answer_is_a_timeout_for_the_vendors_client(rig, serve):
    import requests
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    rig = rig(ME, Faults(creates=(OnCreate.LOST,), lost_answer_s=5))
    works = rig.exchange.equipment
    client = Client(works.account_sid, works.auth_token, http_client=TwilioHttpClient(timeout=0.2))
    with serve(rig.exchange.app) as client.api.base_url:
        with pytest.raises(requests.exceptions.ReadTimeout):
            client.calls.create(to="+8613900000001", from_="+85230000000", url="http://x/")
        rig.settle()
        assert len(client.calls.list(to="+8613900000001")) == 1
        works.closing.set()
