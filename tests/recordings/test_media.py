import base64

import httpx
import pytest

from recordings.media import Carrier, MediaStatus, fetch_media, media_url

URI = "/2010-04-01/Accounts/AC1/Recordings/RE1.json"
PATH = "/2010-04-01/Accounts/AC1/Recordings/RE1.wav"


@pytest.fixture
def fetch(server):
    """Fetch from the local server, which plays the carrier."""

    def once(uri=URI, base=None, most_bytes=1_000_000):
        with httpx.Client() as client:
            return fetch_media(client, Carrier(base or server.url, "AC1", "pw"), uri, most_bytes)

    return once


def test_the_media_is_fetched_with_both_channels_and_credentials(server, fetch, sounds):
    sound = sounds.wav(sounds.silence(1.5), sounds.tone(1.5, 440))
    server.pages[PATH] = [sounds.Page(sound)]

    media = fetch()

    assert (media.status, media.reason) == (MediaStatus.READY, "")
    assert media.content == sound
    assert (media.seconds, media.channels) == (1.5, 2)
    (asked, headers), = server.asked  # fmt: skip
    assert asked == f"{PATH}?RequestedChannels=2"
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"AC1:pw").decode()


def test_not_ready_then_ready(server, fetch, sounds):
    sound = sounds.wav(sounds.tone(1.0, 440))
    server.pages[PATH] = [sounds.Page(status=404), sounds.Page(sound)]
    assert fetch().status is MediaStatus.NOT_READY
    assert fetch().status is MediaStatus.READY


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, MediaStatus.REFUSED),
        (403, MediaStatus.REFUSED),
        (408, MediaStatus.LATER),
        (410, MediaStatus.REFUSED),
        (429, MediaStatus.LATER),
        (500, MediaStatus.LATER),
        (503, MediaStatus.LATER),
    ],
)
def test_what_the_carriers_answer_means(server, fetch, sounds, status, expected):
    server.pages[PATH] = [sounds.Page(b"no", status=status)]
    media = fetch()
    assert media.status is expected
    assert str(status) in media.reason
    assert media.content == b""


def test_another_host_in_the_uri_is_never_asked(server, fetch, sounds):
    server.pages[PATH] = [sounds.Page(sounds.wav(sounds.tone(1.0, 440)))]
    assert fetch("http://evil.invalid" + URI).status is MediaStatus.READY
    assert len(server.asked) == 1


def test_a_redirect_to_another_host_is_refused(server, fetch, sounds):
    away = {"Location": "http://localhost:9/stolen.wav"}
    server.pages[PATH] = [sounds.Page(status=302, headers=away)]
    media = fetch()
    assert media.status is MediaStatus.REFUSED
    assert "another host (localhost:9)" in media.reason


def test_a_redirect_on_the_same_host_is_followed(server, fetch, sounds):
    server.pages[PATH] = [sounds.Page(status=302, headers={"Location": "/media/RE1.wav"})]
    server.pages["/media/RE1.wav"] = [sounds.Page(sounds.wav(sounds.tone(1.0, 440)))]
    assert fetch().status is MediaStatus.READY
    assert all("Authorization" in headers for _, headers in server.asked)


def test_redirects_in_circles_end(server, fetch, sounds):
    server.pages[PATH] = [sounds.Page(status=302, headers={"Location": PATH})]
    assert fetch().status is MediaStatus.REFUSED
    assert len(server.asked) == 4


def test_too_large_is_refused_before_and_while_it_comes(server, fetch, sounds):
    server.pages[PATH] = [sounds.Page(b"x" * 5000)]
    media = fetch(most_bytes=4999)
    assert (media.status, media.reason) == (MediaStatus.REFUSED, "larger than 4999 bytes")


def test_a_compressed_bomb_is_stopped():
    import gzip

    bomb = gzip.compress(b"\0" * 5_000_000)
    packed = httpx.Response(200, content=bomb, headers={"Content-Encoding": "gzip"})
    with httpx.Client(transport=httpx.MockTransport(lambda request: packed)) as client:
        media = fetch_media(client, Carrier("http://carrier", "AC1", "pw"), URI, 1_000_000)
    assert media.status is MediaStatus.REFUSED


@pytest.mark.parametrize("content", [b"", b"<html>busy</html>", b"garbage" * 100])
def test_what_is_no_audio_is_broken(server, fetch, sounds, content):
    server.pages[PATH] = [sounds.Page(content)]
    media = fetch()
    assert media.status is MediaStatus.BROKEN
    assert media.reason.startswith("the recording: ")


def test_a_connection_that_breaks_off_is_asked_again(server, fetch, sounds):
    sound = sounds.wav(sounds.tone(1.0, 440))
    server.pages[PATH] = [sounds.Page(sound, cut_short=4000)]
    assert fetch().status is MediaStatus.LATER


def test_nobody_there(fetch):
    media = fetch(base="http://127.0.0.1:9")
    assert media.status is MediaStatus.LATER
    assert "could not be reached" in media.reason


def test_too_slow():
    def slow(request):
        raise httpx.ReadTimeout("slow", request=request)

    with httpx.Client(transport=httpx.MockTransport(slow)) as client:
        media = fetch_media(client, Carrier("http://carrier", "AC1", "pw"), URI)
    assert (media.status, media.reason) == (
        MediaStatus.LATER,
        "the carrier did not answer in time",
    )


@pytest.mark.parametrize(
    ("base", "uri", "expected"),
    [
        ("https://api.example", URI, f"https://api.example{PATH}"),
        ("https://api.example/", "https://other" + URI, f"https://api.example{PATH}"),
        ("http://h:81/2010-04-01", URI, f"http://h:81{PATH}"),
        ("http://h/carrier", "/r/RE1", "http://h/carrier/r/RE1.wav"),
    ],
)
def test_media_url(base, uri, expected):
    assert media_url(base, uri) == f"{expected}?RequestedChannels=2"


@pytest.mark.parametrize(
    "uri", ["", "/", "RE1", "/a/../b", "/a/%2e%2e/b", "//evil/x", "/a\\b", "/a%0d%0aHost: x"]
)
def test_odd_addresses_are_refused(fetch, server, uri):
    media = fetch(uri)
    assert media.status in (MediaStatus.REFUSED, MediaStatus.NOT_READY)
    if uri != "//evil/x":  # its host is dropped, its path is asked for on our own carrier
        assert media.status is MediaStatus.REFUSED
        assert server.asked == []
