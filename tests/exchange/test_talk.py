"""TwiML executed over HTTP with a callee on the other end: every verb, and what Gather hears."""

import pytest

from exchange import Status
from exchange.line import Side

ME = """
callees:
  "13900000001":
    answers:
      ID_PRESENT: {says: 我就是}
      LIABILITY: {says: 清楚}
      LIABILITY.term: {says: 不清楚}
      READ: [{silence: 8}, {says: 没看过}, {says: 现在清楚了}]
      HESITATION: {keys: "1"}
      SIGN_APP: {says: 是我签的, heard: 是我牵的}
      FEES: {says: 知道, barge_in: true, after: 0.5}
      CONTACT: {says: 手机换了, after: 30}
      SMS: {hang_up: true}
      SUGGEST: {says: 没有了, hang_up: true}
      身份证: {says: 一九八五年三月六号}
"""


def said(call, side=Side.CALLEE):
    """The words of one side, in order."""
    return [spoken.text for spoken in call.said if spoken.side is side]


@pytest.fixture
def me(rig):
    """An exchange with one callee, whose application hangs up after every answer."""
    rig = rig(ME)
    rig.says("/answer", "<Hangup/>")
    return rig


def test_an_answer_is_heard_after_it_was_spoken(me, gather):
    me.says("/start", gather("ID_PRESENT"))
    call = me.call()
    (asked,) = me.application.at("/answer")
    assert asked.form["SpeechResult"] == "我就是"
    assert 0 < float(asked.form["Confidence"]) <= 1
    (spoken,) = [one for one in call.said if one.side is Side.CALLEE]
    assert (asked.at - call.answered).total_seconds() > spoken.at + 0.5
    assert call.status is Status.COMPLETED


def test_the_request_tells_what_the_vendor_tells(me, gather):
    me.says("/start", gather("ID_PRESENT"))
    call = me.call()
    (asked,) = me.application.at("/start")
    assert asked.form == {
        "CallSid": call.sid,
        "AccountSid": me.exchange.equipment.account_sid,
        "From": call.order.from_,
        "To": "+8613900000001",
        "Caller": call.order.from_,
        "Called": "+8613900000001",
        "CallStatus": "in-progress",
        "ApiVersion": "2010-04-01",
        "Direction": "outbound-api",
    }


@pytest.mark.parametrize(
    ("question", "heard"),
    [
        ("LIABILITY.term", "不清楚"),
        ("LIABILITY.exclusions", "清楚"),
        ("LIABILITY", "清楚"),
        ("SIGN_APP.insured", "是我牵的"),
    ],
)
def test_the_full_question_comes_before_its_code(me, gather, question, heard):
    me.says("/start", gather(question))
    me.call()
    assert me.application.at("/answer")[0].form["SpeechResult"] == heard


def test_what_was_said_is_kept_apart_from_what_was_heard(me, gather):
    me.says("/start", gather("SIGN_APP"))
    assert said(me.call()) == ["是我签的"]


def test_words_of_the_prompt_find_the_answer(me, gather):
    me.says("/start", gather("ID_VERIFY", prompt="请说出您身份证上的生日"))
    me.call()
    assert me.application.at("/answer")[0].form["SpeechResult"] == "一九八五年三月六号"


def test_no_answer_for_a_question_is_silence(me, gather):
    me.says("/start", gather("TRUE_WILL") + '<Say language="cmn-CN">再见</Say>')
    call = me.call()
    assert me.application.paths() == ["/start"]
    assert said(call, Side.OURS)[-1] == "再见"


def test_silence_is_posted_when_asked_for(me, gather):
    me.says("/start", gather("TRUE_WILL", actionOnEmptyResult="true", timeout="7"))
    call = me.call()
    (asked,) = me.application.at("/answer")
    assert "SpeechResult" not in asked.form
    assert asked.form["Digits"] == ""
    assert (asked.at - call.answered).total_seconds() > 7


