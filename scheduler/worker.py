"""Runs the timed jobs in the background. The only place that knows APScheduler; what a job does is
passed in from above, and no job ever runs twice at once in one process."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable: ``run`` is called every ``every`` seconds, first at once."""

    name: str
    every: float
    run: Callable[[], object]


class Worker:
    """Keeps a timetable going between :meth:`start` and :meth:`stop`.

    A run that is still busy when the next is due is not doubled; runs that were missed (the machine
    slept) are made up for by one. A job that fails is logged and runs again when it is next due.
    Catching signals is the caller's part.
    """

    def __init__(self, timetable: Sequence[Job]) -> None:
        names = [job.name for job in timetable]
        if len(set(names)) != len(names):
            raise ValueError(f"two timed jobs have one name: {sorted(names)}")
        self._timetable = tuple(timetable)
        self._scheduler = self._new_scheduler()

    def start(self) -> None:
        """Start; every job runs for the first time at once, in a thread of its own."""
        for job in self._timetable:
            self._scheduler.add_job(
                _guarded,
                IntervalTrigger(seconds=job.every, timezone=UTC),
                args=(job,),
                id=job.name,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()
        log.info("worker started with %d timed jobs", len(self._timetable))

    def stop(self) -> None:
        """Start no further run, and wait until the running ones have ended. Harmless if stopped."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
            log.info("worker stopped")

    def _new_scheduler(self) -> BackgroundScheduler:
        return BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(max(1, len(self._timetable)))},
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
            timezone=UTC,
            daemon=True,
        )


def _guarded(job: Job) -> None:
    try:
        job.run()
    except Exception:
        log.exception("timed job %s failed; it runs again in %s s", job.name, job.every)
