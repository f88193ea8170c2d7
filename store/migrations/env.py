"""Alembic's entry: runs migrations on the engine it is handed. Knows no address of its own."""

from alembic import context

from store.tables import Base


def run() -> None:
    """Migrate inside one transaction per version."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
