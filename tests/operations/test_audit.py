"""The audit log on SQLite and on PostgreSQL: what the database itself refuses, and what the chain
tells when somebody got past that."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from operations import audit
from operations.line import Line
from recordings.storage import Storage
from store import audit as store
from store.database import Database, Session
from store.tables import AuditEntry
from tests.operations.rig import NOW, Clock
from tests.prepared import blank_at, standard
from tests.store.conftest import BOTH


@dataclass
class Log:
    """A line with a log of some entries, and somebody who can get at its tables."""

    line: Line
    clock: Clock

    def does(self, *statements: str) -> None:
        with self.line.database.transaction() as session:
            for one in statements:
                session.execute(text(one))

    def without_triggers(self, *statements: str) -> None:
        """What an administrator of the database can do who knows of the triggers."""
        if self.line.database.engine.dialect.name == "sqlite":
            names = ("update", "delete", "replace")
            self.does(*(f"DROP TRIGGER audit_entry_no_{one}" for one in names), *statements)
        else:
            self.does("ALTER TABLE audit_entry DISABLE TRIGGER ALL", *statements)

    def entries(self) -> list[AuditEntry]:
        with self.line.database.reading() as session:
            return list(store.chain(session))

    def found(self, known_head: str | None = None) -> tuple[int | None, str]:
        verified = audit.verify(self.line, known_head)
        return verified.broken_at, verified.why


@pytest.fixture(params=BOTH)
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Log]:
    """Five entries, a minute apart."""
    if request.param == "sqlite":
        address = blank_at(tmp_path / "huifang.db")
    else:
        new: Callable[..., str] = request.getfixturevalue("postgres")
        address = new(prepared=True)
    clock = Clock()
    line = Line(
        database=Database(address), clock=clock, rulebook=standard(),
        company="示例人寿", company_phone="95500", storage=Storage(tmp_path / "recordings"),
    )  # fmt: skip
    for number in range(1, 6):
        clock.tick(60.25)
        audit.note_alone(line, "何规", audit.UNMASKED, f"policy:P{number}", f"要回拨 “{number}”")
    yield Log(line, clock)
    line.database.close()


def test_an_untouched_log_is_whole(log: Log) -> None:
    verified = audit.verify(log.line)
    entries = log.entries()
    assert (verified.entries, verified.broken_at, verified.why) == (5, None, "")
    assert verified.head == entries[-1].hash
    assert [one.number for one in entries] == [1, 2, 3, 4, 5]
    assert entries[0].before == store.NOTHING_BEFORE
    assert len({one.hash for one in entries}) == 5


def test_an_empty_log_is_whole(log: Log) -> None:
    head = f"UPDATE audit_head SET number = 0, hash = '{store.NOTHING_BEFORE}'"
    log.without_triggers("DELETE FROM audit_entry", head)
    assert audit.verify(log.line) == audit.Verified(0, store.NOTHING_BEFORE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET who = 'x'",
        "UPDATE audit_entry SET detail = '' WHERE number = 3",
        "DELETE FROM audit_entry WHERE number = 5",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_or_delete(log: Log, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only added to"):
        log.does(statement)
    assert audit.verify(log.line).entries == 5


def test_no_other_statement_takes_entries_away(log: Log) -> None:
    if log.line.database.engine.dialect.name == "sqlite":
        statement = "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 2"
    else:
        statement = "TRUNCATE audit_entry"
    with pytest.raises(DBAPIError, match="only added to"):
        log.does(statement)
    assert audit.verify(log.line).entries == 5


@pytest.mark.parametrize("column", ["who", "what", "about", "detail", "hash", "before"])
def test_a_changed_entry_is_found(log: Log, column: str) -> None:
    log.without_triggers(f"UPDATE audit_entry SET {column} = 'x' WHERE number = 3")
    assert log.found() == (3, "entry 3 was changed after it was written")


def test_another_time_is_found(log: Log) -> None:
    log.without_triggers(
        "UPDATE audit_entry SET at = (SELECT at FROM audit_entry WHERE number = 2) WHERE number = 3"
    )
    assert log.found() == (3, "entry 3 was changed after it was written")


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_entry_is_found(log: Log, number: int) -> None:
    log.without_triggers(f"DELETE FROM audit_entry WHERE number = {number}")
    assert log.found() == (number, f"entry {number} is missing")


def test_an_entry_that_was_changed_with_its_hash_is_found_by_the_next(log: Log) -> None:
    with log.line.database.reading() as session:
        third = session.get_one(AuditEntry, 3)
        third.detail = "nothing"
        forged = store.digest(third)
        session.expunge_all()
    log.without_triggers(
        f"UPDATE audit_entry SET detail = 'nothing', hash = '{forged}' WHERE number = 3"
    )
    assert log.found() == (4, "entry 4 does not follow the entry before it")


def forge(session: Session, number: int, before: str) -> AuditEntry:
    """An entry as somebody makes one who knows how hashes are made."""
    entry = AuditEntry(
        number=number, at=NOW, who="何规", what="exported", about="list:calls", detail="csv",
        before=before, hash="",
    )  # fmt: skip
    entry.hash = store.digest(entry)
    session.add(entry)
    session.flush()
    return entry


def test_an_entry_put_at_the_end_is_found(log: Log) -> None:
    with log.line.database.transaction() as session:
        forge(session, 6, log.entries()[-1].hash)
    assert log.found() == (6, "entry 6 was put in: 5 had been written")


def test_an_entry_put_between_is_found(log: Log) -> None:
    entries = log.entries()
    log.without_triggers(
        "UPDATE audit_entry SET number = number + 100 WHERE number > 3",
        "UPDATE audit_entry SET number = number - 99 WHERE number > 100",
        f"UPDATE audit_head SET number = 6, hash = '{entries[-1].hash}'",
    )
    with log.line.database.transaction() as session:
        forge(session, 4, entries[2].hash)
    assert log.found() == (5, "entry 5 was changed after it was written")


def test_another_last_entry_is_found(log: Log) -> None:
    log.without_triggers("DELETE FROM audit_entry WHERE number = 5")
    with log.line.database.transaction() as session:
        forge(session, 5, log.entries()[-1].hash)
    assert log.found() == (5, "entry 5 is not the one written")


def test_an_end_cut_off_is_found_by_the_head(log: Log) -> None:
    log.without_triggers("DELETE FROM audit_entry WHERE number > 3")
    assert log.found() == (4, "the log ends at entry 3, but 5 had been written")


def test_an_end_cut_off_with_the_head_is_found_by_a_hash_kept_elsewhere(log: Log) -> None:
    entries = log.entries()
    log.without_triggers(
        "DELETE FROM audit_entry WHERE number > 3",
        f"UPDATE audit_head SET number = 3, hash = '{entries[2].hash}'",
    )
    assert log.found() == (None, "")
    assert log.found(entries[1].hash) == (None, "")
    assert log.found(entries[4].hash) == (3, "the hash that you kept stands nowhere in the log")


def test_a_log_that_grows_while_it_is_checked_is_whole(log: Log) -> None:
    """Somebody else writes between two questions of the check."""
    engine, asked = log.line.database.engine, []

    def write(*_: object) -> None:
        if not asked:
            asked.append(1)
            audit.note_alone(log.line, "安晓", audit.LISTENED, "recording:1")

    event.listen(engine, "after_cursor_execute", write)
    try:
        assert log.found() == (None, "")
    finally:
        event.remove(engine, "after_cursor_execute", write)
    assert audit.verify(log.line).entries == 6


def test_writers_at_once_make_no_fork(log: Log) -> None:
    with ThreadPoolExecutor(8) as pool:
        for one in [
            pool.submit(audit.note_alone, log.line, f"访员{n}", audit.EXPORTED, "list:calls")
            for n in range(24)
        ]:
            one.result()
    assert log.found() == (None, "")
    assert len(log.entries()) == 29


def test_what_is_rolled_back_leaves_no_gap(log: Log) -> None:
    def gives_up() -> None:
        with log.line.database.transaction() as session:
            audit.note(session, log.line, "何规", audit.EXPORTED, "list:calls")
            raise FileNotFoundError("the list")

    with pytest.raises(FileNotFoundError):
        gives_up()
    audit.note_alone(log.line, "何规", audit.EXPORTED, "list:cases")
    assert [one.about for one in log.entries()][5:] == ["list:cases"]
    assert log.found() == (None, "")


def test_one_listening_an_hour_is_noted(log: Log) -> None:
    def listens(who: str = "智敏", about: str = "recording:7") -> int:
        audit.note_listening(log.line, who, about)
        with log.line.database.reading() as session:
            query = select(AuditEntry).where(AuditEntry.what == audit.LISTENED)
            return len(session.scalars(query).all())

    assert [listens(), listens()] == [1, 1]
    assert listens(who="祝明") == 2
    assert listens(about="recording:8") == 3
    log.clock.now += timedelta(minutes=59)
    assert listens() == 3
    log.clock.now += timedelta(minutes=2)
    assert listens() == 4


def test_parts_asked_for_at_once_are_one_listening(log: Log) -> None:
    with ThreadPoolExecutor(6) as pool:
        for one in [
            pool.submit(audit.note_listening, log.line, "智敏", "recording:7") for _ in range(12)
        ]:
            one.result()
    assert [one.what for one in log.entries()][5:] == [audit.LISTENED]
