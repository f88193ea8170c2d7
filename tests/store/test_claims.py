"""Taking the next call stays as quick among many waiting policies as among few, and attempts that
cannot be kept stand in nobody's way. ``make bench`` measures it up to a million."""

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from store import attempts
from store.database import Database
from store.tables import Attempt
from tests.store.conftest import BOTH, attempt, policy
from tests.waiting import Waiting, medians, waiting

FEW, MANY, CLAIMS = 1_000, 30_000, 40
FLAT = 2.0


@pytest.fixture(params=BOTH)
def those(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Waiting]]:
    """Two databases of one kind."""

    def address(size: int) -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path / str(size)}.db"
        new: Callable[..., str] = request.getfixturevalue("postgres")
        return new(prepared=True)

    with ExitStack() as open_ones:
        yield [open_ones.enter_context(waiting(address(size), size)) for size in (FEW, MANY)]


@pytest.mark.parametrize("full_branches", [(), ("济南",)])
def test_a_claim_takes_as_long_among_many(
    those: list[Waiting], full_branches: Collection[str]
) -> None:
    among_few, among_many = medians(those, CLAIMS, full_branches)
    assert among_many <= FLAT * among_few


def test_only_what_can_be_kept_is_kept(database: Database) -> None:
    with database.transaction() as session:
        rows = [policy(session, f"P{n}", f"+861390000{n:04d}") for n in range(3)]
        session.add(attempt(rows[1], lease=0))
    with database.transaction() as session:
        new = [attempt(row, 2, lease=0) for row in rows]
        kept = attempts.open_new(session, new)
        assert [one.phone for one in kept] == [rows[0].phone, rows[2].phone]
    with database.reading() as session:
        phones = session.scalars(select(Attempt.phone).order_by(Attempt.phone)).all()
    assert phones == [row.phone for row in rows]
