"""Effects to exact TwiML, within what the vendor documents and within its limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange import twiml_reader
from ivr.twilio.twiml import MOST_BYTES, NOBODY, Desk, Voice, goodbye, twiml
from ivr.twilio.urls import Urls
from scripts.effects import Ask, HangUp, Listen, Say, Transfer
from scripts.outcomes import Outcome

URLS = Urls("https://huifang.example.cn/line/", "call-7")
DESK = Desk("+861012345678", "+861000000000")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
AT = "https://huifang.example.cn/line/phone/call-7"
SAY = '<Say language="cmn-CN" voice="Polly.Zhiyu-Neural">'
END = HangUp(Outcome.COMPLETED)

TABLE = {
    "say and hang up": (
        [Say("再见。"), END],
        f"{SAY}再见。</Say><Hangup />",
    ),
    "hang up": ([END], "<Hangup />"),
    "ask": (
        [Ask("LIABILITY.term", 12, "您清楚保险期间吗？", hints=("清楚", "不清楚"))],
        f'<Gather action="{AT}/answer?question=LIABILITY.term&amp;turn=12"'
        ' actionOnEmptyResult="true" bargeIn="true" hints="清楚,不清楚" input="dtmf speech"'
        ' language="cmn-Hans-CN" method="POST" numDigits="1" profanityFilter="false"'
        f' speechTimeout="2" timeout="5">{SAY}您清楚保险期间吗？</Say></Gather>',
    ),
    "ask slowly for a birthday": (
        [Ask("ID_VERIFY", 1, "请说出生日。", keys=8, wait_s=9, barge_in=False, slow=True)],
        f'<Gather action="{AT}/answer?question=ID_VERIFY&amp;turn=1" actionOnEmptyResult="true"'
        ' bargeIn="false" input="dtmf speech" language="cmn-Hans-CN" method="POST"'
        ' numDigits="8" profanityFilter="false" speechTimeout="2" timeout="9">'
        f'{SAY}<prosody rate="slow">请说出生日。</prosody></Say></Gather>',
    ),
    "listen": (
        [Listen(0, wait_s=6)],
        f'<Gather action="{AT}/answer?turn=0" actionOnEmptyResult="true" input="speech"'
        ' language="cmn-Hans-CN" method="POST" profanityFilter="false" speechTimeout="2"'
        ' timeout="6" />',
    ),
    "transfer": (
        [Say("好的。"), Transfer("正在转接。")],
        f"{SAY}好的。</Say>{SAY}正在转接。</Say>"
        f'<Dial action="{AT}/transferred" callerId="+861000000000" method="POST" timeout="30">'
        "+861012345678</Dial>",
    ),
}


@pytest.mark.parametrize(("effects", "body"), TABLE.values(), ids=TABLE)
def test_effects_become_exactly_this(check_twiml, effects, body):
    xml = twiml(effects, URLS, Voice(), DESK)
    check_twiml(xml)
    assert xml == f"{HEAD}<Response>{body}</Response>"


@pytest.mark.parametrize("effects", [effects for effects, _ in TABLE.values()], ids=TABLE)
def test_the_exchange_understands_it(effects):
    assert twiml_reader.read(twiml(effects, URLS, Voice(), DESK))


def test_without_a_desk_a_transfer_says_so_and_hangs_up(check_twiml):
    xml = twiml([Transfer("正在转接。")], URLS, Voice())
    check_twiml(xml)
    assert xml == f"{HEAD}<Response>{SAY}{NOBODY}</Say><Hangup /></Response>"


def test_goodbye(check_twiml):
    xml = goodbye("再见。", Voice())
    check_twiml(xml)
    assert xml == f"{HEAD}<Response>{SAY}再见。</Say><Hangup /></Response>"


def test_another_voice(check_twiml):
    voice = Voice("Google.cmn-CN-Wavenet-A", pause_s=3)
    root = check_twiml(twiml([Ask("READ", 0, "好吗？")], URLS, voice))
    assert root.find("Gather/Say").attrib == {"voice": voice.name, "language": "cmn-CN"}
    assert root.find("Gather").get("speechTimeout") == "3"


@pytest.mark.parametrize(
    "effects",
    [[], [Say("啊")], [END, Say("啊")], [END, END], [Ask("READ", 0, "啊"), END], [Listen(0), END]],
)
def test_effects_that_the_carrier_would_not_run_to_their_end_are_our_fault(effects):
    with pytest.raises(ValueError, match="end in one"):
        twiml(effects, URLS, Voice())


def test_markup_and_forbidden_characters_are_only_ever_text(check_twiml):
    text = "a<Hangup/>&amp;\x00\x0b\ud800]]>\"'好"
    root = check_twiml(twiml([Ask("READ", 0, text, hints=(text, "逗,号"))], URLS, Voice()))
    assert root.find("Gather/Say").text == "a<Hangup/>&amp;]]>\"'好"
    assert root.find("Gather").get("hints") == "a<Hangup/>&amp;]]>\"'好,逗 号"
    assert root.find("Hangup") is None


def test_a_long_text_is_spoken_whole_in_several_pieces(check_twiml):
    text = "这是第一句话，它有一点长。" * 200
    root = check_twiml(twiml([Ask("READ", 0, text, slow=True)], URLS, Voice()))
    says = ["".join(say.itertext()) for say in root.findall("Gather/Say")]
    assert len(says) > 1
    assert "".join(says) == text
    assert all(say.endswith("。") for say in says)


def test_a_text_beyond_the_largest_document_is_refused():
    with pytest.raises(ValueError, match=str(MOST_BYTES)):
        twiml([Say("长" * MOST_BYTES), END], URLS, Voice())


texts = st.text(max_size=400)
asks = st.builds(
    Ask,
    question=st.sampled_from(["READ", "LIABILITY.term", "ID_VERIFY"]),
    turn=st.integers(0, 99),
    text=texts,
    hints=st.lists(texts, max_size=5).map(tuple),
    keys=st.integers(0, 20),
    wait_s=st.integers(0, 60),
    barge_in=st.booleans(),
    slow=st.booleans(),
)
ends = st.one_of(
    asks,
    st.builds(Listen, turn=st.integers(0, 99), wait_s=st.integers(0, 60)),
    st.builds(Transfer, text=texts),
    st.builds(HangUp, outcome=st.sampled_from(Outcome)),
)


@settings(deadline=None)
@given(st.lists(st.builds(Say, text=texts), max_size=3), ends, st.sampled_from([DESK, None]))
def test_whatever_is_said_the_vendor_understands_it(check_twiml, says, end, desk):
    check_twiml(twiml([*says, end], URLS, Voice(), desk))
