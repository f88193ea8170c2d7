"""Runs an exchange alone, for anybody's own application: ``python -m exchange --cast FILE``."""

from datetime import UTC, datetime
from pathlib import Path

import click
import waitress

from exchange import (
    CastError,
    Clock,
    Exchange,
    RealClock,
    VirtualClock,
    latest_time,
    load_cast,
)

#: The credentials of an exchange that is given none. They open nothing but this toy.
ACCOUNT, TOKEN = "AC" + "0" * 32, "exchange"


@click.command()
@click.option("--cast", "cast_file", required=True, type=click.Path(path_type=Path))
@click.option("--port", default=4010, show_default=True)
@click.option("--fast", is_flag=True, help="Virtual time: calls go by as fast as the machine can.")
@click.option("--folder", default=Path("var/exchange"), type=click.Path(path_type=Path))
@click.option("--account-sid", default=ACCOUNT, show_default=True)
@click.option("--auth-token", default=TOKEN, show_default=True)
@click.option("--callee-channel", type=click.IntRange(0, 1), default=1, show_default=True)
def main(
    cast_file: Path,
    port: int,
    fast: bool,
    folder: Path,
    account_sid: str,
    auth_token: str,
    callee_channel: int,
) -> None:
    """A telephone exchange in a box, with the callees of a cast file (docs/cast.md)."""
    try:
        cast = load_cast(cast_file)
    except CastError as wrong:
        raise click.ClickException(str(wrong)) from None
    api = f"http://127.0.0.1:{port}"
    exchange = Exchange(
        folder,
        cast,
        _clock(folder, fast),
        account_sid=account_sid,
        auth_token=auth_token,
        callee_channel=callee_channel,
        api=api,
    )
    exchange.resume()
    click.echo(f"{len(cast.callees)} callees at {api}, account {account_sid}, token {auth_token}")
    try:
        waitress.serve(exchange.app, host="127.0.0.1", port=port, threads=8, _quiet=True)
    finally:
        exchange.close()


def _clock(folder: Path, fast: bool) -> Clock:
    if not fast:
        return RealClock()
    return VirtualClock(max(latest_time(folder) or datetime.now(UTC), datetime.now(UTC)))


if __name__ == "__main__":
    main()
