"""Who may look, and what a browser may do with a page. Until people sign in, the console answers
only to the machine it runs on."""

import secrets
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from flask.sessions import SecureCookieSessionInterface

HERE: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
#: A request that carries one of these, or any X-Forwarded- header, was passed on by something in
#: between, e.g. a tunnel set up for the carrier's webhooks, although it seems to come from here.
#: The web server must hand them on (huifang.servers).
FORWARDED: Final = frozenset(
    {"forwarded", "via", "x-real-ip", "x-client-ip", "x-original-host", "true-client-ip",
     "cf-connecting-ip", "cf-ray", "cdn-loop"}
)  # fmt: skip
PUBLIC: Final = frozenset({"health", "static"})


class Sessions(SecureCookieSessionInterface):
    """The session's cookie. Whoever came by https, also through a web server in front, gets it for
    https alone; on this machine there is only http."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the browser may send the cookie by https only."""
        passed_on = request.headers.get("X-Forwarded-Proto", "")
        return request.is_secure or passed_on.strip().lower() == "https"


def install(
    app: Flask, *, phone: str | None, open_console: bool, public_url: str | None = None
) -> None:
    """Guard every route; ``phone`` is the blueprint that checks the carrier's signature itself.
    Under the name in ``public_url``, the carrier's way in, not even an open console answers."""
    public_name = (urlsplit(public_url or "").hostname or "").lower()

    def refuse_strangers() -> None:
        g.nonce = secrets.token_urlsafe(16)
        public = request.endpoint in PUBLIC or (phone is not None and request.blueprint == phone)
        opened = open_console and _name(request.host) != public_name
        if not (public or opened or from_here()):
            abort(403)

    app.session_interface = Sessions()
    app.before_request(refuse_strangers)
    app.after_request(add_headers)


def from_here() -> bool:
    """Whether the request was made on this machine, to this machine, by nobody in between.

    The name in Host is checked as well, so that a foreign page cannot reach the console by
    pointing its own domain at 127.0.0.1.
    """
    return (
        _loopback(request.remote_addr)
        and _name(request.host) in HERE
        and not _passed_on(name.lower() for name, _ in request.headers)
        and not _old_protocol()
    )


def _name(host: str) -> str:
    """The name in a Host header, without its port: ``[::1]:8000`` -> ``[::1]``."""
    name, colon, port = host.lower().rpartition(":")
    return (name if colon and port.isdecimal() else host.lower()).rstrip(".")


def _passed_on(headers: Iterable[str]) -> bool:
    return any(name in FORWARDED or name.startswith("x-forwarded") for name in headers)


def _old_protocol() -> bool:
    """HTTP/1.0, which no browser speaks: nginx does when it passes a request on, without telling
    for whom and under its own name for this machine, unless its settings say otherwise."""
    return str(request.environ.get("SERVER_PROTOCOL", "")).upper() == "HTTP/1.0"


def _loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def add_headers(response: Response) -> Response:
    """Nothing from elsewhere, nothing inline, no framing, no copy kept on the disk."""
    for name, value in _headers().items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": policy(g.get("nonce", "")),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }


def policy(nonce: str) -> str:
    """The content security policy. The nonce is for the waveform, which styles its own shadow."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
