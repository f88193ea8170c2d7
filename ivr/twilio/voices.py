"""Which of the carrier's voices and ears a script gets for its language and voice. A table; what it
does not know it says in one sentence, so that nobody finds out in a call."""

from collections.abc import Mapping

from ivr.twilio.twiml import Voice
from scripts.faults import Fault
from scripts.model import Script

#: By language tag and voice, from the vendor's lists of voices (docs/voice/twiml/say/text-speech)
#: and of recognised languages (docs/voice/twiml/gather): the two name a language differently.
VOICES: Mapping[tuple[str, str], Voice] = {
    ("zh-CN", "female"): Voice("Polly.Zhiyu-Neural", "cmn-CN", "cmn-Hans-CN"),
    ("zh-CN", "male"): Voice("Google.cmn-CN-Wavenet-B", "cmn-CN", "cmn-Hans-CN"),
    ("zh-TW", "female"): Voice("Google.cmn-TW-Wavenet-A", "cmn-TW", "cmn-Hant-TW"),
    ("zh-TW", "male"): Voice("Google.cmn-TW-Wavenet-B", "cmn-TW", "cmn-Hant-TW"),
    ("zh-HK", "female"): Voice("Google.yue-HK-Standard-A", "yue-HK", "yue-Hant-HK"),
    ("zh-HK", "male"): Voice("Google.yue-HK-Standard-B", "yue-HK", "yue-Hant-HK"),
    ("en-US", "female"): Voice("Polly.Joanna-Neural", "en-US", "en-US"),
    ("en-US", "male"): Voice("Polly.Matthew-Neural", "en-US", "en-US"),
}
#: Other tags of the same languages; 粤语 is yue.
_ALSO: Mapping[str, str] = {
    "zh": "zh-CN",
    "cmn": "zh-CN",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
    "yue": "zh-HK",
    "yue-HK": "zh-HK",
    "yue-CN": "zh-HK",
    "en": "en-US",
}


class UnknownVoice(ValueError):  # noqa: N818 - a fault of the script, in one sentence
    """The carrier has no voice that a script asks for."""


def voice_of(script: Script) -> Voice:
    """How this script is spoken and its answers are heard. Raises UnknownVoice."""
    return _voice(script.language, script.voice)


def faults(script: Script) -> list[Fault]:
    """The voices that the carrier has not, of the script and of its translations. On paper none is
    needed."""
    if script.medium.on_paper:
        return []
    own = [(script.language, script.voice)]
    others = ((language, one.voice) for language, one in script.translations.items())
    wanted = [*own, *((language, voice or script.voice) for language, voice in others)]
    return [fault for language, voice in wanted if (fault := _fault(script, language, voice))]


def _voice(language: str, voice: str) -> Voice:
    found = VOICES.get((_ALSO.get(language, language), voice))
    if found is None:
        known = sorted({*(tag for tag, _ in VOICES), *_ALSO})
        raise UnknownVoice(
            f"the carrier has no voice {voice!r} for the language {language!r}: write female or"
            f" male, and as language one of {', '.join(known)}"
        )
    return found


def _fault(script: Script, language: str, voice: str) -> Fault | None:
    try:
        _voice(language, voice)
    except UnknownVoice as unknown:
        mark = script.mark("", "voice")
        return Fault(
            "unknown-voice", str(unknown), script.id, line=mark.line, column=mark.column,
            file=mark.file,
        )  # fmt: skip
    return None
