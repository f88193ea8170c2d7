"""The migrations: one line of them, each of which goes up and down again. That they make the tables
of the code is tested in tests/store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from store import schema
from store.database import Database


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


def test_every_migration_goes_up_and_down_by_itself(database: Database) -> None:
    versions = [one.revision for one in migrations().walk_revisions()]
    for version in reversed(versions):
        schema.upgrade(database.engine, version)
        schema.downgrade(database.engine, "-1")
        assert schema.current(database.engine) != version
        schema.upgrade(database.engine, version)
        assert schema.current(database.engine) == version
