"""Who must not be rung: blocked in any form, at once, for a time or for good, and lifted."""

from datetime import timedelta
from pathlib import Path

import pytest

from operations import do_not_call
from operations.otherwise import OtherwiseTrouble
from operations.plan import explain, refresh
from scheduler.intake.sheet import ListFault
from scheduler.reasons import Why
from store import otherwise
from store.tables import Call, DoNotCall
from tests.operations.handing import planned
from tests.operations.rig import NOW, Rig

PHONE, OTHER = "+8613900000001", "+8613900000002"


def block(rig: Rig, phone: str = "139 0000 0001", **more: object) -> do_not_call.Blocked:
    return do_not_call.block(rig.line, "甲", "客户要求", phone=phone, **more)  # type: ignore[arg-type]


def codes(rig: Rig, number: str = "P0001") -> list[Why]:
    found = explain(rig.line, number)
    assert found is not None
    return [one.code for one in found[1].reasons]


@pytest.mark.parametrize("typed", ["13900000001", "+86 139-0000-0001", "0086 13900000001"])
def test_a_number_is_known_however_it_is_typed(rig: Rig, typed: str) -> None:
    block(rig, typed)
    assert rig.one(DoNotCall).phone == PHONE


def test_a_planned_number_leaves_the_plan_at_once_and_comes_back_when_lifted(rig: Rig) -> None:
    rig.import_rows({})
    assert rig.due == ["P0001"]
    done = block(rig)
    assert rig.due == []
    assert planned(rig) == "late"
    assert codes(rig) == [Why.DO_NOT_CALL]

    assert do_not_call.lift(rig.line, done.id, "乙", "客户又同意了")
    assert rig.due == ["P0001"]
    assert not do_not_call.lift(rig.line, done.id, "乙", "客户又同意了")
    kept = rig.one(DoNotCall)
    assert (kept.by, kept.reason, kept.lifted_by) == ("甲", "客户要求", "乙")


def test_a_block_between_plan_and_call_holds(rig: Rig) -> None:
    from operations.place_call import place_next

    rig.import_rows({})
    refresh(rig.line)
    block(rig)
    assert not place_next(rig.line)
    assert rig.all(Call) == []


def test_a_person_is_blocked_on_every_policy_and_number(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000002"})
    do_not_call.block(rig.line, "甲", "客户要求", policy="P0001")
    assert rig.due == []
    assert codes(rig, "P0002") == [Why.DO_NOT_CALL]


def test_a_block_ends_by_itself(rig: Rig) -> None:
    rig.import_rows({})
    block(rig, until=NOW + timedelta(hours=4))
    assert rig.due == []
    rig.clock.tick(4 * 3600 + 60)
    assert rig.due == ["P0001"]
    assert do_not_call.listed(rig.line) == []
    assert len(do_not_call.listed(rig.line, also_ended=True)) == 1


def test_the_same_block_again_changes_nothing_and_a_longer_one_counts(rig: Rig) -> None:
    first = block(rig, until=NOW + timedelta(days=2))
    assert block(rig, until=NOW + timedelta(days=1)) == do_not_call.Blocked(first.id, changed=False)
    longer = block(rig)
    assert longer.changed
    assert not block(rig, until=NOW + timedelta(days=9)).changed
    with rig.line.database.reading() as session:
        found = otherwise.blocks_of(session, [PHONE, OTHER], [], NOW)
    assert found.phones == {PHONE: None}


def test_of_several_blocks_the_last_end_counts(rig: Rig) -> None:
    block(rig, until=NOW + timedelta(days=1))
    block(rig, until=NOW + timedelta(days=3))
    with rig.line.database.reading() as session:
        found = otherwise.blocks_of(session, [PHONE], [], NOW).phones
        later = otherwise.blocks_of(session, [PHONE], [], NOW + timedelta(days=4)).phones
    assert found == {PHONE: NOW + timedelta(days=3)}
    assert later == {}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "12"}, "no number that can be rung"),
        ({"phone": " "}, "no number is given"),
        ({"phone": "13900000001", "reason": " "}, "the reason is missing"),
        ({"phone": "13900000001", "by": ""}, "the name of who decides is missing"),
        ({"phone": "13900000001", "reason": "因" * 2001}, "may have 2000 characters"),
        ({"phone": "13900000001", "until": NOW}, "has passed"),
        ({"policy": "P9999"}, "there is no policy P9999"),
        ({}, "one at a time"),
        ({"phone": "13900000001", "policy": "P0001"}, "one at a time"),
    ],
)
def test_a_wrong_block_is_one_sentence(rig: Rig, wrong: dict[str, object], sentence: str) -> None:
    given = {"by": "甲", "reason": "客户要求", **wrong}
    with pytest.raises(OtherwiseTrouble, match=sentence):
        do_not_call.block(rig.line, **given)  # type: ignore[arg-type]
    assert rig.all(DoNotCall) == []


def test_a_block_that_is_not_there_cannot_be_lifted(rig: Rig) -> None:
    with pytest.raises(OtherwiseTrouble, match="there is no block 9"):
        do_not_call.lift(rig.line, 9, "甲", "错了")


def listed(rig: Rig, content: bytes) -> Path:
    path = rig.folder / "block.csv"
    path.write_bytes(content)
    return path


def test_a_list_of_gb18030_loses_nothing(rig: Rig) -> None:
    rig.import_rows({})
    assert rig.due == ["P0001"]
    text = "号码,原因\n13900000001,客户投诉\n12345,短号\n13900000002,\n13900000001,重复\n"
    path = listed(rig, text.encode("gb18030"))
    done = do_not_call.block_list(rig.line, path, "甲", "客户要求")
    assert (done.read, done.blocked, done.unchanged) == (4, 2, 1)
    assert [(one.row, one.column) for one in done.faults] == [(3, "号码")]
    kept = [(row.phone, row.reason) for row in rig.all(DoNotCall)]
    assert kept == [(PHONE, "客户投诉"), (OTHER, "客户要求")]
    assert rig.due == []
    assert planned(rig) == "late"

    again = do_not_call.block_list(rig.line, path, "甲", "客户要求")
    assert (again.blocked, again.unchanged) == (0, 3)
    assert len(rig.all(DoNotCall)) == 2


@pytest.mark.parametrize("content", [b"", b"\n \n", "号码,原因\n".encode()])
def test_an_empty_list_is_one_sentence(rig: Rig, content: bytes) -> None:
    with pytest.raises(ListFault, match=r"block\.csv:"):
        do_not_call.block_list(rig.line, listed(rig, content), "甲", "客户要求")


def test_no_number_reaches_a_fault(rig: Rig) -> None:
    with pytest.raises(OtherwiseTrouble) as slip:
        block(rig, "139000000012345")
    assert "139000000012345" not in str(slip.value)
