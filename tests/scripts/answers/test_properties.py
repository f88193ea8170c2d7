"""What must hold for any answer: a denial after a turn is no yes, sounds between words change
nothing, noise is never a yes."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.answers import read
from scripts.answers.lexicon import book
from scripts.answers.normalise import normalise
from scripts.labels import CODES, Label

YESES = {
    "LIABILITY": ["知道", "我清楚", "都明白了", "了解的", "是的", "没问题"],
    "READ": ["看过了", "我都看了", "读完了", "是的"],
    "SIGN_APP": ["是我签的", "我自己签的", "亲手签的", "对"],
    "RECEIPT": ["收到了", "拿到了", "我收到了", "有"],
    "AWARE": ["知道", "买了保险", "是我买的", "对的"],
}
DENIALS = {
    "LIABILITY": ["我不懂", "没听明白", "不清楚", "没人跟我讲", "搞不懂"],
    "READ": ["没看懂", "没看完", "看不懂", "一个字没看"],
    "SIGN_APP": ["不是我签的", "是业务员签的", "我老婆替我签的", "我没签"],
    "RECEIPT": ["还没收到", "没拿到", "没有"],
    "AWARE": ["我没买", "不知道是保险", "是存款"],
}
TURNS = ["但是", "不过", "可是", "只是", "但"]
FILLERS = ["呃", "那个", "嗯", "啊", "哎呀", "这个"]
_pairs = st.sampled_from([(c, y, d) for c in YESES for y in YESES[c] for d in DENIALS[c]])
_known = "".join(sorted(set("".join(book().alphabet.words))))


@given(_pairs, st.sampled_from(TURNS), st.sampled_from(["，", "", "。"]))
def test_a_denial_after_a_turn_is_never_a_yes(pair, turn, stop):
    code, yes, denial = pair
    assert read(code, f"{yes}{stop}{turn}{denial}").label is not Label.AFFIRM


@given(_pairs, st.sampled_from(["，", "。", ""]))
def test_a_denial_beside_a_yes_is_never_a_yes(pair, stop):
    code, yes, denial = pair
    assert read(code, f"{denial}{stop}{yes}").label is not Label.AFFIRM


@given(
    st.sampled_from([(c, a) for t in (YESES, DENIALS) for c in t for a in t[c]]),
    st.lists(st.sampled_from(FILLERS), min_size=1, max_size=3),
    st.booleans(),
)
def test_fillers_change_nothing(pair, fillers, commas):
    code, answer = pair
    between = "，" if commas else ""
    assert read(code, between.join([*fillers, answer])).label is read(code, answer).label


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(CODES)),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30).map(
        lambda text: "".join(char for char in normalise(text) if char not in _known)
    ),
)
def test_words_the_lexicon_does_not_know_are_never_a_yes(code, text):
    assert read(code, text).label is not Label.AFFIRM


@given(st.sampled_from(sorted(CODES)), st.text(string.printable, max_size=40))
def test_latin_noise_is_never_a_yes(code, text):
    words = "".join(char for char in text.lower() if char not in "yeahoktruk1234567890")
    assert read(code, words).label is not Label.AFFIRM


@given(st.sampled_from(sorted(CODES)), st.text(max_size=60))
def test_any_text_can_be_read(code, text):
    reading = read(code, text)
    assert reading.words == text
    assert reading.label in Label


@pytest.mark.parametrize("negation", ["不", "没", "没有", "从来没", "并不", "根本没", "冇"])
@pytest.mark.parametrize("code", ["LIABILITY", "READ", "SIGN_APP", "RECEIPT", "RECORDED"])
@pytest.mark.parametrize("verb", ["知道", "看过", "签过", "收到", "录过", "清楚", "拿到", "看懂"])
def test_a_negated_verb_is_never_a_yes(code, negation, verb):
    assert read(code, f"我{negation}{verb}").label is not Label.AFFIRM


@pytest.mark.parametrize("code", sorted(CODES - {"CONSENT", "CLOSING", "CHANNELS", "SMS"}))
@pytest.mark.parametrize("sound", ["嗯", "啊", "哦", "喂", "哎", "嗯？", "啊？", "恩"])
def test_a_sound_alone_is_never_a_yes(code, sound):
    assert read(code, sound).label is not Label.AFFIRM
