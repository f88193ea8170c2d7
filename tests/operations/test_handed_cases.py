"""The case of a call that was handed to a person, when that person has asked everything."""

import pytest

from operations import case_work, desk
from operations.case_alarms import escalate
from operations.judge import judge
from scripts.outcomes import Outcome
from store.tables import Call, Case, Policy, Review, SecondRevisit, Turn
from tests.operations.at_desk import AN, Desk
from tests.operations.casework import HAN, QI, UNSURE, deeds, moved, opened, staff, work
from tests.operations.rig import Rig

KNOWN = {"ID_PRESENT": "我就是", "ID_VERIFY": "一九八五年三月六日", "*": "是的"}


@pytest.fixture
def agent(rig: Rig) -> Desk:
    return Desk(rig)


def handed_over(rig: Rig, agent: Desk, at: dict[str, str | list[str]]) -> None:
    """The robot asks until these answers lead to a person, and hangs up; the agent goes on."""
    if not rig.all(Policy):
        rig.import_rows()
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**KNOWN, **at})
    agent.number = desk.take_handed(rig.line, AN, rig.one(Call, -1).id)
    caller.hangs_up()


def hears(rig: Rig, label: str) -> None:
    """In the newest call a reviewer hears something else about the signature."""
    call = rig.one(Call, -1)
    (turn,) = rig.all(Turn, call_id=call.id, question_id="SIGN_APP")
    with rig.line.database.transaction() as session:
        session.add(
            Review(
                call_id=call.id, turn_number=turn.number, question_id="SIGN_APP",
                reviewer=QI.name, label=label, words="不是我签的", note="", blind=False,
                made_at=rig.clock(),
            )
        )  # fmt: skip
        session.flush()
        judge(session, rig.line, session.get_one(Call, call.id), rig.clock())


def test_whoever_only_wanted_a_person_has_been_answered(rig: Rig, agent: Desk) -> None:
    handed_over(rig, agent, {"SIGN_APP": "转人工"})
    assert [one.state for one in rig.all(Case)] == ["open"]
    agent.says_yes().ends(Outcome.COMPLETED)
    (case,) = rig.all(Case)
    assert (case.state, case.closed_because) == ("closed", "interview")
    assert deeds(rig) == [("huifang", "close")]
    hears(rig, "deny")
    assert {(one.state, one.family) for one in rig.all(Case)} == {
        ("open", "沟通解释类"), ("open", "代签字类"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "at",
    [
        {"SIGN_APP": "不是我签的", "SIGN_TIP": "转人工"},
        {"SIGN_APP": "记不清了", "SIGN_TIP": "转人工"},
        {"SIGN_APP": ["记不清了", "转人工"]},  # asked again, and confirmed: still a doubt
    ],
)
def test_what_was_denied_or_doubted_is_not(
    rig: Rig, agent: Desk, at: dict[str, str | list[str]]
) -> None:
    handed_over(rig, agent, at)
    agent.says_yes().ends(Outcome.COMPLETED)
    assert rig.one(Case).state == "open"


def test_a_reminder_of_the_night_is_nobodys_work(rig: Rig, agent: Desk) -> None:
    handed_over(rig, agent, {"SIGN_APP": "转人工"})
    with rig.line.database.transaction() as session:
        session.get_one(Case, 1).due_at = rig.clock()
    assert escalate(rig.line) == 1
    agent.says_yes().ends(Outcome.COMPLETED)
    assert deeds(rig) == [("huifang", "warning"), ("huifang", "close")]


def test_an_interview_that_broke_off_closes_nothing(rig: Rig, agent: Desk) -> None:
    handed_over(rig, agent, {"SIGN_APP": "转人工"})
    agent.says_yes(until="SIGN_TIP").ends(Outcome.HUNG_UP)
    assert rig.one(Case).state == "open"


def test_what_somebody_works_on_is_theirs(rig: Rig, agent: Desk) -> None:
    staff(rig)
    handed_over(rig, agent, {"SIGN_APP": "转人工"})
    moved(rig, "青岛分公司")
    case_work.assign(rig.line, HAN, 1, 0, HAN.name)
    agent.says_yes().ends(Outcome.COMPLETED)
    assert rig.one(Case).state == "open"


def test_a_second_revisit_that_was_handed_over_waits_for_the_agent(rig: Rig, agent: Desk) -> None:
    staff(rig)
    opened(rig, UNSURE)
    case_work.assign(rig.line, HAN, 1, 0, HAN.name)
    case_work.conclude(rig.line, HAN, 1, 1, "已解释")
    case_work.review(rig.line, QI, 1, 2)
    case_work.book(rig.line, HAN, 1, 3, rig.clock())
    rig.clock.tick(3600)
    handed_over(rig, agent, {"SIGN_APP": "转人工"})
    assert rig.one(SecondRevisit).state == "booked"
    agent.says_yes().ends(Outcome.COMPLETED)
    assert rig.one(SecondRevisit).state == "passed"
    assert rig.one(Case).state == "closed"
    assert work(rig).stage == "closed"
