"""The engine and the one way to a transaction. A transaction is never held across a call to a
carrier, a file download or a recogniser."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from store import schema, walls

__all__ = ["Database", "DatabaseTrouble", "Session", "make_engine"]

#: How long we wait for another process that writes, and how often we ask.
_WAIT_S, _PAUSE_S = 30, 0.05
#: How much of an SQLite file is read as memory, in bytes.
_MAPPED = 256 * 2**20


class DatabaseTrouble(Exception):  # noqa: N818 - trouble of the address, not an error of ours
    """The database cannot be used. The message names it, without its password, and the mend."""


class Database:
    """One database: SQLite for a trial, PostgreSQL for production."""

    def __init__(self, url: str) -> None:
        self.url = url
        with _troubles("the database's address"):
            self.engine = make_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    def prepare(self) -> None:
        """Create the tables or bring them up to date. Raises DatabaseTrouble."""
        with _troubles(f"the database {self.engine.url.render_as_string(hide_password=True)}"):
            schema.upgrade(self.engine)

    def prepared(self) -> bool:
        """Whether the tables are there and up to date. Raises DatabaseTrouble."""
        with _troubles(f"the database {self.engine.url.render_as_string(hide_password=True)}"):
            return schema.current(self.engine) == schema.newest()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end and rolls back on any exception."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self, branch: str | None = None) -> Iterator[Session]:
        """A session for looking only: takes no write lock and commits nothing. With a ``branch``
        it sees only what belongs to that branch's policies."""
        with Session(self.engine.execution_options(looks_only=True)) as session:
            if branch is not None:
                walls.put_up(session, branch)
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


@contextmanager
def _troubles(what: str) -> Iterator[None]:
    """Turns what a driver or a disk says into one sentence. Addresses carry passwords, so the
    driver's own words about them are not repeated."""
    try:
        yield
    except (SQLAlchemyError, OSError, ImportError) as fault:
        said = str(getattr(fault, "orig", None) or fault).partition("\n")[0]
        raise DatabaseTrouble(
            f"{what} cannot be used ({said}); check HUIFANG_DATABASE_URL and HUIFANG_HOME"
        ) from None


def make_engine(url: str) -> Engine:
    """The engine for a URL; the folder of an SQLite file is made if it is missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _WAIT_S})
    event.listen(engine, "connect", _sqlite_settings)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_settings(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see below
    _write_ahead(connection)
    # NORMAL survives a killed process; mapped, a page of the file is read without a system call
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", f"mmap_size={_MAPPED}"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """WAL lets the console read while a call writes. While another process makes the file, SQLite
    refuses the switch at once, whatever time it was given to wait: so we wait ourselves."""
    last = time.monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > last:
                raise
            time.sleep(_PAUSE_S)


def _sqlite_begin(connection: Any) -> None:
    # IMMEDIATE takes the write lock at once: two workers wait for each other
    # instead of one failing half way.
    looks_only = connection.get_execution_options().get("looks_only", False)
    connection.exec_driver_sql("BEGIN" if looks_only else "BEGIN IMMEDIATE")
