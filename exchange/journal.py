"""What has happened on one call, line by line, so that a killed exchange can go on from there."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """What an application answered. ``status`` 0 means that no answer came; ``body`` says why."""

    status: int
    content_type: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One callback on its way."""

    key: str  # unique on its call: status:0, recording:completed
    url: str
    method: str
    parameters: Mapping[str, str]
    due: datetime


class Journal:
    """One append-only file of JSON lines, each flushed at once. A torn last line is dropped."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._replies: list[Reply] = []
        self._letters: dict[str, Letter] = {}
        self._done: set[str] = set()
        self.stopped: tuple[datetime, str] | None = None
        self.latest: datetime | None = None
        for line in self._lines():
            self._take(line)

    def reply(self, number: int) -> Reply | None:
        """The answer to the number-th webhook, counted from 0, if it has come already."""
        return self._replies[number] if number < len(self._replies) else None

    def add_reply(self, reply: Reply) -> None:
        """Keep the answer to the next webhook."""
        self._add(
            {
                "reply": reply.status,
                "type": reply.content_type,
                "body": reply.body,
                "at": reply.at.isoformat(),
            }
        )

    def post(self, letter: Letter) -> bool:
        """Keep a callback that must be delivered. False when it stood here already."""
        if letter.key in self._letters:
            return False
        self._add(
            {
                "letter": letter.key,
                "url": letter.url,
                "method": letter.method,
                "parameters": dict(letter.parameters),
                "at": letter.due.isoformat(),
            }
        )
        return True

    def delivered(self, key: str, at: datetime) -> None:
        """A callback needs no further try."""
        self._add({"delivered": key, "at": at.isoformat()})

    def stop(self, at: datetime, status: str) -> None:
        """Somebody ended the call over the REST API."""
        self._add({"stop": status, "at": at.isoformat()})

    def undelivered(self) -> list[Letter]:
        """Callbacks that must still be delivered, oldest first."""
        return [letter for key, letter in self._letters.items() if key not in self._done]

    def _lines(self) -> list[Mapping[str, Any]]:
        if not self._file.exists():
            return []
        whole, _, torn = self._file.read_bytes().rpartition(b"\n")
        if torn:
            self._file.write_bytes(whole + b"\n" if whole else b"")
        return [json.loads(line) for line in whole.splitlines()]

    def _add(self, line: Mapping[str, Any]) -> None:
        with self._lock, self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            self._take(line)

    def _take(self, line: Mapping[str, Any]) -> None:
        at = datetime.fromisoformat(line["at"])
        if "letter" not in line:  # a letter's moment lies ahead
            self.latest = max(at, self.latest or at)
        if "reply" in line:
            self._replies.append(Reply(line["reply"], line["type"], line["body"], at))
        elif "letter" in line:
            letter = Letter(line["letter"], line["url"], line["method"], line["parameters"], at)
            self._letters[letter.key] = letter
        elif "delivered" in line:
            self._done.add(line["delivered"])
        else:
            self.stopped = (at, line["stop"])
