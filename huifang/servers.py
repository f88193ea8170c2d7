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
def serving(app: Wsgi, host: str, port: int, threads: int = 8) -> Iterator[int]:
    """Serve ``app`` while the block runs; gives the port, which is any free one for 0. Raises
    InputFault when the address cannot be had."""
    sockets: dict[int, Any] = {}
    try:
        server = create_server(app, map=sockets, host=host, port=port, threads=threads)
    except OSError as fault:
        raise InputFault(
            f"cannot listen on {host}:{port} ({fault.strerror}); set HUIFANG_PORT to a free port"
        ) from None
    except ValueError:
        raise InputFault(
            f"{host} is no address of this machine; set HUIFANG_HOST to one, such as 127.0.0.1"
        ) from None
    thread = threading.Thread(target=server.run, name=f"web {port}", daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.trigger.pull_trigger(lambda: _hang_up(sockets))
        thread.join(timeout=5)


def _hang_up(sockets: dict[int, Any]) -> None:
    """Close the server and every connection on which nothing is being answered; one that a client
    keeps open would hold it up. Must run in the server's own thread."""
    for one in list(sockets.values()):
        if not getattr(one, "requests", ()):
            one.close()


def port_like(wanted: int, host: str = "127.0.0.1") -> int:
    """The wanted port, or a free one when somebody listens there already. 0 wants any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError:
            return free_port(host)
        port: int = probe.getsockname()[1]
        return port


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
