"""Nobody is called twice at once: the database itself refuses a second open attempt, and two
workers never take the same one."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from store import attempts
from store.database import Database
from store.tables import Attempt
from tests.store.conftest import NOW, attempt, policy

LEASE_S = 120


def plan(database: Database, many: int = 1) -> None:
    with database.transaction() as session:
        for n in range(many):
            row = policy(session, f"P{n}", f"+861390000{n:04d}")
            session.add(attempt(row, deadline=NOW + timedelta(days=3, minutes=-n)))


def lease(database: Database, worker: str) -> int | None:
    with database.transaction() as session:
        found = attempts.lease_planned(session, worker, NOW, LEASE_S)
        return found.id if found else None


def test_a_second_open_attempt_of_one_policy_is_refused(database: Database) -> None:
    with database.transaction() as session:
        row = policy(session, "P1")
        session.add(attempt(row))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(attempt(row, 2, phone="+8613900000002"))


def test_a_second_open_attempt_on_one_phone_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add_all([attempt(policy(session, "P1")), attempt(policy(session, "P2"))])


def test_ended_attempts_stand_in_nobodys_way(database: Database) -> None:
    with database.transaction() as session:
        row = policy(session, "P1")
        over = {"state": "ended", "ended_at": NOW, "outcome": "busy"}
        session.add_all([attempt(row, 1, **over), attempt(row, 2, **over), attempt(row, 3)])
    with database.reading() as session:
        assert len(session.scalars(select(Attempt)).all()) == 3


def test_an_attempt_number_is_used_once(database: Database) -> None:
    with database.transaction() as session:
        row = policy(session, "P1")
        session.add(attempt(row, 1, ended_at=NOW))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(attempt(row, 1))


def test_the_most_urgent_is_leased_first(database: Database) -> None:
    plan(database, 3)  # each later one with an earlier deadline
    with database.transaction() as session:
        found = attempts.lease_planned(session, "a", NOW, LEASE_S)
        assert found is not None
        assert (found.policy.number, found.state) == ("P2", "placing")
        assert (found.leased_by, found.leased_until) == ("a", NOW + timedelta(seconds=LEASE_S))


def test_what_one_worker_has_taken_and_not_committed_no_other_gets(
    database: Database, other: Database
) -> None:
    plan(database, 2)
    with database.transaction() as session:
        mine = attempts.lease_planned(session, "a", NOW, LEASE_S)
        assert mine is not None
        if database.url.startswith("sqlite"):  # lets one write at a time
            with pytest.raises(OperationalError, match="database is locked"):
                lease(other, "b")
        else:  # PostgreSQL skips the locked row
            assert lease(other, "b") not in (None, mine.id)


def test_two_workers_share_the_work(database: Database) -> None:
    plan(database, 12)
    taken: dict[str, list[int]] = {"a": [], "b": []}
    begin = threading.Barrier(2)

    def work(worker: str) -> None:
        own = Database(database.url)
        begin.wait()
        while (one := lease(own, worker)) is not None:
            taken[worker].append(one)
        own.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    every = taken["a"] + taken["b"]
    assert len(every) == len(set(every)) == 12


def test_an_attempt_is_abandoned_only_after_its_lease(database: Database) -> None:
    plan(database)
    mine = lease(database, "a")

    def found_at(seconds: int) -> int | None:
        with database.transaction() as session:
            row = attempts.take_abandoned(session, "b", NOW + timedelta(seconds=seconds), LEASE_S)
            return row.id if row else None

    assert found_at(LEASE_S) is None
    assert found_at(LEASE_S + 1) == mine
    assert found_at(LEASE_S + 2) is None  # it is leased anew


def test_looking_does_not_hinder_a_writer(database: Database, other: Database) -> None:
    plan(database)
    with database.reading() as session:
        before = session.scalars(select(Attempt.state)).all()
        leased = lease(other, "b")  # would fail at once if it had to wait
        after = session.scalars(select(Attempt.state)).all()

    assert leased is not None
    assert before == ["planned"]
    assert after in (["planned"], ["placing"])  # SQLite shows what was there when we began to look


def test_a_writer_does_not_hinder_looking(database: Database, other: Database) -> None:
    plan(database)
    with database.transaction() as session:
        assert attempts.lease_planned(session, "a", NOW, LEASE_S) is not None
        session.flush()
        with other.reading() as looking:
            assert looking.scalars(select(Attempt.state)).all() == ["planned"]


def test_the_same_callback_is_kept_once_and_spoils_no_transaction(database: Database) -> None:
    from store import calls
    from store.tables import Call, ScriptVersion

    with database.transaction() as session:
        row = policy(session, "P1")
        session.add(ScriptVersion(hash="h", script_id="s", text="", first_used_at=NOW))
        session.add(attempt(row))
        session.flush()
        call = Call(
            token="t", attempt_id=1, policy_id=row.id, phone="+8613900000001", vendor_id="CA1",
            script_hash="h", facts={}, ordered_at=NOW,
        )  # fmt: skip
        session.add(call)
        session.flush()
        kept = [calls.note_event(session, call, "status", "CA1/3", {}, NOW) for _ in range(3)]
        call.vendor_status = "completed"  # the transaction goes on after a repetition

    assert kept == [True, False, False]
    with database.reading() as session:
        found = calls.by_token(session, "t")
        assert found is not None
        assert found.vendor_status == "completed"
        assert len(calls.events(session, found.id)) == 1


def test_what_a_number_was_used_for_whatever_the_policy(database: Database) -> None:
    day, phone = NOW.replace(hour=0), "+8613900000001"

    def ended(hours: float, outcome: str) -> dict[str, object]:
        moment = NOW - timedelta(hours=hours)
        return {"state": "ended", "planned_at": moment, "ended_at": moment, "outcome": outcome}

    with database.transaction() as session:
        one, two = policy(session, "P1", phone), policy(session, "P2", phone)
        session.add_all([
            attempt(one, 1, **ended(30, "busy")),
            attempt(one, 2, **ended(3, "no-answer")),
            attempt(two, 1, **ended(2, "failed")),  # nothing rang
            attempt(policy(session, "P3", "+8613900000003"), 1, **ended(11, "busy")),  # yesterday
            attempt(policy(session, "P4", "+8613900000004"), 1, **ended(30, "busy")),
        ])  # fmt: skip
        open_one = attempt(two, 2, planned_at=NOW)
        session.add(open_one)
        session.flush()
        everybody = attempts.phone_uses(session, day, NOW - timedelta(hours=12))
        besides = attempts.phone_uses(session, day, NOW - timedelta(hours=12), open_one)

    rang = NOW - timedelta(hours=3)
    assert everybody == {
        phone: attempts.PhoneUse(3, rang),
        "+8613900000003": attempts.PhoneUse(0, NOW - timedelta(hours=11)),
    }
    assert besides == {phone: attempts.PhoneUse(2, rang)}
