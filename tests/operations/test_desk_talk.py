"""An interview at the agent's desk: answer by answer, changed, and how it ends."""

from datetime import timedelta

import pytest

from operations import desk_end, desk_talk
from operations.desk import DeskTrouble
from operations.desk_marks import Mark, Marked, MarkTrouble
from scripts.heard import Via
from scripts.labels import Label
from scripts.outcomes import Outcome
from store.tables import (
    Attempt,
    Call,
    Finding,
    FormerAnswer,
    KeptYes,
    QualityItem,
    Turn,
)
from tests.operations.at_desk import AN, Desk, at_script
from tests.operations.rig import Rig


@pytest.fixture
def agent(rig: Rig) -> Desk:
    """An agent, and one policy in the queue."""
    rig.import_rows({})
    return Desk(rig)


def test_an_interview_ends_as_a_call_of_the_robot_does(rig: Rig, agent: Desk) -> None:
    agent.takes().rings().says_yes().ends(Outcome.COMPLETED)
    assert rig.outcomes == ["completed"]
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "completed")
    turns = rig.all(Turn)
    assert {turn.via for turn in turns} == {Via.AGENT}
    assert rig.findings == []
    assert rig.one(Call).class_name == "标准件"
    assert rig.one(Call).duration_s == 7 * len(turns)
    assert rig.due == []


