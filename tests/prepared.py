"""What many tests begin with, made once in a process: a database with its tables and nothing in
them, which is copied, and the rulebook that ships. Whoever tests the migrations runs them."""

import tempfile
from functools import cache
from pathlib import Path

from scripts import rulebooks
from scripts.rulebooks import Rulebook
from store.database import Database


@cache
def blank() -> bytes:
    """The file of an SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/blank.db")
        database.prepare()
        database.close()
        assert [file.name for file in Path(folder).iterdir()] == ["blank.db"]  # no log left beside
        return Path(folder, "blank.db").read_bytes()


def blank_at(file: Path) -> str:
    """Such a database at this place; its address."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(blank())
    return f"sqlite:///{file}"


@cache
def standard() -> Rulebook:
    """The standard rulebook; it is frozen."""
    return rulebooks.load("standard")