def test_times_asked_are_counted(me, gather):
    again = gather("READ", actionOnEmptyResult="true")
    me.says("/start", again)
    me.says("/answer", again, again, again, "<Hangup/>")
    me.call()
    heard = [asked.form.get("SpeechResult") for asked in me.application.at("/answer")]
    assert heard == [None, "没看过", "现在清楚了", "现在清楚了"]


def test_keys(me, gather):
    me.says("/start", gather("HESITATION", numDigits="1"))
    me.call()
    (asked,) = me.application.at("/answer")
    assert asked.form["Digits"] == "1"
    assert "SpeechResult" not in asked.form


def test_keys_are_not_heard_by_a_gather_for_speech(me, gather):
    me.says("/start", gather("HESITATION", input="speech"))
    call = me.call()
    assert me.application.at("/answer") == []
    assert said(call) == ["1"]


def test_barging_in_cuts_the_prompt(me, gather):
    long = "请您确认一下" * 8
    me.says("/start", gather("FEES", prompt=long))
    early = me.application
    call = me.call()
    (asked,) = early.at("/answer")
    assert asked.form["SpeechResult"] == "知道"
    assert (asked.at - call.answered).total_seconds() < 4


def test_a_prompt_that_does_not_listen_is_not_cut(me, gather):
    long = "请您确认一下" * 8
    me.says("/start", gather("FEES", prompt=long, bargeIn="false", actionOnEmptyResult="true"))
    call = me.call()
    (asked,) = me.application.at("/answer")
    assert "SpeechResult" not in asked.form
    assert (asked.at - call.answered).total_seconds() > len(long) / 4.5


def test_an_answer_later_than_the_timeout_is_not_heard(me, gather):
    me.says("/start", gather("CONTACT", actionOnEmptyResult="true"))
    me.call()
    assert "SpeechResult" not in me.application.at("/answer")[0].form


@pytest.mark.parametrize(("question", "words"), [("SMS", []), ("SUGGEST", ["没有了"])])
def test_hanging_up_ends_the_call_without_an_answer(me, gather, question, words):
    me.says("/start", gather(question))
    call = me.call()
    assert me.application.at("/answer") == []
    assert said(call) == words
    assert call.status is Status.COMPLETED


def test_pause_say_play_and_redirect_take_their_time(me):
    me.says("/start", '<Pause length="3"/><Play digits="12"/><Redirect>/answer</Redirect>')
    call = me.call()
    (asked,) = me.application.at("/answer")
    assert (asked.at - call.answered).total_seconds() == pytest.approx(0.15 + 3 + 0.4, abs=0.02)


def test_play_fetches_a_file(me, tmp_path):
    import numpy as np
    import soundfile

    soundfile.write(tmp_path / "a.wav", np.zeros(16000), 16000)
    me.application.pages["/a.wav"] = ((tmp_path / "a.wav").read_bytes(), 200, "audio/wav")
    me.says("/start", "<Play>/a.wav</Play>")
    call = me.call()
    assert (call.ended - call.answered).total_seconds() == pytest.approx(1.15, abs=0.02)


def test_a_file_that_is_missing_is_noted_and_the_call_goes_on(me):
    me.application.pages["/a.wav"] = ("", 404, "text/plain")
    me.says("/start", "<Play>/a.wav</Play><Redirect>/answer</Redirect>")
    me.call()
    assert [note.code for note in me.exchange.notifications] == [11200]
    assert me.application.at("/answer")


def test_hangup_and_the_end_of_a_document_end_the_call(me):
    me.says("/start", '<Hangup/><Say language="cmn-CN">不会说</Say>')
    assert said(me.call(), Side.OURS) == []
    me.says("/start", '<Say language="cmn-CN">再见</Say>')
    assert me.call().status is Status.COMPLETED


def test_twiml_in_the_order_itself(me):
    call = me.call(Url=None, Twiml='<Response><Say language="cmn-CN">您好</Say></Response>')
    assert said(call, Side.OURS) == ["您好"]
    assert me.application.asked == []


def test_faulty_twiml_in_the_order_is_noted(me):
    call = me.call(Url=None, Twiml="<Response><Say>")
    assert [note.code for note in call.notifications] == [12100]
    assert "application error" in said(call, Side.OURS)[-1]


