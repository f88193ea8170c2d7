"""Recordings are deleted when their time is over and not before; the row stays and tells what was
there; a killed sweep goes on; two rows that share a file keep it for each other."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from operations.retention import outdated, sweep
from recordings.retention import Why
from recordings.storage import Storage, StorageTrouble
from store.columns import LOCAL
from store.tables import Attempt, Call, Case, Policy, Recording, ScriptVersion
from tests.operations.rig import NOW, Rig
from tests.store.conftest import policy

TEN_YEARS = {"kind": "years", "number": 10}
#: A contract of ten years from 11 November 2026: ten more, and the day after.
OVER = datetime(2046, 11, 12, 3, 0, tzinfo=LOCAL)


@pytest.fixture
def line(rig: Rig) -> Rig:
    """A line on which one script has been run."""
    with rig.line.database.transaction() as session:
        session.add(ScriptVersion(hash="h", script_id="s", text="", first_used_at=NOW))
    return rig


def recorded(rig: Rig, number: str, content: bytes = b"RIFF", **changes: Any) -> int:
    """A stored recording of a call about a policy with these values; its id."""
    stored = rig.line.storage.put([content])
    with rig.line.database.transaction() as session:
        row = policy(session, number, f"+861390000{int(number[1:]):04d}")
        row.effective_on, row.cover_period = date(2026, 11, 11), TEN_YEARS
        for name, value in changes.items():
            setattr(row, name, value)
        tried = Attempt(
            policy_id=row.id, number=1, phone=row.phone or "", state="ended", planned_at=NOW,
            deadline=NOW, reasons=[], lease=0, ended_at=NOW, outcome="completed",
        )  # fmt: skip
        session.add(tried)
        session.flush()
        call = Call(
            token=f"t{number}", attempt_id=tried.id, policy_id=row.id, phone=tried.phone,
            script_hash="h", facts={}, ordered_at=NOW,
        )  # fmt: skip
        session.add(call)
        session.flush()
        recording = Recording(
            call_id=call.id, vendor_id=f"RE{number}", state="heard", announced_at=NOW,
            next_try_at=NOW, tries=0, path=stored.path, sha256=stored.sha256, bytes=stored.bytes,
        )  # fmt: skip
        session.add(recording)
        session.flush()
        return recording.id


def case(rig: Rig, **values: Any) -> None:
    """A case of the first policy."""
    with rig.line.database.transaction() as session:
        session.add(
            Case(
                key="policy:1:x", policy_id=1, class_name="问题件", headline="x", rulebook="r",
                opened_at=NOW, **values,
            )
        )  # fmt: skip


def files(rig: Rig) -> list[Path]:
    """The files that are stored."""
    return [
        path for path in (rig.folder / "recordings").glob("*/*") if ".incoming" not in str(path)
    ]


def test_it_is_deleted_on_the_day_after_its_last_and_the_row_tells_what_was_there(
    line: Rig,
) -> None:
    recorded(line, "P1")
    before = line.one(Recording)
    line.clock.now = OVER - timedelta(days=1)
    assert (sweep(line.line), len(files(line))) == (0, 1)
    line.clock.now = OVER
    assert (sweep(line.line), len(files(line))) == (1, 0)
    row = line.one(Recording)
    assert (row.state, row.path, row.sha256, row.bytes) == ("deleted", None, before.sha256, 4)
    assert row.deleted_at == OVER
    assert row.problem == (
        "kept until 2046-11-11 (contract; the contract ended on 2036-11-11), then deleted"
    )
    assert sweep(line.line) == 0


def test_the_listing_says_the_same_and_changes_nothing(line: Rig) -> None:
    recorded(line, "P1")
    recorded(line, "P2", b"RIFF2", cover_period={"kind": "life", "number": None})
    before = line.everything()
    assert list(outdated(line.line)) == []
    (found,) = outdated(line.line, OVER)
    assert (found.recording, found.policy, found.kept_until) == (1, "P1", date(2046, 11, 11))
    assert (found.why, found.bytes) == (Why.CONTRACT, 4)
    assert line.everything() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"cover_period": {"kind": "life", "number": None}},
        {"effective_on": None},
        {"guaranteed_renewal": True, "cover_period": {"kind": "years", "number": 1}},
        {"cover_period": {"kind": "to-age", "number": 70}},
        {
            "cover_period": {"kind": "to-age", "number": 70},
            "holder_birth": date(1985, 3, 6),
            "insured_name": "陈小安",
        },
    ],
)
def test_nothing_is_deleted_while_the_end_is_unknown(line: Rig, changes: dict[str, Any]) -> None:
    recorded(line, "P1", **changes)
    line.clock.now = datetime(2999, 1, 1, tzinfo=LOCAL)
    assert sweep(line.line) == 0
    assert len(files(line)) == 1


def test_an_age_is_reckoned_where_the_holder_is_the_insured(line: Rig) -> None:
    recorded(
        line, "P1", cover_period={"kind": "to-age", "number": 70}, holder_birth=date(1985, 3, 6)
    )
    (found,) = outdated(line.line, datetime(2999, 1, 1, tzinfo=LOCAL))
    assert found.contract_ends_on == date(2056, 3, 6)


@pytest.mark.parametrize(
    ("values", "deleted"),
    [
        ({"state": "open"}, 0),
        ({"state": "closed"}, 0),  # nobody knows when
        ({"state": "closed", "closed_at": OVER - timedelta(days=365)}, 0),
        ({"state": "closed", "closed_at": OVER - timedelta(days=735)}, 1),
        ({"state": "closed", "closed_because": "announcement"}, 1),  # never was a dispute
    ],
)
def test_a_dispute_keeps_it(line: Rig, values: dict[str, Any], deleted: int) -> None:
    recorded(line, "P1")
    case(line, **values)
    line.clock.now = OVER
    assert sweep(line.line) == deleted


def test_a_file_that_two_share_stays_until_the_last_has_gone(line: Rig) -> None:
    recorded(line, "P1")
    recorded(line, "P2", effective_on=date(2027, 11, 11))
    assert len(files(line)) == 1
    line.clock.now = OVER
    assert (sweep(line.line), len(files(line))) == (1, 1)
    assert [one.path is None for one in line.all(Recording)] == [True, False]
    line.clock.now = OVER.replace(year=2047)
    assert (sweep(line.line), len(files(line))) == (1, 0)


def test_two_that_share_a_file_and_go_together(line: Rig) -> None:
    recorded(line, "P1")
    recorded(line, "P2")
    line.clock.now = OVER
    assert (sweep(line.line), len(files(line))) == (2, 0)


def test_a_sweep_that_was_killed_before_the_files_goes_on(
    line: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(line, "P1")
    line.clock.now = OVER

    def killed(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(Storage, "remove", killed)
    with pytest.raises(KeyboardInterrupt):
        sweep(line.line)
    assert (line.one(Recording).state, len(files(line))) == ("deleted", 1)
    monkeypatch.undo()
    assert (sweep(line.line), len(files(line))) == (0, 0)


def test_a_file_that_cannot_be_removed_stops_no_other_and_is_told(
    line: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(line, "P1")
    recorded(line, "P2", b"RIFF2")
    line.clock.now = OVER
    first = line.one(Recording).path
    remove = Storage.remove

    def refused(self: Storage, path: str) -> bool:
        if path == first:
            raise PermissionError(13, "Permission denied")
        return remove(self, path)

    monkeypatch.setattr(Storage, "remove", refused)
    with pytest.raises(StorageTrouble, match=r"1 files of deleted recordings .* recording 1"):
        sweep(line.line)
    assert len(files(line)) == 1
    monkeypatch.undo()
    sweep(line.line)
    assert files(line) == []


def test_one_that_somebody_hears_now_waits(line: Rig) -> None:
    recorded(line, "P1")
    with line.line.database.transaction() as session:
        session.get_one(Recording, 1).leased_until = OVER + timedelta(seconds=60)
    line.clock.now = OVER
    assert sweep(line.line) == 0
    line.clock.tick(61)
    assert sweep(line.line) == 1


def test_it_works_in_parts(line: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("operations.retention.BATCH", 2)
    for n in range(1, 6):
        recorded(line, f"P{n}", f"RIFF{n}".encode())
    assert len(list(outdated(line.line, OVER))) == 5
    line.clock.now = OVER
    assert (sweep(line.line), files(line)) == (5, [])
    assert line.one(Policy).number == "P1"
