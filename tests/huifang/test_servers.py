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

from huifang.faults import InputFault
from huifang.servers import free_port, port_like, serving


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


@pytest.mark.parametrize(
    ("word", "settings", "console", "jobs"),
    [
        ("web", {}, True, False),
        ("serve", {}, True, False),
        ("serve", CARRIER, True, True),
        ("worker", CARRIER, False, True),
    ],
)
def test_the_parts_start_and_end_politely(
    tmp_path: Path, word: str, settings: dict[str, str], console: bool, jobs: bool
) -> None:
    with started(tmp_path, word, "--json", **settings) as process:
        assert process.stdout is not None
        text = ""
        while not text.endswith("}\n"):
            line = process.stdout.readline()
            assert line, process.communicate()
            text += line
        told = json.loads(text)
        assert told["carrier"] == bool(settings)
        assert bool(told["jobs"]) == jobs
        assert bool(told["console"]) == console
        if console:
            assert httpx.get(told["console"] + "healthz").json() == {"status": "ok"}
            webhook = httpx.post(told["console"] + "phone/x/start")
            assert webhook.status_code == (403 if settings else 404)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)

    assert process.returncode == 0
    assert "Traceback" not in errors
