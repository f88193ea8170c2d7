"""The agent's desk: who gets which policy, and who goes on with it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from operations import desk, desk_end, desk_talk
from operations.desk import DeskTrouble
from operations.desk_end import Wanted
from operations.place_call import look_for_abandoned, place_next
from operations.plan import refresh
from operations.reconcile import ask_about_silent_calls
from operations.rights import Role, Who
from scripts.outcomes import Outcome
from store.tables import (
    Attempt,
    AuditEntry,
    Call,
    CustomerRequest,
)
from tests.operations.at_desk import AN, BO, Desk, at_script
from tests.operations.rig import SOMEBODY_ELSE, Rig


@pytest.fixture
def agent(rig: Rig) -> Desk:
    """An agent, and one policy in the queue."""
    rig.import_rows({})
    return Desk(rig)


def test_the_robot_and_the_agents_never_get_the_same(rig: Rig, agent: Desk) -> None:
    rig.import_rows({}, {"保单号": "P0002"})  # the same holder
    agent.takes()
    assert agent.number
    assert Desk(rig, BO).takes().number == 0
    refresh(rig.line)
    assert not place_next(rig.line)
    for _ in range(2):  # seen once, and seen unchanged for longer than any order takes
        assert not look_for_abandoned(rig.line)
        rig.clock.tick(3600)
    assert ask_about_silent_calls(rig.line) == 0


def test_the_agent_does_not_get_what_the_robot_rings(rig: Rig, agent: Desk) -> None:
    rig.ring()
    assert agent.takes().number == 0


def test_next_twice_is_the_same_and_another_agent_gets_another(rig: Rig, agent: Desk) -> None:
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE})
    first = agent.takes().number
    assert agent.takes().number == first
    other = Desk(rig, BO).takes()
    assert other.number not in (0, first)
    assert other.interview.policy_id != agent.interview.policy_id


def test_put_back_leaves_no_trace_and_is_next_again(rig: Rig, agent: Desk) -> None:
    agent.takes()
    desk.put_back(rig.line, AN, agent.number, agent.version)
    assert rig.all(Attempt) == rig.all(Call) == []
    assert rig.due == ["P0001"]
    assert Desk(rig, BO).takes().number


def test_what_lies_idle_goes_back(rig: Rig, agent: Desk) -> None:
    agent.takes()
    rig.clock.tick(31 * 60)
    assert Desk(rig, BO).takes().number not in (0, agent.number)
    assert agent.interview.ended_at is not None


def test_an_interview_that_was_left_ends_as_one_that_broke_off(rig: Rig, agent: Desk) -> None:
    at_script(agent)
    rig.clock.tick(3 * 3600)
    assert desk_end.end_left(rig.line) == 0
    rig.clock.tick(3601)
    assert desk_end.end_left(rig.line) == 1
    assert rig.outcomes == ["hung-up"]
    assert desk_end.end_left(rig.line) == 0
    with pytest.raises(DeskTrouble, match="has ended already"):
        agent.marks()


def test_it_is_asked_again_at_the_moment_of_calling(rig: Rig, agent: Desk) -> None:
    agent.takes()
    rig.clock.tick(2 * 3600 + 60)  # noon has come meanwhile
    with pytest.raises(DeskTrouble, match="may not be rung now"):
        agent.rings()
    assert agent.interview.started_at is None


def test_a_branch_takes_its_own_only(rig: Rig, agent: Desk) -> None:
    elsewhere = Who(3, "外地", frozenset({Role.AGENT}), "青岛分公司")
    assert Desk(rig, elsewhere).takes().number == 0
    with pytest.raises(DeskTrouble, match="no policy P0001"):
        desk.take(rig.line, elsewhere, "P0001")


def test_a_broken_off_interview_is_resumed_by_another(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("SIGN_APP")
    asked, count = agent.asked, len(agent.run.turns)
    rig.line.database.close()  # the browser, the machine, everything is gone
    desk.take_over(rig.line, BO, agent.number)
    other = Desk(rig, BO, agent.number)
    assert (other.asked, len(other.run.turns)) == (asked, count)
    with pytest.raises(DeskTrouble, match="with 柏访员 now"):
        agent.marks()
    other.says_yes().ends(Outcome.COMPLETED)
    assert rig.outcomes == ["completed"]


def test_a_call_that_was_cut_is_called_again_where_it_stopped(rig: Rig, agent: Desk) -> None:
    at_script(agent).says_yes("SIGN_APP")
    agent.ends(Outcome.HUNG_UP, note="线路断了")
    assert rig.outcomes == ["hung-up"]
    rig.clock.now += timedelta(days=1)
    again = agent.takes().rings()
    again.proves()
    assert "AWARE" not in {one.id for one in again.run.path.questions}
    assert "SIGN_APP" in {one.id for one in again.run.path.questions}


def test_an_agent_goes_on_where_the_robot_handed_over(rig: Rig, agent: Desk) -> None:
    caller = rig.ring()
    caller.picks_up()
    caller.talks({"ID_PRESENT": "我就是", "ID_VERIFY": "一九八五年三月六日",
                  "SIGN_APP": "转人工", "*": "是的"})  # fmt: skip
    (waiting,) = rig.all(Call)
    assert waiting.ending == "transferred"
    agent.number = desk.take_handed(rig.line, AN, waiting.id)
    assert agent.interview.continues_id == waiting.id
    asked = {one.id for one in agent.run.path.questions}
    assert {"ID_VERIFY", "SIGN_APP"} <= asked
    assert "AWARE" not in asked
    with pytest.raises(DeskTrouble, match="taken by somebody else"):
        desk.take_handed(rig.line, BO, waiting.id)
    caller.hangs_up()
    agent.says_yes().ends(Outcome.COMPLETED)
    assert rig.outcomes == ["transferred", "completed"]
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "completed")


def test_what_customers_ask_for_is_followed_up(rig: Rig, agent: Desk) -> None:
    at_script(agent)
    for _ in range(2):
        desk_end.ask_for(rig.line, AN, agent.number, Wanted.ADDRESS, "搬到示范路9号")
    (request,) = rig.all(CustomerRequest)
    desk_end.done(rig.line, BO, request.id, "已转保全")
    with pytest.raises(DeskTrouble, match="done by 柏访员 already"):
        desk_end.done(rig.line, AN, request.id, "又办一次")


def test_the_number_to_dial_is_noted(rig: Rig, agent: Desk) -> None:
    agent.takes()
    assert desk_talk.number_to_dial(rig.line, AN, agent.number) == "+8613900000001"
    with rig.line.database.reading() as session:
        (entry,) = session.query(AuditEntry).all()
    assert (entry.who, entry.what, entry.about) == ("安访员", "unmasked", "policy:P0001")


def test_four_agents_and_the_robot_at_the_same_moment(rig: Rig) -> None:
    rig.import_rows(*(
        {"保单号": f"P{one:04}", "手机": f"1390000{one:04}", "投保人姓名": f"客户{one}",
         "证件类型": "", "投保人证件号码": ""}
        for one in range(1, 4)
    ))  # fmt: skip
    refresh(rig.line)
    with ThreadPoolExecutor(5) as pool:
        robot = pool.submit(place_next, rig.line)
        agents = [Who(one, f"访员{one}", frozenset({Role.AGENT})) for one in range(1, 5)]
        numbers = list(pool.map(lambda who: desk.take_next(rig.line, who), agents))
    attempts = rig.all(Attempt)
    assert len({one.policy_id for one in attempts}) == len(attempts) == 3
    assert sum(number is not None for number in numbers) == 3 - robot.result()
