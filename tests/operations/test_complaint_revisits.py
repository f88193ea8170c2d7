"""The follow-up revisit of a complaint: booked, rung by the plan with its own script, and what it
comes to. Nobody but the holder is rung, and the first revisit stays as it was."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from operations import complaint_answer as answers
from operations import complaint_revisits as revisits
from operations.calls import run_of
from operations.complaint_alarms import escalate
from operations.complaint_answer import Cause
from operations.complaint_record import ComplaintTrouble
from scripts.model import Purpose
from store.tables import Call, Case, Complaint, ComplaintEvent, ComplaintRevisit, Policy
from tests.operations import complaining as c
from tests.operations.complaining import HAN, row, taken, walked
from tests.operations.rig import YES, Rig

CONTENT = {**YES, "SATISFACTION": "满意", "SUGGEST": "没有"}
NOT_CONTENT = {**CONTENT, "SATISFACTION.outcome": "不满意，钱还没退"}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A complaint that was answered, and whose policy was revisited before."""
    rig = Rig(tmp_path)
    c.ready(rig)
    with rig.line.database.transaction() as session:
        policy = session.get_one(Policy, 1)
        policy.revisit, policy.closed_because = "closed", "completed"
    taken(rig)
    walked(rig, "answered")
    yield rig
    rig.close()


def rung(rig: Rig, answers: dict[str, str]) -> None:
    """The robot rings, and the holder answers."""
    caller = rig.ring()
    caller.picks_up()
    caller.talks(answers)
    caller.hangs_up()


def booked(rig: Rig) -> None:
    revisits.book(rig.line, HAN, 1, None, rig.clock())
    rig.clock.tick(60)


def test_whoever_is_content_lets_it_be_filed(rig: Rig) -> None:
    booked(rig)
    rung(rig, CONTENT)
    assert (row(rig).state, row(rig).satisfied) == ("followed-up", True)
    assert rig.one(ComplaintRevisit).state == "satisfied"
    event = rig.all(ComplaintEvent)[-1]
    assert (event.by, event.what, event.detail["call"]) == ("huifang", "follow-up", 1)
    policy = rig.one(Policy)
    assert (policy.revisit, policy.closed_because) == ("closed", "completed")
    assert rig.all(Case) == []
    answers.find_cause(rig.line, HAN, 1, None, Cause("sale", "口头承诺"))
    answers.close(rig.line, HAN, 1, None)
    assert (row(rig).state, row(rig).result) == ("closed", "upheld")


def test_it_is_asked_with_its_own_script_and_told_only_the_kind(rig: Rig) -> None:
    booked(rig)
    caller = rig.ring()
    caller.picks_up()
    caller.says("我就是")
    caller.says("一九八五年三月六日")
    assert "退保" in caller.last.words
    assert "随时能全额退" not in caller.last.words  # the complainant's words are nobody's business
    with rig.line.database.reading() as session:
        assert run_of(session, session.get_one(Call, 1)).script.purpose is Purpose.COMPLAINT


def test_whoever_is_not_content_sends_it_round_again_with_their_words(rig: Rig) -> None:
    booked(rig)
    rung(rig, NOT_CONTENT)
    assert (row(rig).state, row(rig).round) == ("reopened", 2)
    assert "钱还没退" in rig.all(ComplaintEvent)[-1].words
    assert len(rig.all(Complaint)) == 1
    assert rig.all(Case) == []


def test_who_complains_again_in_it_is_not_content(rig: Rig) -> None:
    booked(rig)
    rung(rig, {**CONTENT, "SUGGEST": ["有", "我要投诉你们"]})  # type: ignore[dict-item]
    assert row(rig).state == "reopened"
    assert len(rig.all(Complaint)) == 1


def test_somebody_else_on_the_line_does_not_speak_for_the_holder(rig: Rig) -> None:
    booked(rig)
    rung(rig, {**CONTENT, "ID_PRESENT": "我要投诉，别再打了"})
    assert (row(rig).state, rig.one(ComplaintRevisit).state) == ("answered", "booked")
    assert rig.one(Complaint, 1).relation == "other"


def test_who_is_never_reached_is_asked_by_hand(rig: Rig) -> None:
    booked(rig)
    rig.clock.now += timedelta(days=20)
    assert escalate(rig.line) == 1
    assert rig.one(ComplaintRevisit).state == "failed"
    assert row(rig).state == "answered"
    assert rig.all(ComplaintEvent)[-1].what == "not-reached"
    assert rig.due == []


def test_a_withdrawn_complaint_is_not_rung(rig: Rig) -> None:
    booked(rig)
    assert rig.due == ["P0001"]
    c.work.withdraw(rig.line, HAN, 1, None, rig.clock().date(), "不追究了")
    assert rig.one(ComplaintRevisit).state == "withdrawn"
    assert rig.due == []


@pytest.mark.parametrize(
    ("relation", "revisit", "said"),
    [
        ("heir", "closed", "rings holders only"),
        ("holder", "open", "the first revisit of policy P0001 still goes on"),
    ],
)
def test_nobody_is_rung_who_must_not_be(rig: Rig, relation: str, revisit: str, said: str) -> None:
    with rig.line.database.transaction() as session:
        session.get_one(Complaint, 1).relation = relation
        session.get_one(Policy, 1).revisit = revisit
    with pytest.raises(ComplaintTrouble, match=said):
        booked(rig)
    assert rig.all(ComplaintRevisit) == []
