"""Pausing, the circuit breaker, and the limits that all workers keep together; both databases."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from operations import dialling
from operations.line import Line
from recordings.storage import Storage
from scheduler.pacing import Code, Go, Limits, State, Wait
from store import dialling as store
from store.database import Database, Session
from store.tables import Agenda, Attempt, DiallingEvent
from tests.operations.orders import order, policy
from tests.prepared import standard
from tests.store import conftest as databases
from tests.store.conftest import NOW

database, other = databases.database, databases.other

LIMITS = Limits(calls_at_once=3, breaker_failures=3, breaker_rest=timedelta(seconds=300))


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def tick(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(database: Database, clock: Clock, tmp_path: Path) -> Line:
    """A line on either database."""
    return Line(
        database=database,
        clock=clock,
        rulebook=standard(),
        company="示例人寿",
        company_phone="95500",
        storage=Storage(tmp_path / "recordings"),
        hands_over=True,
        limits=LIMITS,
    )


def ring(line: Line, branch: str | None = None, **changes: Any) -> str:
    """What a worker does: ask, and write the order down. What it was told."""
    with line.database.transaction() as session:
        now = line.clock()
        answer = dialling.may_start(session, line, now)
        if isinstance(answer, Wait):
            return answer.code
        order(session, now, branch, **changes)
        return "go"


def tell(line: Line, *failed: bool, said: str = "") -> State:
    """Orders failed or rang, one after the other; how the dialling stands then."""
    for one in failed:
        with line.database.transaction() as session:
            dialling.note_order(session, line, failed=one, now=line.clock(), said=said)
    return dialling.status(line).state


def end_all(line: Line) -> None:
    """Every call ends."""
    with line.database.transaction() as session:
        session.execute(update(Attempt).values(ended_at=line.clock(), state="ended"))


def events(line: Line) -> list[tuple[str, str | None, str]]:
    with line.database.reading() as session:
        found = session.scalars(select(DiallingEvent).order_by(DiallingEvent.id))
        return [(one.what, one.by, one.why) for one in found]


@pytest.fixture
def workers(line: Line) -> Iterator[list[Line]]:
    """Four workers, each with connections of its own."""
    found = [replace(line, database=Database(line.database.url)) for _ in range(4)]
    yield found
    for one in found:
        one.database.close()


def all_at_once(workers: list[Line], times: int) -> list[str]:
    """Every worker rings so often, all together; what they were told."""
    together = Barrier(len(workers))

    def work(line: Line) -> list[str]:
        together.wait()
        return [ring(line) for _ in range(times)]

    with ThreadPoolExecutor(len(workers)) as pool:
        return [one for told in pool.map(work, workers) for one in told]


def test_workers_together_never_have_more_calls_than_lines(workers: list[Line]) -> None:
    """Nothing is in the database before: they make its one row together, too."""
    told = all_at_once(workers, 6)
    assert (told.count("go"), told.count(Code.CALLS_AT_ONCE)) == (3, 21)
    assert dialling.status(workers[0]).live == 3


def test_workers_together_are_no_faster_than_the_carrier(workers: list[Line], clock: Clock) -> None:
    limits = Limits(calls_a_second=2.0, calls_at_once=100)
    fast = [replace(one, limits=limits) for one in workers]
    for _ in range(3):
        assert all_at_once(fast, 3).count("go") == 2
        clock.tick(1)


def test_a_worker_that_waits_for_the_lock_counts_the_call_it_waited_for(
    line: Line, other: Database
) -> None:
    """While one decides, no other does: here the other is told at once that it would wait."""
    with line.database.transaction() as session:
        dialling.may_start(session, line, NOW)
        with pytest.raises(Exception, match="lock"), other.transaction() as second:
            dialling.may_start(second, replace(line, database=other), NOW)


def test_a_call_that_ends_makes_room(line: Line) -> None:
    assert [ring(line) for _ in range(4)] == ["go", "go", "go", "calls-at-once"]
    end_all(line)
    assert ring(line) == "go"


def test_a_branch_that_is_full_is_left_out(line: Line) -> None:
    line = replace(line, limits=replace(LIMITS, per_branch={"济南": 1}))
    ring(line, "济南")
    ring(line, "青岛")
    with line.database.transaction() as session:
        assert dialling.may_start(session, line, NOW) == Go(frozenset({"济南"}))


def test_people_on_duty_limit_the_calls_where_calls_are_handed_over(line: Line) -> None:
    line = replace(line, limits=replace(LIMITS, calls_per_agent=1))
    assert dialling.agents_on_duty(line, 2, "班长").changed
    assert not dialling.agents_on_duty(line, 2, "班长").changed
    assert ring(line, ending="transferred") == "go"  # one of them talks
    assert [ring(line), ring(line)] == ["go", "no-agent"]
    assert ring(replace(line, hands_over=False)) == "go"

    end_all(line)
    dialling.agents_on_duty(line, None, "班长")
    assert [ring(line), ring(line), ring(line)] == ["go", "go", "go"]
    assert events(line) == [("agents", "班长", "2"), ("agents", "班长", "any")]


def test_a_pause_lets_live_calls_end(line: Line) -> None:
    ring(line)
    paused = dialling.pause(line, "班长", "开会")
    assert (paused.changed, paused.was, paused.status.live) == (True, State.RUNNING, 1)
    assert ring(line) == "paused"
    assert dialling.status(line).live == 1

    resumed = dialling.resume(line, "班长", "")
    assert (resumed.changed, resumed.was, resumed.was_why) == (True, State.PAUSED, "开会")
    assert ring(line) == "go"
    assert events(line) == [("paused", "班长", "开会"), ("resumed", "班长", "")]


def test_the_same_word_again_changes_nothing(line: Line, clock: Clock) -> None:
    dialling.pause(line, "班长", "开会")
    clock.tick(60)
    again = dialling.pause(line, "主管", "午休")
    assert (again.changed, again.status.by, again.status.since) == (False, "班长", NOW)
    dialling.resume(line, "班长", "")
    assert not dialling.resume(line, "班长", "").changed
    assert len(events(line)) == 2


def test_the_breaker_breaks_tries_one_call_and_mends(
    line: Line, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    ring(line)
    with caplog.at_level(logging.ERROR):
        assert tell(line, True, True, True, said="20003") is State.BROKEN
    assert "no call is placed for 300 s" in caplog.text
    end_all(line)
    assert ring(line) == "broken"
    assert dialling.status(line).tries_at == NOW + timedelta(seconds=300)

    clock.tick(300)
    assert [ring(line), ring(line)] == ["go", "broken"]
    assert tell(line, False) is State.RUNNING
    assert [ring(line), ring(line)] == ["go", "go"]
    assert events(line) == [
        ("broken", None, "3 orders in a row failed, the last with 20003"),
        ("resumed", None, "a call that was tried has rung"),
    ]


def test_a_tried_call_that_fails_breaks_again_for_longer(line: Line, clock: Clock) -> None:
    tell(line, True, True, True)
    clock.tick(300)
    ring(line)
    assert tell(line, True) is State.BROKEN
    end_all(line)
    clock.tick(599)
    assert ring(line) == "broken"
    clock.tick(1)
    assert ring(line) == "go"


def test_calls_from_before_the_break_neither_mend_nor_lengthen_it(line: Line) -> None:
    ring(line)
    assert tell(line, True, True, True, True, True, False) is State.BROKEN
    assert dialling.status(line).tries_at == NOW + timedelta(seconds=300)
    assert len(events(line)) == 1


def test_an_order_sent_again_is_the_call_that_is_tried(line: Line, clock: Clock) -> None:
    """Every line holds an order that the carrier refused for the moment."""
    for _ in range(3):
        ring(line)
    tell(line, True, True, True)
    clock.tick(300)
    told = []
    for _ in range(2):
        with line.database.transaction() as session:
            told.append(dialling.may_start(session, line, clock.now, again=True))
    assert told == [Go(), Wait(Code.BROKEN, clock.now + timedelta(seconds=300))]
    assert tell(line, False) is State.RUNNING


def test_a_person_resumes_a_broken_line(line: Line) -> None:
    tell(line, True, True, True)
    change = dialling.resume(line, "班长", "运营商已恢复")
    assert (change.was, change.was_why) == (State.BROKEN, "3 orders in a row failed")
    assert (change.status.failures, ring(line)) == (0, "go")
    assert tell(line, True, True) is State.RUNNING


def test_good_news_waits_for_nobody(line: Line, other: Database) -> None:
    """A telephone that rings is told in a transaction that must not wait for those who dial."""
    tell(line, True, False)
    with line.database.transaction() as session:
        dialling.may_start(session, line, NOW)
        with other.reading() as second:
            dialling.note_order(second, line, failed=False, now=NOW)


def test_the_status_changes_nothing_and_counts_what_is_ready(line: Line) -> None:
    untouched = dialling.status(line)
    assert (untouched.state, untouched.since, untouched.wait) == (State.RUNNING, None, None)
    line = replace(line, limits=replace(LIMITS, per_branch={"烟台": 2}))
    ring(line, "济南")
    with line.database.transaction() as session:
        for state in ("ready", "ready", "held"):
            _waiting(session, state, "济南")
        _waiting(session, "ready", None)

    found = dialling.status(line)
    assert (found.live, found.ready, found.agents) == (1, 3, None)
    assert [(one.name, one.live, one.ready, one.most) for one in found.branches] == [
        ("", 0, 1, None),
        ("济南", 1, 2, None),
        ("烟台", 0, 0, 2),
    ]


def _waiting(session: Session, state: str, branch: str | None) -> None:
    of = policy(session, branch)
    row = Agenda(
        policy_id=of.id, state=state, rank=f"{of.id:048d}", slots_left=1, branch=branch,
        why="due", rules="", reasons=[], decided_at=NOW,
    )  # fmt: skip
    session.add(row)


def test_counting_reads_open_calls_only(line: Line) -> None:
    """However many calls have ended: they come out of indexes that hold nothing else."""
    with line.database.transaction() as session:
        for _ in range(300):
            order(session, NOW).attempt.ended_at = NOW
        order(session, NOW)
        if session.get_bind().dialect.name == "sqlite":
            query, explain = store.live_query().compile(dialect=sqlite.dialect()), "QUERY PLAN"
        else:
            session.execute(text("ANALYZE"))
            query, explain = store.live_query().compile(dialect=postgresql.dialect()), ""
        words = {name: repr(value) for name, value in query.params.items()}
        plan = session.execute(text(f"EXPLAIN {explain} {_filled(str(query), words)}"))
        assert "uq_attempt_one_open_" in " ".join(str(row) for row in plan)


def _filled(query: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        query = query.replace(f"%({name})s", value).replace("?", value, 1)
    return query
