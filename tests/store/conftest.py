"""Empty databases of both kinds, and rows for them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from store.columns import LOCAL
from store.database import Database, Session
from store.tables import Attempt, Import, Policy
from tests.prepared import blank_at

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=LOCAL)


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'huifang.db'}"
    address: str = request.getfixturevalue("postgres")(prepared=False)
    return address


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of either kind with its tables."""
    if request.param == "sqlite":
        address = blank_at(tmp_path / "huifang.db")
    else:
        address = request.getfixturevalue("postgres")(prepared=True)
    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """The same database, as another process has it; it fails at once where it would wait."""
    other = Database(database.url)
    event.listen(other.engine, "connect", _impatient)
    yield other
    other.close()


def _impatient(connection: Any, _record: Any) -> None:
    if "sqlite" in type(connection).__module__:
        connection.execute("PRAGMA busy_timeout=0")
    else:
        connection.execute("SET lock_timeout = '100ms'")
        connection.commit()


def policy(session: Session, number: str, phone: str = "+8613900000001") -> Policy:
    """A stored policy."""
    source = Import(file_name="list.csv", sha256="0" * 64, imported_at=NOW, rows_read=1, counts={})
    session.add(source)
    session.flush()
    row = Policy(
        number=number, import_id=source.id, product="终身寿险", product_type="traditional",
        channel="agent", issued_on=date(2026, 11, 10), holder_name="陈安平", phone=phone,
        other_phones=[], insured_name="陈安平", premium=Decimal("12000.00"), frequency="yearly",
        cover_period={"kind": "life", "number": None}, double_recorded=False,
        guaranteed_renewal=False, status="accept", reasons=[], content_hash="0" * 64,
        imported_at=NOW, revisit="open",
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def attempt(of: Policy, number: int = 1, **changes: Any) -> Attempt:
    """An attempt for a policy whose order may be out."""
    values = {
        "policy_id": of.id, "number": number, "phone": of.phone, "state": "placing",
        "lease": 1, "planned_at": NOW, "deadline": NOW + timedelta(days=3), "reasons": [],
    }  # fmt: skip
    return Attempt(**{**values, **changes})


def table_names(engine: Engine) -> set[str]:
    """The tables that the database really has, Alembic's own aside."""
    from sqlalchemy import inspect

    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def count(database: Database, table: str) -> int:
    """How many rows a table has."""
    with database.reading() as session:
        return session.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0
