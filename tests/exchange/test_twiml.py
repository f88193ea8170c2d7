"""Documents as the vendor reads them: what each verb means, and which fault has which number."""

import pytest

from exchange.twiml import (
    Dial,
    Gather,
    Hangup,
    Pause,
    Play,
    Record,
    Redirect,
    Say,
    TwimlError,
)
from exchange.twiml_reader import read


@pytest.mark.parametrize(
    ("xml", "verb"),
    [
        ('<Say language="cmn-CN" voice="Polly.Zhiyu">您好</Say>', Say("您好")),
        ('<Say language="zh-CN" loop="2">您好</Say>', Say("您好", 2)),
        ("<Play>a.wav</Play>", Play("a.wav")),
        ('<Play digits="1w2"/>', Play(digits="1w2")),
        ("<Pause/>", Pause(1)),
        ('<Pause length="3"/>', Pause(3)),
        ("<Gather/>", Gather()),
        (
            '<Gather input="speech" language="cmn-Hans-CN" speechTimeout="auto" action="/a"'
            ' actionOnEmptyResult="true" bargeIn="false"><Pause/></Gather>',
            Gather(
                (Pause(1),), "/a", speech=True, keys=False, speech_timeout=None,
                barge_in=False, on_empty=True,
            ),
        ),
        ('<Gather timeout="9" numDigits="1"/>', Gather(timeout=9, speech_timeout=9, num_digits=1)),
        ('<Record maxLength="20" playBeep="false"/>', Record(longest=20, beep=False)),
        ('<Redirect method="GET">/next</Redirect>', Redirect("/next", "GET")),
        ('<Dial timeout="9">+86 139</Dial>', Dial("+86 139", timeout=9)),
        ("<Dial><Number>123</Number></Dial>", Dial("123")),
        ("<Hangup/>", Hangup()),
        ('<Reject reason="busy"/>', Hangup()),
    ],
)  # fmt: skip
def test_verbs(xml, verb):
    (got,) = read(f"<Response>{xml}</Response>")
    assert got == verb


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<Response><Say>", 12100),
        ("not xml", 12100),
        ("<Answer/>", 12100),
        ("<Response><Speak/></Response>", 12200),
        ('<Response><Say tone="soft">x</Say></Response>', 12200),
        ('<Response><Say language="cmn-Hans-CN">x</Say></Response>', 13512),
        ('<Response><Say loop="often">x</Say></Response>', 13510),
        ('<Response><Gather input="speech" language="zh-CN"/></Response>', 13331),
        ('<Response><Gather input="speech" language="cmn-CN"/></Response>', 13331),
        ('<Response><Gather input="speech" language="en"/></Response>', 13331),
        ('<Response><Gather input="voice"/></Response>', 12200),
        ('<Response><Gather timeout="-1"/></Response>', 13311),
        ('<Response><Gather numDigits="many"/></Response>', 13314),
        ('<Response><Gather finishOnKey="##"/></Response>', 13310),
        ('<Response><Gather bargeIn="maybe"/></Response>', 12200),
        ("<Response><Gather><Record/></Gather></Response>", 13320),
        ('<Response><Gather speechTimeout="0"/></Response>', 13335),
        ('<Response><Redirect method="PUT">/x</Redirect></Response>', 12101),
        ('<Response><Play digits="abc"/></Response>', 12200),
        ("<Response><Dial><Conference>x</Conference></Dial></Response>", 12200),
    ],
)
def test_faults(xml, code):
    with pytest.raises(TwimlError) as fault:
        read(xml)
    assert fault.value.code == code


def test_keys_only_needs_no_language_of_the_recogniser():
    (got,) = read('<Response><Gather input="dtmf" language="zh-CN"/></Response>')
    assert got.keys
