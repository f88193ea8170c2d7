"""Complaints come in by every way, each once: from forms, from our own calls with what was said,
and from what a customer asked an agent for. The night tells which limits are near."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from operations import complaint_intake as intake
from operations.case_record import CaseTrouble
from operations.complaint_alarms import escalate
from operations.complaint_intake import Channel, Relation
from operations.desk_end import Wanted, ask_for
from operations.rights import Role, Who
from store import complaints as store
from store.columns import LOCAL
from store.tables import Complaint, ComplaintEvent, ComplaintEvidence, Finding
from tests.operations import both, casework
from tests.operations import complaining as c
from tests.operations.at_desk import AN, Desk
from tests.operations.complaining import GAO, HAN, brought, ready, row, taken
from tests.operations.rig import SOMEBODY_ELSE, YES, Rig

rig = both.rig

#: The holder proves who they are, and then wants out.
WANTS_OUT = {**YES, "AWARE": "我要投诉，业务员骗我，我要退保"}


def complains(rig: Rig, answers: dict[str, Any]) -> None:
    """A first revisit in which the customer says so."""
    caller = rig.ring()
    caller.picks_up()
    caller.talks(answers)
    caller.hangs_up()


def test_a_call_in_which_the_customer_complains_is_a_complaint(rig: Rig) -> None:
    ready(rig)
    complains(rig, WANTS_OUT)
    found = rig.one(Complaint)
    assert (found.key, found.channel, found.state) == ("call:1", "revisit", "received")
    assert (found.complainant_name, found.branch) == ("陈安平", "青岛分公司")
    assert found.seller_name == "苗青"
    assert found.matter == "我要投诉，业务员骗我，我要退保"
    assert found.identified_how == "call:1"  # the birthday was right
    assert found.case_id == 1
    evidence = rig.one(ComplaintEvidence)
    assert (evidence.call_id, evidence.words) == (1, found.matter)


def test_judged_again_it_is_the_same_complaint(rig: Rig) -> None:
    ready(rig)
    complains(rig, WANTS_OUT)
    with rig.line.database.transaction() as session:
        found = rig.all(Finding, call_id=1)
        call = store.by_id(session, 1).call  # type: ignore[union-attr]
        assert call is not None
        for one in found:
            one.from_s, one.to_s = 1.0, 2.5
        intake.from_call(session, rig.line, call, found, rig.clock())
    assert len(rig.all(Complaint)) == 1
    assert rig.one(ComplaintEvidence).to_s == 2.5
    assert len(rig.all(ComplaintEvent)) == 1


def test_out_of_a_problem_case_it_carries_policy_call_and_evidence(rig: Rig) -> None:
    case = casework.opened(rig, casework.NOT_ME)
    intake.take_in(rig.line, GAO, brought(rig, policy_number="", case=case.id))
    found = rig.one(Complaint)
    assert (found.case_id, found.call_id, found.policy_id) == (case.id, case.call_id, 1)
    assert rig.one(ComplaintEvent).detail == {"case": case.id}
    evidence, said = rig.all(ComplaintEvidence), rig.all(Finding)
    assert [(one.question_id, one.words) for one in evidence] == [
        (one.question_id, one.words) for one in said
    ]
    assert evidence[0].recording_id is None  # not heard yet
    with rig.line.database.transaction() as session:
        heard = session.get_one(Finding, said[0].id)
        heard.from_s, heard.to_s = 1.0, 2.5
        intake.from_call(session, rig.line, heard.call, [heard], rig.clock())
    assert [one.to_s for one in rig.all(ComplaintEvidence)] == [2.5, *[None] * (len(said) - 1)]
    assert len(rig.all(Complaint)) == 1  # nobody had complained in the call


def test_a_case_of_another_branch_or_policy_is_told(rig: Rig) -> None:
    case = casework.opened(rig, casework.NOT_ME)
    for who in (c.ELSEWHERE, AN):  # an agent takes complaints in, and sees no cases
        with pytest.raises(CaseTrouble, match=f"there is no problem case {case.id} here"):
            intake.take_in(rig.line, who, brought(rig, policy_number="", case=case.id))
    with pytest.raises(CaseTrouble, match=f"problem case {case.id} is about policy P0001"):
        intake.take_in(rig.line, HAN, brought(rig, policy_number="P0002", case=case.id))
    assert rig.all(Complaint) == []


def test_who_complains_before_the_identity_is_proved_is_not_identified(rig: Rig) -> None:
    ready(rig)
    complains(rig, {**YES, "ID_PRESENT": "我要投诉，别再打了"})
    found = rig.one(Complaint)
    assert (found.identified_at, found.complainant_name, found.relation) == (None, "", "other")


def test_a_clean_call_is_none(rig: Rig) -> None:
    ready(rig)
    complains(rig, dict(YES))
    assert rig.all(Complaint) == []


def test_what_a_customer_asks_an_agent_for_is_one(rig: Rig) -> None:
    rig.import_rows()
    number = Desk(rig).takes().number
    for _ in range(2):
        ask_for(rig.line, AN, number, Wanted.SURRENDER, "要退保，家里急用钱")
    ask_for(rig.line, AN, number, Wanted.ADDRESS, "换了地址")
    found = rig.one(Complaint)
    assert (found.key, found.matter) == ("request:1", "要退保，家里急用钱")


def test_the_same_form_twice_is_one(rig: Rig) -> None:
    ready(rig)
    assert taken(rig) == taken(rig) == 1
    assert len(rig.all(ComplaintEvent)) == 1


def test_it_belongs_with_what_came_before(rig: Rig) -> None:
    ready(rig)
    rig.import_rows({"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE})
    c.moved(rig, c.BRANCH)
    taken(rig, key="a")
    other = taken(rig, key="b", policy_number="P0002", name="陈安乐", phone="13900000002")
    same = taken(rig, key="c", policy_number="", phone="139 0000 0001", relation=Relation.OTHER)
    with rig.line.database.reading() as session:
        linked = {
            one: [(link.kind, link.earlier_id) for link in store.links_of(session, one)]
            for one in (other, same)
        }
    assert linked == {other: [("seller", 1)], same: [("phone", 1)]}


def test_what_the_policy_tells_is_not_asked_for(rig: Rig) -> None:
    ready(rig)
    taken(rig, phone="", relation=Relation.HOLDER)
    found = row(rig)
    assert (found.complainant_phone, found.product) == ("+8613900000001", "守护一生终身寿险")
    taken(rig, key="d", phone="", relation=Relation.HEIR)
    assert row(rig, 2).complainant_phone is None  # an heir is not the holder


def test_a_forwarded_one_keeps_the_regulators_day_and_number(rig: Rig) -> None:
    ready(rig)
    taken(
        rig, channel=Channel.REGULATOR, reference="青金投〔2026〕18号", sent_on=date(2026, 11, 10)
    )
    assert row(rig).reference == "青金投〔2026〕18号"
    assert rig.one(ComplaintEvent).detail == {"sent_on": "2026-11-10"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"matter": " "}, "the matter of the complaint is missing"),
        ({"name": ""}, "the name of the complainant is missing"),
        ({"matter": "很" * 2001}, "may have 2000 characters"),
        ({"policy_number": "P9999"}, "there is no policy P9999 here"),
        ({"phone": "12345"}, "cannot be rung"),
        ({"people": 0}, "how many complain"),
        ({"sent_on": date(9999, 12, 31)}, "cannot have been passed on after we had it"),
        ({"sent_on": date(2026, 11, 19)}, "cannot have been passed on after we had it"),
        ({"sent_on": date(1900, 1, 1)}, "nor years before"),
        ({"amount": Decimal("-1")}, "the amount cannot be right"),
    ],
)
def test_a_slip_is_one_sentence_and_nothing_is_kept(
    rig: Rig, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(CaseTrouble, match=said):
        intake.take_in(rig.line, HAN, brought(rig, **{"policy_number": "", **given}))
    assert rig.all(Complaint) == []


def test_a_clock_that_was_set_back_is_told(rig: Rig) -> None:
    later = rig.clock() + timedelta(minutes=1)
    with pytest.raises(CaseTrouble, match="in the future"):
        intake.take_in(rig.line, HAN, brought(rig, policy_number="", received_at=later))


def test_a_policy_of_another_branch_is_not_there(rig: Rig) -> None:
    ready(rig)
    with pytest.raises(CaseTrouble, match="there is no policy P0001 here"):
        intake.take_in(rig.line, c.ELSEWHERE, brought(rig))


def test_head_office_gives_it_to_the_policys_branch(rig: Rig) -> None:
    ready(rig)
    intake.take_in(rig.line, GAO, brought(rig))
    intake.take_in(rig.line, GAO, brought(rig, key="x", policy_number="", branch="济南分公司"))
    assert [one.branch for one in rig.all(Complaint)] == ["青岛分公司", "济南分公司"]


def test_the_night_warns_once_and_alarms_once(rig: Rig) -> None:
    ready(rig)
    taken(rig)
    told = []
    for hours in (0, 24, 48, 72, 24):
        rig.clock.tick(hours * 3600)
        told.append(escalate(rig.line))
        assert escalate(rig.line) == 0
    assert told == [0, 0, 1, 1, 0]  # the promise of three working days ends on the 23rd
    assert [one.what for one in rig.all(ComplaintEvent)] == ["take-in", "warning", "overdue"]
    assert row(rig).alarm == "overdue"


def test_the_day_that_the_letter_names_is_warned_of_and_kept_by_the_answer(rig: Rig) -> None:
    ready(rig)
    taken(rig, channel=Channel.REGULATOR, reply_by=date(2026, 11, 20))
    found = row(rig)
    assert found.next_due_at is not None
    assert found.next_due_at.astimezone(LOCAL).date() == date(2026, 11, 20)
    assert escalate(rig.line) == 1  # within three days
    c.walked(rig, "answered")
    assert row(rig).next_due_at is None


def test_an_agent_takes_a_complaint_in(rig: Rig) -> None:
    ready(rig)
    agent = Who(7, "白访员", frozenset({Role.AGENT}))
    assert intake.take_in(rig.line, agent, brought(rig)) == 1
