"""Runs the timed jobs in the background. The only place that knows APScheduler; what a job does,
and whether this worker may run it now, is passed in from above."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from scheduler.jobs import Job, When

log = logging.getLogger(__name__)

#: The wall clock and the steady one may drift apart by so much between two looks.
JUMP_S = 2.0


class Hooks(Protocol):
    """Who decides on a run and keeps book of it. An exception of :meth:`may_run` or :meth:`began`
    means that the job does not run this time."""

    def may_run(self, job: Job, due: datetime) -> bool:
        """Whether this worker runs the job now, for the moment at which it was due."""

    def began(self, job: Job, due: datetime) -> None:
        """The job begins, for this moment."""

    def ended(self, job: Job, result: object, error: Exception | None) -> None:
        """The job ended with this result, or failed."""


class Alone:
    """Hooks of a worker that asks nobody and keeps no book."""

    def may_run(self, job: Job, due: datetime) -> bool:
        """Always."""
        return True

    def began(self, job: Job, due: datetime) -> None:
        """Nothing to note."""

    def ended(self, job: Job, result: object, error: Exception | None) -> None:
        """Nothing to note."""


def _now() -> datetime:
    return datetime.now(UTC)


class Worker:
    """Keeps a timetable going between :meth:`start` and :meth:`stop`.

    A run that is still busy when the next is due is not doubled; runs that were missed (the machine
    slept) are made up for by one. A job that fails is logged and runs again when it is next due.
    When the wall clock is set, forward or back, every job is offered at once: otherwise, after a
    step back, nobody would be called until the old time had come again. Catching signals is the
    caller's part.
    """

    def __init__(
        self,
        timetable: Sequence[Job],
        hooks: Hooks | None = None,
        *,
        clock: Callable[[], datetime] = _now,
        steady: Callable[[], float] = time.monotonic,
        look_every_s: float = 1.0,
    ) -> None:
        names = [job.name for job in timetable]
        if len(set(names)) != len(names):
            raise ValueError(f"two timed jobs have one name: {sorted(names)}")
        self._timetable = tuple(timetable)
        self._hooks: Hooks = hooks or Alone()
        self._clock, self._steady, self._look_every_s = clock, steady, look_every_s
        self._scheduler = _new_scheduler(len(names))
        self._ended = threading.Event()
        self._guard = threading.Thread(target=self._guard_clock, name="clock", daemon=True)

    def start(self) -> None:
        """Start; every job is offered for the first time at once, in a thread of its own."""
        for job in self._timetable:
            self._scheduler.add_job(
                self._offer,
                _Trigger(job.when),
                args=(job,),
                id=job.name,
                next_run_time=_now(),
            )
        self._scheduler.start()
        self._guard.start()
        log.info("worker started with %d timed jobs", len(self._timetable))

    def stop(self) -> None:
        """Start no further run, and wait until the running ones have ended. Harmless if stopped."""
        self._ended.set()
        if self._scheduler.running:
            self._guard.join()
            self._scheduler.shutdown(wait=True)
            log.info("worker stopped")

    def _offer(self, job: Job) -> None:
        due = job.when.due(self._clock())
        try:
            if not self._hooks.may_run(job, due):
                return
            self._hooks.began(job, due)
        except Exception as fault:
            log.warning("timed job %s does not run now: %s", job.name, _first_line(fault))
            return
        self._note(job, *_run(job))

    def _note(self, job: Job, result: object, error: Exception | None) -> None:
        try:
            self._hooks.ended(job, result, error)
        except Exception as fault:
            log.warning("the end of timed job %s is not noted: %s", job.name, _first_line(fault))

    def _guard_clock(self) -> None:
        ahead = self._ahead()
        while not self._ended.wait(self._look_every_s):
            before, ahead = ahead, self._ahead()
            if abs(ahead - before) > JUMP_S:
                log.warning("the clock was set by %+.0f s; all jobs are looked at", ahead - before)
                self._offer_all()

    def _ahead(self) -> float:
        """Seconds by which the wall clock is ahead of the steady one; changes only when it is set,
        or when the machine slept."""
        return self._clock().timestamp() - self._steady()

    def _offer_all(self) -> None:
        for job in self._timetable:
            self._scheduler.modify_job(job.name, next_run_time=_now())


class _Trigger(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Comes after the present moment, never after the one before. APScheduler's own triggers count
    on from that, one by one: a clock that was a year behind would cost 30 million steps."""

    def __init__(self, when: When) -> None:
        self._when = when

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """The next moment, in APScheduler's words."""
        return self._when.offered(now)


def _new_scheduler(jobs: int) -> BackgroundScheduler:
    quiet = log.getChild("apscheduler")
    quiet.setLevel(logging.ERROR)  # that a busy job is not doubled is no news
    return BackgroundScheduler(
        logger=quiet,
        executors={"default": ThreadPoolExecutor(max(1, jobs))},
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        timezone=UTC,
        daemon=True,
    )


def _run(job: Job) -> tuple[Any, Exception | None]:
    try:
        return job.run(), None
    except Exception as fault:
        log.exception("timed job %s failed; it runs again when it is next due", job.name)
        return None, fault


def _first_line(fault: Exception) -> str:
    """Without what a driver adds below it: the values of a statement may be numbers of people."""
    return f"{type(fault).__name__}: {fault}".partition("\n")[0]
