"""``huifang report``: figures over many calls."""

from datetime import datetime
from pathlib import Path

import click

from cases.agreement import Line
from cases.estimates import FEW, Estimate, Share
from huifang.cli import json_option
from huifang.cli.kpis import month_type
from huifang.cli.output import emit, say, table
from huifang.cli.who import by_option, name_of
from huifang.faults import InputFault
from huifang.settings import load
from huifang.wiring import make_line

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("report")
def report_command() -> None:
    """Figures over many calls."""


@report_command.command("hearing")
@click.option("--from", "first", type=_DAY, help="First day on which the calls were ordered.")
@click.option("--to", "last", type=_DAY, help="Last such day.")
@click.option("--engine", help="Only this recogniser, as the report names it.")
@json_option
def hearing(
    first: datetime | None, last: datetime | None, engine: str | None, as_json: bool
) -> None:
    """Live hearing against the recordings: agreement, abstaining, and the false yeses that the
    reviewed answers let one expect, with 95 % intervals."""
    from operations.compare import hearing_report

    if first and last and last < first:
        raise InputFault(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}; swap them")
    line = make_line(load())
    days = [moment.date() if moment else None for moment in (first, last)]
    found = hearing_report(line, days[0], days[1], engine)
    if as_json:
        emit(found)
        return
    if not found:
        say("nothing to compare: no recording of these calls was heard yet")
        return
    _show(found)


@report_command.command("monthly")
@click.option("--month", type=month_type, required=True, help="The month: 2026-11.")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="A new file, .xlsx or .pdf.",
)
@by_option
@json_option
def monthly(month: datetime, path: Path, by: str | None, as_json: bool) -> None:
    """Write the monthly report (月度报告), counted now, as a workbook or as a PDF."""
    from operations.monthly_report import write

    write(make_line(load()), month.date(), path, name_of(by))
    if as_json:
        emit({"month": f"{month:%Y-%m}", "file": str(path)})
    else:
        say(f"written: {path}")


@report_command.command("complaints")
@click.option("--month", type=month_type, required=True, help="The month: 2026-11.")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="A new file, .xlsx or .pdf.",
)
@click.option("--branch", help="Only this branch's complaints.")
@by_option
@json_option
def complaints(
    month: datetime, path: Path, branch: str | None, by: str | None, as_json: bool
) -> None:
    """Write what the complaints of a month teach (消费投诉月度分析), as a workbook or as a PDF."""
    from operations.complaint_figures import write

    write(make_line(load()), month.date(), branch, path, name_of(by))
    if as_json:
        emit({"month": f"{month:%Y-%m}", "file": str(path)})
    else:
        say(f"written: {path}")


def _show(found: list[Line]) -> None:
    columns = ("question", "item", "answers", "keys", "agree", "kappa", "abstained live / recorded")
    yes = ("yes only live / recorded", "reviewed", "false yes live", "recorded", "both")
    for engine in dict.fromkeys(one.engine for one in found):
        rows = [_row(one) for one in found if one.engine == engine]
        table(f"live against {engine}", (*columns, *yes), rows)
    say("false yes: share of all answers compared; both: neither hearing noticed")
    say(f"* fewer than {FEW} reviewed: the interval counts, not the rate")
    say("– nobody has listened to some kind of answer yet; the interval counts those as false")


def _row(one: Line) -> tuple[object, ...]:
    return (
        one.question_id or "all",
        one.item or "",
        one.compared,
        one.by_key,
        _share(one.agreed),
        "–" if one.kappa is None else f"{one.kappa:.2f}",
        f"{_share(one.abstained_live)} / {_share(one.abstained_recorded)}",
        f"{one.only_live_yes} / {one.only_recorded_yes}",
        max(one.false_yes_live.reviewed, one.false_yes_recorded.reviewed),
        _rate(one.false_yes_live),
        _rate(one.false_yes_recorded),
        _rate(one.false_yes_both),
    )


def _share(one: Share) -> str:
    return "–" if one.rate is None else f"{one.rate:.1%}"


def _rate(one: Estimate) -> str:
    rate = "–" if one.rate is None else f"{one.rate:.1%}{'*' if one.few else ''}"
    return f"{rate} ({one.low:.1%}–{one.high:.1%})"