def test_a_no_is_a_finding_and_opens_the_same_case(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("SIGN_APP")
    agent.marks(Mark.NO, "是我爱人签的")
    agent.marks(Mark.NO, "是我爱人签的")
    agent.says_yes().ends(Outcome.COMPLETED)
    assert ("SIGN_APP", "denied", "live") in rig.findings
    assert rig.cases[0][0] == "问题件"


def test_the_gate_opens_for_what_is_on_file_only(agent: Desk) -> None:
    agent.takes().rings().marks()
    with pytest.raises(MarkTrouble, match="type the birthday"):
        agent.marks()
    doubt = agent.marks(words="1985年3月7日")
    assert doubt is not None
    assert agent.asked == "ID_VERIFY"
    assert not agent.run.position.verified
    agent.marks(words="1985年3月7日", kept=True)
    assert not agent.run.position.verified
    assert agent.run.turns[-1].heard.label is not Label.AFFIRM
    agent.marks(words="0034")
    assert agent.run.position.verified


def test_a_double_click_is_one_answer(rig: Rig, agent: Desk) -> None:
    agent.takes().rings()
    version = agent.version
    for _ in range(3):
        desk_talk.answer(
            rig.line, AN, agent.number, version, 0, "ID_PRESENT", Marked(Mark.YES, "是我")
        )
    assert len(rig.all(Turn)) == 1


def test_an_old_page_changes_nothing_and_says_so(rig: Rig, agent: Desk) -> None:
    agent.takes().rings()
    old = agent.version
    agent.marks()
    with pytest.raises(DeskTrouble, match="out of date"):
        desk_talk.answer(rig.line, AN, agent.number, old, 0, "ID_PRESENT", Marked(Mark.NO))
    with pytest.raises(DeskTrouble, match="out of date"):
        desk_end.finish(rig.line, AN, agent.number, old, Outcome.HUNG_UP)
    assert [turn.label for turn in rig.all(Turn)] == ["affirm"]


def test_words_that_say_no_beside_a_yes_are_shown_first(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("SIGN_APP")
    doubt = agent.marks(words="不是我签的")
    assert doubt is not None
    assert doubt.label is Label.DENY
    assert agent.asked == "SIGN_APP"
    agent.marks(words="不是我签的", kept=True)
    agent.says_yes().ends(Outcome.COMPLETED)
    assert ("SIGN_APP", "denied", "typed") in rig.findings
    assert rig.one(QualityItem).reason == "kept-yes"
    assert rig.one(Call).class_name == "问题件"


def test_a_hedge_beside_a_yes_goes_to_quality(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("SIGN_APP")
    assert agent.marks(words="好像是吧") is not None
    agent.marks(words="好像是吧", kept=True)
    agent.says_yes().ends(Outcome.COMPLETED)
    assert rig.findings == []
    assert [one.recorded_label for one in rig.all(QualityItem)] == ["unsure"]


def test_a_plain_yes_raises_no_doubt(agent: Desk) -> None:
    at_script(agent).says_yes("SIGN_APP")
    assert agent.marks(words="对，是我自己签的") is None


def test_a_changed_answer_keeps_what_the_path_still_asks(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("PREMIUM.amount")
    before = [turn.question_id for turn in agent.run.turns]
    at = before.index("SIGN_APP")
    agent.marks(Mark.UNSURE, "记不清了", turn=at)
    assert agent.asked == "SIGN_APP"  # asked again in plainer words
    assert next(one.question_id for one in rig.all(FormerAnswer)) == "SIGN_APP"
    agent.marks(words="想起来了，是我签的")
    assert agent.asked == "PREMIUM.amount"
    after = [turn.question_id for turn in agent.run.turns]
    assert after == [*before[: at + 1], "SIGN_APP", *before[at + 1 :]]
    agent.says_yes().ends(Outcome.COMPLETED)
    assert ("SIGN_APP", "resolved", "live") in rig.findings


def test_a_change_that_ends_the_call_sets_the_rest_aside(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("READ")
    at = [turn.question_id for turn in agent.run.turns].index("RECEIPT")
    count = len(agent.run.turns)
    agent.marks(Mark.REFUSE, "不想说了", turn=at)
    assert agent.asked == ""
    assert len(agent.run.turns) + len(rig.all(FormerAnswer)) == count + 1
    agent.marks(Mark.YES, "收到了", turn=at)
    assert agent.asked == "READ"
    assert len(agent.run.turns) == count


def test_another_identity_takes_everything_after_it_away(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("SIGN_APP")
    agent.marks(Mark.NOT_HOLDER, "我是他儿子", turn=1)
    assert not agent.run.position.verified or agent.run.position.stranger
    assert len(agent.run.turns) == 2
    assert not any(one.waiting for one in rig.all(FormerAnswer))


def test_a_kept_yes_moves_with_its_answer(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("SIGN_TIP")
    agent.marks(words="没有签", kept=True)
    agent.says_yes("PREMIUM.amount")
    at = [turn.question_id for turn in agent.run.turns].index("SIGN_APP")
    agent.marks(Mark.UNSURE, "记不清", turn=at)
    agent.marks(words="是我签的")
    (kept,) = rig.all(KeptYes)
    assert agent.run.turns[kept.turn_number].question_id == "SIGN_TIP"


@pytest.mark.parametrize("outcome", desk_end.NOT_REACHED)
def test_who_is_not_reached_is_called_again_by_the_rulebook(
    rig: Rig, agent: Desk, outcome: Outcome
) -> None:
    agent.takes().rings()
    agent.ends(outcome)
    call = rig.one(Call)
    assert (call.outcome, call.answered_at) == (outcome.value, None)
    assert rig.one(Attempt).state == "ended"
    agent.ends(outcome)  # sent again
    assert len(rig.all(Call)) == 1


def test_nobody_completes_what_was_not_asked(agent: Desk) -> None:
    at_script(agent)
    with pytest.raises(DeskTrouble, match="gone on since"):
        agent.ends(Outcome.COMPLETED)
    with pytest.raises(DeskTrouble, match="gone on since"):
        agent.ends(Outcome.BUSY)


def test_a_time_to_call_again_lies_within_the_hours(rig: Rig, agent: Desk) -> None:
    at_script(agent)
    agent.marks(Mark.CALLBACK, "现在忙")
    night = rig.clock.now.replace(hour=22)
    with pytest.raises(MarkTrouble, match="outside the calling hours"):
        agent.marks(Mark.YES, "晚上十点", when=night)
    with pytest.raises(MarkTrouble, match="has passed"):
        agent.marks(Mark.YES, "刚才", when=rig.clock.now - timedelta(hours=1))
    evening = rig.clock.now.replace(hour=18, minute=30, second=0)
    agent.marks(Mark.YES, "六点半", when=evening)
    agent.ends(Outcome.CALLBACK)
    assert rig.one(Attempt).callback_at == evening
    assert rig.outcomes == ["callback"]


def test_a_wrong_number_is_one(rig: Rig, agent: Desk) -> None:
    agent.takes().rings()
    agent.marks(Mark.NO_SUCH_PERSON, "没这个人")
    agent.ends(Outcome.NOT_HOLDER)
    assert rig.one(Attempt).cause == "wrong-number"


def test_findings_of_the_desk_are_those_of_the_robot(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("RECEIPT")
    agent.marks(Mark.NO, "还没收到")
    outcome = desk_end.outcome_of(agent.run)
    agent.ends(outcome)
    found = [(one.question_id, one.label) for one in rig.all(Finding)]
    assert ("RECEIPT", "deny") in found
