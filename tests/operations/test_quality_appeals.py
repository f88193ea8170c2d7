"""Appeals: whose, against what, until when, and what the decision changes."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from cases.quality_plan import Wanted
from cases.scoring import Mark
from operations import evidence, quality_appeals
from operations.quality_trouble import QualityTrouble
from operations.rights import Role, Who
from store.tables import Appeal, Policy, ScoreSheet
from tests.operations.at_desk import AN, BO
from tests.operations.reviewing import FA, JIA, YI, ZHU, desk_call, draw, heard_call, reviews
from tests.operations.rig import Rig

GROUNDS = "客户说话时我在记录，没有打断"


@pytest.fixture
def scored(rig: Rig) -> Rig:
    """A call of an agent's that was found to be too fast."""
    desk_call(rig)
    draw(rig, Wanted(1.0, 0))
    reviews(rig, JIA, missed=("manner",))
    return rig


def appeal(rig: Rig, who: Who = AN, task: int = 1, grounds: str = GROUNDS) -> int:
    return quality_appeals.appeal(rig.line, who, task, grounds)


def marks(rig: Rig, **changes: Mark) -> Mapping[str, Mark]:
    sheet = rig.one(ScoreSheet)
    return {**{name: Mark(mark) for name, mark in sheet.marks.items()}, **changes}


def test_an_agent_contests_a_call_of_their_own_and_of_nobody_else(scored: Rig) -> None:
    number = appeal(scored)
    assert appeal(scored) == number  # the button was pressed twice
    (row,) = scored.all(Appeal)
    assert (row.agent, row.grounds, row.sheet_id) == ("安访员", GROUNDS, 1)
    with pytest.raises(QualityTrouble, match="decided once"):
        appeal(scored, grounds="再申诉一次")
    for who, task in ((BO, 1), (JIA, 1), (AN, 9)):
        with pytest.raises(QualityTrouble, match="no result"):
            appeal(scored, who, task)


@pytest.mark.parametrize(("grounds", "why"), [("  ", "missing"), ("长" * 2001, "2000")])
def test_grounds_are_written_down(scored: Rig, grounds: str, why: str) -> None:
    with pytest.raises(QualityTrouble, match=why):
        appeal(scored, grounds=grounds)


def test_a_robots_call_is_nobodys(rig: Rig) -> None:
    heard_call(rig)
    draw(rig, Wanted(1.0, 0))
    reviews(rig, JIA, missed=("pace",))
    with pytest.raises(QualityTrouble, match="no result"):
        appeal(rig)


def test_a_result_is_contested_when_it_stands_and_within_five_working_days(rig: Rig) -> None:
    desk_call(rig)
    draw(rig)
    reviews(rig, JIA, missed=("manner",))
    with pytest.raises(QualityTrouble, match="does not stand yet"):
        appeal(rig)
    reviews(rig, YI)
    with pytest.raises(QualityTrouble, match="does not stand yet"):
        appeal(rig)
    reviews(rig, ZHU, missed=("manner",))
    with pytest.raises(QualityTrouble, match="does not stand yet"):
        appeal(rig)  # the third's sheet is the result
    rig.clock.tick(7 * 86400)  # Wednesday to Wednesday
    assert appeal(rig, task=3)


def test_later_it_is_too_late(scored: Rig) -> None:
    scored.clock.tick(8 * 86400)
    with pytest.raises(QualityTrouble, match="until 2026-11-25"):
        appeal(scored)


def test_who_decides_has_not_reviewed_the_call(scored: Rig) -> None:
    number = appeal(scored)
    judge = replace(JIA, roles=frozenset({Role.SUPERVISOR}))
    mine = replace(AN, roles=frozenset({Role.SUPERVISOR}))
    for who, why in ((judge, "reviewed or made"), (mine, "reviewed or made"), (FA, "roles")):
        with pytest.raises(QualityTrouble, match=why):
            quality_appeals.refuse(scored.line, who, number, "不成立")
    elsewhere = replace(ZHU, branch="别处分公司")
    with pytest.raises(QualityTrouble, match="no appeal"):
        quality_appeals.refuse(scored.line, elsewhere, number, "不成立")
    assert scored.one(Appeal).decided_at is None


def test_a_refused_appeal_leaves_the_result(scored: Rig) -> None:
    number = appeal(scored)
    with pytest.raises(QualityTrouble, match="reason is missing"):
        quality_appeals.refuse(scored.line, ZHU, number, "")
    quality_appeals.refuse(scored.line, ZHU, number, "录音里客户被打断两次")
    row = scored.one(Appeal)
    assert (row.granted, row.decided_by, row.because) == (False, "主管丙", "录音里客户被打断两次")
    assert len(scored.all(ScoreSheet)) == 1
    with pytest.raises(QualityTrouble, match="decided this appeal already"):
        quality_appeals.refuse(scored.line, ZHU, number, "再来")


def test_a_granted_appeal_puts_another_sheet_in_its_place(scored: Rig) -> None:
    number = appeal(scored)
    before = scored.everything()
    for wanted, why in ((marks(scored), "no mark is changed"), ({}, "not marked")):
        with pytest.raises(QualityTrouble, match=why):
            quality_appeals.grant(scored.line, ZHU, number, "成立", wanted, "")
    assert scored.everything() == before
    quality_appeals.grant(
        scored.line, ZHU, number, "确未打断", marks(scored, manner=Mark.MET), "好"
    )
    old, new = scored.all(ScoreSheet)
    assert old.withdrawn_at is not None
    assert (new.number, new.points, new.passed, new.made_by, new.why, new.remark) == (
        2, 100.0, True, "主管丙", "确未打断", "好",
    )  # fmt: skip
    assert new.labels == old.labels
    assert scored.one(Appeal).granted


def test_the_evidence_package_has_both_sheets_in_words(scored: Rig) -> None:
    number = appeal(scored)
    quality_appeals.grant(
        scored.line, ZHU, number, "确未打断", marks(scored, manner=Mark.MET), "好"
    )
    policy = scored.all(Policy)[0].number
    with ZipFile(BytesIO(evidence.make(scored.line, policy, "合规甲").content)) as package:
        (name,) = (one for one in package.namelist() if one.startswith("quality/"))
        text = package.read(name).decode()
    old, new = text.split("评分表 / sheet 2: 100, 合格 / passed; 主管丙")
    assert "评分表 / sheet 1:" in old
    assert "已被代替 / replaced" in old
    assert old.count("未达到 / missed") == 1
    assert "未达到 / missed" not in new
    assert "更改原因 / changed because: 确未打断" in new
    assert "申诉 / appeal of 安访员, 2026-11-18 10:0" in new
    assert f": {GROUNDS}\n  同意 / granted, 主管丙" in new
