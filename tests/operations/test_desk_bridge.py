"""An agent's call through the carrier: the agent's phone, then the customer's, both recorded."""

import pytest

from ivr.phone import PhoneTrouble, PhoneUncertain
from operations import desk_bridge
from operations.desk import DeskTrouble
from operations.reconcile import ask_about_silent_calls
from scripts.outcomes import Outcome
from store.tables import Attempt, Call, CallEvent, Recording
from tests.operations.at_desk import AN, Desk
from tests.operations.rig import PUBLIC, Answer, Rig

MINE = "010-6000 0001"


@pytest.fixture
def agent(rig: Rig) -> Desk:
    """An agent who has taken the one policy."""
    rig.import_rows({})
    return Desk(rig).takes()


def ring(agent: Desk) -> str:
    """Ring through the carrier; the carrier's id of the agent's leg."""
    desk_bridge.ring(agent.rig.line, AN, agent.number, agent.version, MINE)
    vendor_id: str = agent.rig.one(Call).vendor_id
    return vendor_id


def hook(rig: Rig, what: str, **form: str) -> Answer:
    """A signed webhook of that call."""
    call = rig.one(Call)
    given = {"CallSid": call.vendor_id or "", **form}
    return rig.post(f"{PUBLIC}/phone/{call.token}/{what}", given)


def test_the_agents_phone_rings_first_then_the_customers(rig: Rig, agent: Desk) -> None:
    sid = ring(agent)
    (order,) = rig.phone.dials
    assert (order.to, order.bridge) == ("+861060000001", True)
    answer = hook(rig, "bridge", CallStatus="in-progress")
    assert answer.verbs == ["Dial"]
    assert "+8613900000001" in answer.text
    agent.says_yes()
    hook(rig, "bridged", DialCallStatus="completed", DialCallDuration="60")
    hook(rig, "bridge-status", CallStatus="completed", SequenceNumber="3", CallDuration="70")
    assert rig.one(Call).ended_at is None  # the agent still says how it ended
    agent.ends(Outcome.COMPLETED)
    hook(
        rig, "recording", RecordingSid=sid.replace("CA", "RE"), RecordingStatus="completed",
        RecordingChannels="2",
    )  # fmt: skip
    assert rig.outcomes == ["completed"]
    assert rig.one(Recording).call_id == rig.one(Call).id


def test_a_double_click_rings_once(rig: Rig, agent: Desk) -> None:
    version = agent.version
    for _ in range(2):
        desk_bridge.ring(rig.line, AN, agent.number, version, MINE)
    assert len(rig.phone.dials) == 1


def test_a_customer_who_is_busy_is_shown_and_chosen(rig: Rig, agent: Desk) -> None:
    ring(agent)
    hook(rig, "bridge", CallStatus="in-progress")
    hook(rig, "bridged", DialCallStatus="busy")
    assert agent.interview.carrier_said == "busy"
    agent.ends(Outcome.BUSY)
    assert rig.outcomes == ["busy"]


def test_an_agent_who_does_not_answer_may_begin_again(rig: Rig, agent: Desk) -> None:
    ring(agent)
    for _ in range(2):
        hook(rig, "bridge-status", CallStatus="no-answer", SequenceNumber="2")
    assert agent.interview.started_at is None
    assert len(rig.all(CallEvent)) == 1
    ring(agent)
    assert len(rig.phone.dials) == 2
    assert len(rig.all(Attempt)) == 1


def test_the_customer_is_not_rung_once_the_hours_have_ended(rig: Rig, agent: Desk) -> None:
    ring(agent)
    rig.clock.tick(2 * 3600 + 60)
    assert "Dial" not in hook(rig, "bridge", CallStatus="in-progress").verbs
    assert agent.interview.started_at is None


def test_an_order_that_the_carrier_refuses_rings_nobody(rig: Rig, agent: Desk) -> None:
    rig.phone.make_trouble(PhoneTrouble("The carrier is closed.", retry=False))
    with pytest.raises(DeskTrouble, match="did not take the call: The carrier is closed"):
        ring(agent)
    assert agent.interview.started_at is None
    agent.rings().proves()


def test_an_answer_that_is_lost_may_ring_all_the_same(rig: Rig, agent: Desk) -> None:
    rig.phone.make_trouble(PhoneUncertain("lost", retry=False), rings_anyway=True)
    with pytest.raises(DeskTrouble, match="has not answered"):
        ring(agent)
    call = rig.one(Call)
    sid = next(iter(rig.phone.calls))
    given = {"CallSid": sid, "CallStatus": "in-progress"}
    assert rig.post(f"{PUBLIC}/phone/{call.token}/bridge", given).verbs == ["Dial"]
    assert rig.one(Attempt).state == "desk"
    rig.clock.tick(3600)
    assert ask_about_silent_calls(rig.line) == 0


def test_a_phone_that_is_none_is_refused(rig: Rig, agent: Desk) -> None:
    with pytest.raises(DeskTrouble, match="no number that we can ring"):
        desk_bridge.ring(rig.line, AN, agent.number, agent.version, "分机 12")
    assert rig.phone.dials == []


def test_without_a_carrier_it_is_said(rig: Rig, agent: Desk) -> None:
    rig.serve(phone=None)
    with pytest.raises(DeskTrouble, match="no carrier is there"):
        ring(agent)


def test_the_robots_calls_have_no_such_webhooks(rig: Rig) -> None:
    rig.import_rows({})
    rig.ring()
    assert "Dial" not in hook(rig, "bridge", CallStatus="in-progress").verbs
