"""The book of the timed jobs: which run is due, what each did, how it failed. The hooks of the
worker; a job that everybody runs every second does not write every second."""

import re
from dataclasses import dataclass
from datetime import datetime

from operations.duties import Lead
from operations.line import Line
from scheduler.jobs import Daily, Job, LastRun, has_to_run
from store import duties
from store.duties import Note
from store.tables import JobRun

#: A job that comes more often is noted so often at most, unless it fails or works again.
NOTED_EVERY_S = 60.0
LONGEST_WORD = 200
_LONG_NUMBER = re.compile(r"\d{7,}")


@dataclass
class _Page:
    """What this process knows of one job. Only one thread at a time runs a job."""

    due: datetime
    started: datetime
    unwritten: int = 0
    written: float | None = None  # steady seconds
    failing: bool = False


class Book:
    """May this worker run a job, and what came of it."""

    def __init__(self, line: Line, lead: Lead) -> None:
        self._line, self._lead = line, lead
        self._pages: dict[str, _Page] = {}

    def may_run(self, job: Job, due: datetime) -> bool:
        """Jobs of the leader only under a lead that has just been renewed, daily jobs once for
        their latest moment. Raises what the database does: then nothing may run."""
        if job.leader and not self._lead.hold():
            return False
        if not isinstance(job.when, Daily):
            return True
        with self._line.database.reading() as session:
            last = duties.run_of(session, job.name)
        return has_to_run(job, due, _last(last) if last else None, self._line.clock())

    def began(self, job: Job, due: datetime) -> None:
        """A run that takes its time is seen while it runs; a quick one is noted when it ends."""
        page = self._pages.setdefault(job.name, _Page(due, due))
        page.due, page.started = due, self._line.clock()
        if not _often(job):
            self._write(job, page, None)

    def ended(self, job: Job, result: object, error: Exception | None) -> None:
        """Count the run, and note it where that says something new."""
        page = self._pages[job.name]
        page.unwritten += 1
        news = error is not None or page.failing or not _often(job)
        page.failing = error is not None
        if news or self._old(page):
            said = _words(result) if error is None else _complaint(error)
            self._write(job, page, self._line.clock(), said)

    def _old(self, page: _Page) -> bool:
        return page.written is None or self._line.steady() - page.written >= NOTED_EVERY_S

    def _write(
        self, job: Job, page: _Page, ended: datetime | None, said: str | None = None
    ) -> None:
        note = Note(page.due, page.started, self._line.worker, ended, said)
        runs = page.unwritten if ended else 0
        with self._line.database.transaction() as session:
            duties.note_run(session, job.name, note, runs=runs, failed=page.failing)
        if ended:
            page.unwritten, page.written = 0, self._line.steady()


def _often(job: Job) -> bool:
    return not isinstance(job.when, Daily) and job.when.seconds < NOTED_EVERY_S


def _last(run: JobRun) -> LastRun:
    return LastRun(run.due_at, run.ended_at, failed=run.failures > 0)


def _words(result: object) -> str | None:
    """A number or a text; whatever else a job returns says nothing."""
    known = isinstance(result, int | str) and not isinstance(result, bool)
    return str(result)[:LONGEST_WORD] if known else None


def _complaint(error: Exception) -> str:
    """The first line, for drivers write the values of a statement below it; long numbers may be
    telephone or identity numbers."""
    line = f"{type(error).__name__}: {error}".partition("\n")[0]
    return _LONG_NUMBER.sub("…", line)[:LONGEST_WORD]
