"""Reviewers at work: who may take what, what is kept, and what the end of a review changes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cases.quality_plan import Wanted
from cases.scoring import Mark
from operations import quality_draw, quality_tasks
from operations.quality_sheet import Draft, from_json
from operations.quality_trouble import QualityTrouble, StaleForm
from operations.rights import Role, Who
from scripts.labels import Label
from store import quality
from store.tables import (
    Account,
    Case,
    Finding,
    QualityItem,
    QualityTask,
    Review,
    ReviewComment,
    ScoreSheet,
)
from tests.operations.at_desk import AN
from tests.operations.heard import turn_of
from tests.operations.reviewing import (
    FA,
    JIA,
    TODAY,
    YI,
    ZHU,
    desk_call,
    draw,
    heard_call,
    heard_rig,
    reviews,
    seen,
    whole,
)
from tests.operations.rig import Rig


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Rig]:
    """One call in which everything was a yes."""
    rig = heard_rig(tmp_path)
    yield rig
    rig.close()


@pytest.fixture
def drawn(heard: Rig) -> Rig:
    """The same, to be heard twice."""
    draw(heard)
    return heard


def take(rig: Rig, who: Who) -> int:
    found = quality_tasks.take_next(rig.line, who)
    assert found is not None
    return found


def standing(rig: Rig) -> list[tuple[int, str, str]]:
    return [
        (one.turn_number, one.reviewer, one.label)
        for one in rig.all(Review)
        if one.withdrawn_at is None
    ]


# Taking.


def test_the_second_part_is_out_of_sight_until_somebody_has_the_first(drawn: Rig) -> None:
    assert take(drawn, JIA) == 1
    assert take(drawn, JIA) == 1  # begun and not ended
    assert take(drawn, YI) == 2
    assert quality_tasks.take_next(drawn.line, ZHU) is None


def test_nobody_hears_two_parts_of_one_call(drawn: Rig) -> None:
    reviews(drawn, JIA)
    assert quality_tasks.take_next(drawn.line, JIA) is None
    with pytest.raises(QualityTrouble, match="heard another part"):
        quality_tasks.take(drawn.line, JIA, 2)
    with drawn.line.database.transaction() as session:  # nor does the database let anybody
        task = quality.task_by_id(session, 2)
        assert task is not None
        assert not quality.give(session, task, JIA.name, drawn.clock.now)


def test_a_call_that_somebody_has_is_not_taken_from_them(drawn: Rig) -> None:
    take(drawn, JIA)
    with pytest.raises(QualityTrouble, match="taken this call"):
        quality_tasks.take(drawn.line, YI, 1)
    quality_tasks.take(drawn.line, JIA, 1)
    with pytest.raises(QualityTrouble, match="no review 99"):
        quality_tasks.take(drawn.line, YI, 99)


def test_nobody_reviews_a_call_of_their_own(rig: Rig) -> None:
    desk_call(rig)
    draw(rig, Wanted(1.0, 0))
    both = replace(AN, roles=frozenset({Role.AGENT, Role.SUPERVISOR}))
    assert quality_tasks.take_next(rig.line, both) is None
    with pytest.raises(QualityTrouble, match="call of your own"):
        quality_tasks.take(rig.line, both, 1)
    assert take(rig, JIA) == 1


def test_a_reviewer_of_a_branch_hears_its_calls_only(drawn: Rig) -> None:
    elsewhere = replace(JIA, branch="别处分公司")
    assert quality_tasks.take_next(drawn.line, elsewhere) is None
    with pytest.raises(QualityTrouble, match="no review 1"):
        quality_tasks.take(drawn.line, elsewhere, 1)


def test_what_was_left_goes_back_to_the_list(drawn: Rig) -> None:
    take(drawn, JIA)
    quality_tasks.save(drawn.line, JIA, 1, seen(drawn, 1), Draft(remark="半途"))
    with pytest.raises(QualityTrouble, match="leave it to them"):
        quality_tasks.put_back(drawn.line, YI, 1)
    quality_tasks.put_back(drawn.line, ZHU, 1)
    task = drawn.one(QualityTask)
    assert (task.reviewer, task.draft, task.claimed_at) == (None, None, None)
    with pytest.raises(QualityTrouble, match="not yours any more"):
        quality_tasks.save(drawn.line, JIA, 1, seen(drawn, 1), Draft())
    assert take(drawn, YI) == 1


# What is marked so far.


def test_what_is_marked_is_kept_and_a_stale_form_changes_nothing(drawn: Rig) -> None:
    take(drawn, JIA)
    draft = Draft({"pace": Mark.MISSED}, {4: Label.UNSURE}, {4: "可能吧"}, "慢一点")
    before_it = seen(drawn, 1)
    assert quality_tasks.save(drawn.line, JIA, 1, before_it, draft) == before_it.version + 1
    assert from_json(drawn.one(QualityTask).draft) == draft
    before = drawn.everything()
    with pytest.raises(StaleForm, match="another window"):
        quality_tasks.save(drawn.line, JIA, 1, before_it, Draft())
    with pytest.raises(StaleForm):
        quality_tasks.end(drawn.line, JIA, 1, before_it, whole(drawn, 1))
    assert drawn.everything() == before


def test_forms_of_one_window_follow_each_other(drawn: Rig) -> None:
    take(drawn, JIA)
    page = seen(drawn, 1, "窗口一")
    for remark in ("一", "二"):  # the second was sent before the first was answered
        quality_tasks.save(drawn.line, JIA, 1, page, Draft(remark=remark))
    assert from_json(drawn.one(QualityTask).draft).remark == "二"
    other = replace(page, window="窗口二")
    with pytest.raises(StaleForm):
        quality_tasks.save(drawn.line, JIA, 1, other, Draft(remark="旧"))
    with pytest.raises(StaleForm):
        quality_tasks.save(drawn.line, JIA, 1, replace(page, window=""), Draft(remark="旧"))
    quality_tasks.end(drawn.line, JIA, 1, page, whole(drawn, 1))


def test_what_is_not_of_the_call_is_left_out(drawn: Rig) -> None:
    take(drawn, JIA)
    stray = Draft({"nonsense": Mark.MET, "manner": Mark.MET}, {999: Label.DENY}, {999: "x", 4: ""})
    quality_tasks.save(drawn.line, JIA, 1, seen(drawn, 1), stray)
    assert from_json(drawn.one(QualityTask).draft) == Draft()  # manner is about agents' calls
    with pytest.raises(QualityTrouble, match="2000 characters"):
        quality_tasks.save(drawn.line, JIA, 1, seen(drawn, 1), Draft(remark="长" * 2001))


def test_a_comment_stands_at_a_second_and_keeps_what_is_marked(drawn: Rig) -> None:
    take(drawn, JIA)
    draft = Draft({"pace": Mark.MET})
    quality_tasks.comment(drawn.line, JIA, 1, seen(drawn, 1), draft, 12.5, " 语速太快 ")
    (found,) = drawn.all(ReviewComment)
    assert (found.at_s, found.words, found.made_by) == (12.5, "语速太快", "质检甲")
    assert from_json(drawn.one(QualityTask).draft) == draft
    for second, words, why in ((1, "  ", "empty"), (-1, "x", "outside"), (1e9, "x", "outside"),
                               (1, "长" * 2001, "2000")):  # fmt: skip
        with pytest.raises(QualityTrouble, match=why):
            quality_tasks.comment(drawn.line, JIA, 1, seen(drawn, 1), draft, second, words)
    quality_tasks.remove_comment(drawn.line, JIA, 1, seen(drawn, 1), draft, 77)
    assert len(drawn.all(ReviewComment)) == 1
    quality_tasks.remove_comment(drawn.line, JIA, 1, seen(drawn, 1), draft, found.id)
    assert drawn.all(ReviewComment) == []


# The end.


def test_an_unfinished_sheet_is_not_taken_for_a_finished_one(drawn: Rig) -> None:
    take(drawn, JIA)
    full = whole(drawn, 1, missed=("pace",))
    for lacking, why in (
        (replace(full, marks={}), "criteria are not marked"),
        (replace(full, labels={}), "answers are not told"),
        (replace(full, remark=""), "write into the remark"),
        (replace(full, words={0: "我就是"}), "without a label"),
    ):
        with pytest.raises(QualityTrouble, match=why):
            quality_tasks.end(drawn.line, JIA, 1, seen(drawn, 1), lacking)
    assert drawn.all(ScoreSheet) == []
    assert drawn.one(QualityTask).done_at is None


def test_a_review_that_agrees_adds_a_sheet_and_nothing_else(drawn: Rig) -> None:
    before = {name: rows for name, rows in drawn.everything().items() if "quality" not in name}
    done = reviews(drawn, JIA)
    assert (done.score.points, done.score.passed, done.differs, done.settled) == (
        100.0, True, False, False,
    )  # fmt: skip
    after = drawn.everything()
    changed = {name for name, rows in before.items() if after[name] != rows}
    assert changed == {"score_sheet", "audit_entry", "audit_head"}
    assert after["audit_entry"][-1][3:5] == ("call-scored", "call:1")


def test_a_no_that_nobody_had_heard_is_a_finding_at_once(drawn: Rig) -> None:
    turn = turn_of(drawn, "READ")
    reviews(drawn, JIA, other={turn: Label.DENY}, words={turn: "没有看过"})
    assert standing(drawn) == [(turn, "质检甲", "deny")]
    assert [(one.reason, one.live_label) for one in drawn.all(QualityItem)] == [
        ("reviewer", "affirm")
    ]
    assert [(one.question_id, one.status, one.words) for one in drawn.all(Finding)] == [
        ("READ", "denied", "没有看过")
    ]
    assert len(drawn.all(Case)) == 1


def test_a_disagreement_is_decided_with_the_review(rig: Rig) -> None:
    heard_call(rig, 1, {"READ": "记不清了"})
    draw(rig, Wanted(1.0, 0))
    reviews(rig, JIA)
    (item,) = rig.all(QualityItem)
    assert standing(rig) == [(item.turn_number, "质检甲", "affirm")]
    assert rig.all(Finding) == []  # a vague recording is none, and the reviewer heard a yes


def test_the_same_end_twice_is_one(drawn: Rig) -> None:
    task = take(drawn, JIA)
    page, draft = seen(drawn, task), whole(drawn, task, missed=("no-leading",))
    first = quality_tasks.end(drawn.line, JIA, task, page, draft)
    before = drawn.everything()
    assert quality_tasks.end(drawn.line, JIA, task, page, draft) == first
    with pytest.raises(QualityTrouble, match="stays as it is"):
        quality_tasks.end(drawn.line, JIA, task, page, replace(draft, remark="另一句"))
    with pytest.raises(QualityTrouble, match="stays as it is"):
        quality_tasks.save(drawn.line, JIA, task, page, draft)
    assert drawn.everything() == before
    assert first.score.critical == ("no-leading",)
    assert not first.score.passed


def test_without_a_recording_nobody_is_asked_what_was_said(rig: Rig) -> None:
    desk_call(rig)
    draw(rig, Wanted(1.0, 0))
    task = take(rig, JIA)
    draft = whole(rig, task)
    assert draft.labels == {}
    assert "manner" in draft.marks
    assert quality_tasks.end(rig.line, JIA, task, seen(rig, task), draft).settled


# Two reviewers.


def test_two_who_agree_need_no_third(drawn: Rig) -> None:
    assert not reviews(drawn, JIA).settled
    done = reviews(drawn, YI)
    assert (done.differs, done.settled) == (False, True)
    assert len(drawn.all(QualityTask)) == 2


def test_a_third_decides_what_two_say_differently(drawn: Rig) -> None:
    turn = turn_of(drawn, "READ")
    reviews(drawn, JIA)
    done = reviews(drawn, YI, missed=("pace",), other={turn: Label.UNSURE})
    assert (done.differs, done.settled) == (True, False)
    third = drawn.one(QualityTask, -1)
    begun = from_json(third.draft)
    assert third.part == "third"
    assert "pace" not in begun.marks
    assert begun.marks["manner" if "manner" in begun.marks else "all-items"] is Mark.MET
    assert turn not in begun.labels
    assert begun.remark == "见批注"

    for who in (JIA, YI):
        assert quality_tasks.take_next(drawn.line, who) is None
    other = Who(20, "质检戊", frozenset({Role.REVIEWER}))
    assert quality_tasks.take_next(drawn.line, other) is None
    with pytest.raises(QualityTrouble, match="may decide between them"):
        quality_tasks.take(drawn.line, other, third.id)
    done = reviews(drawn, FA, missed=("pace",), other={turn: Label.UNSURE})
    assert done.settled
    assert [(one.reviewer, one.label) for one in drawn.all(Review)] == [
        ("质检乙", "unsure"), ("合规丁", "unsure"),
    ]  # fmt: skip


def test_the_third_task_that_is_put_back_keeps_what_two_agree_on(drawn: Rig) -> None:
    reviews(drawn, JIA)
    reviews(drawn, YI, missed=("pace",))
    third = take(drawn, ZHU)
    quality_tasks.put_back(drawn.line, ZHU, third)
    assert from_json(drawn.one(QualityTask, -1).draft).marks


def test_a_calibration_counts_for_nobody(heard: Rig) -> None:
    rig = heard
    for who in (JIA, YI):
        with rig.line.database.transaction() as session:
            session.add(
                Account(
                    login=who.name, name=who.name, must_change=False, active=True,
                    roles=["reviewer"], created_at=rig.clock.now, created_by="test",
                )
            )  # fmt: skip
    quality_draw.calibrate(rig.line, ZHU.name, TODAY, 1, [JIA.name, YI.name], 1)
    turn = turn_of(rig, "READ")
    reviews(rig, JIA, other={turn: Label.DENY})
    assert rig.all(QualityItem) == []  # nobody else may learn of it before they have heard it
    reviews(rig, YI)
    assert rig.all(Review) == []
    assert rig.all(Finding) == []
    waiting = [(one.turn_number, one.reason) for one in rig.all(QualityItem)]
    assert waiting == [(turn, "reviewer")]  # but what one of them heard must be decided
    assert [one.part for one in rig.all(QualityTask)] == ["calibration"] * 2
    with pytest.raises(QualityTrouble, match="ended"):
        quality_tasks.put_back(rig.line, JIA, 1)
