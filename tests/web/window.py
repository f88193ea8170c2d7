"""A console that a real browser can open: served on a free port of this machine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from huifang.servers import serving
from operations import accounts
from operations.line import Line
from operations.rights import Role
from store import accounts as store
from tests.web.agent import TESTER, entered
from web.at_hand import VENDOR

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--mute-audio"]
WITH_VENDOR = (VENDOR / "htmx.min.js").exists()
#: A busy machine is slow; what never comes is told all the same.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
#: What the people of these tests have chosen.
PASSWORD = "清晨 的 茶 与 远山"
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


@contextmanager
def office(browser: Browser, app: Flask, name: str | None = None) -> Iterator[Page]:
    """A page in a window of a small office screen, at the door or with ``name`` signed in. In the
    end nothing may have gone wrong in it: no script, no missing file, nothing that the content
    security policy forbids."""
    faults: list[str] = []
    size = {"width": 1366, "height": 768}
    with served(app) as address:
        context = (
            signed_in_window(browser, address, name, viewport=size)
            if name
            else browser.new_context(base_url=address, viewport=size)
        )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda told: faults.append(told.url) if told.status == 404 else None)
        page.on("console", lambda told: faults.append(told.text) if "Policy" in told.text else None)
        yield page
        context.close()
    assert faults == [], faults


def person(line: Line, login: str, name: str, role: Role, branch: str | None = None) -> None:
    """Somebody who has chosen ``PASSWORD``."""
    made = accounts.add(line, login, name, [role], branch, "管理员")
    with line.database.reading() as session:
        account = store.by_login(session, login)
    assert account is not None
    accounts.choose_password(line, account.id, made.password, PASSWORD, PASSWORD)


def signs_in(page: Page, login: str, there: str, password: str | None = None) -> None:
    """Through the door to a page."""
    page.goto(there)
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password or PASSWORD)
    page.get_by_role("button", name="登录").click()


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
