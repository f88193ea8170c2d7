"""One worker in a process of its own, as ``huifang worker`` runs it: the jobs of the timetable that
plan and place calls, under APScheduler and with one leader, each as much more often as the clock is
faster. Says that it works, and works until it is killed. Argument: the parts, as JSON."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace

import click

from huifang.timetable import entries, working
from operations.duties import Lead
from operations.line import Line
from scheduler.jobs import Every, Job
from tests.killed.parts import Parts, line_of

JOBS = (
    "lead", "plan", "place-calls", "look-for-abandoned", "ask-about-silent-calls", "retry-sweep",
)  # fmt: skip


def jobs_of(line: Line, lead: Lead, speed: float) -> list[Job]:
    """The jobs, each as often on the fast clock as in production on a real one."""
    found = []
    for entry in entries(lead):
        if entry.name in JOBS:
            assert isinstance(entry.when, Every)
            job = Job(entry.name, entry.when, _bound(entry.run, line), leader=entry.leader)
            found.append(replace(job, when=Every(entry.when.seconds / speed)))
    assert len(found) == len(JOBS)
    return found


def _bound(run: Callable[[Line], object], line: Line) -> Callable[[], object]:
    return lambda: run(line)


def main() -> None:
    """Work until the process is killed or its standard input ends."""
    parts = Parts(**json.loads(sys.argv[1]))
    with line_of(parts) as line:
        lead = Lead(line)
        with working(line, lead, jobs_of(line, lead, parts.speed)):
            click.echo("working")  # flushes
            sys.stdin.read()


if __name__ == "__main__":
    main()
