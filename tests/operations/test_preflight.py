"""What a list would mean: who is called when, who is left out, and how many lines it takes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from operations import handover
from operations.preflight import Preflight, preflight
from scheduler.pacing import Limits
from store.tables import Policy
from tests.operations.rig import NOW, YES, Rig

WAITS = {"保单号": "P0002", "手机": "13900000002", "回执签收日期": "", "回执回销日期": ""}
OVER = {"保单号": "P0003", "手机": "13900000003", "承保日期": "2026-10-05",
        "生效日期": "2026-10-06", "回执签收日期": "2026-10-08",
        "回执回销日期": "2026-10-09"}  # fmt: skip
WRONG = {"保单号": "P0004", "手机": "13900000004", "保费": "many"}
NO_PHONE = {"保单号": "P0005", "手机": ""}


def people(count: int) -> list[dict[str, str]]:
    """Rows of as many persons."""
    return [
        {"保单号": f"Q{n:04d}", "手机": f"1390001{n:04d}", "投保人证件号码": "",
         "投保人出生日期": f"1980-01-{n % 28 + 1:02d}", "投保人姓名": f"安{'甲乙丙丁戊'[n % 5]}",
         "被保险人姓名": f"安{'甲乙丙丁戊'[n % 5]}"}
        for n in range(1, count + 1)
    ]  # fmt: skip


def codes(found: Preflight) -> dict[str | None, list[str]]:
    """Why rows are left out, by policy."""
    told: dict[str | None, list[str]] = {}
    for one in found.left_out:
        told.setdefault(one.policy, []).append(one.code)
    return told


def test_every_row_is_called_or_left_out_with_a_reason(rig: Rig) -> None:
    found = preflight(rig.line, rig.list_of({}, WAITS, OVER, WRONG, NO_PHONE))

    assert [(one.row, one.policy, one.is_known) for one in found.called] == [(2, "P0001", False)]
    assert found.called[0].first_call_at == NOW
    assert found.called[0].deadline.date() == NOW.date() + timedelta(days=4)
    told = codes(found)
    assert set(told) == {"P0002", "P0003", "P0004", "P0005"}
    assert told["P0003"] == ["cooling-off-over"]
    assert all(told.values())
    assert found.result.read == 5


def test_nothing_is_stored(rig: Rig) -> None:
    preflight(rig.line, rig.list_of({}, WAITS, OVER))

    assert rig.all(Policy) == []


def test_it_tells_what_the_import_and_the_plan_then_do(rig: Rig) -> None:
    rows = ({}, WAITS, OVER, NO_PHONE, *people(4))
    found = preflight(rig.line, rig.list_of(*rows))
    rig.import_rows(*rows)

    assert sorted(one.policy for one in found.called) == sorted(rig.due)


def test_lines_that_would_make_every_deadline(rig: Rig) -> None:
    """Sixty policies on the last evening: one line does not do."""
    rig.clock.now = NOW.replace(day=22, hour=19)
    path = rig.list_of(*people(60))
    few = preflight(rig.line, path, lines=1)

    assert few.lines == 1
    assert few.needed.lines > 1
    assert few.in_time < few.needed.with_lines.in_time
    enough = preflight(rig.line, path, lines=few.needed.lines)
    assert enough.in_time == few.needed.with_lines.in_time == enough.now.in_time
    assert sum(day.waiting for day in enough.now.days) <= sum(day.waiting for day in few.now.days)


def test_the_lines_of_the_settings(rig: Rig) -> None:
    rig.line = replace(rig.line, limits=Limits(calls_at_once=7))

    assert preflight(rig.line, rig.list_of()).lines == 7


def test_stored_policies_need_lines_too(rig: Rig) -> None:
    """The last evening again: ten rows alone, and beside two hundred stored ones."""
    rig.clock.now = NOW.replace(day=22, hour=19)
    path = rig.list_of(*people(10), name="ten.csv")
    alone = preflight(rig.line, path, lines=1)
    rig.import_rows(*({**one, "保单号": f"R{n:04d}"} for n, one in enumerate(people(200)[10:])))
    beside = preflight(rig.line, path, lines=1)

    assert (alone.stored, beside.stored) == (0, 190)
    assert beside.in_time < alone.in_time


def test_rows_that_are_stored_are_counted_once(rig: Rig) -> None:
    rig.import_rows({})
    found = preflight(rig.line, rig.list_of({}))

    assert found.stored == 0
    assert [(one.policy, one.is_known) for one in found.called] == [("P0001", True)]


def test_a_policy_that_is_revisited_is_left_out(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks(YES)
    caller.hangs_up()

    assert codes(preflight(rig.line, rig.list_of({}))) == {"P0001": ["revisit-closed"]}


def test_a_mended_number_is_called_again(rig: Rig) -> None:
    rig.import_rows({})
    rig.ring().status("failed", SipResponseCode="404")
    assert rig.one(Policy).closed_because == "empty-number"
    mended, later = rig.list_of({"手机": "13900000009"}), NOW + timedelta(hours=1)
    assert codes(preflight(rig.line, mended, at=later)) == {"P0001": ["handed-over"]}

    with rig.line.database.transaction() as session:
        handover.take_back(session, [rig.one(Policy).id], later, "a new number")
    assert [one.policy for one in preflight(rig.line, mended, at=later).called] == ["P0001"]


def test_progress_is_told_for_every_stage(rig: Rig) -> None:
    told: list[str] = []
    preflight(rig.line, rig.list_of(), progress=lambda what, _, __: told.append(what))

    assert list(dict.fromkeys(told)) == [
        "reading the list", "looking at the rows", "looking for the lines",
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [[WAITS], [WRONG]])
def test_nobody_to_call(rig: Rig, rows: list[dict[str, str]]) -> None:
    found = preflight(rig.line, rig.list_of(*rows))

    assert (found.called, found.in_time, found.needed.lines) == ((), 0, 1)
