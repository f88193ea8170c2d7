"""Who may look, and what a browser may do with a page. Until people sign in, the console answers
only to the machine it runs on."""

import secrets
from ipaddress import ip_address
from typing import Final

from flask import Flask, Response, abort, g, request

HERE: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
#: A request that carries one of these came through somebody else's machine, e.g. a tunnel set up
#: for the carrier's webhooks, although it seems to come from here.
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
PUBLIC: Final = frozenset({"health", "static"})


def install(app: Flask, *, phone: str | None, open_console: bool) -> None:
    """Guard every route; ``phone`` is the blueprint that checks the carrier's signature itself."""

    def refuse_strangers() -> None:
        g.nonce = secrets.token_urlsafe(16)
        public = request.endpoint in PUBLIC or (phone is not None and request.blueprint == phone)
        if not (public or open_console or from_here()):
            abort(403)

    app.before_request(refuse_strangers)
    app.after_request(add_headers)


def from_here() -> bool:
    """Whether the request was made on this machine, to this machine, by nobody in between.

    The name in Host is checked as well, so that a foreign page cannot reach the console by
    pointing its own domain at 127.0.0.1.
    """
    named = request.host.rpartition(":")[0] or request.host
    return (
        _loopback(request.remote_addr)
        and (request.host in HERE or named in HERE)
        and not any(name in request.headers for name in FORWARDED)
    )


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
