"""How the timed jobs stand, for people who look: how each ran last, when it is due next, and which
worker leads. Runs nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from operations.duties import PATIENCE_S, TIMETABLE
from operations.job_runs import NOTED_EVERY_S
from operations.line import Line
from scheduler.jobs import Every, When
from store import duties
from store.tables import Duty, JobRun


@dataclass(frozen=True, slots=True)
class TimedJob:
    """One line of the timetable as the composition root knows it. ``needs``: what a line must have
    for the job to make sense."""

    name: str
    when: When
    leader: bool
    needs: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One job as it is shown. ``failures`` are those in a row."""

    job: str
    when: str
    leader: bool
    needs: str
    due_at: datetime | None
    started_at: datetime | None
    took_s: float | None
    running: bool
    worker: str | None
    runs: int
    failures: int
    said: str | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Leader:
    """The worker that leads, and when it renewed that by its own clock; ``gone``: so long ago that
    it may have died, and another is about to take over."""

    worker: str
    renewed_at: datetime
    gone: bool


def look(line: Line, jobs: Iterable[TimedJob]) -> tuple[Leader | None, list[Shown]]:
    """Who leads (None: nobody), and how every job stands."""
    now = line.clock()
    with line.database.reading() as session:
        runs = duties.runs(session)
        lead = duties.duty(session, TIMETABLE)
        return _leader(lead, now), [shown(job, runs.get(job.name), now) for job in jobs]


def _leader(lead: Duty | None, now: datetime) -> Leader | None:
    if lead is None or lead.holder == duties.NOBODY:
        return None
    gone = (now - lead.renewed_at).total_seconds() > PATIENCE_S
    return Leader(lead.holder, lead.renewed_at, gone)


def shown(job: TimedJob, run: JobRun | None, now: datetime) -> Shown:
    """How a job stands after its last run; None: it never ran."""
    took = (run.ended_at - run.started_at).total_seconds() if run and run.ended_at else None
    return Shown(
        job=job.name,
        when=f"every {job.when}" if isinstance(job.when, Every) else f"daily {job.when}",
        leader=job.leader,
        needs=job.needs,
        due_at=run.due_at if run else None,
        started_at=run.started_at if run else None,
        took_s=took,
        running=run is not None and run.ended_at is None,
        worker=run.worker if run else None,
        runs=run.runs if run else 0,
        failures=run.failures if run else 0,
        said=run.said if run else None,
        next_at=_next(job.when, run, now),
    )


def _next(when: When, run: JobRun | None, now: datetime) -> datetime | None:
    """A job that has never run waits for a worker; a daily one that has missed its moment is due at
    that moment, which has passed."""
    if run is None:
        return None
    if isinstance(when, Every):
        return _next_turn(when.seconds, run.started_at, now)
    latest = when.due(now)
    return when.next(now) if run.due_at >= latest else latest


def _next_turn(seconds: float, noted: datetime, now: datetime) -> datetime:
    """After the run that was noted last; runs in between, which nobody notes, are counted on."""
    unnoted = seconds < NOTED_EVERY_S and now - noted <= timedelta(seconds=2 * NOTED_EVERY_S)
    turns = max(1, ceil((now - noted).total_seconds() / seconds)) if unnoted else 1
    return noted + timedelta(seconds=turns * seconds)
