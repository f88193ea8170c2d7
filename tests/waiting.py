"""Databases with so many policies that wait to be rung, filled by the database itself, and what the
next claim takes there. Used by ``make bench`` and by the test that guards the figure."""

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

from sqlalchemy import text

from operations.claim import next_up
from operations.line import Line
from operations.plan import refresh, touch
from recordings.storage import Storage
from scheduler.persons import person_key
from scripts import rulebooks
from store.columns import LOCAL
from store.database import Database
from store.tables import Agenda, Import, Policy

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=LOCAL)
BIRTH = date(1985, 3, 6)
#: What differs from row to row; both databases understand it. ``n`` is the row's number.
_POLICY = {
    "id": "n",
    "number": "'W' || n",
    "phone": "'+8613900' || CAST(1000000 + n AS TEXT)",
    "person": "'person-' || n",
    "branch": "CASE WHEN n % 20 = 19 THEN '青岛' ELSE branch END",
}
_AGENDA = {
    "policy_id": "n",
    "phone": _POLICY["phone"],
    "person": _POLICY["person"],
    "branch": "CASE WHEN n % 20 = 19 THEN '青岛' ELSE branch END",  # those that come last
    # one policy after the other at the same urgency, twenty urgencies
    "rank": "substr(rank, 1, 9) || CAST(10 + n % 20 AS TEXT) || substr(rank, 12, 12)"
    " || substr(CAST(1000000000000 + n AS TEXT), 2)",
}


@dataclass(frozen=True)
class Waiting:
    """A line on a database in which so many policies wait."""

    line: Line
    policies: int

    def claim(self, full_branches: Collection[str] = ()) -> float:
        """Seconds that the next claim takes, its commit included."""
        began = time.perf_counter()
        with self.line.database.transaction() as session:
            claimed = next_up(session, self.line, NOW, most=1, full_branches=full_branches)
        took = time.perf_counter() - began
        assert len(claimed) == 1, "nobody was left to be rung"
        return took


@contextmanager
def waiting(url: str, policies: int) -> Iterator[Waiting]:
    """Fill an empty database at this address."""
    database = Database(url)
    database.prepare()
    line = Line(
        database=database,
        clock=lambda: NOW,
        rulebook=rulebooks.load("standard"),
        company="示例人寿",
        company_phone="95500",
        storage=Storage(Path("unused")),
    )
    _first(line)
    with database.transaction() as session:
        for table, changes in ((Policy, _POLICY), (Agenda, _AGENDA)):
            session.execute(text(_copies(table, changes, database)), {"most": policies})
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    try:
        yield Waiting(line, policies)
    finally:
        database.close()


def _first(line: Line) -> None:
    """The policy that all others are copies of, decided by the real plan."""
    with line.database.transaction() as session:
        source = Import(file_name="w", sha256="0" * 64, imported_at=NOW, rows_read=1, counts={})
        session.add(source)
        session.flush()
        session.add(
            Policy(
                id=1, number="W1", import_id=source.id, product="示例终身寿险",
                product_type="traditional", channel="agent", issued_on=date(2026, 11, 10),
                receipt_signed_on=date(2026, 11, 12), receipt_returned_on=date(2026, 11, 13),
                holder_name="示例", holder_birth=BIRTH, person=person_key("示例", None, BIRTH),
                phone="+8613900000001", other_phones=[], insured_name="示例",
                premium=Decimal(12000), frequency="yearly", branch="济南",
                cover_period={"kind": "life", "number": None}, double_recorded=False,
                guaranteed_renewal=False, status="accept", reasons=[], content_hash="0" * 64,
                imported_at=NOW, revisit="open",
            )
        )  # fmt: skip
        session.flush()
        touch(session, NOW, policy_ids=[1])
    refresh(line)


def _copies(table: type[Policy] | type[Agenda], changes: dict[str, str], database: Database) -> str:
    names = [column.name for column in table.__table__.columns]
    values = ", ".join(changes.get(name, name) for name in names)
    series = (
        "generate_series(2, :most) AS s(n)"
        if database.engine.dialect.name == "postgresql"
        else "(WITH RECURSIVE s(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM s WHERE n < :most)"
        " SELECT n FROM s) AS s"
    )
    own = "id" if table is Policy else "policy_id"
    return (
        f"INSERT INTO {table.__tablename__} ({', '.join(names)})"
        f" SELECT {values} FROM {table.__tablename__} AS t, {series} WHERE t.{own} = 1"
    )


def medians(
    those: Sequence[Waiting], claims: int, full_branches: Collection[str] = ()
) -> list[float]:
    """The median seconds of a claim in each of the databases, which take turns so that whatever
    else the machine does falls on all of them alike. The first claims warm the caches."""
    for _ in range(max(5, claims // 10)):
        for one in those:
            one.claim(full_branches)
    taken = [[one.claim(full_branches) for one in those] for _ in range(claims)]
    return [median(row[at] for row in taken) for at in range(len(those))]
