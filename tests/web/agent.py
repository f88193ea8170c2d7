"""Somebody who works in the console: opens pages, reads them, follows links by their words."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

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


@dataclass
class Agent:
    """Reads in Chinese until told otherwise."""

    client: FlaskClient
    at: str = "/"
    answer: TestResponse = field(init=False)
    page: Page = field(init=False)

    def opens(self, path: str, expect: int = 200) -> "Agent":
        """Go to an address of the console."""
        self.answer = self.client.get(path, base_url=HERE, follow_redirects=True, buffered=True)
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
