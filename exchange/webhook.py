"""Sends signed requests to the application, with the vendor's limits of time and its retries."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import httpx

from exchange import signature

IDEMPOTENCY_HEADER: Final = "I-Twilio-Idempotency-Token"
#: The vendor tries to connect twice, five seconds each, and waits fifteen seconds in all.
_CONNECT_S, _TOTAL_S = 5.0, 15.0


@dataclass(frozen=True, slots=True)
class Response:
    """What came back. ``status`` 0 means nothing did, and ``body`` says why, in English."""

    status: int
    content_type: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", errors="replace")


class Webhooks:
    """The exchange's HTTP client. One for all calls; safe to use from several threads."""

    def __init__(self, auth_token: str) -> None:
        self._token = auth_token
        # trust_env=False: a proxy of the machine must not come between us and the application.
        self._client = httpx.Client(
            timeout=httpx.Timeout(_TOTAL_S, connect=_CONNECT_S),
            transport=httpx.HTTPTransport(retries=1, trust_env=False),
            headers={"User-Agent": "TwilioProxy/1.1"},
            follow_redirects=True,
            trust_env=False,
        )

    def send(
        self, method: str, url: str, parameters: Mapping[str, str], delivery: str = ""
    ) -> Response:
        """One request. Trouble comes back as status 0; ``delivery`` names a repeated one."""
        headers = {IDEMPOTENCY_HEADER: delivery or str(uuid.uuid4())}
        if method == "GET":
            url = _with_query(url, parameters)
            headers[signature.HEADER] = signature.sign(self._token, url, {})
            data: Mapping[str, str] | None = None
        else:
            headers[signature.HEADER] = signature.sign(self._token, url, parameters)
            data = parameters
        try:
            answer = self._client.request(method, url, data=data, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as trouble:
            return Response(0, "", f"{type(trouble).__name__}: {trouble}".encode())
        content_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Response(answer.status_code, content_type, answer.content)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def _with_query(url: str, parameters: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode(parameters)) if part)
    return urlunsplit(parts._replace(query=query))
