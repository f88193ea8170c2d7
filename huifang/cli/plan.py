"""``huifang plan``: whom we call, and when; why one policy is called or not; what the forecast
says, and what other lines or hours would change. Dials nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from huifang.cli import Moment, json_option
from huifang.cli.output import emit, progress, say, table
from huifang.faults import InputFault
from huifang.settings import load
from huifang.wiring import make_line
from operations.line import Line
from scheduler.may_dial import Allowed, Held
from scheduler.plan import Plan
from scheduler.reasons import Because
from scheduler.what_if import read_changes

#: Rows of a table that are shown where nobody asks for more.
ROWS = 50


@click.command("plan")
@click.option("--at", type=Moment(), help="As of this moment, e.g. 2026-11-21T10:00; default now.")
@click.option("--explain", metavar="POLICY", help="What the decision about one policy rests on.")
@click.option("--forecast", is_flag=True, help="The last nightly forecast: who cannot make it.")
@click.option(
    "--what-if", metavar="CHANGES", help="Compare, e.g. lines=20,hours=09:00-21:00,days=7,gap=30."
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    help="Write the calendar of load against capacity here (SVG), for the days to come.",
)
@click.option(
    "--limit", type=click.IntRange(0), default=ROWS, show_default=True, help="Rows shown of a list."
)
@json_option
def plan_command(
    at: datetime | None,
    explain: str | None,
    forecast: bool,
    what_if: str | None,
    picture: Path | None,
    limit: int,
    as_json: bool,
) -> None:
    """What would be dialled next, what is held back, and why. Dials nothing."""
    asked = [explain is not None, forecast, what_if is not None, picture is not None]
    if sum(asked) > 1:
        given = "--explain, --forecast, --what-if and --picture"
        raise click.UsageError(f"{given} are used one at a time")
    if explain is not None:
        _explain(make_line(load()), explain, at, as_json)
    elif what_if is not None:
        _what_if(what_if, at, as_json)
    elif forecast:
        _forecast(make_line(load()), at, limit, as_json)
    elif picture is not None:
        _picture(make_line(load()), picture, at, as_json)
    else:
        _plan(make_line(load()), at, limit, as_json)


def _picture(line: Line, path: Path, at: datetime | None, as_json: bool) -> None:
    from operations.forecast import look_ahead
    from web.pictures import load_calendar

    expected = look_ahead(line, at or line.clock())
    try:
        path.write_text(load_calendar(expected.days), encoding="utf-8")
    except OSError as fault:
        why = fault.strerror or "unknown reason"
        raise InputFault(f"{path}: cannot be written ({why}); name another file") from None
    if as_json:
        emit({"picture": str(path), "days": len(expected.days)})
    else:
        say(f"{len(expected.days)} days drawn: {path}")


def _plan(line: Line, at: datetime | None, limit: int, as_json: bool) -> None:
    from operations.plan import preview

    found = preview(line, at)
    if as_json:
        emit(
            {
                "due": [_due(decision) for decision in found.due],
                "held": [_held(decision) for decision in found.held],
                "cannot_make_it": [_held(decision) for decision in found.cannot_make_it],
            }
        )
    else:
        _show(found, limit)


def _show(found: Plan, limit: int) -> None:
    say(
        f"{len(found.due)} due, {len(found.held)} held back,"
        f" {len(found.cannot_make_it)} cannot make it"
    )
    due = [(d.number, d.deadline, d.slots_left) for d in found.due]
    first_rows("due, in the order of dialling", ("policy", "deadline", "slots left"), due, limit)
    for title, those in (("held back", found.held), ("cannot make it", found.cannot_make_it)):
        rows = [(d.number, d.at, ", ".join(reason(r) for r in d.reasons)) for d in those]
        if rows:
            first_rows(title, ("policy", "not before", "why"), rows, limit)


def first_rows(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], limit: int
) -> None:
    """A table of the first rows, and how many are left."""
    table(title, columns, rows[:limit])
    if len(rows) > limit:
        say(f"… and {len(rows) - limit} more; --limit shows more, --json all")


def reason(one: Because) -> str:
    """A reason in a few words."""
    until = f" until {one.until:%m-%d %H:%M}" if one.until else ""
    return f"{one.code.value}{f' ({one.detail})' if one.detail else ''}{until}"


def _due(decision: Allowed) -> dict[str, Any]:
    return {
        "policy": decision.number,
        "deadline": decision.deadline,
        "slots_left": decision.slots_left,
        "reasons": [asdict(one) for one in decision.reasons],
    }


def _held(decision: Held) -> dict[str, Any]:
    return {
        "policy": decision.number,
        "not_before": decision.at,
        "deadline": decision.deadline,
        "reasons": [asdict(one) for one in decision.reasons],
    }


def _explain(line: Line, number: str, at: datetime | None, as_json: bool) -> None:
    from huifang.cli.plan_explained import document, show
    from operations.plan import explain

    now = at or line.clock()
    found = explain(line, number.strip(), now)
    if found is None:
        raise InputFault(
            f"no policy is called {number}; `huifang plan` names those that are to be revisited"
        )
    told = document(*found, line.rules, now)
    if as_json:
        emit(told)
    else:
        show(told)


def _forecast(line: Line, at: datetime | None, limit: int, as_json: bool) -> None:
    from huifang.cli.outlook import forecast_document, show_forecast

    told = forecast_document(line, at or line.clock())
    if as_json:
        emit(told)
    elif told is None:
        say("there is no forecast yet; the worker makes one every night")
    else:
        show_forecast(told, limit)


def _what_if(text: str, at: datetime | None, as_json: bool) -> None:
    from huifang.cli.outlook import comparison, show_comparison
    from operations.what_if import compare

    changes = read_changes(text)  # before anything is looked up
    with progress("playing the days to come", show=not as_json) as advance:
        told = comparison(compare(make_line(load()), changes, at, advance))
    if as_json:
        emit(told)
    else:
        show_comparison(told)
