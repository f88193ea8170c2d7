"""Times and JSON come back as they went in; a time without a zone does not go in."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from store.columns import LOCAL, plain
from store.database import Database
from store.tables import Import, Policy
from tests.store.conftest import NOW, attempt, policy


def imported(at: datetime, **counts: object) -> Import:
    return Import(file_name="a.csv", sha256="0" * 64, imported_at=at, rows_read=1, counts=counts)


@pytest.mark.parametrize(
    "moment",
    [
        NOW,
        datetime(2026, 11, 18, 2, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("America/New_York")),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_local_time(
    database: Database, moment: datetime
) -> None:
    with database.transaction() as session:
        session.add(imported(moment))
    with database.reading() as session:
        found = session.query(Import).one().imported_at

    assert found == moment
    assert found.tzinfo is LOCAL


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 18, 10, 0)  # noqa: DTZ001 - what must be refused
    with (
        pytest.raises(StatementError, match="has no time zone"),
        database.transaction() as session,
    ):
        session.add(imported(naive))


def test_times_are_compared_as_moments(database: Database) -> None:
    """Stored as UTC, so that text comparison in SQLite is comparison in time."""
    with database.transaction() as session:
        session.add(imported(NOW))
    with database.reading() as session:
        later = session.query(Import).filter(Import.imported_at > NOW.astimezone(UTC)).count()
        same = session.query(Import).filter(Import.imported_at <= NOW).count()

    assert (later, same) == (0, 1)


def test_json_keeps_chinese_and_turns_dates_into_text(database: Database) -> None:
    with database.transaction() as session:
        session.add(imported(NOW, 名=("甲", date(2026, 11, 18))))
    with database.reading() as session:
        assert session.query(Import).one().counts == {"名": ["甲", "2026-11-18"]}


def test_plain_leaves_nothing_that_json_does_not_know() -> None:
    assert plain({1: (date(2026, 1, 2), [None, True])}) == {"1": ["2026-01-02", [None, True]]}


def test_money_is_exact(database: Database) -> None:
    with database.transaction() as session:
        policy(session, "P1").premium = Decimal("1234567890.12")
    with database.reading() as session:
        assert session.query(Policy).one().premium == Decimal("1234567890.12")


def test_nothing_is_kept_of_a_transaction_that_fails(database: Database) -> None:
    def fails() -> None:
        with database.transaction() as session:
            session.add(attempt(policy(session, "P1")))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM policy")) == 0
