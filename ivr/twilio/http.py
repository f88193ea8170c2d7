"""How the vendor's client sends its requests: one attempt, a time limit, nothing logged. It must
not repeat a request by itself: a call cannot be taken back."""

import ipaddress
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx
from twilio.http.response import Response


class OneAttempt:
    """What ``twilio.rest.Client(http_client=...)`` wants. Raises httpx.TransportError.

    The proxy of the environment is used, except for a carrier on this very machine.
    """

    def __init__(self, base_url: str, timeout_s: float) -> None:
        # httpx logs every address at INFO, and the list of calls is asked for by phone number.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._client = httpx.Client(timeout=timeout_s, trust_env=not _is_loopback(base_url))

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, str | int] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send once; returns the vendor's kind of response. The time limit is always our own."""
        answer = self._client.request(
            method,
            url,
            params=params,
            data=data,
            headers=headers,
            auth=auth,
            follow_redirects=allow_redirects,
        )
        return Response(answer.status_code, answer.text, answer.headers)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
