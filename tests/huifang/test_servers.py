"""Servers inside this process: on a free port, gone at once, and the parts of production."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from waitress.trigger import trigger

from huifang import wiring
from huifang.faults import InputFault
from huifang.servers import free_port, port_like, serving
from huifang.settings import Settings
from ivr.twilio.signature import HEADER, sign
from web.app import create_app
from web.phone import blueprint


def hello(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


def test_any_port_is_told_and_answers() -> None:
    with serving(hello, "127.0.0.1", 0) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/").text == "hello"
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/")


def test_a_client_that_keeps_its_connection_does_not_hold_it_up() -> None:
    with httpx.Client() as client:
        with serving(hello, "127.0.0.1", 0) as port:
            client.get(f"http://127.0.0.1:{port}/")
            began = time.monotonic()
        assert time.monotonic() - began < 2


def test_an_answer_that_ends_at_this_moment_does_not_end_it_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its pull has the server hang up while ours is still to come."""
    pull = trigger._physical_pull

    def twice(self: trigger) -> None:
        pull(self)
        time.sleep(0.2)
        pull(self)

    with serving(hello, "127.0.0.1", 0) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200
        monkeypatch.setattr(trigger, "_physical_pull", twice)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/")


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(InputFault, match=rf"{port}.*HUIFANG_PORT"),
            serving(hello, "127.0.0.1", port),
        ):
            pass
        assert port_like(port) not in (port, 0)


def test_a_port_that_is_free_is_kept() -> None:
    port = free_port()
    assert port_like(port) == port
    assert port_like(0) != 0


@contextmanager
def started(home: Path, *words: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """``huifang`` as a process of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HUIFANG_")}
    given = {"HOME": str(home), "PORT": "0", "ENGINE": "none", **settings}
    with subprocess.Popen(
        [sys.executable, "-c", "from huifang.cli import main; main()", *words],
        env={**environment, **{f"HUIFANG_{name}": value for name, value in given.items()}},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


CARRIER = {
    "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "secret", "CALLER": "+861090000000",
    "PUBLIC_URL": "https://huifang.example.cn", "TWILIO_BASE_URL": "http://127.0.0.1:1",
}  # fmt: skip


def first_document(process: subprocess.Popen[str]) -> Any:
    """The JSON that the process prints before it goes on."""
    assert process.stdout is not None
    text = ""
    while not text.endswith("\n}\n"):
        line = process.stdout.readline()
        assert line, process.communicate()
        text += line
    return json.loads(text)


@pytest.mark.parametrize(
    ("word", "settings", "console", "jobs"),
    [
        ("web", {}, True, False),
        ("serve", {}, True, True),
        ("serve", CARRIER, True, True),
        ("worker", CARRIER, False, True),
    ],
)
def test_the_parts_start_and_end_politely(
    tmp_path: Path, word: str, settings: dict[str, str], console: bool, jobs: bool
) -> None:
    with started(tmp_path, word, "--json", **settings) as process:
        told = first_document(process)
        assert told["carrier"] == bool(settings)
        assert ("place-calls" in told["jobs"]) == bool(settings)
        assert ("deadlines" in told["jobs"]) == jobs
        assert bool(told["console"]) == console
        if console:
            assert httpx.get(told["console"] + "healthz").json() == {"status": "ok"}
            webhook = httpx.post(told["console"] + "phone/x/start")
            assert webhook.status_code == (403 if settings else 404)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)

    assert process.returncode == 0
    assert "Traceback" not in errors


#: What proxies and tunnels add to what they pass on.
PASSED_ON = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "revisit.example.com",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "443",
    "X-Forwarded-By": "203.0.113.1",
    "X-Forwarded-Server": "front",
    "Forwarded": "for=203.0.113.9;proto=https",
    "X-Real-IP": "203.0.113.9",
    "Via": "1.1 tunnel",
    "CF-Connecting-IP": "203.0.113.9",
    "True-Client-IP": "203.0.113.9",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Console and webhooks as ``huifang web`` serves them, for a carrier."""
    settings = Settings(
        home=tmp_path_factory.mktemp("home"),
        twilio_auth_token=SecretStr("token"),
        public_url=CARRIER["PUBLIC_URL"],
    )
    line = wiring.make_line(settings)
    app = create_app(line, secret="s", phone=blueprint(line, wiring.webhooks(settings)))
    with serving(app, "127.0.0.1", 0) as port:
        yield f"http://127.0.0.1:{port}"
    line.database.close()


@pytest.mark.parametrize("name", PASSED_ON)
def test_what_somebody_passed_on_does_not_reach_the_console(published: str, name: str) -> None:
    passed_on = {name: PASSED_ON[name]}
    assert httpx.get(f"{published}/sign-in").status_code == 200
    assert httpx.get(f"{published}/sign-in", headers=passed_on).status_code == 403
    assert httpx.get(f"{published}/healthz", headers=passed_on).status_code == 200


@pytest.mark.parametrize("name", [*PASSED_ON, "Accept"])
def test_webhooks_may_be_passed_on_but_must_be_signed(published: str, name: str) -> None:
    path, form = "/phone/nobody/start", {"CallSid": "CA1", "AnsweredBy": "human"}
    signature = sign(CARRIER["PUBLIC_URL"] + path, form.items(), "token")
    headers = {name: PASSED_ON.get(name, "*/*"), HEADER: signature}
    heard = httpx.post(published + path, data=form, headers=headers)
    assert (heard.status_code, heard.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    forged = httpx.post(published + path, data=form, headers={**headers, HEADER: "forged"})
    assert (forged.status_code, forged.text) == (403, "wrong signature")


@pytest.mark.parametrize("host", ["huifang.example.cn", "huifang.example.cn:443", "127.0.0.2"])
def test_the_console_has_no_other_name(published: str, host: str) -> None:
    assert httpx.get(f"{published}/sign-in", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize(("protocol", "status"), [("1.1", b"200"), ("1.0", b"403")])
def test_nginx_with_nothing_but_proxy_pass_is_told_by_its_protocol(
    published: str, protocol: str, status: bytes
) -> None:
    port = int(published.rpartition(":")[2])
    request = f"GET /sign-in HTTP/{protocol}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(request.encode())
        assert wire.recv(100).split()[1] == status
