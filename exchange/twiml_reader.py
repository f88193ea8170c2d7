"""Reads a TwiML document into verbs, as strictly as the vendor. Pure; nothing is executed here."""

import re
from collections.abc import Callable, Iterable, Mapping
from xml.etree import ElementTree

from exchange.twiml import (
    BAD_METHOD,
    GATHER_DIGITS,
    GATHER_FINISH_KEY,
    GATHER_LANGUAGE,
    GATHER_NESTED,
    GATHER_SPEECH_TIMEOUT,
    GATHER_TIMEOUT,
    PARSE_FAILURE,
    PLAY_LOOP,
    RECORD_LENGTH,
    RECORD_TIMEOUT,
    SAY_LANGUAGE,
    SAY_LOOP,
    SCHEMA,
    Dial,
    Gather,
    Hangup,
    Pause,
    Play,
    Prompt,
    Record,
    Redirect,
    Say,
    TwimlError,
    Verb,
)

#: Chinese as the recogniser of Gather names it, and as the voices of Say name it: the two lists
#: have nothing in common but the Cantonese of Hong Kong, and mixing them up fails the verb.
_GATHER_CHINESE = frozenset({"cmn-Hans-CN", "cmn-Hans-HK", "cmn-Hant-TW", "yue-Hant-HK"})
_SAY_CHINESE = frozenset({"cmn-CN", "cmn-TW", "zh-CN", "zh-HK", "zh-TW", "yue-CN", "yue-HK"})
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})\Z")
_DIGITS = frozenset("0123456789*#w")


def read(xml: str) -> list[Verb]:
    """The verbs of a document in their order. Raises TwimlError for the first fault."""
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as fault:
        raise TwimlError(PARSE_FAILURE, f"Document parse failure: {fault}") from None
    if root.tag != "Response":
        raise TwimlError(PARSE_FAILURE, f"The root must be <Response>, not <{root.tag}>")
    return [_verb(element) for element in root]


def _verb(element: ElementTree.Element) -> Verb:
    reader = _READERS.get(element.tag)
    if reader is None:
        raise TwimlError(SCHEMA, f"<{element.tag}> is not a verb")
    return reader(_Attributes(element))


class _Attributes:
    """One element's attributes, read by name; a name that the verb does not have is a fault."""

    def __init__(self, element: ElementTree.Element) -> None:
        self.element = element
        self.text = "".join(element.itertext()).strip()

    def only(self, names: str) -> None:
        for name in self.element.attrib:
            if name not in names.split():
                raise TwimlError(SCHEMA, f"<{self.element.tag}> has no attribute `{name}`")

    def word(self, name: str, default: str = "") -> str:
        return self.element.get(name, default)

    def flag(self, name: str, default: bool) -> bool:
        word = self.word(name, str(default).lower())
        if word not in {"true", "false"}:
            raise TwimlError(SCHEMA, f"`{name}` must be true or false, not {word}")
        return word == "true"

    def whole(self, name: str, default: int, code: int, least: int = 0) -> int:
        word = self.word(name, str(default))
        if not word.isdecimal() or int(word) < least:
            raise TwimlError(code, f"{self.element.tag}: invalid {name} value `{word}`")
        return int(word)

    def method(self) -> str:
        word = self.word("method", "POST").upper()
        if word not in {"GET", "POST"}:
            raise TwimlError(BAD_METHOD, f"{self.element.tag}: invalid method value `{word}`")
        return word

    def language(self, chinese: Iterable[str], code: int) -> None:
        word = self.word("language", "en-US")
        primary = word.partition("-")[0]
        known = word in chinese if primary in {"zh", "cmn", "yue"} else bool(_TAG.match(word))
        if not known:
            raise TwimlError(code, f"{self.element.tag}: invalid language value `{word}`")


def _say(attributes: _Attributes) -> Say:
    attributes.only("voice language loop")
    attributes.language(_SAY_CHINESE, SAY_LANGUAGE)
    return Say(attributes.text, attributes.whole("loop", 1, SAY_LOOP))


def _play(attributes: _Attributes) -> Play:
    attributes.only("loop digits")
    digits = attributes.word("digits")
    if set(digits) - _DIGITS:
        raise TwimlError(SCHEMA, f"Play: invalid digits value `{digits}`")
    return Play(attributes.text, digits, attributes.whole("loop", 1, PLAY_LOOP))


