"""``huifang import`` and ``huifang plan``: whom we call, and when."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from huifang.cli import Moment, json_option
from huifang.cli.output import emit, progress, say, table
from huifang.settings import load
from huifang.wiring import make_line
from scheduler.intake.records import ListResult, Status
from scheduler.plan import Because, Decision

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


@click.command("plan")
@click.option("--at", type=Moment(), help="As of this moment, e.g. 2026-11-21T10:00; default now.")
@json_option
def plan_command(at: datetime | None, as_json: bool) -> None:
    """What would be dialled next, what is held back, and why. Dials nothing."""
    from operations.plan import preview

    line = make_line(load())
    found = preview(line, at)
    if as_json:
        emit(
            {
                "due": [_due(decision) for decision in found.due],
                "held": [_held(decision) for decision in found.held],
                "cannot_make_it": [_held(decision) for decision in found.cannot_make_it],
            }
        )
        return
    due = [(d.number, d.deadline, d.slots_left) for d in found.due]
    table("due, in the order of dialling", ("policy", "deadline", "slots left"), due)
    for title, those in (("held back", found.held), ("cannot make it", found.cannot_make_it)):
        rows = [(d.number, d.at, ", ".join(_reason(r) for r in d.reasons)) for d in those]
        if rows:
            table(title, ("policy", "not before", "why"), rows)


def _due(decision: Decision) -> dict[str, Any]:
    return {
        "policy": decision.number,
        "deadline": decision.deadline,
        "slots_left": decision.slots_left,
        "reasons": [asdict(reason) for reason in decision.reasons],
    }


def _held(decision: Decision) -> dict[str, Any]:
    return {
        "policy": decision.number,
        "not_before": decision.at,
        "deadline": decision.deadline,
        "reasons": [asdict(reason) for reason in decision.reasons],
    }


def _reason(reason: Because) -> str:
    until = f" until {reason.until:%m-%d %H:%M}" if reason.until else ""
    return f"{reason.code.value}{f' ({reason.detail})' if reason.detail else ''}{until}"
