"""``make killed``: 500 calls with two workers, one of which is killed ten times, on SQLite and on
PostgreSQL; counted by the exchange."""

import tempfile
from pathlib import Path

import click

from tests.bench_planning import postgres
from tests.killed.run import Count, play


@click.command()
@click.option("--policies", default=390, show_default=True, help="Ten of them make thirteen calls.")
@click.option("--kills", default=10, show_default=True)
@click.option("--seed", default=0, show_default=True, help="Draws who is killed when.")
@click.option("--postgres/--no-postgres", "also", default=True, show_default=True)
def main(policies: int, kills: int, seed: int, also: bool) -> None:
    """Ring, kill and count."""
    counts = []
    with tempfile.TemporaryDirectory() as folder:
        counts.append(_told("SQLite", play(Path(folder), policies, kills, seed=seed)))
    if also:
        with postgres() as address, tempfile.TemporaryDirectory() as folder:
            url = address("killed")
            found = play(Path(folder), policies, kills, seed=seed, database_url=url)
            counts.append(_told("PostgreSQL", found))
    raise SystemExit(not all(one.well for one in counts))


def _told(kind: str, count: Count) -> Count:
    double = len(count.twice_at_once) + len(count.second_calls)
    lost = len(count.unknown) + len(count.lost)
    click.echo(
        f"{kind}: {count.calls} calls, {count.kills} kills, {double} double calls,"
        f" {lost} lost attempts, {count.seconds:.0f} s"
    )
    for fault in (*count.twice_at_once, *count.second_calls, *count.unknown, *count.lost):
        click.echo(f"  {fault}")
    return count


if __name__ == "__main__":
    main()
