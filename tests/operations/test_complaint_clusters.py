"""Clusters: raised once for each seller of a branch, grown while they are open, closed with what
was done, and raised anew by another complaint."""

from datetime import timedelta
from typing import Any

import pytest

from operations import complaint_clusters as ops
from operations.complaint_clusters import ClusterTrouble
from operations.rights import Role, Who
from store import audit
from store.tables import Complaint, ComplaintCluster
from tests.operations import both
from tests.operations.complained import came
from tests.operations.rig import Rig

rig = both.rig

CHIEF = Who(1, "主管甲", frozenset({Role.SUPERVISOR}))
ABOUT: dict[str, Any] = {"seller_name": "王业务", "branch": "济南"}


def test_three_in_a_month_raise_one_alarm_and_no_second(rig: Rig) -> None:
    came(rig.line, ABOUT, ABOUT)
    assert ops.find(rig.line) == 0
    (third,) = came(rig.line, ABOUT)
    assert ops.find(rig.line) == 1
    assert ops.find(rig.line) == 0
    row = rig.one(ComplaintCluster)
    assert (row.seller_name, row.count, row.complaint_id) == ("王业务", 3, third)


@pytest.mark.parametrize(
    "others",
    [
        [{"branch": "青岛"}],  # the name of somebody else
        [{"seller_name": "李业务"}],
        [{"seller_name": None}],
        [{"state": "merged"}, {"state": "refused"}],  # told twice, or by nobody concerned
    ],
)
def test_what_does_not_count(rig: Rig, others: list[dict[str, Any]]) -> None:
    came(rig.line, ABOUT, ABOUT, *(ABOUT | one for one in others))
    assert ops.find(rig.line) == 0


def test_head_office_has_sellers_too(rig: Rig) -> None:
    came(rig.line, *[{"seller_name": "王业务", "branch": None}] * 3)
    assert ops.find(rig.line) == 1
    assert ops.find(rig.line) == 0


def test_letters_that_lay_about_are_found_when_they_are_written_down(rig: Rig) -> None:
    old = rig.clock.now - timedelta(days=200)
    came(rig.line, *[{**ABOUT, "at": old}] * 3)
    assert ops.find(rig.line) == 0  # they were taken in then, and told then
    with rig.line.database.transaction() as session:
        session.query(Complaint).order_by(Complaint.id.desc()).first().taken_at = rig.clock.now
    assert ops.find(rig.line) == 1


def test_what_lies_long_ago_is_not_told_again_for_one_new_complaint(rig: Rig) -> None:
    old = rig.clock.now - timedelta(days=200)
    came(rig.line, *[{**ABOUT, "at": old}] * 3, ABOUT)
    assert ops.find(rig.line) == 0


def test_an_open_alarm_grows(rig: Rig) -> None:
    came(rig.line, *[ABOUT] * 3)
    ops.find(rig.line)
    rig.clock.now += timedelta(days=1)
    came(rig.line, ABOUT)
    assert ops.find(rig.line) == 1
    row = rig.one(ComplaintCluster)
    assert (row.count, row.version) == (4, 2)
    with pytest.raises(ClusterTrouble, match="has grown"):
        ops.close(rig.line, CHIEF, row.id, 1, "停止展业")


def test_closed_with_what_was_done_and_raised_anew_by_another(rig: Rig) -> None:
    came(rig.line, *[ABOUT] * 3)
    ops.find(rig.line)
    ops.close(rig.line, CHIEF, 1, 1, "停止展业，重新培训")
    ops.close(rig.line, CHIEF, 1, 1, "停止展业，重新培训")  # the button was pressed twice
    assert ops.find(rig.line) == 0
    with rig.line.database.reading() as session:
        (noted,) = [
            one for one in audit.about(session, ["complaint:3"]) if one.what == "cluster-closed"
        ]
    assert noted.who == "主管甲"
    rig.clock.now += timedelta(days=2)
    came(rig.line, ABOUT)
    assert ops.find(rig.line) == 1
    assert [one.count for one in rig.all(ComplaintCluster)] == [3, 4]


@pytest.mark.parametrize(
    ("who", "number", "done", "said"),
    [
        (CHIEF, 1, " ", "is missing"),
        (CHIEF, 1, "长" * 2001, "2000 characters"),
        (CHIEF, 7, "已处理", "no alarm 7"),
        (Who(2, "经办", frozenset({Role.BRANCH}), "济南"), 1, "已处理", "none of your roles"),
    ],
)
def test_what_is_refused(rig: Rig, who: Who, number: int, done: str, said: str) -> None:
    came(rig.line, *[ABOUT] * 3)
    ops.find(rig.line)
    with pytest.raises(ClusterTrouble, match=said):
        ops.close(rig.line, who, number, 1, done)


def test_somebody_else_was_quicker(rig: Rig) -> None:
    came(rig.line, *[ABOUT] * 3)
    ops.find(rig.line)
    ops.close(rig.line, CHIEF, 1, 1, "停止展业")
    other = Who(2, "合规乙", frozenset({Role.COMPLIANCE}))
    with pytest.raises(ClusterTrouble, match="主管甲 has closed"):
        ops.close(rig.line, other, 1, 1, "警告")
