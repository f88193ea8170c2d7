"""Migrations: bring a database to the newest version, and tell whether it is there."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from store.tables import Base

FOLDER = Path(__file__).parent / "migrations"


def config(engine: Engine) -> Config:
    """Alembic's settings, made in code so that no file with an address lies about."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.attributes["engine"] = engine
    return settings


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run every migration that the database has not seen."""
    if to != "head" or current(engine) != newest():
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
