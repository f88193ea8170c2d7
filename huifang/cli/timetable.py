"""``huifang timetable``: every timed job, how it ran last, when it is due next, and which worker
leads."""

from datetime import datetime

import click

from huifang import clock
from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.settings import load
from huifang.timetable import known_jobs
from huifang.wiring import make_line
from operations.duties import PATIENCE_S
from operations.timed_jobs import Leader, Shown, look


@click.command("timetable")
@json_option
def timetable_command(as_json: bool) -> None:
    """Every timed job: when it ran last, for how long, what it did, when it is due next; and which
    worker leads."""
    line = make_line(load())
    now = line.clock()
    lead, shown = look(line, known_jobs(line))
    if as_json:
        leader = None if lead is None else {"worker": lead.worker, "renewed_at": lead.renewed_at}
        emit({"at": now, "leader": leader, "jobs": shown})
        return
    rows = [_row(one, now) for one in shown]
    table("timed jobs", ("job", "when, who", "last run", "next"), rows)
    say(_leads(lead, now))


def _row(one: Shown, now: datetime) -> tuple[object, ...]:
    when = one.when.removeprefix("every ").removeprefix("daily ")
    who = "leader" if one.leader else "all"
    return one.job, f"{when}, {who}", _last(one, now), _time(one.next_at, now)


def _last(one: Shown, now: datetime) -> str:
    began = _time(one.started_at, now)
    if one.running:
        return f"{began}, runs"
    if not began:
        return "never"
    said = f": {one.said}" if one.said else ""
    return f"{began}, took {one.took_s:.1f} s{_failed(one.failures)}{said}"


def _failed(times: int) -> str:
    if not times:
        return ""
    return ", failed" if times == 1 else f", failed {times} times in a row"


def _time(moment: datetime | None, now: datetime) -> str:
    """The time of day, with the date on another day."""
    if moment is None:
        return ""
    here, today = moment.astimezone(clock.CHINA), now.astimezone(clock.CHINA)
    return f"{here:%H:%M:%S}" if here.date() == today.date() else f"{here:%m-%d %H:%M}"


def _leads(lead: Leader | None, now: datetime) -> str:
    if lead is None:
        return "nobody leads: start `huifang worker` or `huifang serve`"
    ago = (now - lead.renewed_at).total_seconds()
    said = f"{lead.worker} leads, renewed {ago:.0f} s ago by this machine's clock"
    if lead.gone:
        said += "; it may be gone: another worker takes over when it has seen no renewal for"
        said += f" {PATIENCE_S:.0f} s"
    return said
