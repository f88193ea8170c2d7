"""Who answers: decided, told, contested, and decided by somebody else; the audit log has it."""

from datetime import datetime, timedelta

import pytest

from operations import accountability as ops
from operations.accountability import AccountabilityTrouble, Held
from operations.rights import Role, Who
from store import audit
from store.columns import LOCAL
from store.tables import Accountability
from tests.operations.complained import came
from tests.operations.rig import Rig

CHIEF = Who(1, "主管甲", frozenset({Role.SUPERVISOR}))
LAW = Who(2, "合规乙", frozenset({Role.COMPLIANCE}))
AN = Who(3, "安访员", frozenset({Role.AGENT}))
HELD = Held("安访员", "handling", "warning", "三天没有回复客户")


def told(rig: Rig) -> int:
    """A measure of which the person knows."""
    (complaint,) = came(rig.line, {})
    number = ops.hold(rig.line, CHIEF, complaint, HELD)
    ops.tell(rig.line, CHIEF, number, 1)
    return number


def test_from_the_decision_to_the_appeal(rig: Rig) -> None:
    number = told(rig)
    row = rig.one(Accountability)
    # Wednesday 18 November: the fifth working day after it is the Wednesday after
    assert row.appeal_until == datetime(2026, 11, 25, 23, 59, 59, tzinfo=LOCAL)
    ops.appeal(rig.line, AN, number, 2, "那三天我在休假")
    with pytest.raises(AccountabilityTrouble, match="somebody else must decide the appeal"):
        ops.decide(rig.line, CHIEF, number, 3, "不成立", granted=False)
    ops.decide(rig.line, LAW, number, 3, "考勤属实", granted=True)
    row = rig.one(Accountability)
    assert (row.appeal_granted, row.appeal_decided_by, row.version) == (True, "合规乙", 4)
    with rig.line.database.reading() as session:
        noted = [one.what for one in audit.about(session, [f"complaint:{row.complaint_id}"])]
    assert noted == [
        "accountability-decided", "accountability-told", "accountability-appealed",
        "accountability-lifted",
    ]  # fmt: skip


def test_the_same_decision_twice_is_one(rig: Rig) -> None:
    (complaint,) = came(rig.line, {})
    number = ops.hold(rig.line, CHIEF, complaint, HELD)
    assert ops.hold(rig.line, CHIEF, complaint, HELD) == number
    other = Held("安访员", "handling", "fine", "第二次")
    assert ops.hold(rig.line, CHIEF, complaint, other) != number


def test_an_appeal_that_comes_too_late(rig: Rig) -> None:
    number = told(rig)
    rig.clock.now += timedelta(days=8)
    with pytest.raises(AccountabilityTrouble, match="the time to appeal is over"):
        ops.appeal(rig.line, AN, number, 2, "那三天我在休假")


def test_an_old_page_changes_nothing(rig: Rig) -> None:
    number = told(rig)
    with pytest.raises(AccountabilityTrouble, match="meanwhile"):
        ops.appeal(rig.line, AN, number, 1, "那三天我在休假")
    assert rig.one(Accountability).appealed_at is None


@pytest.mark.parametrize(
    ("held", "who", "said"),
    [
        (Held(" ", "handling", "warning", "x"), CHIEF, "the name"),
        (Held("安访员", "handling", "warning", " "), CHIEF, "what went wrong"),
        (Held("安访员", "cooking", "warning", "x"), CHIEF, "choose the part"),
        (Held("安访员", "handling", "prison", "x"), CHIEF, "choose the part"),
        (Held("安访员", "handling", "warning", "长" * 2001), CHIEF, "2000 characters"),
        (Held("主管甲", "handling", "warning", "x"), CHIEF, "about yourself"),
        (HELD, AN, "none of your roles"),
    ],
)
def test_what_is_refused(rig: Rig, held: Held, who: Who, said: str) -> None:
    (complaint,) = came(rig.line, {})
    with pytest.raises(AccountabilityTrouble, match=said):
        ops.hold(rig.line, who, complaint, held)
    assert rig.all(Accountability) == []


def test_there_is_nothing_to_answer_for_without_a_complaint(rig: Rig) -> None:
    with pytest.raises(AccountabilityTrouble, match="no complaint 7"):
        ops.hold(rig.line, CHIEF, 7, HELD)
    with pytest.raises(AccountabilityTrouble, match="no measure 7"):
        ops.tell(rig.line, CHIEF, 7, 1)
