"""The carrier's webhooks: check the signature, hand typed values to the operations, answer TwiML.
Every path answers politely; a request that is not the carrier's leaves nothing but a log line."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from flask import Blueprint, Response, request

from ivr.twilio.bridge import bridged_to, ended
from ivr.twilio.news import call_news, recording_news
from ivr.twilio.signature import HEADER, signed_url, verify
from ivr.twilio.twiml import Desk, Voice, goodbye, twiml
from ivr.twilio.urls import Urls
from ivr.twilio.voices import UnknownVoice, voice_of
from ivr.twilio.webhooks import (
    BadHook,
    answer_hook,
    recording_hook,
    start_hook,
    status_hook,
    transfer_hook,
)
from operations import announce_recording, desk_bridge, finish_call, talk
from operations.line import Line
from scripts.model import Script

_log = logging.getLogger(__name__)

#: Said when the carrier asks about a call that nobody here has ordered.
UNKNOWN_CALL = "您好，这个电话打错了，打扰您了，再见。"
#: Said to an agent whose customer may not be rung any more.
NOT_NOW = "现在不能拨打这位客户，请看屏幕。"
#: Said when the fault is ours: the customer hears one polite sentence, and a case is opened.
OUR_FAULT = "非常抱歉，系统出现了问题，我们会尽快再与您联系，再见。"


@dataclass(frozen=True)
class Carrier:
    """How the carrier reaches us, and what its webhooks are signed with. ``voice`` says what is
    ours to say, and speaks for a script whose own voice the carrier has not."""

    public_url: str
    auth_token: str
    voice: Voice = Voice()  # noqa: RUF009 - frozen, so one for all is safe
    desk: Desk | None = None


def blueprint(line: Line, carrier: Carrier) -> Blueprint:
    """Routes for one carrier. ``carrier.public_url`` is what the signatures are made over."""
    phone = Blueprint("phone", __name__, url_prefix="/phone")

    @phone.before_request
    def only_the_carrier() -> Response | None:
        return None if _signed(carrier) else _refuse()

    @phone.errorhandler(BadHook)
    def bad_hook(fault: BadHook) -> Response:
        _log.warning("webhook refused: %s", fault)
        return Response(str(fault), 400, mimetype="text/plain")

    @phone.errorhandler(talk.UnknownCall)
    def unknown_call(_fault: talk.UnknownCall) -> Response:
        _log.warning("webhook for a call that is not ours")
        return _xml(goodbye(UNKNOWN_CALL, carrier.voice))

    _talking(phone, line, carrier)
    _news(phone, line)
    _bridging(phone, line, carrier)
    return phone


def _talking(phone: Blueprint, line: Line, carrier: Carrier) -> None:
    """The webhooks that are answered with TwiML."""

    @phone.post("/<token>/start")
    def start(token: str) -> Response:
        hook = start_hook(request.form)
        return _speak(
            line,
            carrier,
            token,
            lambda: talk.answered(line, token, hook.call_sid, machine=hook.machine),
        )

    @phone.post("/<token>/answer")
    def answer(token: str) -> Response:
        hook = answer_hook(request.form, request.args)
        said = talk.Said(hook.question, hook.turn, hook.speech, hook.digits)
        return _speak(line, carrier, token, lambda: talk.heard(line, token, hook.call_sid, said))

    @phone.post("/<token>/transferred")
    def transferred(token: str) -> Response:
        hook = transfer_hook(request.form)
        return _speak(
            line,
            carrier,
            token,
            lambda: talk.transferred(line, token, hook.call_sid, reached=hook.answered),
        )


def _news(phone: Blueprint, line: Line) -> None:
    """The webhooks that only tell."""

    @phone.post("/<token>/status")
    def status(token: str) -> Response:
        finish_call.progressed(line, token, call_news(status_hook(request.form)))
        return Response(status=204)

    @phone.post("/<token>/recording")
    def recording(token: str) -> Response:
        news = recording_news(recording_hook(request.form))
        if news is not None:
            announce_recording.announced(line, token, news)
        return Response(status=204)


def _bridging(phone: Blueprint, line: Line, carrier: Carrier) -> None:
    """The webhooks of a call that an agent makes through the carrier."""

    @phone.post("/<token>/bridge")
    def bridge(token: str) -> Response:
        number = desk_bridge.connect(line, token, start_hook(request.form).call_sid)
        if number is None:
            return _xml(goodbye(NOT_NOW, carrier.voice))
        caller = carrier.desk.caller if carrier.desk else None
        return _xml(bridged_to(number, Urls(carrier.public_url, token), caller))

    @phone.post("/<token>/bridged")
    def bridged(token: str) -> Response:
        hook = transfer_hook(request.form)
        desk_bridge.reached(line, token, hook.call_sid, hook.status)
        return _xml(ended())

    @phone.post("/<token>/bridge-status")
    def bridge_status(token: str) -> Response:
        desk_bridge.progressed(line, token, call_news(status_hook(request.form)))
        return Response(status=204)


def _signed(carrier: Carrier) -> bool:
    url = signed_url(carrier.public_url, request.path, request.query_string.decode("latin-1"))
    fields = list(request.form.items(multi=True))
    return verify(url, fields, request.headers.get(HEADER), carrier.auth_token)


def _refuse() -> Response:
    _log.warning("webhook with a wrong signature from %s", request.remote_addr)
    return Response("wrong signature", 403, mimetype="text/plain")


def _speak(line: Line, carrier: Carrier, token: str, decide: Callable[[], talk.Reply]) -> Response:
    """TwiML for what the operation decided; our own fault ends the call politely, with a case."""
    try:
        reply = decide()
        voice = _voice(carrier, reply.script)
        document = twiml(reply.effects, Urls(carrier.public_url, token), voice, carrier.desk)
    except talk.UnknownCall:
        raise
    except Exception:
        _log.exception("our fault in call %s", token)
        with suppress(Exception):  # the same fault may hit again; the sentence is spoken anyway
            talk.failed(line, token)
        document = goodbye(OUR_FAULT, carrier.voice)
    return _xml(document)


def _voice(carrier: Carrier, script: Script) -> Voice:
    """The voice that the script asks for. One that the carrier has not never ends a call:
    `huifang scripts check` and `huifang doctor` say it before."""
    try:
        return voice_of(script)
    except UnknownVoice as fault:
        _log.warning("%s", fault)
        return carrier.voice


def _xml(document: str) -> Response:
    return Response(document, mimetype="text/xml")
