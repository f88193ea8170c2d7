"""When a job is due, and that a daily one runs once for its latest moment, whatever it missed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduler.jobs import (
    OFFERED_EVERY_S,
    TRIED_AGAIN_AFTER,
    Daily,
    Every,
    Job,
    LastRun,
    has_to_run,
)

CHINA = ZoneInfo("Asia/Shanghai")
DAILY = Daily(time(0, 10), CHINA)
JOB = Job("deadlines", DAILY, lambda: None)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


def test_a_daily_job_is_due_for_its_latest_moment_in_its_own_zone() -> None:
    assert DAILY.due(at(18, 10)) == at(18, 0, 10)
    assert DAILY.due(at(18, 0, 9)) == at(17, 0, 10)
    assert DAILY.due(at(18, 0, 10)) == at(18, 0, 10)
    assert DAILY.due(datetime(2026, 11, 17, 16, 10, tzinfo=UTC)) == at(18, 0, 10)
    assert DAILY.next(at(18, 0, 9)) == at(18, 0, 10)
    assert DAILY.next(at(18, 0, 10)) == at(19, 0, 10)


def test_an_interval_counts_from_now() -> None:
    assert Every(5).due(at(18, 10)) == at(18, 10)
    assert Every(5).offered(at(18, 10)) == at(18, 10) + timedelta(seconds=5)


@given(st.integers(0, 6 * 365 * 86400).map(lambda s: at(1, 0) + timedelta(seconds=s)))
def test_a_daily_job_is_offered_soon_and_never_after_its_moment(now: datetime) -> None:
    offered = DAILY.offered(now)
    assert now < offered <= now + timedelta(seconds=OFFERED_EVERY_S)
    assert offered <= DAILY.next(now)
    assert DAILY.due(now) <= now < DAILY.next(now) <= DAILY.due(now) + timedelta(days=1)


def runs(last: LastRun | None, now: datetime) -> bool:
    return has_to_run(JOB, DAILY.due(now), last, now)


def test_it_runs_when_it_never_did_and_when_it_missed_any_number() -> None:
    assert runs(None, at(18, 10))
    assert runs(LastRun(at(17, 0, 10), at(17, 0, 11), failed=False), at(18, 0, 10))
    assert runs(LastRun(at(15, 0, 10), at(15, 0, 11), failed=False), at(18, 10))


def test_it_does_not_run_twice_for_one_moment() -> None:
    done = LastRun(at(18, 0, 10), at(18, 0, 11), failed=False)
    assert not runs(done, at(18, 0, 12))
    assert not runs(done, at(19, 0, 9))
    assert runs(done, at(19, 0, 10))


def test_one_that_never_ended_runs_again() -> None:
    assert runs(LastRun(at(18, 0, 10), None, failed=False), at(18, 0, 12))


def test_one_that_failed_runs_again_after_a_while_and_not_at_once() -> None:
    failed = LastRun(at(18, 0, 10), at(18, 0, 11), failed=True)
    assert not runs(failed, at(18, 0, 12))
    assert runs(failed, at(18, 0, 11) + TRIED_AGAIN_AFTER)


def test_a_run_that_lies_in_the_future_proves_nothing() -> None:
    later = LastRun(at(25, 0, 10), at(25, 0, 11), failed=False)
    assert runs(later, at(18, 10))
    failed = LastRun(at(18, 0, 10), at(18, 23), failed=True)
    assert runs(failed, at(18, 10))


def test_an_interval_job_always_runs() -> None:
    job = Job("plan", Every(10), lambda: None)
    done = LastRun(at(18, 10), at(18, 10), failed=False)
    assert has_to_run(job, at(18, 10), done, at(18, 10))


def test_they_say_when_they_run() -> None:
    assert (str(Every(5.0)), str(DAILY)) == ("5 s", "00:10")
