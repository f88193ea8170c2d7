"""What the client sends, what it makes of refusals and broken connections, and what it keeps to
itself."""

import base64
import json
import logging
import socket
import traceback
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from ivr.phone import Dial, PhoneTrouble, PhoneUncertain
from ivr.twilio.client import Detection, TwilioPhone
from ivr.twilio.errors import CODES, STATUSES

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "a-secret-of-the-tests"
CALLER = "+861000000000"
PUBLIC = "https://huifang.example.cn/line"
TO = "+8613900001234"
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DIAL = Dial("call-7", TO, ring_s=40)


def refusal(status: int, code: int) -> tuple[int, str]:
    message = f"The number {TO} is not possible"
    return status, json.dumps({"code": code, "message": message, "status": status})


def trouble(phone: TwilioPhone) -> PhoneTrouble:
    with pytest.raises(PhoneTrouble) as caught:
        phone.place(DIAL)
    return caught.value


def test_the_order_of_a_call(carrier, phone):
    phone.place(DIAL)
    assert carrier.form() == {
        "To": [TO],
        "From": [CALLER],
        "Url": [f"{PUBLIC}/phone/call-7/start"],
        "Method": ["POST"],
        "Timeout": ["40"],
        "StatusCallback": [f"{PUBLIC}/phone/call-7/status"],
        "StatusCallbackMethod": ["POST"],
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
        "Record": ["true"],
        "RecordingChannels": ["dual"],
        "Trim": ["do-not-trim"],
        "RecordingStatusCallback": [f"{PUBLIC}/phone/call-7/recording"],
        "RecordingStatusCallbackMethod": ["POST"],
        "RecordingStatusCallbackEvent": ["completed", "absent"],
        "MachineDetection": ["Enable"],
        "MachineDetectionTimeout": ["10"],
        "MachineDetectionSpeechThreshold": ["2400"],
        "MachineDetectionSpeechEndThreshold": ["1200"],
        "MachineDetectionSilenceTimeout": ["5000"],
    }


def test_an_agents_own_phone_is_rung_without_listening_for_a_machine(carrier, phone):
    phone.place(Dial("call-7", TO, bridge=True))
    form = carrier.form()
    assert form["Url"] == [f"{PUBLIC}/phone/call-7/bridge"]
    assert form["StatusCallback"] == [f"{PUBLIC}/phone/call-7/bridge-status"]
    assert form["Record"] == ["true"]
    assert not [name for name in form if name.startswith("MachineDetection")]