def _pause(attributes: _Attributes) -> Pause:
    attributes.only("length")
    return Pause(attributes.whole("length", 1, SCHEMA))


def _gather(attributes: _Attributes) -> Gather:
    attributes.only(
        "action method input timeout speechTimeout numDigits finishOnKey bargeIn language hints "
        "actionOnEmptyResult profanityFilter speechModel enhanced partialResultCallback "
        "partialResultCallbackMethod dtmfDetection debug"
    )
    kinds = attributes.word("input", "dtmf").split()
    if not kinds or set(kinds) - {"dtmf", "speech"}:
        raise TwimlError(SCHEMA, f"Gather: invalid input value `{attributes.word('input')}`")
    if "speech" in kinds:
        attributes.language(_GATHER_CHINESE, GATHER_LANGUAGE)
    timeout = attributes.whole("timeout", 5, GATHER_TIMEOUT)
    return Gather(
        prompts=tuple(_nested(child) for child in attributes.element),
        action=attributes.word("action"),
        method=attributes.method(),
        speech="speech" in kinds,
        keys="dtmf" in kinds,
        timeout=timeout,
        speech_timeout=_speech_timeout(attributes, timeout),
        num_digits=attributes.whole("numDigits", 0, GATHER_DIGITS),
        finish_key=_finish_key(attributes),
        barge_in=attributes.flag("bargeIn", True),
        on_empty=attributes.flag("actionOnEmptyResult", False),
    )


def _nested(element: ElementTree.Element) -> Prompt:
    if element.tag not in {"Say", "Play", "Pause"}:
        raise TwimlError(GATHER_NESTED, f"Gather: <{element.tag}> cannot be inside")
    verb = _verb(element)
    assert isinstance(verb, Say | Play | Pause)
    return verb


def _speech_timeout(attributes: _Attributes, timeout: int) -> float | None:
    word = attributes.word("speechTimeout", str(timeout))
    if word == "auto":
        return None
    return attributes.whole("speechTimeout", timeout, GATHER_SPEECH_TIMEOUT, least=1)


def _finish_key(attributes: _Attributes) -> str:
    key = attributes.word("finishOnKey", "#")
    if len(key) > 1 or (key and key not in "0123456789*#"):
        raise TwimlError(GATHER_FINISH_KEY, f"Gather: invalid finishOnKey value `{key}`")
    return key


def _record(attributes: _Attributes) -> Record:
    attributes.only(
        "action method timeout finishOnKey maxLength playBeep trim recordingStatusCallback "
        "recordingStatusCallbackMethod recordingStatusCallbackEvent transcribe transcribeCallback"
    )
    return Record(
        action=attributes.word("action"),
        method=attributes.method(),
        timeout=attributes.whole("timeout", 5, RECORD_TIMEOUT, least=1),
        longest=min(attributes.whole("maxLength", 3600, RECORD_LENGTH, least=1), 14400),
        finish_keys=attributes.word("finishOnKey", "1234567890*#"),
        beep=attributes.flag("playBeep", True),
        callback=attributes.word("recordingStatusCallback"),
    )


def _redirect(attributes: _Attributes) -> Redirect:
    attributes.only("method")
    return Redirect(attributes.text, attributes.method())


def _dial(attributes: _Attributes) -> Dial:
    attributes.only(
        "action method timeout timeLimit callerId record hangupOnStar answerOnBridge ringTone "
        "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent trim"
    )
    nested = {child.tag for child in attributes.element}
    if nested - {"Number"}:
        raise TwimlError(SCHEMA, f"Dial: <{min(nested - {'Number'})}> is not known here")
    return Dial(
        number=attributes.text,
        action=attributes.word("action"),
        method=attributes.method(),
        timeout=attributes.whole("timeout", 30, SCHEMA),
        time_limit=attributes.whole("timeLimit", 14400, SCHEMA, least=1),
    )


def _hangup(attributes: _Attributes) -> Hangup:
    attributes.only("reason")
    return Hangup()


_READERS: Mapping[str, Callable[[_Attributes], Verb]] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Record": _record,
    "Redirect": _redirect,
    "Dial": _dial,
    "Hangup": _hangup,
    "Reject": _hangup,
}
