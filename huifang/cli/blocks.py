"""``huifang calls``: who must not be rung (禁拨). It rings nobody."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from huifang.cli import Moment, json_option
from huifang.cli.output import emit, say, table
from huifang.cli.who import by_option, name_of
from huifang.settings import load
from huifang.wiring import make_line
from operations import do_not_call
from operations.do_not_call import BlockedList, BlockLine


@click.group("calls")
def calls_command() -> None:
    """Who must not be rung (禁拨)."""


@calls_command.command("block")
@click.option("--phone", metavar="NUMBER", help="This number, typed in any form.")
@click.option("--policy", metavar="NUMBER", help="The holder of this policy, on every number.")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="Every number of a list (xlsx or csv): one a row, a reason beside it.",
)
@click.option("--reason", help="Why; in a list the reason of rows that have none.")
@click.option("--until", type=Moment(), help="When it ends, e.g. 2027-06-01; default: never.")
@by_option
@json_option
def block(
    phone: str | None,
    policy: str | None,
    file: Path | None,
    reason: str | None,
    until: datetime | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Have a number, a policy's holder, or a list of numbers not rung any more. What is planned is
    taken back at once."""
    if [phone, policy, file].count(None) != 2:
        raise click.UsageError("name one of --phone, --policy and --file")
    line = make_line(load())
    if file is not None:
        _show_list(do_not_call.block_list(line, file, name_of(by), reason, until), as_json)
        return
    done = do_not_call.block(
        line, name_of(by), reason or "", phone=phone, policy=policy, until=until
    )
    if as_json:
        emit(done)
        return
    say(f"block {done.id}" + (" is in force" if done.changed else " was in force already"))


def _show_list(done: BlockedList, as_json: bool) -> None:
    """Every faulty row is told; exit code 1 when there is one, for the others are blocked."""
    if as_json:
        emit(done)
    else:
        if done.faults:
            rows = [(one.row, one.column, one.message) for one in done.faults]
            table("rows that cannot be used", ("row", "column", "what to do"), rows)
        say(f"{done.read} rows: {done.blocked} blocked, {done.unchanged} blocked before")
    if done.faults:
        say(f"{len(done.faults)} faulty; mend them and give the file again")
        raise SystemExit(1)


@calls_command.command("unblock")
@click.argument("block_id", metavar="BLOCK", type=int)
@click.option("--because", required=True, help="Why; kept with the block.")
@by_option
@json_option
def unblock(block_id: int, because: str, by: str | None, as_json: bool) -> None:
    """Lift BLOCK: who is in it may be rung again."""
    changed = do_not_call.lift(make_line(load()), block_id, name_of(by), because)
    if as_json:
        emit({"id": block_id, "changed": changed})
    else:
        say(f"block {block_id} " + ("is lifted" if changed else "was lifted before"))


@calls_command.command("blocked")
@click.option("--phone", metavar="NUMBER", help="Only blocks of this number.")
@click.option("--all", "also_ended", is_flag=True, help="Also those that are over or lifted.")
@json_option
def blocked(phone: str | None, also_ended: bool, as_json: bool) -> None:
    """Who must not be rung, since when, until when and why."""
    found = do_not_call.listed(make_line(load()), phone, also_ended=also_ended)
    if as_json:
        emit([asdict(one) for one in found])
        return
    if not found:
        say("nobody is blocked")
        return
    columns = ("block", "number", "since", "until", "reason", "by", "lifted")
    table("not to be rung", columns, [_row(one) for one in found])


def _row(one: BlockLine) -> tuple[object, ...]:
    until = f"{one.until:%Y-%m-%d %H:%M}" if one.until else ""
    lifted = f"{one.lifted_by}: {one.lifted_because}" if one.lifted_at else ""
    who = one.phone or "a policy's holder"
    return (one.id, who, f"{one.since:%Y-%m-%d}", until, one.reason, one.by, lifted)
