"""A script's language and voice become a voice and an ear of the carrier, or one sentence."""

from dataclasses import replace

import pytest

from exchange import twiml_reader
from ivr.twilio.twiml import Voice, twiml
from ivr.twilio.urls import Urls
from ivr.twilio.voices import VOICES, UnknownVoice, faults, voice_of
from scripts import reader, written
from scripts.effects import Ask
from scripts.model import Medium

URLS = Urls("https://huifang.example.cn/line", "call-7")


@pytest.fixture(scope="module")
def script():
    return reader.load_script("standard")


@pytest.mark.parametrize("voice", VOICES.values(), ids=lambda voice: voice.name)
def test_the_vendor_knows_every_voice_of_the_table(check_twiml, voice):
    xml = twiml([Ask("READ", 0, "好吗？", hints=("好",))], URLS, voice)
    check_twiml(xml)
    assert twiml_reader.read(xml)


@pytest.mark.parametrize("voice", VOICES.values(), ids=lambda voice: voice.name)
def test_a_voice_speaks_the_language_that_it_is_listed_for(voice):
    (language, _) = next(key for key, value in VOICES.items() if value is voice)
    spoken = {"zh-CN": "cmn-CN", "zh-TW": "cmn-TW", "zh-HK": "yue-HK", "en-US": "en-US"}
    heard = {"zh-CN": "cmn-Hans-CN", "zh-TW": "cmn-Hant-TW", "zh-HK": "yue-Hant-HK"}
    assert voice.speaking == spoken[language]
    assert voice.hearing == heard.get(language, language)
    if voice.name.startswith("Google."):
        assert voice.name.startswith(f"Google.{voice.speaking}-")


def test_every_language_has_two_voices():
    languages = {language for language, _ in VOICES}
    assert set(VOICES) == {(one, voice) for one in languages for voice in ("female", "male")}
    assert len({voice.name for voice in VOICES.values()}) == len(VOICES)


def test_the_usual_script_has_the_usual_voice(script):
    assert voice_of(script) == Voice()


@pytest.mark.parametrize(
    ("language", "voice", "name"),
    [
        ("zh-CN", "male", "Google.cmn-CN-Wavenet-B"),
        ("yue", "female", "Google.yue-HK-Standard-A"),
        ("zh-HK", "male", "Google.yue-HK-Standard-B"),
        ("zh-TW", "female", "Google.cmn-TW-Wavenet-A"),
        ("en", "male", "Polly.Matthew-Neural"),
        ("en-US", "female", "Polly.Joanna-Neural"),
    ],
)
def test_the_script_chooses(script, language, voice, name):
    assert voice_of(replace(script, language=language, voice=voice)).name == name


@pytest.mark.parametrize(("language", "voice"), [("zh-CN", "child"), ("fr", "male")])
def test_what_the_carrier_has_not_is_one_sentence(script, language, voice):
    wrong = replace(script, language=language, voice=voice)
    with pytest.raises(UnknownVoice, match=f"no voice '{voice}' for the language '{language}'"):
        voice_of(wrong)
    (fault,) = faults(replace(wrong, translations={}))
    assert fault.code == "unknown-voice"
    assert "\n" not in fault.message
    assert "zh-CN" in fault.message


def test_a_translation_is_examined_too():
    whole = written.find("standard")
    text = whole.text.replace("translations:\n", "translations:\n  fr: {voice: male}\n", 1)
    script = written.of_text(text).script
    assert "fr" in script.translations
    assert [fault.code for fault in faults(script)] == ["unknown-voice"]


def test_paper_needs_no_voice(script):
    assert not faults(replace(script, language="fr", medium=Medium.LETTER))


@pytest.mark.parametrize("name", reader.library())
def test_the_whole_library_can_be_spoken(name):
    assert not faults(reader.load_script(name))
