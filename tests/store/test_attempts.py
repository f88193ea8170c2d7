"""Nobody is called twice at once: the database itself refuses a second open attempt, and two
workers never take the same one."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from store.database import Database
from store.tables import Attempt
from tests.store.conftest import NOW, attempt, policy

LEASE_S = 120


def plan(database: Database, many: int = 1) -> None:
    with database.transaction() as session:
        for n in range(many):
            row = policy(session, f"P{n}", f"+861390000{n:04d}")
            session.add(attempt(row, deadline=NOW + timedelta(days=3, minutes=-n)))


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
