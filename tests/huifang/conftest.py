"""The command line as somebody in a terminal has it, with a home of its own."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from huifang.cli import main
from store import schema
from tests import prepared

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Said:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one sentence of a command that ended because of its input."""
        assert self.code == 1, (self.code, self.out, self.err)
        assert self.out == ""
        assert "Traceback" not in self.err
        return self.err.strip().splitlines()[-1]


class Terminal:
    """A shell whose working folder and environment are its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.home = folder, folder / "home"
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)
        self.set(HOME=str(self.home), SPEECH_FETCH="no", PORT="0")

    def set(self, **settings: str) -> None:
        """Settings, without their prefix."""
        for name, value in settings.items():
            self._monkeypatch.setenv(f"HUIFANG_{name}", value)

    def unset(self, name: str) -> None:
        """Leave one setting at its default."""
        self._monkeypatch.delenv(f"HUIFANG_{name}")

    def file(self, name: str, content: str | bytes) -> str:
        """A file in the working folder; its name."""
        raw = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(raw)
        return name

    def run(self, *command: str, stdin: str = "") -> Said:
        """``huifang`` with these words behind it."""
        result = CliRunner().invoke(main, command, input=stdin, prog_name="huifang")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    @property
    def database(self) -> list[str]:
        """What stands in the database, as SQL; nothing before there is one. The file's own bytes
        would not do: SQLite moves what was written from its log into the file when it likes."""
        file = self.home / "huifang.db"
        if not file.exists():
            return []
        with closing(sqlite3.connect(file)) as connection:
            return list(connection.iterdump())


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A terminal in an empty folder."""
    monkeypatch.setattr(schema, "upgrade", prepared.upgrade)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield Terminal(tmp_path, monkeypatch)
    root.handlers[:], root.level = before, level
