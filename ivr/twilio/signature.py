"""Was a webhook really sent by the carrier? It must run before anything else reads the request,
and must leave no trace of one that fails."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from twilio.request_validator import RequestValidator

from ivr.twilio.urls import checked_public_url

HEADER = "X-Twilio-Signature"


class _Form:
    """Form fields with their repetitions, in the way the vendor's validator asks for them."""

    def __init__(self, fields: Iterable[tuple[str, str]]) -> None:
        self._fields = list(fields)

    def __iter__(self) -> Iterator[str]:
        return iter(name for name, _ in self._fields)

    def getlist(self, name: str) -> list[str]:
        return [value for key, value in self._fields if key == name]


def signed_url(public_url: str, path: str, query: str = "") -> str:
    """The address that the carrier signed: the configured one, not what arrived behind a proxy.

    ``path`` begins with a slash and is relative to ``public_url``; ``query`` is raw, without "?".
    """
    url = checked_public_url(public_url) + path
    return f"{url}?{query}" if query else url


def sign(url: str, fields: Iterable[tuple[str, str]], token: str) -> str:
    """The signature of a POST of form fields: base64(HMAC-SHA1(token, url + sorted fields))."""
    signature: str = RequestValidator(token).compute_signature(url, _Form(fields))
    return signature


def verify(url: str, fields: Iterable[tuple[str, str]], signature: str | None, token: str) -> bool:
    """True if ``signature`` fits. ``fields`` are all that came, unknown and repeated ones too.

    The port may be written or left out in ``url`` (the vendor does either). The comparison takes
    the same time wherever the first difference is. Never raises on what a stranger may send.
    """
    if not signature or not token or not urlsplit(url).netloc:
        return False
    try:
        valid: bool = RequestValidator(token).validate(url, _Form(fields), signature)
    except UnicodeError:  # half a surrogate pair in a field: nothing the carrier could have signed
        return False
    return valid
