"""The queues of recordings, and which hearing and which version of its readings counts: held by the
database itself, on both kinds."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from store import recordings
from store.database import Database
from store.recordings import TO_FETCH, TO_HEAR, Queue
from store.tables import Call, Hearing, ReadingVersion, Recording, ScriptVersion
from tests.store.conftest import NOW, attempt, policy

LEASE_S = 120


def fill(database: Database, *states: str) -> None:
    """One recording of one call in each of these states."""
    with database.transaction() as session:
        session.add(ScriptVersion(hash="h", script_id="s", text="", first_used_at=NOW))
        for n, state in enumerate(states, 1):
            row = policy(session, f"P{n}", f"+861390000{n:04d}")
            tried = attempt(row)
            session.add(tried)
            session.flush()
            call = Call(
                token=f"t{n}", attempt_id=tried.id, policy_id=row.id, phone=tried.phone,
                vendor_id=f"CA{n}", script_hash="h", facts={}, ordered_at=NOW,
            )  # fmt: skip
            session.add(call)
            session.flush()
            session.add(
                Recording(
                    call_id=call.id, vendor_id=f"RE{n}", state=state, announced_at=NOW,
                    next_try_at=NOW, tries=0,
                )
            )  # fmt: skip


def hearing(recording_id: int, **changes: Any) -> Hearing:
    """What an engine heard."""
    values: dict[str, Any] = {
        "recording_id": recording_id, "engine": "a", "version": "1", "turns": 3, "counts": True,
        "made_at": NOW, "audio_s": 1.0, "took_s": 1.0, "product": {}, "openly": {},
    }  # fmt: skip
    return Hearing(**{**values, **changes})


def version(hearing_id: int, **changes: Any) -> ReadingVersion:
    """How it was read."""
    values: dict[str, Any] = {
        "hearing_id": hearing_id, "lexicon": 1, "fingerprint": "f1", "rules": 1, "counts": True,
        "made_at": NOW,
    }  # fmt: skip
    return ReadingVersion(**{**values, **changes})


def take(database: Database, queue: Queue, seconds: int = 0) -> int | None:
    with database.transaction() as session:
        now = NOW + timedelta(seconds=seconds)
        found = recordings.take(session, queue, now, LEASE_S)
        return found.id if found else None


def test_a_queue_gives_its_own_and_each_once_while_the_lease_holds(database: Database) -> None:
    fill(database, "announced", "stored", "heard", "unreadable", "stored")

    assert [take(database, TO_HEAR) for _ in range(3)] == [2, 5, None]
    assert [take(database, TO_FETCH) for _ in range(2)] == [1, None]
    with database.reading() as session:
        assert recordings.free_at(session, TO_HEAR, NOW) == NOW + timedelta(seconds=LEASE_S)
        assert recordings.left(session, TO_HEAR) == 2
    assert take(database, TO_HEAR, LEASE_S + 1) == 2


def test_every_taking_is_a_try_and_kept_though_the_process_dies(database: Database) -> None:
    fill(database, "stored")
    for number in range(3):
        take(database, TO_HEAR, number * (LEASE_S + 1))
    with database.reading() as session:
        assert session.scalars(select(Recording.tries)).one() == 3


def test_a_lease_that_is_renewed_holds_longer(database: Database) -> None:
    fill(database, "stored")
    take(database, TO_HEAR)
    with database.transaction() as session:
        recordings.renew(session, 1, NOW + timedelta(seconds=300))

    assert take(database, TO_HEAR, LEASE_S + 1) is None
    assert take(database, TO_HEAR, 301) == 1


def test_workers_share_a_backlog(database: Database) -> None:
    fill(database, *["stored"] * 8)
    taken: list[int] = []
    begin = threading.Barrier(2)

    def work() -> None:
        own = Database(database.url)
        begin.wait()
        while (one := take(own, TO_HEAR)) is not None:
            taken.append(one)
        own.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 9))


def test_what_another_engine_or_version_has_heard_waits_for_this_one(database: Database) -> None:
    fill(database, "heard", "heard", "heard", "stored", "unreadable", "announced")
    with database.transaction() as session:
        session.add_all([
            hearing(1, engine="b"),
            hearing(2, version="0"),
            hearing(3),
            hearing(5, engine="b"),
        ])  # fmt: skip

    queue = Queue("stored", "a", "1")
    with database.reading() as session:
        assert recordings.left(session, queue) == 3
    assert [take(database, queue) for _ in range(4)] == [1, 2, 4, None]


def test_a_hearing_that_no_longer_counts_is_as_none(database: Database) -> None:
    fill(database, "heard")
    with database.transaction() as session:
        session.add_all([hearing(1, counts=False), hearing(1, engine="b")])

    assert take(database, Queue("stored", "a", "1")) == 1


@pytest.mark.parametrize("same", [True, False])
def test_one_hearing_of_a_recording_counts(database: Database, same: bool) -> None:
    fill(database, "heard", "heard")
    with database.transaction() as session:
        session.add(hearing(1))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(hearing(1, counts=not same, engine="a" if same else "b"))
    with database.transaction() as session:
        session.add(hearing(2))


def test_one_version_of_a_hearing_counts(database: Database) -> None:
    fill(database, "heard")
    with database.transaction() as session:
        session.add(hearing(1))
        session.flush()
        session.add(version(1))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(version(1, fingerprint="f2"))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(version(1, counts=False))  # read by the same lexicon and rules already


def test_letting_another_count(database: Database) -> None:
    fill(database, "heard", "heard")
    with database.transaction() as session:
        session.add_all([hearing(1), hearing(1, engine="b", counts=False), hearing(2)])
        session.flush()
        session.add_all([version(2), version(2, fingerprint="f2", counts=False), version(3)])
    with database.transaction() as session:
        other = recordings.hearing_by(session, 1, "b", "1", 3)
        assert other is not None
        recordings.let_count(session, other)
        newer = recordings.version_by(session, other.id, "f2", 1)
        assert newer is not None
        recordings.let_version_count(session, newer)
        assert other.read_by is newer
    with database.reading() as session:
        for table in (Hearing, ReadingVersion):
            counting = select(table.id).where(table.counts).order_by(table.id)
            assert session.scalars(counting).all() == [2, 3]
        newest = recordings.newest_hearing(session, 1)
        assert newest is not None
        assert newest.id == 2


def test_only_what_counts_is_read_again(database: Database) -> None:
    fill(database, "heard", "heard", "heard")
    with database.transaction() as session:
        session.add_all([hearing(1, counts=False), hearing(1, engine="b"), hearing(2), hearing(3)])
        session.flush()
        session.add_all([version(2), version(3, fingerprint="old")])
        session.add_all([version(4, counts=False), version(4, rules=0)])
    with database.reading() as session:
        assert recordings.not_read_by(session, "f1", 1) == [3, 4]


def test_what_was_heard_of_one_call_is_put_back(database: Database) -> None:
    fill(database, "heard", "heard", "stored")
    with database.transaction() as session:
        recordings.put_back(session, 1, NOW)
    with database.reading() as session:
        states = session.scalars(select(Recording.state).order_by(Recording.id)).all()
        assert states == ["stored", "heard", "stored"]
        assert recordings.counted(session)["stored"] == 2
