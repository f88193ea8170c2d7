"""One leader among several workers, whatever the clocks on the wall say: takeover only after nobody
was seen to renew, no leader that cannot renew, and jobs that are made up once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from operations.duties import PATIENCE_S, RENEW_S, TRUST_S, Lead
from operations.job_runs import NOTED_EVERY_S, Book
from operations.line import Line
from recordings.storage import Storage
from scheduler.jobs import TRIED_AGAIN_AFTER, Daily, Every, Job
from store import duties
from store.columns import LOCAL
from store.database import Database
from store.tables import Duty, JobRun
from tests.prepared import blank_at, standard

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=LOCAL)
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@dataclass
class Clocks:
    """A wall clock that is set at will, and a steady one that only runs."""

    wall: datetime = NOW
    steady: float = 1000.0

    def pass_s(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


class Machine:
    """One worker on a machine with clocks of its own, on the database of all."""

    def __init__(self, url: str, name: str, folder: Path) -> None:
        self.clocks = Clocks()
        self.line = Line(
            database=Database(url),
            clock=lambda: self.clocks.wall,
            steady=lambda: self.clocks.steady,
            rulebook=standard(),
            company="示例人寿",
            company_phone="95500",
            storage=Storage(folder),
            worker=name,
        )
        self.lead = Lead(self.line)
        self.book = Book(self.line, self.lead)

    def run(self, job: Job) -> bool:
        """What the worker does when a job is offered; whether it ran."""
        due = job.when.due(self.clocks.wall)
        if not self.book.may_run(job, due):
            return False
        self.book.began(job, due)
        try:
            self.book.ended(job, job.run(), None)
        except RuntimeError as fault:
            self.book.ended(job, None, fault)
        return True

    @property
    def duty(self) -> Duty:
        with self.line.database.reading() as session:
            found = duties.duty(session, "timetable")
        assert found is not None
        return found

    def noted(self, name: str) -> JobRun:
        with self.line.database.reading() as session:
            found = duties.run_of(session, name)
        assert found is not None
        return found


@pytest.fixture(params=BOTH)
def machines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Machine]]:
    """Two workers."""
    if request.param == "sqlite":
        url = blank_at(tmp_path / "huifang.db")
    else:
        url = request.getfixturevalue("postgres")(prepared=True)
    found = [Machine(url, name, tmp_path) for name in ("one", "two")]
    yield found
    for machine in found:
        machine.line.database.close()


def both_pass(machines: list[Machine], seconds: float) -> None:
    for machine in machines:
        machine.clocks.pass_s(seconds)


def test_the_first_leads_and_the_other_stands_by(machines: list[Machine]) -> None:
    one, two = machines
    assert [one.lead.hold(), two.lead.hold()] == [True, False]
    assert [one.lead.sure(), two.lead.sure()] == [True, False]
    assert (one.duty.holder, one.duty.turn) == ("one", 1)
    assert one.lead.hold()
    assert one.duty.turn == 2


def test_a_leader_that_lives_keeps_the_lead(machines: list[Machine]) -> None:
    one, two = machines
    for _ in range(50):
        assert [one.lead.hold(), two.lead.hold()] == [True, False]
        both_pass(machines, RENEW_S)


@pytest.mark.parametrize("hours", [-30, -3, 3, 24 * 365])
@pytest.mark.parametrize("whose", ["leader", "other", "both"])
def test_a_wall_clock_that_jumps_makes_no_second_leader(
    machines: list[Machine], hours: int, whose: str
) -> None:
    one, two = machines
    for step in range(20):
        if step == 3:
            for machine, word in ((one, "leader"), (two, "other")):
                if whose in (word, "both"):
                    machine.clocks.wall += timedelta(hours=hours)
        assert [one.lead.hold(), two.lead.hold()] == [True, False]
        both_pass(machines, RENEW_S)


def test_another_takes_over_after_patience_and_not_before(machines: list[Machine]) -> None:
    one, two = machines
    one.lead.hold()
    two.lead.hold()  # at first sight
    both_pass(machines, PATIENCE_S - 0.1)
    assert not two.lead.hold()
    both_pass(machines, 0.1)
    assert two.lead.hold()
    assert not one.lead.hold()  # it lives after all, and stands by
    assert not one.lead.sure()


def test_patience_begins_at_first_sight_and_not_at_the_renewal(machines: list[Machine]) -> None:
    one, two = machines
    one.lead.hold()
    both_pass(machines, 10 * PATIENCE_S)
    assert not two.lead.hold()


def test_a_leader_that_cannot_renew_stops_before_another_begins(
    machines: list[Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines
    one.lead.hold()
    two.lead.hold()

    def away(*_: object) -> None:
        raise OSError("the database is away")

    monkeypatch.setattr(Lead, "_take", away)
    with pytest.raises(OSError, match="away"):
        one.book.may_run(Job("plan", Every(10), lambda: None, leader=True), one.clocks.wall)
    both_pass(machines, TRUST_S - 0.1)
    assert one.lead.sure()  # nobody can have it yet
    both_pass(machines, 0.1)
    assert not one.lead.sure()
    monkeypatch.undo()
    assert not two.lead.hold()  # not even then


def test_a_renewal_that_takes_too_long_is_no_lead(
    machines: list[Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = machines
    take = Lead._take

    def slow(self: Lead, *given: object) -> bool:
        one.clocks.pass_s(TRUST_S)
        return take(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Lead, "_take", slow)
    assert not one.lead.hold()


def test_a_polite_end_lets_another_lead_at_once(machines: list[Machine]) -> None:
    one, two = machines
    one.lead.hold()
    two.lead.release()  # not its own: changes nothing
    assert one.duty.holder == "one"
    one.lead.release()
    assert not one.lead.sure()
    assert two.lead.hold()
    assert two.duty.turn == 3


def test_two_that_race_for_it_never_both_get_it(machines: list[Machine]) -> None:
    leads = [Lead(replace(one.line, worker=f"{one.line.worker}{n}")) for one in machines
             for n in range(3)]  # fmt: skip
    for _ in range(5):
        assert at_once([lead.hold for lead in leads]).count(True) == 1  # first of all, and after
        for lead in leads:
            lead.release()


def at_once(doing: list[Callable[[], bool]]) -> list[bool]:
    """What each comes to, begun in threads at the same moment."""
    found: list[bool] = []
    gate = threading.Barrier(len(doing))

    def work(one: Callable[[], bool]) -> None:
        gate.wait()
        found.append(one())

    threads = [threading.Thread(target=work, args=(one,)) for one in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(doing)
    return found


def daily(work: Callable[[], object]) -> Job:
    return Job("deadlines", Daily(time(0, 10), LOCAL), work, leader=True)


def test_a_daily_job_that_was_missed_three_times_runs_once(machines: list[Machine]) -> None:
    one, _ = machines
    ran: list[datetime] = []
    job = daily(lambda: ran.append(one.clocks.wall))
    assert one.run(job)
    one.clocks.pass_s(3 * 86400)
    assert [one.run(job), one.run(job)] == [True, False]
    assert len(ran) == 2
    assert one.noted("deadlines").due_at == datetime(2026, 11, 21, 0, 10, tzinfo=LOCAL)


def test_a_new_leader_makes_up_what_the_old_one_missed(machines: list[Machine]) -> None:
    one, two = machines
    job = daily(lambda: 7)
    assert [one.run(job), two.run(job)] == [True, False]
    both_pass(machines, 86400)  # the leader is gone, and the moment passes
    two.lead.hold()
    both_pass(machines, PATIENCE_S)
    assert [two.run(job), two.run(job)] == [True, False]
    noted = two.noted("deadlines")
    assert (noted.worker, noted.runs, noted.said) == ("two", 2, "7")


def test_a_daily_job_whose_worker_was_killed_runs_again(machines: list[Machine]) -> None:
    one, two = machines
    job = daily(lambda: None)
    assert one.book.may_run(job, job.when.due(NOW))
    one.book.began(job, job.when.due(NOW))  # and then it is killed
    assert two.noted("deadlines").ended_at is None
    two.lead.hold()
    both_pass(machines, PATIENCE_S)
    assert two.run(job)


def test_a_clock_that_went_wrong_blocks_no_daily_job(machines: list[Machine]) -> None:
    one, _ = machines
    job = daily(lambda: None)
    one.clocks.wall += timedelta(days=3650)
    assert one.run(job)
    one.clocks.wall = NOW
    assert one.run(job)
    assert not one.run(job)


def test_a_failing_job_is_counted_and_tried_again(machines: list[Machine]) -> None:
    one, _ = machines
    works = False

    def work() -> str:
        if not works:
            raise RuntimeError("no answer from 13900000001\n[parameters: ('陈安平',)]")
        return "all well"

    job = daily(work)
    assert one.run(job)
    assert not one.run(job)  # not at once
    one.clocks.pass_s(TRIED_AGAIN_AFTER.total_seconds())
    assert one.run(job)
    noted = one.noted("deadlines")
    assert (noted.runs, noted.failures) == (2, 2)
    assert noted.said == "RuntimeError: no answer from …"
    works = True
    one.clocks.pass_s(TRIED_AGAIN_AFTER.total_seconds())
    assert one.run(job)
    noted = one.noted("deadlines")
    assert (noted.runs, noted.failures, noted.said) == (3, 0, "all well")
    assert not one.run(job)


def test_a_job_that_comes_often_is_noted_once_a_minute(machines: list[Machine]) -> None:
    one, two = machines
    job = Job("place-calls", Every(2), lambda: 1)
    for _ in range(10):
        assert [one.run(job), two.run(job)] == [True, True]  # all workers, without a lead
        both_pass(machines, 2)
    assert one.noted("place-calls").runs == 2  # the first of each
    both_pass(machines, NOTED_EVERY_S)
    one.run(job)
    noted = one.noted("place-calls")
    assert (noted.runs, noted.worker, noted.ended_at) == (12, "one", one.clocks.wall)


def test_a_failure_of_a_frequent_job_is_noted_at_once(machines: list[Machine]) -> None:
    one, _ = machines
    fails = False

    def work() -> None:
        if fails:
            raise RuntimeError("no line")

    job = Job("place-calls", Every(2), work)
    one.run(job)
    fails = True
    one.run(job)
    one.run(job)
    assert (one.noted("place-calls").failures, one.noted("place-calls").runs) == (2, 3)
    fails = False
    one.run(job)
    assert (one.noted("place-calls").failures, one.noted("place-calls").said) == (0, None)


def test_two_that_note_the_first_run_of_all_lose_none(machines: list[Machine]) -> None:
    job = Job("place-calls", Every(300), lambda: 1)
    assert all(at_once([lambda m=machine: m.run(job) for machine in machines]))
    assert machines[0].noted("place-calls").runs == 2
