"""Effects as TwiML: a pure function, one row per effect. It decides nothing about the call, and
builds only what the vendor documents, for the vendor's builder checks nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse
from twilio.twiml.voice_response import Say as SayVerb

from ivr.twilio.urls import Urls
from ivr.twilio.wording import hint_list, speakable
from scripts.effects import Ask, Effect, HangUp, Listen, Say, Transfer

#: The vendor refuses a larger document (error 11750, "64 kB").
MOST_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Voice:
    """How we speak and hear. The vendor has two spellings of Mandarin: one for each."""

    name: str = "Polly.Zhiyu-Neural"
    speaking: str = "cmn-CN"
    hearing: str = "cmn-Hans-CN"
    #: Pause that ends an answer. A number: "auto" cuts off whoever stops to think before 但是.
    pause_s: int = 2


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a person can be reached, ``caller`` being the number of ours that is shown there."""

    number: str
    caller: str
    ring_s: int = 30


#: Said when there is no desk to transfer to and the Transfer itself has no words for that.
NOBODY = "抱歉，现在没有客服人员可以接听，我们会尽快安排专人给您回电，再见。"

_LAST = (Ask, Listen, Transfer, HangUp)


def twiml(effects: Sequence[Effect], urls: Urls, voice: Voice, desk: Desk | None = None) -> str:
    """The TwiML for what a conversation wants next.

    ValueError if the effects do not end in exactly one Ask, Listen, Transfer or HangUp (anything
    behind it would never run, and without it the carrier hangs up), or if the text is too long.
    """
    ends = [isinstance(effect, _LAST) for effect in effects]
    if ends.count(True) != 1 or not ends[-1]:
        raise ValueError("The effects of a turn must end in one Ask, Listen, Transfer or HangUp.")
    response = VoiceResponse()
    for effect in effects:
        _append(response, effect, urls, voice, desk)
    return _document(response)


def goodbye(text: str, voice: Voice) -> str:
    """Say ``text`` and hang up: for a call that nobody knows, and for a fault of our own."""
    response = VoiceResponse()
    _say(response, text, voice)
    response.hangup()
    return _document(response)


def _append(
    response: VoiceResponse, effect: Effect, urls: Urls, voice: Voice, desk: Desk | None
) -> None:
    match effect:
        case Say():
            _say(response, effect.text, voice)
        case Ask():
            _ask(response, effect, urls, voice)
        case Listen():
            _listen(response, effect, urls, voice)
        case Transfer():
            _transfer(response, effect, urls, voice, desk)
        case HangUp():
            response.hangup()
        case _:
            assert_never(effect)


def _say(parent: VoiceResponse | Gather, text: str, voice: Voice, *, slow: bool = False) -> None:
    for piece in speakable(text):
        verb = SayVerb(None if slow else piece, voice=voice.name, language=voice.speaking)
        if slow:
            verb.prosody(piece, rate="slow")
        parent.append(verb)


def _ask(response: VoiceResponse, ask: Ask, urls: Urls, voice: Voice) -> None:
    gather = _gather(
        "dtmf speech",
        urls.answer(ask.turn, ask.question),
        ask.wait_s,
        voice,
        num_digits=max(1, ask.keys),
        barge_in=ask.barge_in,
        hints=hint_list(ask.hints),
    )
    _say(gather, ask.text, voice, slow=ask.slow)
    response.append(gather)


def _listen(response: VoiceResponse, listen: Listen, urls: Urls, voice: Voice) -> None:
    response.append(_gather("speech", urls.answer(listen.turn), listen.wait_s, voice))


def _gather(kind: str, action: str, wait_s: int, voice: Voice, **more: object) -> Gather:
    """A Gather that always reports back, and leaves the customer's words as they were said."""
    return Gather(
        input=kind,
        action=action,
        method="POST",
        timeout=max(1, wait_s),
        speech_timeout=voice.pause_s,
        language=voice.hearing,
        profanity_filter=False,
        action_on_empty_result=True,
        **more,
    )


def _transfer(
    response: VoiceResponse, transfer: Transfer, urls: Urls, voice: Voice, desk: Desk | None
) -> None:
    if desk is None:
        _say(response, transfer.sorry or NOBODY, voice)
        response.hangup()
        return
    _say(response, transfer.text, voice)
    dial = Dial(
        desk.number,
        action=urls.transferred,
        method="POST",
        timeout=desk.ring_s,
        caller_id=desk.caller,
    )
    response.append(dial)


def _document(response: VoiceResponse) -> str:
    xml: str = response.to_xml()
    if len(xml.encode()) > MOST_BYTES:
        raise ValueError(f"The text of one turn makes more than {MOST_BYTES} bytes of TwiML.")
    return xml