def test_the_order_goes_to_the_account_with_its_token(carrier, phone):
    phone.place(DIAL)
    method, path, _, headers = carrier.requests[0]
    assert (method, path) == ("POST", f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json")
    scheme, _, word = headers["Authorization"].partition(" ")
    assert (scheme, base64.b64decode(word)) == ("Basic", f"{ACCOUNT}:{TOKEN}".encode())


def test_detection_can_be_set(carrier):
    detection = Detection(timeout_s=4, speech_ms=2000, speech_end_ms=800, silence_ms=3000)
    phone = TwilioPhone(ACCOUNT, TOKEN, CALLER, PUBLIC, base_url=carrier.url, detection=detection)
    phone.place(DIAL)
    phone.close()
    sent = {k: v for k, v in carrier.form().items() if k.startswith("MachineDetection")}
    assert list(sent.values()) == [["Enable"], ["4"], ["2000"], ["800"], ["3000"]]


def test_calls_are_listed_by_number_only_so_that_queued_ones_are_seen(carrier, phone):
    phone.place(DIAL)
    assert carrier.calls[0]["start_time"] is None
    assert len(list(phone.placed_to(TO, NOW))) == 1
    query = parse_qs(urlsplit(carrier.requests[-1][1]).query)
    assert query["To"] == [TO]
    assert not [name for name in query if name.startswith("StartTime")]


def test_a_call_without_a_time_is_listed_all_the_same(carrier, phone):
    vendor_id = phone.place(DIAL)
    carrier.calls[0]["date_created"] = None
    listed = list(phone.placed_to(TO, NOW + timedelta(days=1)))
    assert [(c.vendor_id, c.created_at) for c in listed] == [(vendor_id, None)]


def test_the_vendors_whole_seconds_hide_no_call(carrier, phone):
    phone.place(DIAL)
    assert len(list(phone.placed_to(TO, NOW + timedelta(milliseconds=900)))) == 1


def test_hanging_up_asks_for_completed(carrier, phone):
    vendor_id = phone.place(DIAL)
    phone.hang_up(vendor_id)
    assert carrier.requests[-1][1].endswith(f"/Calls/{vendor_id}.json")
    assert carrier.form() == {"Status": ["completed"]}


@pytest.mark.parametrize(("code", "row"), sorted(CODES.items()))
def test_every_known_refusal(carrier, phone, code, row):
    carrier.next.append(refusal(429 if code == 20429 else 500 if not row.sure else 400, code))
    found = trouble(phone)
    assert found.code == str(code)
    assert row.sentence in str(found)
    assert isinstance(found, PhoneUncertain) is not row.sure
    assert found.retry is (row.retry and row.sure)


@pytest.mark.parametrize(("status", "row"), sorted(STATUSES.items()))
def test_refusals_without_a_code_go_by_their_status(carrier, phone, status, row):
    carrier.next.append((status, "<html>no</html>"))
    found = trouble(phone)
    assert (found.code, found.retry) == (None, row.retry)
    assert row.sentence in str(found)


def test_an_unknown_refusal_is_final_and_keeps_its_code(carrier, phone):
    carrier.next.append(refusal(400, 29999))
    found = trouble(phone)
    assert (type(found), found.retry, found.code) == (PhoneTrouble, False, "29999")
    assert "29999" in str(found)


def test_a_problem_document_of_rfc_9457_is_read_too(carrier, phone):
    body = {"type": "https://x", "title": "Too many", "status": 429, "code": 20429}
    carrier.next.append((429, json.dumps(body)))
    found = trouble(phone)
    assert (found.retry, found.code) == (True, "20429")


@pytest.mark.parametrize(
    "accident",
    [
        (500, ""),
        (502, "<html>Bad gateway</html>"),
        (503, "{}"),
        (201, "<html>not json</html>"),
        (201, "[]"),
        (201, "{}"),
        "reset",
    ],
)
def test_after_sending_only_a_clear_refusal_is_certain(carrier, phone, accident):
    carrier.next.append(accident)
    found = trouble(phone)
    assert (type(found), found.retry) == (PhoneUncertain, False)


def test_a_carrier_that_never_answers_leaves_it_uncertain(carrier):
    phone = TwilioPhone(ACCOUNT, TOKEN, CALLER, PUBLIC, base_url=carrier.url, timeout_s=0.2)
    carrier.next.append("silence")
    found = trouble(phone)
    phone.close()
    assert isinstance(found, PhoneUncertain)
    assert len(carrier.requests) == 1


def test_a_carrier_that_is_not_there_rang_nobody():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    phone = TwilioPhone(ACCOUNT, TOKEN, CALLER, PUBLIC, base_url=f"http://127.0.0.1:{port}")
    found = trouble(phone)
    phone.close()
    assert (type(found), found.retry) == (PhoneTrouble, True)


@pytest.mark.parametrize("accident", [(429, "{}"), (503, "{}"), "reset"])
def test_nothing_is_sent_twice(carrier, phone, accident):
    carrier.next.append(accident)
    trouble(phone)
    assert len(carrier.requests) == 1


@pytest.mark.parametrize("accident", [(503, "{}"), (200, "no"), "reset"])
def test_asking_again_is_always_safe_for_a_list_and_for_hanging_up(carrier, phone, accident):
    for ask in (lambda: phone.placed_to(TO, NOW), lambda: phone.hang_up("CA" + "1" * 32)):
        carrier.next.append(accident)
        with pytest.raises(PhoneTrouble) as caught:
            ask()
        assert (type(caught.value), caught.value.retry) == (PhoneTrouble, True)


def test_a_redirection_is_not_followed(carrier, phone):
    carrier.next.append((307, ""))
    assert trouble(phone).retry is False
    assert len(carrier.requests) == 1


def test_no_secret_and_no_number_in_messages_reprs_and_logs(carrier, phone, caplog):
    caplog.set_level(logging.DEBUG)
    carrier.next.append(refusal(400, 21215))
    found = trouble(phone)
    phone.place(DIAL)
    list(phone.placed_to(TO, NOW))
    shown = "".join(traceback.format_exception(found)) + repr(phone) + repr(found) + caplog.text
    for secret in (TOKEN, base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()):
        assert secret not in shown
    assert TO.removeprefix("+") not in shown
    assert found.__context__ is None
    assert found.__cause__ is None


def test_the_environment_cannot_send_calls_elsewhere(carrier, monkeypatch):
    monkeypatch.setenv("TWILIO_REGION", "au1")
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    phone = TwilioPhone(ACCOUNT, TOKEN, CALLER, PUBLIC, base_url=carrier.url + "/")
    phone.place(DIAL)
    phone.close()
    assert len(carrier.calls) == 1


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"account_sid": ""}, "account"),
        ({"auth_token": ""}, "token"),
        ({"caller": "01012345678"}, "calling number"),
        ({"base_url": "api.twilio.com"}, "https://"),
        ({"base_url": "https://someone:secret@gateway.example.cn"}, "https://"),
        ({"public_url": "huifang.example.cn"}, "https://"),
        ({"public_url": "https://hui_fang.example.cn"}, "underscore"),
        ({"public_url": "https://huifang.example.cn/?a=1"}, "path"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_once(wrong, word):
    right = {
        "account_sid": ACCOUNT, "auth_token": TOKEN, "caller": CALLER, "public_url": PUBLIC,
    }  # fmt: skip
    with pytest.raises(ValueError, match=word):
        TwilioPhone(**{**right, **wrong})


@pytest.mark.parametrize("token", ["", "a/b", "a?b", "ä", "x" * 129])
def test_a_token_that_no_url_can_hold_is_refused(carrier, phone, token):
    with pytest.raises(ValueError, match="token"):
        phone.place(Dial(token, TO))
    assert carrier.requests == []


def test_media_lies_at_the_carrier_that_we_are_connected_to(carrier, phone):
    url = phone.recording_url("RE" + "2" * 32)
    assert url.startswith(f"{carrier.url}/2010-04-01/Accounts/{ACCOUNT}/Recordings/RE2222")
    assert url.endswith(".wav?RequestedChannels=2")
    assert "/Recordings/..%2F" in phone.recording_url("../x")
