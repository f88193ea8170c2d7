"""Agreement of reviewers over stored sheets, and words that may teach the lexicon."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cases.quality_plan import Wanted
from cases.scoring import Mark
from operations import quality_appeals, quality_material
from operations.quality_agreement import agreement
from operations.quality_trouble import QualityTrouble
from scripts.labels import Label
from store.tables import Review, ReviewRelease, ScoreSheet
from tests.operations.heard import turn_of
from tests.operations.reviewing import FA, JIA, YI, ZHU, desk_call, draw, heard_rig, reviews
from tests.operations.rig import NOW, Rig


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Rig]:
    """One call in which everything was a yes."""
    rig = heard_rig(tmp_path)
    yield rig
    rig.close()


def test_answers_are_counted_by_question_and_marks_by_criterion(heard: Rig) -> None:
    rig = heard
    draw(rig)
    turn = turn_of(rig, "READ")
    reviews(rig, JIA, missed=("pace",))
    reviews(rig, YI, other={turn: Label.UNSURE})
    reviews(rig, ZHU)  # who saw both is no rater
    with rig.line.database.reading() as session:
        found = agreement(session)
        assert found.calls == 1
        assert agreement(session, NOW.date().replace(day=19)).calls == 0
        assert agreement(session, None, None, 99).calls == 0
        assert agreement(session, NOW.date(), NOW.date(), 1).calls == 1
    by_code = {one.name: one for one in found.answers.kinds}
    assert (by_code["READ"].pairs, by_code["READ"].same) == (1, 0.0)
    assert by_code["SIGN_APP"].same == 1.0
    by_criterion = {one.name: one.same for one in found.marks.kinds}
    assert (by_criterion["pace"], by_criterion["all-items"]) == (0.0, 1.0)
    assert [one.name for one in found.answers.raters] == ["质检乙", "质检甲"]
    assert found.answers.whole.alpha.few


def test_one_reviewer_alone_agrees_with_nobody(heard: Rig) -> None:
    rig = heard
    draw(rig)
    reviews(rig, JIA)
    with rig.line.database.reading() as session:
        assert agreement(session).calls == 0


def test_what_a_supervisor_changed_says_nothing_of_the_reviewers(rig: Rig) -> None:
    desk = desk_call(rig)
    draw(rig)
    reviews(rig, JIA, missed=("manner",))
    reviews(rig, YI, missed=("manner",))
    number = quality_appeals.appeal(rig.line, desk.who, 1, "没有打断")
    sheet = rig.one(ScoreSheet)
    wanted = {**{name: Mark(mark) for name, mark in sheet.marks.items()}, "manner": Mark.MET}
    quality_appeals.grant(rig.line, ZHU, number, "成立", wanted, "")
    with rig.line.database.reading() as session:
        found = agreement(session)
    assert found.marks.whole.same == 1.0
    assert {one.name for one in found.marks.raters} == {"质检甲", "质检乙"}


# Words that may teach the lexicon.


@pytest.fixture
def written(heard: Rig) -> Rig:
    """A call in which a reviewer wrote down what was really said."""
    rig = heard
    draw(rig, Wanted(1.0, 0))
    turn = turn_of(rig, "READ")
    reviews(rig, JIA, other={turn: Label.DENY}, words={turn: "没翻过那本"})
    return rig


def test_words_are_released_by_somebody_else(written: Rig) -> None:
    with pytest.raises(QualityTrouble, match="written these words yourself"):
        quality_material.decide(written.line, JIA, 1, release=True)
    assert quality_material.released(written.line) == []
    quality_material.decide(written.line, YI, 1, "典型", release=True)
    (found,) = quality_material.released(written.line)
    assert (found.question, found.answer, found.label) == ("READ", "没翻过那本", "deny")
    assert written.one(ReviewRelease).decided_by == "质检乙"
    before = written.everything()
    quality_material.decide(written.line, YI, 1, release=True)
    assert written.everything() == before
    with pytest.raises(QualityTrouble, match="质检乙 has decided"):
        quality_material.decide(written.line, FA, 1, release=False)


def test_words_that_were_kept_out_or_corrected_are_no_material(written: Rig) -> None:
    quality_material.decide(written.line, YI, 1, release=True)
    with written.line.database.transaction() as session:
        session.get_one(Review, 1).withdrawn_at = written.clock.now
    assert quality_material.released(written.line) == []


def test_what_tells_who_the_customer_is_is_never_released(written: Rig) -> None:
    with written.line.database.transaction() as session:
        session.get_one(Review, 1).words = "我的电话是幺三九零零零零零零零一"
    with pytest.raises(QualityTrouble, match="who the customer is"):
        quality_material.decide(written.line, YI, 1, release=True)
    quality_material.decide(written.line, YI, 1, release=False)
    assert quality_material.released(written.line) == []


def test_nobody_releases_what_is_not_there(written: Rig) -> None:
    for who, number in ((YI, 9), (replace(YI, branch="别处分公司"), 1)):
        with pytest.raises(QualityTrouble, match="no review"):
            quality_material.decide(written.line, who, number, release=True)
