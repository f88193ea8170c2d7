"""Web servers inside this process, each in a thread, on an address that is free."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from waitress.server import create_server

from huifang.faults import InputFault

Wsgi = Callable[..., Any]


@contextmanager
def serving(app: Wsgi, host: str, port: int, threads: int = 8) -> Iterator[None]:
    """Serve ``app`` while the block runs. Raises InputFault when the address cannot be had."""
    try:
        server = create_server(app, host=host, port=port, threads=threads)
    except OSError as fault:
        raise InputFault(
            f"cannot listen on {host}:{port} ({fault.strerror}); set HUIFANG_PORT to a free port"
        ) from None
    thread = threading.Thread(target=server.run, name=f"web {port}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.close()
        thread.join(timeout=5)


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_end() -> None:
    """Wait until somebody ends the process with Ctrl-C or a polite signal."""
    ended = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: ended.set())
    ended.wait()
