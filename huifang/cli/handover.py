"""``huifang handover``: policies that branches revisit (电话回访交接清单), their lists, what comes
back, and statements about what is late."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.cli.who import by_option, name_of
from huifang.settings import load
from huifang.wiring import make_line
from operations import handover, handover_lists, overdue
from operations.handover import HandoverLine
from operations.handover_lists import Results
from operations.line import Line
from scheduler.otherwise import Handing

#: States by the word of --state.
STATES = {
    "open": (Handing.PROPOSED, Handing.WAITING, Handing.ISSUED),
    "all": None,
    **{state.value: (state,) for state in Handing},
}
COLUMNS = ("hand-over", "policy", "branch", "way", "because", "state", "list", "due", "result")


@click.group("handover")
def handover_command() -> None:
    """Policies that branches revisit instead of head office (电话回访交接清单)."""


@handover_command.command("list")
@click.option(
    "--state", type=click.Choice(list(STATES)), default="open", show_default=True, help="Which."
)
@click.option("--branch", help="Only this branch.")
@click.option("--overdue", "late", is_flag=True, help="Only what is past its due day.")
@json_option
def list_handovers(state: str, branch: str | None, late: bool, as_json: bool) -> None:
    """Hand-overs, the earliest due day first."""
    line = make_line(load())
    if late:
        _show_overdue(line, branch, as_json)
        return
    found = handover.listed(line, STATES[state], branch)
    if as_json:
        emit([asdict(one) for one in found])
    elif found:
        table("hand-overs", COLUMNS, [_row(one) for one in found])
    else:
        say("no such hand-over")


def _row(one: HandoverLine) -> tuple[object, ...]:
    return (one.id, one.policy, one.branch, one.way, one.because, one.state, one.list, one.due_on,
            one.result)  # fmt: skip


def _show_overdue(line: Line, branch: str | None, as_json: bool) -> None:
    found = [one for one in overdue.overdue(line) if branch in (None, one.handover.branch)]
    if as_json:
        emit([asdict(one) for one in found])
        return
    if not found:
        say("nothing is overdue")
        return
    rows = [
        (one.handover.id, one.handover.policy, one.handover.branch, one.handover.due_on,
         one.days_late, "yes" if one.excused else "no", one.new_date)
        for one in found
    ]  # fmt: skip
    columns = ("hand-over", "policy", "branch", "due", "days late", "excused", "new day")
    table("overdue", columns, rows)


@handover_command.command("accept")
@click.argument("ids", metavar="HANDOVER...", nargs=-1, type=int, required=True)
@by_option
@json_option
def accept(ids: tuple[int, ...], by: str | None, as_json: bool) -> None:
    """Do as the forecast proposes: these policies go on their branches' next lists, and head office
    does not ring them. All or none."""
    done = handover.accept(make_line(load()), ids, name_of(by))
    _changed(done, "accepted", as_json)


@handover_command.command("decline")
@click.argument("ids", metavar="HANDOVER...", nargs=-1, type=int, required=True)
@click.option("--because", required=True, help="Why; kept with it.")
@by_option
@json_option
def decline(ids: tuple[int, ...], because: str, by: str | None, as_json: bool) -> None:
    """Go on ringing instead of what the forecast proposes. All or none."""
    done = handover.decline(make_line(load()), ids, name_of(by), because)
    _changed(done, "declined", as_json)


def _changed(done: list[int], what: str, as_json: bool) -> None:
    if as_json:
        emit({"changed": done})
    else:
        say(f"{len(done)} {what}" if done else f"these were {what} before")


@handover_command.command("issue")
@by_option
@json_option
def issue(by: str | None, as_json: bool) -> None:
    """Make the lists now, one for each branch that something waits for. The worker does it every
    morning."""
    made = handover.issue(make_line(load()), name_of(by))
    if as_json:
        emit([asdict(one) for one in made])
    elif made:
        rows = [(one.list, one.branch, one.policies, one.due_on) for one in made]
        table("lists", ("list", "branch", "policies", "due"), rows)
    else:
        say("nothing waits for a list")


@handover_command.command("export")
@click.argument("list_id", metavar="LIST", type=int)
@click.option(
    "--out", type=click.Path(path_type=Path), help="File (xlsx); default: handover-LIST.xlsx."
)
@json_option
def export(list_id: int, out: Path | None, as_json: bool) -> None:
    """Write LIST as a workbook for its branch. It has whole telephone numbers; writes over
    nothing."""
    path = out or Path(f"handover-{list_id}.xlsx")
    count = handover_lists.export_list(make_line(load()), list_id, path)
    if as_json:
        emit({"list": list_id, "file": str(path), "policies": count})
    else:
        say(f"{path}: {count} {'policy' if count == 1 else 'policies'}")


@handover_command.command("results")
@click.argument("file", type=click.Path(path_type=Path))
@by_option
@json_option
def results(file: Path, by: str | None, as_json: bool) -> None:
    """Keep what a branch has written into a list. The same file again changes nothing; exit code 1
    when a row cannot be used, and the others are kept."""
    done = handover_lists.import_results(make_line(load()), file, name_of(by))
    if as_json:
        emit(done)
    else:
        _show_results(done)
    if done.faults:
        raise SystemExit(1)


def _show_results(done: Results) -> None:
    if done.faults:
        rows = [(one.row, one.column, one.message) for one in done.faults]
        table("rows that cannot be used", ("row", "column", "what to do"), rows)
    say(
        f"{done.read} rows with a result: {done.done} done, {done.failed} failed,"
        f" {done.later} later, {done.unchanged} unchanged"
    )
    if done.empty:
        say(f"{done.empty} rows are still empty")


@handover_command.command("statement")
@click.argument("handover_id", metavar="HANDOVER", type=int, required=False)
@click.option("--case", type=int, metavar="CASE", help="About this case instead of a hand-over.")
@click.option("--reason", required=True, help="Why it is late.")
@click.option(
    "--new-date", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="By when it will be done."
)
@by_option
@json_option
def statement(
    handover_id: int | None,
    case: int | None,
    reason: str,
    new_date: datetime | None,
    by: str | None,
    as_json: bool,
) -> None:
    """File a statement about what is late (《新契约回访逾期情况书面说明》). It excuses only when it
    is filed before the time limit."""
    if (handover_id is None) == (case is None):
        raise click.UsageError("name either a hand-over or a --case")
    day = new_date.date() if new_date else None
    filed = overdue.file_statement(
        make_line(load()), name_of(by), reason, handover=handover_id, case=case, new_date=day
    )
    if as_json:
        emit(filed)
        return
    limit = f"{filed.due:%Y-%m-%d %H:%M}"
    excuses = f"in time: the limit is {limit}" if filed.in_time else f"too late: it was {limit}"
    say(f"statement {filed.id} about policy {filed.policy} is kept, {excuses}")
