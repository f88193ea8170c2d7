"""Migrations on both databases: up, down with data in every table, and models that equal them."""

import subprocess
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Date, Float, Integer, Numeric, String, Text, types
from sqlalchemy import text as sql

from store import schema
from store.columns import AwareTime, Json
from store.database import Database
from store.tables import Base
from tests.store.conftest import NOW, count, table_names

TABLES = {table.name for table in Base.metadata.sorted_tables}
VALUES: dict[type[types.TypeEngine[Any]] | type[types.TypeDecorator[Any]], Any] = {
    AwareTime: NOW,
    Json: {"a": [1, "二"]},
    Date: date(2026, 11, 18),
    Numeric: Decimal("12000.00"),
    Float: 1.5,
    types.Boolean: True,
    types.LargeBinary: b"x",
    Integer: 1,
    Text: "字",
    String: "x",
}


def fill(database: Database) -> None:
    """One row in every table, with a value in every column; the migrations make one themselves."""
    with database.transaction() as session:
        for table in Base.metadata.sorted_tables:
            if table.name == "audit_head":
                continue
            row = {
                column.name: next(v for kind, v in VALUES.items() if isinstance(column.type, kind))
                for column in table.columns
            }
            for column in table.columns:
                if column.foreign_keys and isinstance(column.type, String):
                    row[column.name] = "x"
            session.execute(table.insert().values(row))


def test_an_empty_database_gets_every_table(url: str) -> None:
    with closing(Database(url)) as database:
        database.prepare()
        assert_whole(database)


def assert_whole(database: Database) -> None:
    assert table_names(database.engine) == TABLES
    assert schema.current(database.engine) == schema.newest()


def test_down_and_up_again_with_data_in_every_table(database: Database) -> None:
    fill(database)
    assert all(count(database, table) == 1 for table in TABLES)

    schema.downgrade(database.engine, "base")
    assert table_names(database.engine) == set()
    assert schema.current(database.engine) is None

    schema.upgrade(database.engine)
    assert table_names(database.engine) == TABLES
    fill(database)


def test_preparing_again_keeps_the_data(database: Database) -> None:
    fill(database)
    database.prepare()
    assert all(count(database, table) == 1 for table in TABLES)


def test_models_are_what_the_migrations_make(database: Database) -> None:
    assert schema.differences(database.engine) == []


def test_two_processes_may_prepare_the_same_new_database(url: str) -> None:
    text = (
        "import sys; from store.database import Database; own = Database(sys.argv[1]);"
        " sys.stdin.readline(); own.prepare(); own.close()"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", text, url], stdin=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for each in both:
        assert each.stdin is not None
        print("now", file=each.stdin, flush=True)
    for each in both:
        each.communicate(timeout=60)

    assert [each.returncode for each in both] == [0, 0]


def test_a_difference_would_be_seen(database: Database) -> None:
    with database.transaction() as session:
        session.execute(sql("ALTER TABLE call ADD COLUMN unplanned INTEGER"))

    assert "unplanned" in str(schema.differences(database.engine))


def test_foreign_keys_hold(database: Database) -> None:
    """SQLite holds them only when it is told to."""
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.transaction() as session:
        session.execute(
            sql(
                "INSERT INTO quality_item (call_id, question_id, turn_number, reason, opened_at)"
                " VALUES (77, 'READ', 1, 'disagreement', '2026-11-18 02:00:00')"
            )
        )
