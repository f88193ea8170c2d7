"""``make month``: the orders of dialling on the same people and the same lines, through the real
plan and store, beside what no order can surpass. Options choose a smaller or another month."""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from operations.rules import scheduling_rules
from scheduler.order import Order
from scripts import rulebooks
from tests.month.best import Best, best
from tests.month.policies import TICK_S, Month, month
from tests.month.run import RULEBOOK, Result, run

ORDERS = [order.value for order in Order]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which month: it is made anew in every process."""

    policies: int
    seed: int
    tick_s: int
    days: int | None

    def month(self) -> Month:
        """The policies and people."""
        return month(self.policies, self.seed, self.tick_s, self.days)


@click.command()
@click.option("--policies", default=100_000, show_default=True)
@click.option("--lines", multiple=True, type=int, help="Lines; several for several runs.")
@click.option(
    "--share",
    multiple=True,
    type=int,
    default=(60, 80, 100, 120),
    show_default=True,
    help="Where no --lines are given: so many percent of the lines that are needed.",
)
@click.option("--order", "orders", multiple=True, type=click.Choice(ORDERS), default=ORDERS)
@click.option("--seed", default=0, show_default=True, help="Other seeds meet other people.")
@click.option("--tick", default=TICK_S, show_default=True, help="Seconds between two looks.")
@click.option("--days", type=int, help="Only the first days of the month bring policies.")
@click.option("--processes", default=os.cpu_count() or 1, show_default=True)
def main(
    policies: int,
    lines: tuple[int, ...],
    share: tuple[int, ...],
    orders: tuple[str, ...],
    seed: int,
    tick: int,
    days: int | None,
    processes: int,
) -> None:
    """Play a month for every number of lines and every order, and compare."""
    asked = Asked(policies, seed, tick, days)
    bound = best(asked.month(), scheduling_rules(rulebooks.load(RULEBOOK)))
    needed = bound.lines_needed()
    console = Console(highlight=False)
    reachable = len(bound.needs) / policies
    console.print(
        f"{policies:,} policies, of which any order can reach {reachable:.1%} at most;"
        f" who knew all answers beforehand would need {needed} lines"
    )
    chosen = lines or tuple(dict.fromkeys(max(1, round(needed * one / 100)) for one in share))
    table = _table()
    for result in _results(asked, chosen, [Order(one) for one in orders], processes):
        table.add_row(*_row(result, bound))
        console.print("  ".join(_row(result, bound)))
    console.print(table)


def _results(
    asked: Asked, lines: tuple[int, ...], orders: list[Order], processes: int
) -> Iterator[Result]:
    """Every run, as they end."""
    with ProcessPoolExecutor(processes) as pool:
        runs = [pool.submit(_run, asked, many, order) for many in lines for order in orders]
        for done in as_completed(runs):
            yield done.result()


@cache
def _month(asked: Asked) -> Month:
    return asked.month()


def _run(asked: Asked, lines: int, order: Order) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        return run(_month(asked), Path(folder), lines, order)


def _table() -> Table:
    table = Table(title="revisited inside the period", title_justify="left")
    names = ("lines", "order", "in time", "at most", "calls", "lines busy", "minutes")
    for name in names:
        table.add_column(name, justify="left" if name == "order" else "right")
    return table


def _row(result: Result, bound: Best) -> tuple[str, ...]:
    return (
        str(result.lines),
        result.order.value,
        f"{result.share:.2%}",
        f"{bound.share(result.lines):.2%}",
        f"{result.calls:,}",
        f"{result.used / result.given:.0%}",
        f"{result.seconds / 60:.1f}",
    )


if __name__ == "__main__":
    main()
