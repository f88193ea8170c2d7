"""Web servers inside this process, each in a thread, on an address that is free."""

import os
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
    InputFault when the address cannot be had.

    The application sees every header as it was sent. Waitress would remove those that
    tell of a machine in between, and believes none of them either way.
    """
    with _listening(host, port) as bound:
        sockets: dict[int, Any] = {}
        server = create_server(
            app,
            map=sockets,
            sockets=[bound],
            threads=threads,
            clear_untrusted_proxy_headers=False,
        )
        thread = threading.Thread(target=server.run, name=f"web {port}", daemon=True)
        thread.start()
        try:
            yield bound.getsockname()[1]
        finally:
            server.task_dispatcher.shutdown()  # what is being answered is answered
            _in_its_thread(server.trigger, lambda: _hang_up(sockets))
            thread.join(timeout=5)


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except socket.gaierror:
        raise InputFault(
            f"{host} is no address of this machine; set HUIFANG_HOST to one, such as 127.0.0.1"
        ) from None
    except OSError as fault:
        why = os.strerror(fault.errno or 0)
        raise InputFault(
            f"cannot listen on {host}:{port} ({why}); set HUIFANG_PORT to a free port"
        ) from None


def _in_its_thread(trigger: Any, work: Callable[[], None]) -> None:
    """Let the server's thread do the work, which may close the trigger. An answer that ends at this
    moment pulls it too, and the work could be done before our own pull is: on a closed pipe."""
    pulled = threading.Event()

    def then() -> None:
        pulled.wait(timeout=5)
        work()

    try:
        trigger.pull_trigger(then)
    finally:
        pulled.set()


def _hang_up(sockets: dict[int, Any]) -> None:
    """Close the server and every connection, once its answer is out; one that a client keeps open
    would hold it up. Must run in the server's own thread."""
    for one in list(sockets.values()):
        if getattr(one, "total_outbufs_len", 0):
            one.close_when_flushed = True
        else:
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


def polite_end() -> threading.Event:
    """Set when somebody ends the process with Ctrl-C or a polite signal; from here on it waits for
    that, instead of being broken off."""
    ended = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: ended.set())
    return ended
