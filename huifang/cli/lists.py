"""``huifang import``: the policies that we call about."""

from pathlib import Path
from typing import Any

import click

from huifang.cli import json_option
from huifang.cli.output import emit, progress, say, table
from huifang.settings import load
from huifang.wiring import make_line
from scheduler.intake.records import ListResult, Status

#: Lists longer than this get a progress bar.
LONG = 2_000


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and store nothing.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
    help="Write the rejected rows here (xlsx or csv), in the list's own columns, with the reasons.",
)
@json_option
def import_command(file: Path, dry_run: bool, rejects: Path | None, as_json: bool) -> None:
    """Import an insurer's policy list (xlsx or csv). The same list again changes nothing."""
    from operations.import_policies import import_policies

    line = make_line(load())
    with progress(file.name, show=not as_json) as advance:
        done = import_policies(line, file, dry_run=dry_run, rejects=rejects, progress=advance)
    if as_json:
        counts = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged}
        emit({**_result(done.result), "stored": counts, "dry_run": dry_run})
        return
    _show(done.result)
    for notice in done.result.notices:
        say(notice)
    if rejects:
        say(f"rejected rows: {rejects}")
    stored = f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged"
    say("dry run: nothing was stored" if dry_run else f"stored: {stored}")


def _result(result: ListResult) -> dict[str, Any]:
    return {
        "read": result.read,
        "counts": {status.value: count for status, count in result.counts.items()},
        "rows": [
            {
                "row": row.row,
                "policy": row.policy,
                "status": row.status,
                "reasons": [
                    {"code": r.code, "column": r.column, "message": r.message} for r in row.reasons
                ],
            }
            for row in result.rows
        ],
        "notices": list(result.notices),
    }


def _show(result: ListResult) -> None:
    rows = [
        (row.row, row.policy, row.status.value, reason.column, reason.message)
        for row in result.rows
        if row.status is not Status.ACCEPT
        for reason in row.reasons
    ]
    if rows:
        table("held back or rejected", ("row", "policy", "status", "column", "reason"), rows)
    counts = ", ".join(f"{count} {status.value}" for status, count in result.counts.items())
    say(f"{result.read} rows: {counts}")
