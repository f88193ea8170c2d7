"""Alembic's entry: runs migrations on the engine it is handed. Knows no address of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from store.tables import Base


def run() -> None:
    """Migrate inside one transaction per version."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection, _tables_may_be_rebuilt(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


@contextmanager
def _tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a column by rebuilding its table, and takes the dropping of the old one for
    the deletion of every row that others refer to. So it looks at references when all is done."""
    if connection.dialect.name != "sqlite":
        yield
        return
    own = connection.connection.cursor()
    own.execute("PRAGMA foreign_keys=OFF")  # says nothing inside a transaction: none has begun
    try:
        yield
        broken = own.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"a migration broke references of {broken[0][0]}")
    finally:
        own.execute("PRAGMA foreign_keys=ON")
        own.close()


run()
