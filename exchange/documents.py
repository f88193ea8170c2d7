"""Gets the TwiML documents of one call from the application, or from the journal of the call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urljoin

from exchange import twiml, twiml_reader
from exchange.calls import API_VERSION, Call, Hook
from exchange.journal import Reply
from exchange.leg import Leg
from exchange.timeline import Over

#: What a request to the application costs a call, at the least.
_ROUND_TRIP: Final = timedelta(milliseconds=150)
#: A call that asks for more documents is running in circles.
_MOST_DOCUMENTS: Final = 1000
#: The largest document that the vendor takes, in bytes.
_LARGEST: Final = 64 * 1024
_UNREACHABLE, _HTTP_FAILURE = 11205, 11200
_XML: Final = frozenset({"text/xml", "application/xml", "text/html"})


@dataclass(frozen=True, slots=True)
class Document:
    """Verbs, and the address they came from: relative addresses are relative to it."""

    verbs: tuple[twiml.Verb, ...]
    url: str = ""

    def resolve(self, url: str) -> str:
        """An address of the document, made whole; an empty one is the document itself."""
        return urljoin(self.url, url) if url else self.url


class Documents:
    """The requests of one call, in their order; a request answered in an earlier run of the call
    is answered by its journal and not sent again."""

    def __init__(self, leg: Leg) -> None:
        self._leg = leg
        self._asked = 0

    def first(self) -> Document:
        """The document that the order names, or holds. Raises TwimlError, noted."""
        order = self._leg.call.order
        if order.twiml:
            return self._held(order.twiml)
        by = self._leg.call.answered_by
        return self.fetch(order.hook.method, order.hook.url, {"AnsweredBy": by} if by else {})

    def fetch(self, method: str, url: str, extra: Mapping[str, str] | None = None) -> Document:
        """The next document. Trouble is noted and goes to the fallback address, or is raised."""
        try:
            return self._fetch(method, url, extra or {})
        except twiml.TwimlError as fault:
            self._leg.note(fault.code, str(fault), url)
            return self._fallback(fault, url)

    def _held(self, xml: str) -> Document:
        try:
            return self._read(xml, "")
        except twiml.TwimlError as fault:
            self._leg.note(fault.code, str(fault))
            raise

    def _fallback(self, fault: twiml.TwimlError, url: str) -> Document:
        fallback: Hook = self._leg.call.order.fallback
        extra = {"ErrorCode": str(fault.code), "ErrorUrl": url}
        if not fallback.url or fallback.url == url:
            raise fault
        try:
            return self._fetch(fallback.method, fallback.url, extra)
        except twiml.TwimlError as again:
            self._leg.note(again.code, str(again), fallback.url)
            raise

    def _fetch(self, method: str, url: str, extra: Mapping[str, str]) -> Document:
        if self._asked >= _MOST_DOCUMENTS:
            raise Over
        reply = self._ask(method, url, {**self._parameters(), **extra})
        if reply.status == 0:
            raise twiml.TwimlError(_UNREACHABLE, reply.body)
        if not 200 <= reply.status < 300:
            raise twiml.TwimlError(_HTTP_FAILURE, f"HTTP {reply.status} from the application")
        if len(reply.body.encode()) > _LARGEST:
            raise twiml.TwimlError(twiml.TOO_LARGE, "The document is larger than 64 kB")
        if reply.content_type not in _XML:
            raise twiml.TwimlError(
                twiml.BAD_CONTENT_TYPE, f"Invalid Content-Type `{reply.content_type}`"
            )
        return self._read(reply.body, url)

    def _read(self, xml: str, url: str) -> Document:
        return Document(tuple(twiml_reader.read(xml)), url)

    def _ask(self, method: str, url: str, parameters: Mapping[str, str]) -> Reply:
        journal = self._leg.equipment.book.journal(self._leg.call.sid)
        reply = journal.reply(self._asked)
        self._asked += 1
        if reply is None:
            reply = self._send(method, url, parameters)
            journal.add_reply(reply)
        self._leg.timeline.until(reply.at)
        return reply

    def _send(self, method: str, url: str, parameters: Mapping[str, str]) -> Reply:
        works = self._leg.equipment
        begun = self._leg.timeline.go_live()
        response = works.webhooks.send(method, url, parameters)
        at = max(begun + _ROUND_TRIP, works.clock.now())
        return Reply(response.status, response.content_type, response.text, at)

    def _parameters(self) -> dict[str, str]:
        return call_parameters(self._leg.equipment.account_sid, self._leg.call)


def call_parameters(account: str, call: Call) -> dict[str, str]:
    """What the vendor tells with every request about a call."""
    return {
        "CallSid": call.sid,
        "AccountSid": account,
        "From": call.order.from_,
        "To": call.order.to,
        "Caller": call.order.from_,
        "Called": call.order.to,
        "CallStatus": call.status.value,
        "ApiVersion": API_VERSION,
        "Direction": "outbound-api",
    }
