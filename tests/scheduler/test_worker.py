"""The timetable really runs, survives a failing job and a clock that is set, never doubles a job,
and stops cleanly."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from scheduler.jobs import Daily, Every, Job
from scheduler.worker import Alone, Hooks, Worker

PATIENCE = 5.0  # seconds to wait for a thread before the test fails
OFTEN = Every(0.05)


class Counted:
    """A job's work that can be waited for."""

    def __init__(self) -> None:
        self._times, self._changed = 0, threading.Condition()

    def __call__(self) -> int:
        with self._changed:
            self._times += 1
            self._changed.notify_all()
            return self._times

    def reached(self, times: int) -> bool:
        """Whether it ran so often before the patience was over."""
        with self._changed:
            return self._changed.wait_for(lambda: self._times >= times, PATIENCE)


class Noting(Alone):
    """Hooks that keep what they are told."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def began(self, job: Job, due: datetime) -> None:
        self.told.append(("began", job.name, due))

    def ended(self, job: Job, result: object, error: Exception | None) -> None:
        self.told.append(("ended", job.name, result, repr(error)))


@contextmanager
def running(jobs: Sequence[Job], hooks: Hooks | None = None) -> Iterator[Worker]:
    """A worker that looks at the clock more often than in earnest."""
    worker = Worker(jobs, hooks, look_every_s=0.02)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def test_jobs_run_at_once_and_again() -> None:
    work = Counted()
    with running([Job("plan", OFTEN, work)]):
        assert work.reached(3)


def test_a_failing_job_is_logged_and_runs_again(caplog: pytest.LogCaptureFixture) -> None:
    work = Counted()

    def run() -> None:
        work()
        raise RuntimeError("no disk")

    with (
        caplog.at_level(logging.ERROR, logger="scheduler.worker"),
        running([Job("fetch", OFTEN, run)]),
    ):
        assert work.reached(3)
    assert "timed job fetch failed" in caplog.text
    assert "no disk" in caplog.text


def test_a_slow_job_never_runs_twice_at_once() -> None:
    busy, finish, quick = threading.Lock(), threading.Event(), Counted()
    doubled: list[bool] = []

    def slow() -> None:
        doubled.append(not busy.acquire(blocking=False))
        finish.wait(PATIENCE)
        busy.release()

    with running([Job("slow", OFTEN, slow), Job("quick", OFTEN, quick)]):
        try:
            assert quick.reached(5)  # five turns of the quick one while the slow one is busy
            assert doubled == [False]
        finally:
            finish.set()


def test_stop_waits_for_the_running_job_and_may_be_called_twice() -> None:
    started, done = threading.Event(), threading.Event()

    def run() -> None:
        started.set()
        threading.Timer(0.05, done.set).start()
        done.wait(PATIENCE)

    with running([Job("listen", Every(60), run)]) as worker:
        assert started.wait(PATIENCE)
        worker.stop()
        assert done.is_set()


def test_two_jobs_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one name"):
        Worker([Job("plan", Every(1), lambda: None), Job("plan", Every(2), lambda: None)])


def test_the_hooks_are_told_of_every_run() -> None:
    hooks, work = Noting(), Counted()
    daily = Daily(time(0, 10), UTC)
    with running([Job("deadlines", daily, work)], hooks):
        assert work.reached(1)
    (began, ended) = hooks.told
    assert began[:2] == ("began", "deadlines")
    assert began[2] == daily.due(datetime.now(UTC))
    assert ended == ("ended", "deadlines", 1, "None")


def test_what_may_not_run_does_not_run() -> None:
    class Never(Noting):
        def may_run(self, job: Job, due: datetime) -> bool:
            return job.name == "place"

    hooks, work, other = Never(), Counted(), Counted()
    with running([Job("plan", OFTEN, other), Job("place", OFTEN, work)], hooks):
        assert work.reached(3)
    assert {name for _, name, *_ in hooks.told} == {"place"}


def test_hooks_that_fail_keep_a_job_from_running_and_the_worker_alive(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked, ran = Counted(), Counted()

    class Away(Noting):
        def may_run(self, job: Job, due: datetime) -> bool:
            if asked() < 3:
                raise OSError("the database is away\n[parameters: ('13900000001',)]")
            return True

        def ended(self, job: Job, result: object, error: Exception | None) -> None:
            raise OSError("away again")

    with (
        caplog.at_level(logging.WARNING, logger="scheduler.worker"),
        running([Job("plan", OFTEN, ran)], Away()),
    ):
        assert ran.reached(2)
    assert "timed job plan does not run now: OSError: the database is away" in caplog.text
    assert "the end of timed job plan is not noted" in caplog.text
    assert "13900000001" not in caplog.text


@pytest.mark.parametrize("hours", [-3, 3, 24 * 366])
def test_a_clock_that_is_set_delays_nothing(hours: int) -> None:
    work, seldom = Counted(), Counted()
    jobs = [Job("place", OFTEN, work), Job("sweep", Every(1800), seldom)]
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller, running(jobs):
        assert work.reached(2)
        assert seldom.reached(1)
        traveller.shift(timedelta(hours=hours))
        assert seldom.reached(2)  # looked at once, not after three hours or never
        assert work.reached(10)
