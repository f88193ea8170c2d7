"""A console that a real browser can open: served on a free port of this machine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect

from huifang.servers import serving
from tests.web.agent import TESTER, entered
from web.at_hand import VENDOR

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--mute-audio"]
WITH_VENDOR = (VENDOR / "htmx.min.js").exists()
#: A busy machine is slow; what never comes is told all the same.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
#: What is served now, by its address.
_served: dict[str, Flask] = {}


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The console on a free port of this machine, by the server that ``huifang web`` uses."""
    with serving(app, "127.0.0.1", 0) as port:
        address = f"http://127.0.0.1:{port}"
        _served[address] = app
        yield address
        del _served[address]


def signed_in_window(
    browser: Browser, address: str, name: str = TESTER, **options: Any
) -> BrowserContext:
    """A fresh window at this address, in which somebody with every right is signed in."""
    client = _served[address].test_client()
    entered(client, name)
    cookie = client.get_cookie("session", "127.0.0.1")
    assert cookie is not None
    context = browser.new_context(base_url=address, **options)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return context
