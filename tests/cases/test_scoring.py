"""Scorecards as data, and the scores made by them."""

import pytest

from cases.scoring import Mark, applying, differing, score, unmarked
from scripts import scorecards
from scripts.faults import FaultyFileError
from scripts.labels import CODES
from scripts.scorecards import Made, Risk, Scorecard

CARD = {
    "id": "small",
    "version": 1,
    "title": {"zh": "小表", "en": "Small"},
    "pass_mark": 80,
    "criteria": [
        {"id": "identity", "title": {"zh": "身份", "en": "Identity"}, "weight": 30,
         "critical": True},
        {"id": "fees", "title": {"zh": "费用", "en": "Fees"}, "weight": 20, "codes": ["FEES"]},
        {"id": "tone", "title": {"zh": "语气", "en": "Tone"}, "weight": 10, "made": "agent"},
        {"id": "pace", "title": {"zh": "语速", "en": "Pace"}, "weight": 40},
    ],
    "risks": {"case": 5},
}  # fmt: skip
MET, MISSED, AWAY = Mark.MET, Mark.MISSED, Mark.NOT_APPLICABLE


def card() -> Scorecard:
    return scorecards.of_plain(CARD)


def faults_of(**changes: object) -> list[str]:
    with pytest.raises(FaultyFileError) as faulty:
        scorecards.of_plain({**CARD, **changes})
    return [fault.message for fault in faulty.value.faults]


def test_a_score_is_the_weight_of_what_was_met() -> None:
    found = score(card(), {"identity": MET, "fees": MISSED, "pace": MET})
    assert (found.points, found.passed, found.critical) == (77.8, False, ())
    assert score(card(), {"identity": MET, "fees": AWAY, "pace": MET}).points == 100
    found = score(card(), {"identity": MET, "fees": MISSED, "tone": MET, "pace": MET})
    assert (found.points, found.passed) == (80.0, True)


def test_one_critical_fault_fails_whatever_the_score() -> None:
    found = score(card(), {"identity": MISSED, "fees": MET, "tone": MET, "pace": MET})
    assert (found.points, found.passed, found.critical) == (70.0, False, ("identity",))
    lenient = scorecards.of_plain({**CARD, "pass_mark": 50})
    assert not score(lenient, {"identity": MISSED, "pace": MET}).passed


def test_what_does_not_apply_is_not_asked() -> None:
    names = [one.id for one in applying(card(), ["FEES", "READ"], by_agent=False)]
    assert names == ["identity", "fees", "pace"]
    names = [one.id for one in applying(card(), ["READ"], by_agent=True)]
    assert names == ["identity", "tone", "pace"]
    assert unmarked(applying(card(), [], by_agent=False), {"pace": MET}) == ("identity",)


def test_what_two_reviewers_differ_about() -> None:
    assert differing({"a": "met", "b": "met"}, {"b": "missed", "a": "met", "c": "met"}) == (
        "b",
        "c",
    )


def test_the_scorecard_that_ships_is_sound_and_can_be_kept() -> None:
    assert scorecards.scorecards() == ["standard"]
    found = scorecards.load()
    assert scorecards.of_plain(scorecards.plain()) == found
    assert set(found.risks) == set(Risk)
    assert any(one.critical for one in found.criteria)
    assert {one.made for one in found.criteria} >= {Made.BOTH, Made.AGENT}
    assert {code for one in found.criteria for code in one.codes} <= set(CODES)


def test_every_fault_of_a_scorecard_has_one_sentence() -> None:
    criteria = CARD["criteria"]
    assert isinstance(criteria, list)
    assert faults_of(criteria=[criteria[0], criteria[0]]) == [
        "the criterion identity stands here a second time: give it another id"
    ]
    assert faults_of(criteria=[{**criteria[0], "codes": ["NOPE"]}])[0].startswith(
        "NOPE is no question code: take one of AWARE, CHANNELS"
    )
    assert len(faults_of(criteria=[criteria[1]])) == 2
    assert faults_of(risks={"weather": 3})[0].startswith("risks.weather: input should be 'case'")
    assert "greater than or equal to 1" in faults_of(pass_mark=0)[0]
    assert faults_of(colour="red") == ["unknown key 'colour' in the file: remove or correct it"]
