"""The carrier's webhooks at the door: only the carrier gets in, and every path answers politely."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ivr.twilio.signature import HEADER, sign
from store.tables import Call, CallEvent
from tests.operations.rig import PUBLIC, TOKEN, Caller, Rig

HOOKS = ("start", "answer?question=ID_PRESENT&turn=0", "status", "recording", "transferred")
FORM = {
    "AnsweredBy": "human", "SpeechResult": "是的", "CallStatus": "completed",
    "RecordingStatus": "completed", "RecordingSid": "RE1", "DialCallStatus": "no-answer",
}  # fmt: skip


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A whole line in a folder, with nothing in it."""
    rig = Rig(tmp_path)
    yield rig
    rig.close()


@pytest.fixture
def caller(rig: Rig) -> Caller:
    """A holder who has picked up."""
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    return caller


@pytest.fixture
def stranger(rig: Rig) -> FlaskClient:
    """Somebody on the network who is not the carrier."""
    return rig.client


def url(caller: Caller, hook: str) -> str:
    return f"{PUBLIC}/phone/{caller.token}/{hook}"


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("forged", ["", "bm90IHRoZSBzaWduYXR1cmU=", "键"])
def test_a_wrong_signature_is_refused_and_leaves_nothing(
    rig: Rig, caller: Caller, hook: str, forged: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = rig.everything()
    with caplog.at_level(logging.WARNING):
        answer = caller.post(url(caller, hook), forged, **FORM)

    assert (answer.status, answer.text) == (403, "wrong signature")
    assert rig.everything() == before
    assert [record.name for record in caplog.records] == ["web.phone"]
    assert "是的" not in caplog.text


@pytest.mark.parametrize("hook", HOOKS)
def test_a_right_signature_is_let_in(caller: Caller, hook: str) -> None:
    assert caller.post(url(caller, hook), **FORM).status in (200, 204)


def test_a_signature_holds_for_its_own_address_and_fields_only(rig: Rig, caller: Caller) -> None:
    """One that was overheard opens no other door."""
    good = url(caller, HOOKS[1])
    fields = {"CallSid": caller.sid, "SpeechResult": "不是"}
    signed = sign(good, list(fields.items()), TOKEN)

    assert rig.post(good, {**fields, "SpeechResult": "是的"}, signed).status == 403
    assert rig.post(good, {**fields, "Digits": "1"}, signed).status == 403
    assert rig.post(good.replace("turn=0", "turn=1"), fields, signed).status == 403
    assert rig.post(url(caller, "status"), fields, signed).status == 403
    assert rig.post(good, fields, signed).status == 200


def test_the_signature_of_another_account_is_refused(rig: Rig, caller: Caller) -> None:
    fields = {"CallSid": caller.sid}
    signed = sign(url(caller, "start"), list(fields.items()), TOKEN + " of another")

    assert rig.post(url(caller, "start"), fields, signed).status == 403


@pytest.mark.parametrize("hook", HOOKS)
def test_a_get_is_no_webhook(rig: Rig, caller: Caller, stranger: FlaskClient, hook: str) -> None:
    before = rig.everything()
    answer = stranger.get(f"/phone/{caller.token}/{hook}")

    assert answer.status_code in (403, 405)
    assert rig.everything() == before


@pytest.mark.parametrize("hook", HOOKS)
def test_a_call_that_nobody_knows_is_ended_politely(rig: Rig, caller: Caller, hook: str) -> None:
    before = rig.everything()
    unknown = Caller(rig, "nobodys-token", caller.sid)
    answer = unknown.post(url(unknown, hook), **FORM)

    assert answer.status == 200
    assert answer.verbs == ["Say", "Hangup"]
    assert "再见" in answer.words
    assert rig.everything() == before


def test_a_known_token_with_another_call_is_ended_politely(rig: Rig, caller: Caller) -> None:
    """Nobody's answers are mixed into a call that is not theirs."""
    before = rig.everything()
    other = Caller(rig, caller.token, "CA" + "f" * 32)
    answer = other.post(url(caller, HOOKS[1]), **FORM)

    assert answer.verbs == ["Say", "Hangup"]
    assert "陈" not in answer.words
    assert rig.everything() == before


@pytest.mark.parametrize(
    ("hook", "form", "field"),
    [
        ("start", {"CallSid": ""}, "CallSid"),
        ("start", {"CallSid": "x" * 65}, "CallSid"),
        ("answer?question=ID_PRESENT", {}, "turn"),
        ("answer?question=ID_PRESENT&turn=-1", {}, "turn"),
        ("answer?question=ID_PRESENT&turn=x", {}, "turn"),
        ("answer?question=<b>&turn=0", {}, "question"),
        ("answer?question=ID_PRESENT&turn=0", {"Digits": "1;"}, "Digits"),
        ("answer?question=ID_PRESENT&turn=0", {"SpeechResult": "啊" * 10_001}, "SpeechResult"),
        ("status", {}, "CallStatus"),
        ("status", {"CallStatus": "busy", "SequenceNumber": "many"}, "SequenceNumber"),
        ("recording", {}, "RecordingStatus"),
        ("recording", {"RecordingStatus": "completed"}, "RecordingSid"),
        ("transferred", {}, "DialCallStatus"),
    ],
)
def test_a_field_that_cannot_be_is_named_and_nothing_kept(
    rig: Rig, caller: Caller, hook: str, form: dict[str, str], field: str
) -> None:
    before = rig.everything()
    answer = caller.post(url(caller, hook).replace("<", "%3C").replace(">", "%3E"), **form)

    assert answer.status == 400
    assert field in answer.text
    assert rig.everything() == before


def test_unknown_fields_of_the_carrier_do_no_harm(caller: Caller) -> None:
    answer = caller.post(
        url(caller, HOOKS[1]), SpeechResult="我就是", StirVerstat="", CallToken="%7B%7D", 新="值"
    )
    assert answer.question == "ID_VERIFY"


def test_words_keep_what_was_said_and_lose_what_no_database_may_hold(
    rig: Rig, caller: Caller
) -> None:
    from store.tables import Turn

    caller.says("我\x00就是，对𠮷")

    assert rig.one(Turn).words == "我 就是，对𠮷"


def test_status_and_recording_are_answered_without_words(rig: Rig, caller: Caller) -> None:
    assert (caller.status("ringing", 1).status, caller.last.verbs) == (204, ["Gather"])
    assert caller.recorded().status == 204
    assert caller.recorded(sid="RE9", status="in-progress").status == 204
    assert [event.kind for event in rig.all(CallEvent)] == ["status", "recording"]


@pytest.mark.parametrize("hook", HOOKS[:2])
def test_our_own_fault_ends_the_call_with_one_polite_sentence(
    rig: Rig,
    caller: Caller,
    hook: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the fault of 13900000001")

    monkeypatch.setattr("ivr.conversation.greet", broken)
    monkeypatch.setattr("ivr.conversation.hear", broken)
    answer = caller.post(url(caller, hook), **FORM)

    assert (answer.status, answer.verbs) == (200, ["Say", "Hangup"])
    assert "抱歉" in answer.words
    assert rig.one(Call).ending == "error"
    assert caller.token in caplog.text  # the call can be found by its log line


def test_the_whole_call_needs_no_cookie_and_no_session(rig: Rig, caller: Caller) -> None:
    response = rig.client.post(
        f"/phone/{caller.token}/start",
        data={"CallSid": caller.sid},
        headers={HEADER: sign(url(caller, "start"), [("CallSid", caller.sid)], TOKEN)},
    )

    assert response.mimetype == "text/xml"
    assert "Set-Cookie" not in response.headers
