"""A world is made once in a process; later lines get a copy of its database and recordings."""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from operations.line import Line
from store.tables import Base


@dataclass(frozen=True)
class _Kept:
    """What a world came to: a folder with its database and recordings, and what is known of it."""

    folder: Path
    known: Any


_worlds: dict[tuple[str, datetime], _Kept] = {}


def once(name: str, line: Line, make: Callable[[], Any]) -> Any:
    """Fill an empty line as ``make`` does, which is called for the first line at each time of the
    clock only. Returns what ``make`` returned then: plain data that everybody may share."""
    assert _nothing_in(line), "only an empty line gets a world"
    key = (name, line.clock())
    if key in _worlds:
        _fill(line, _worlds[key])
    else:
        known = make()
        _worlds[key] = _Kept(_copied(line), known)
    return _worlds[key].known


def _nothing_in(line: Line) -> bool:
    with closing(sqlite3.connect(_file(line))) as there:
        tables = Base.metadata.tables.keys() - {"audit_head"}  # where the chain begins: one row
        rows = (f'SELECT 1 FROM "{table}" LIMIT 1' for table in tables)
        return not any(there.execute(row).fetchone() for row in rows)


def _copied(line: Line) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with closing(sqlite3.connect(_file(line))) as there:
        there.execute("VACUUM INTO ?", (str(folder / "huifang.db"),))
    _copy_recordings(_file(line).parent, folder)
    return folder


def _fill(line: Line, kept: _Kept) -> None:
    with (
        closing(sqlite3.connect(kept.folder / "huifang.db")) as here,
        closing(sqlite3.connect(_file(line))) as there,
    ):
        here.backup(there)
    _copy_recordings(kept.folder, _file(line).parent)


def _copy_recordings(here: Path, there: Path) -> None:
    if (here / "recordings").exists():
        shutil.copytree(here / "recordings", there / "recordings", dirs_exist_ok=True)


def _file(line: Line) -> Path:
    return Path(str(line.database.engine.url.database))
