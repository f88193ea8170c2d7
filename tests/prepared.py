"""What many tests begin with, made once in a process: a database with its tables and nothing in
them, which is copied, and the rulebook that ships. Whoever tests the migrations runs them."""

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, inspect

from scripts import rulebooks
from scripts.rulebooks import Rulebook
from store.database import Database
from store.schema import upgrade as _upgrade


@cache
def blank() -> bytes:
    """The file of an SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/blank.db")
        _upgrade(database.engine)
        database.close()
        assert [file.name for file in Path(folder).iterdir()] == ["blank.db"]  # no log left beside
        return Path(folder, "blank.db").read_bytes()


def blank_at(file: Path) -> str:
    """Such a database at this place; its address."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(blank())
    return f"sqlite:///{file}"


def upgrade(engine: Engine, to: str = "head") -> None:
    """``store.schema.upgrade`` for whoever tests something else: a new SQLite file gets the tables
    out of the file that was migrated before; everything else is migrated."""
    file = engine.url.database
    if to != "head" or engine.dialect.name != "sqlite" or inspect(engine).get_table_names():
        _upgrade(engine, to)
        return
    with tempfile.TemporaryDirectory() as folder:
        blank_at(Path(folder, "blank.db"))
        with (
            closing(sqlite3.connect(Path(folder, "blank.db"))) as here,
            closing(sqlite3.connect(str(file))) as there,
        ):
            here.backup(there)


@cache
def standard() -> Rulebook:
    """The standard rulebook; it is frozen."""
    return rulebooks.load("standard")
