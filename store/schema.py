"""Migrations: bring a database to the newest version, and tell whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from store.tables import Base

FOLDER = Path(__file__).parent / "migrations"
#: Any number, the same in every process: PostgreSQL's name for the lock around migrations.
_LOCK = 20261121


def config(engine: Engine) -> Config:
    """Alembic's settings, made in code so that no file with an address lies about."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.attributes["engine"] = engine
    return settings


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run every migration that the database has not seen; one process at a time does it."""
    if to == "head" and current(engine) == newest():
        return
    with _alone(engine):
        command.upgrade(config(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take migrations back, e.g. ``to="base"``."""
    command.downgrade(config(engine), to)


def current(engine: Engine) -> str | None:
    """The version the database is at, None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The version this code needs."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(settings).get_current_head()


def differences(engine: Engine) -> list[object]:
    """What the tables in code and the tables in the database differ in; empty when nothing."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Two processes that start on one new PostgreSQL must not both create the tables. SQLite
    locks the file by itself."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
