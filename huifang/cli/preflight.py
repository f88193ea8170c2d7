"""``huifang preflight``: what a policy list would mean for the days to come. Stores nothing."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from huifang.cli import Moment, json_option
from huifang.cli.outlook import assumption
from huifang.cli.output import emit, progress, say, table
from huifang.cli.plan import ROWS, first_rows
from huifang.settings import load
from huifang.wiring import make_line
from operations.preflight import Preflight, preflight
from scheduler.rates import part_of


@click.command("preflight")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--lines", type=click.IntRange(1, 10_000), help="Lines there are; default: settings.")
@click.option("--at", type=Moment(), help="As of this moment, e.g. 2026-11-21T10:00; default now.")
@click.option(
    "--limit", type=click.IntRange(0), default=ROWS, show_default=True, help="Rows shown of a list."
)
@json_option
def preflight_command(
    file: Path, lines: int | None, at: datetime | None, limit: int, as_json: bool
) -> None:
    """Who on a list would be called when, who is left out, how many lines it takes. Stores
    nothing."""
    line = make_line(load())
    with progress(file.name, show=not as_json) as advance:
        found = preflight(
            line, file, lines=lines, at=at, progress=lambda _, done, whole: advance(done, whole)
        )
    if as_json:
        emit(_document(found))
    else:
        _show(found, limit)


def _document(found: Preflight) -> dict[str, Any]:
    return {
        "read": found.result.read,
        "counts": {status.value: count for status, count in found.result.counts.items()},
        "open_beside": found.stored,
        "called": [asdict(one) for one in found.called],
        "left_out": [asdict(one) for one in found.left_out],
        "days": [
            {
                "day": day.day,
                "wanted": free.calls,
                "made": day.calls,
                "line_hours": round(day.used_s / 3600, 1),
                "line_hours_possible": round((day.available_s or 0) / 3600, 1),
                "waiting": day.waiting,
                "deadlines": day.deadlines,
            }
            for day, free in zip(found.now.days, found.needed.unlimited.days, strict=True)
        ],
        "lines": found.lines,
        "in_time": found.in_time,
        "share": round(found.in_time / len(found.called), 4) if found.called else None,
        "lines_needed": found.needed.lines,
        "in_time_all": {
            "present_lines": found.now.in_time,
            "lines_needed": found.needed.with_lines.in_time,
            "unlimited": found.needed.unlimited.in_time,
        },
        "tolerance": found.tolerance,
        "measured_calls": found.rates.measured,
        "notices": list(found.result.notices),
    }


def _show(found: Preflight, limit: int) -> None:
    rows = {one.row for one in found.left_out}
    say(
        f"{found.result.read} rows: {len(found.called)} would be called, {len(rows)} are left out;"
        f" {found.stored} open policies are there beside them"
    )
    for notice in found.result.notices:
        say(notice)
    _show_first_calls(found, limit)
    _show_left_out(found, limit)
    _show_days(found)
    share = f"{found.in_time / len(found.called):.1%}" if found.called else "–"
    say(
        f"with {found.lines} lines {found.in_time} of {len(found.called)} rows ({share}) are"
        f" revisited within their period; with unlimited lines"
        f" {found.needed.unlimited.in_time} of all open policies, list included"
    )
    say(
        f"lines needed: {found.needed.lines}, to make every deadline that can be made"
        f" (within {found.tolerance:.1%})"
    )
    say(assumption(found.rates.measured))


def _show_first_calls(found: Preflight, limit: int) -> None:
    if not found.called:
        return
    days = Counter(_when(one.first_call_at) for one in found.called)
    table("first calls", ("when", "rows"), sorted(days.items()))
    rows = [
        (one.row, one.policy, _when(one.first_call_at), f"{one.deadline:%m-%d}")
        for one in sorted(found.called, key=lambda one: (str(one.first_call_at), one.row))
    ]
    first_rows("who would be called", ("row", "policy", "first call", "deadline"), rows, limit)


def _when(moment: datetime | None) -> str:
    return "not before the deadline" if moment is None else f"{moment:%m-%d} {part_of(moment)}"


def _show_left_out(found: Preflight, limit: int) -> None:
    if not found.left_out:
        return
    reasons = Counter(one.code for one in found.left_out)
    table("left out, by reason", ("reason", "rows"), reasons.most_common())
    rows = [(one.row, one.policy, one.code, one.detail) for one in found.left_out]
    first_rows("left out", ("row", "policy", "reason", "detail"), rows, limit)


def _show_days(found: Preflight) -> None:
    rows = []
    for day, free in zip(found.now.days, found.needed.unlimited.days, strict=True):
        possible = day.available_s or 0
        use = f"{day.used_s / possible:.0%}" if possible else "–"
        rows.append((day.day, free.calls, day.calls, use, day.waiting, day.deadlines))
    columns = ("day", "calls wanted", "calls made", "lines used", "left waiting", "deadlines")
    table(f"the days to come, with {found.lines} lines", columns, rows)
