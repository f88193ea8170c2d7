"""Somebody who works in the console: opens pages, reads them, follows links by their words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from operations import sign_in
from operations.line import Line
from operations.rights import Role
from store import accounts
from store.tables import Account
from web.access import WORD
from web.forms import FIELD

HERE = "http://127.0.0.1:8000"


class Page(HTMLParser):
    """What stands on a page: its words, links, table rows and fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.links: list[tuple[str, str]] = []
        self.rows: list[list[str]] = []
        self.fields: dict[str, list[str]] = {}
        self._words: list[str] = []
        self._open: list[str] = []
        self._field = ""
        self.feed(html)
        self.rows = [[" ".join(cell.split()) for cell in row] for row in self.rows]

    @property
    def words(self) -> str:
        """Everything a reader sees, with single spaces."""
        return re.sub(r"\s+", " ", " ".join(self._words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        if "td" in self._open and self.rows[-1]:
            self.rows[-1][-1] += " "
        if tag == "a":
            self.links.append(("", given.get("href", "")))
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag in ("input", "select"):
            self._field = given.get("name", "")
            self.fields[self._field] = [given.get("value", "")] if tag == "input" else []
        elif tag == "option" and "selected" in given:
            self.fields[self._field].append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            if "td" in self._open and self.rows[-1]:
                self.rows[-1][-1] += " "
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" in self._open or "script" in self._open:
            return
        self._words.append(data)
        if "a" in self._open:
            text, href = self.links[-1]
            self.links[-1] = (text + data, href)
        if ("td" in self._open or "th" in self._open) and self.rows:
            self.rows[-1][-1] += data

    def link(self, words: str) -> str:
        """Where the first link with these words leads."""
        for text, href in self.links:
            if words in text:
                return href
        raise AssertionError(f"no link says {words!r}; there are {self.links}")

    def row(self, words: str) -> list[str]:
        """The cells of the first table row that mentions these words."""
        for cells in self.rows:
            if any(words in cell for cell in cells):
                return cells
        raise AssertionError(f"no row mentions {words!r}")


EVERYTHING = tuple(Role)
#: Who sits at the console unless a test says otherwise.
TESTER = "Tester"


def entered(
    client: FlaskClient,
    name: str = TESTER,
    roles: Sequence[Role] = EVERYTHING,
    branch: str | None = None,
) -> None:
    """Sign the client in as this person, who gets an account where there is none: as the sign-in
    page does it, but for the password, whose hash takes a while on purpose."""
    line: Line = client.application.extensions["line"]
    with line.database.transaction() as session:
        account = accounts.by_name(session, name)
        if account is None:
            account = Account(
                login=name, name=name, must_change=False, branch=branch, active=True,
                roles=[role.value for role in roles], created_at=line.wall(), created_by="test",
            )  # fmt: skip
            session.add(account)
            session.flush()
        word = sign_in.begin(line, session, account)
    with client.session_transaction(base_url=HERE) as kept:
        kept[WORD] = word


def signed_in(app: Flask, role: Role, branch: str | None = None) -> "Agent":
    """Somebody with one role, at the console."""
    client = app.test_client()
    entered(client, f"{role.value} {branch or ''}".strip(), (role,), branch)
    return Agent(client)


@dataclass
class Agent:
    """Somebody with every right, unless the client was signed in as somebody else. Reads in
    Chinese until told otherwise."""

    client: FlaskClient
    at: str = "/"
    answer: TestResponse = field(init=False)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        with self.client.session_transaction(base_url=HERE) as kept:
            outside = WORD not in kept
        if outside:
            entered(self.client)

    def opens(self, path: str, expect: int = 200) -> "Agent":
        """Go to an address of the console."""
        self.answer = self.client.get(path, base_url=HERE, follow_redirects=True, buffered=True)
        assert self.answer.status_code == expect, (path, self.answer.status_code)
        self.at = self.answer.request.full_path.rstrip("?")
        if self.answer.mimetype == "text/html":
            self.page = Page(self.answer.get_data(as_text=True))
        return self

    def sends(self, path: str, expect: int = 200, **form: Any) -> "Agent":
        """Send a form with the word of the page that is open, and go where it leads. ``by`` is
        who sends it: somebody with every right, signed in for it and from then on."""
        if by := form.pop("by", None):
            entered(self.client, by)
        word = re.search(f'name="{FIELD}" value="([^"]+)"', self.page.html)
        given = {**({FIELD: word[1]} if word else {}), **form}
        self.answer = self.client.post(
            path,
            data=given,
            base_url=HERE,
            content_type="multipart/form-data",  # as the forms that carry a text or a file
            follow_redirects=True,
            buffered=True,
        )
        for one in (*self.answer.history, self.answer):
            one.request.environ["wsgi.input"].close()  # a large form lies in a file
        assert self.answer.status_code == expect, (path, self.answer.status_code)
        self.at = self.answer.request.full_path.rstrip("?")
        if self.answer.mimetype == "text/html":
            self.page = Page(self.answer.get_data(as_text=True))
        return self

    def follows(self, words: str) -> "Agent":
        """Click the first link that says this."""
        return self.opens(urljoin(self.at, self.page.link(words)))

    def sees(self, *words: str) -> "Agent":
        """All of this stands on the page."""
        for word in words:
            assert word in self.page.words, f"{word!r} is not on {self.at}"
        return self

    def misses(self, *words: str) -> "Agent":
        """None of this stands on the page."""
        for word in words:
            assert word not in self.page.words, f"{word!r} is on {self.at}"
        return self