def test_record_posts_its_recording(me):
    me.says("/start", '<Record action="/answer?question=ID_PRESENT" timeout="2"/><Hangup/>')
    me.call()
    (asked,) = me.application.at("/answer")
    (recording,) = me.exchange.recordings()
    assert asked.form["RecordingSid"] == recording.sid
    assert recording.channels == 1
    assert recording.source == "RecordVerb"


def test_an_empty_record_calls_no_action(me):
    me.says("/start", '<Record action="/answer?question=TRUE_WILL"/><Redirect>/next</Redirect>')
    me.call()
    assert me.application.paths() == ["/start", "/next"]


DIALLED = ME + '  "13900000009": {picks_up: %s}\n'


@pytest.mark.parametrize(
    ("agent", "status"),
    [("yes", "completed"), ("busy", "busy"), ("no-answer", "no-answer"), ("failed", "failed")],
)
def test_dial_tells_how_the_transfer_went(rig, agent, status):
    rig = rig(DIALLED % agent)
    rig.says("/start", '<Dial action="/answer" timeout="20">+86 139 0000 0009</Dial>')
    rig.says("/answer", "<Hangup/>")
    rig.call()
    (asked,) = rig.application.at("/answer")
    assert asked.form["DialCallStatus"] == status
    assert (asked.form["DialCallDuration"] != "0") == (status == "completed")
    assert asked.form["DialCallSid"].startswith("CA")


def test_an_agent_outside_the_cast_picks_up(me):
    me.says("/start", '<Dial action="/answer">+8675512345678</Dial>')
    call = me.call()
    assert me.application.at("/answer")[0].form["DialCallStatus"] == "completed"
    assert "您好，人工坐席为您服务。" in said(call, Side.OURS)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (("<Response><Say>", 200, "text/xml"), 12100),
        (("<Response><Speak/></Response>", 200, "text/xml"), 12200),
        (("{}", 200, "application/json"), 12300),
        (("broken", 500, "text/xml"), 11200),
        (("<Response/>" + " " * 70000, 200, "text/xml"), 11750),
        (
            ('<Response><Gather input="speech" language="zh-CN"/></Response>', 200, "text/xml"),
            13331,
        ),
    ],
    ids=["not XML", "no verb", "not TwiML", "HTTP 500", "too large", "wrong language"],
)
def test_a_faulty_application_is_noted_and_ends_the_call(me, page, code):
    me.application.pages["/start"] = page
    call = me.call()
    assert [note.code for note in me.exchange.notifications] == [code]
    assert call.status is Status.COMPLETED
    assert "application error" in said(call, Side.OURS)[-1]


def test_the_fallback_gets_the_error(me):
    me.application.pages["/start"] = ("broken", 500, "text/xml")
    me.says("/fallback", '<Say language="cmn-CN">再见</Say>')
    call = me.call(FallbackUrl=f"{me.application.url}/fallback")
    (asked,) = me.application.at("/fallback")
    assert asked.form["ErrorCode"] == "11200"
    assert asked.form["ErrorUrl"] == f"{me.application.url}/start"
    assert said(call, Side.OURS) == ["再见"]


def test_an_application_that_is_not_there(me):
    call = me.call(Url="http://127.0.0.1:9/start")
    assert [note.code for note in call.notifications] == [11205]
    assert call.status is Status.COMPLETED


def test_running_in_circles_ends(me):
    me.says("/start", "<Redirect>/start</Redirect>")
    call = me.call(TimeLimit="20")
    assert call.status is Status.COMPLETED
    assert call.seconds == 20


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_requests_are_signed(me, gather, method):
    from twilio.request_validator import RequestValidator

    me.says("/start", gather("ID_PRESENT", method=method))
    me.call(Method=method)
    validator = RequestValidator(me.exchange.equipment.auth_token)
    assert len(me.application.asked) == 2
    for asked in me.application.asked:
        url = f"{me.application.url}{asked.path}" + (f"?{asked.query}" if asked.query else "")
        assert asked.method == method
        assert validator.validate(url, asked.form, asked.headers["X_TWILIO_SIGNATURE"])
