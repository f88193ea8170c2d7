"""Fetches a recording's media from the carrier: from the configured host only, bounded in size
and time. Whatever the carrier does is a value; must not store anything."""

import posixpath
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

from recordings.audio import AudioTrouble, decode

MOST_BYTES = 200 * 1024 * 1024  # three hours of two channels
MOST_REDIRECTS = 3
TIMEOUT = httpx.Timeout(30.0, connect=5.0)
WAV_OF_BOTH = ".wav?RequestedChannels=2"  # without it a dual recording comes mixed into one


class MediaStatus(StrEnum):
    """What became of one attempt to fetch."""

    READY = "ready"
    NOT_READY = "not-ready"  # 404: the carrier has not finished it; ask again
    LATER = "later"  # trouble of the network or the carrier; ask again
    BROKEN = "broken"  # came, and is no audio; ask again, then a person must look
    REFUSED = "refused"  # asking again will not help: credentials, another host, too large


@dataclass(frozen=True, slots=True)
class Media:
    """One attempt's end. ``content`` and ``seconds`` only when READY; else ``reason`` says why."""

    status: MediaStatus
    reason: str = ""
    content: bytes = b""
    seconds: float = 0.0
    channels: int = 0


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where media is fetched: ``base`` is the API's address (scheme, host, port, any path)."""

    base: str
    user: str
    password: str


def fetch_media(
    client: httpx.Client, carrier: Carrier, uri: str, most_bytes: int = MOST_BYTES
) -> Media:
    """Fetch the WAV of the recording whose resource is ``uri`` (a path, or a whole address whose
    host is ignored). One attempt; the caller decides when to ask again."""
    try:
        url = media_url(carrier.base, uri)
    except ValueError as trouble:
        return Media(MediaStatus.REFUSED, str(trouble))
    try:
        return _fetch(client, carrier, url, most_bytes, MOST_REDIRECTS)
    except httpx.TimeoutException:
        return Media(MediaStatus.LATER, "the carrier did not answer in time")
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        return Media(MediaStatus.LATER, f"the carrier could not be reached ({trouble})")


def media_url(base: str, uri: str) -> str:
    """The media's address on the configured host, whatever host ``uri`` names.

    ``/2010-04-01/Accounts/AC1/Recordings/RE1.json`` -> ``<base>/…/RE1.wav?RequestedChannels=2``.
    Raises ``ValueError``.
    """
    here, there = urlsplit(base), urlsplit(uri)
    path = there.path
    for ending in (".json", ".wav"):
        path = path.removesuffix(ending)
    plain = unquote(path)
    odd = posixpath.normpath(plain) != plain or "\\" in plain or not plain.isprintable()
    if not path.startswith("/") or odd or path == "/":
        raise ValueError(f"{uri!r} is not the address of a recording")
    prefix = here.path.rstrip("/")
    whole = path if path.startswith(f"{prefix}/") else prefix + path
    return urlunsplit((here.scheme, here.netloc, whole, "", "")) + WAV_OF_BOTH


def _fetch(
    client: httpx.Client, carrier: Carrier, url: str, most_bytes: int, redirects: int
) -> Media:
    with client.stream(
        "GET",
        url,
        auth=(carrier.user, carrier.password),
        timeout=TIMEOUT,
        follow_redirects=False,
        headers={"Accept": "audio/*"},
    ) as answer:
        if not answer.is_redirect:
            return _read(answer, most_bytes)
        target = str(httpx.URL(url).join(answer.headers["Location"]))
    if _origin(target) != _origin(carrier.base):
        host = urlsplit(target).netloc
        return Media(MediaStatus.REFUSED, f"the carrier sent us to another host ({host})")
    if not redirects:
        return Media(MediaStatus.REFUSED, "the carrier redirects in circles")
    return _fetch(client, carrier, target, most_bytes, redirects - 1)


def _read(answer: httpx.Response, most_bytes: int) -> Media:
    if answer.status_code != httpx.codes.OK:
        return _declined(answer.status_code)
    too_large = Media(MediaStatus.REFUSED, f"larger than {most_bytes} bytes")
    if _promised(answer) > most_bytes:
        return too_large
    content = bytearray()
    for chunk in answer.iter_bytes():
        content += chunk
        if len(content) > most_bytes:
            return too_large
    return _checked(bytes(content))


def _declined(status: int) -> Media:
    if status == httpx.codes.NOT_FOUND:
        return Media(MediaStatus.NOT_READY, "the recording is not ready yet (404)")
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return Media(MediaStatus.REFUSED, f"the carrier does not accept our credentials ({status})")
    if status in (httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS) or status >= 500:
        return Media(MediaStatus.LATER, f"the carrier asks us to come back ({status})")
    return Media(MediaStatus.REFUSED, f"the carrier will not give the recording ({status})")


def _checked(content: bytes) -> Media:
    try:
        audio = decode(content, "the recording")
    except AudioTrouble as trouble:
        return Media(MediaStatus.BROKEN, str(trouble))
    return Media(
        MediaStatus.READY,
        content=content,
        seconds=round(audio.seconds, 3),
        channels=len(audio.channels),
    )


def _promised(answer: httpx.Response) -> int:
    length = answer.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else 0


def _origin(url: str) -> tuple[str, str, int | None]:
    at = httpx.URL(url)
    return at.scheme, at.host, at.port
