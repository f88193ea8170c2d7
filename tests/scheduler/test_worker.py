"""The timetable really runs, survives a failing job, never doubles one, and stops cleanly."""

import logging
import threading

import pytest

from scheduler.worker import Job, Worker

PATIENCE = 5.0  # seconds to wait for a thread before the test fails


def test_jobs_run_at_once_and_again() -> None:
    ran, again = threading.Event(), threading.Event()

    def run() -> None:
        (again if ran.is_set() else ran).set()

    worker = Worker([Job("plan", 0.05, run)])
    worker.start()
    try:
        assert ran.wait(PATIENCE)
        assert again.wait(PATIENCE)
    finally:
        worker.stop()


def test_a_failing_job_is_logged_and_runs_again(caplog: pytest.LogCaptureFixture) -> None:
    third = threading.Event()
    count = 0

    def run() -> None:
        nonlocal count
        count += 1
        if count == 3:
            third.set()
        raise RuntimeError("no disk")

    worker = Worker([Job("fetch", 0.05, run)])
    with caplog.at_level(logging.ERROR, logger="scheduler.worker"):
        worker.start()
        try:
            assert third.wait(PATIENCE)
        finally:
            worker.stop()
    assert "timed job fetch failed" in caplog.text
    assert "no disk" in caplog.text


def test_a_slow_job_never_runs_twice_at_once() -> None:
    busy, finish, other = threading.Lock(), threading.Event(), threading.Event()
    doubled: list[bool] = []
    ticks = 0

    def slow() -> None:
        doubled.append(not busy.acquire(blocking=False))
        finish.wait(PATIENCE)
        busy.release()

    def quick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 5:
            other.set()

    worker = Worker([Job("slow", 0.05, slow), Job("quick", 0.05, quick)])
    worker.start()
    try:
        assert other.wait(PATIENCE)  # five turns of the quick one while the slow one is busy
        assert doubled == [False]
    finally:
        finish.set()
        worker.stop()


def test_stop_waits_for_the_running_job_and_may_be_called_twice() -> None:
    started, done = threading.Event(), threading.Event()

    def run() -> None:
        started.set()
        threading.Timer(0.05, done.set).start()
        done.wait(PATIENCE)

    worker = Worker([Job("listen", 60, run)])
    worker.start()
    assert started.wait(PATIENCE)
    worker.stop()
    assert done.is_set()
    worker.stop()


def test_two_jobs_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one name"):
        Worker([Job("plan", 1, lambda: None), Job("plan", 2, lambda: None)])
