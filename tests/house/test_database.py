"""The migrations: one line of them, every one up and down, and the tables they make are those of
the code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from store import schema
from store.database import Database
from store.tables import Base


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An SQLite database without tables."""
    database = Database(f"sqlite:///{tmp_path / 'house.db'}")
    yield database
    database.close()


def migrations() -> ScriptDirectory:
    settings = Config()
    settings.set_main_option("script_location", str(schema.FOLDER))
    return ScriptDirectory.from_config(settings)


def test_there_is_one_newest_version() -> None:
    assert len(migrations().get_heads()) == 1


def test_migrations_make_the_tables_of_the_code(database: Database) -> None:
    database.prepare()

    assert schema.differences(database.engine) == []
    assert set(Base.metadata.tables) <= set(inspect(database.engine).get_table_names())


def test_every_migration_goes_up_and_down(database: Database) -> None:
    versions = [one.revision for one in migrations().walk_revisions()]
    for version in reversed(versions):
        schema.upgrade(database.engine, version)
        assert schema.current(database.engine) == version
    for version in versions:
        schema.downgrade(database.engine, "-1")
        assert schema.current(database.engine) != version

    assert inspect(database.engine).get_table_names() in ([], ["alembic_version"])
