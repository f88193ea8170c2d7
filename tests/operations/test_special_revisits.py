"""Special revisits: two signatures, two people, a time inside the period, and nobody rings."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from operations import handover, special_revisits
from operations.otherwise import OtherwiseTrouble
from operations.plan import explain
from scheduler.reasons import Why
from scheduler.rules import Way
from store.tables import Handover, SpecialRevisit
from tests.operations.handing import AGREED, ASKED
from tests.operations.rig import NOW, Rig


@pytest.fixture
def asked(rig: Rig) -> int:
    """An application for a policy that would be rung."""
    rig.import_rows({})
    assert rig.due == ["P0001"]
    return special_revisits.apply(rig.line, ASKED)


def codes(rig: Rig) -> list[Why]:
    found = explain(rig.line, "P0001")
    assert found is not None
    return [one.code for one in found[1].reasons]


def state(rig: Rig) -> str:
    found: str = rig.one(SpecialRevisit, -1).state
    return found


def test_calls_go_on_until_it_is_approved_and_then_nobody_rings(rig: Rig, asked: int) -> None:
    assert rig.due == ["P0001"]
    special_revisits.approve(rig.line, asked, "经理")
    assert rig.due == []
    assert Why.SPECIAL in codes(rig)
    kept = rig.one(Handover)
    assert (kept.because, kept.way, kept.state) == ("special-revisit", "visit", "waiting")
    assert kept.due_on == AGREED.date()

    (made,) = handover.issue(rig.line, "柜面")
    assert made.policies == 1
    assert rig.one(Handover).due_on == AGREED.date()  # what was agreed stays


def test_refused_it_is_rung_on(rig: Rig, asked: int) -> None:
    special_revisits.refuse(rig.line, asked, "经理", "理由不充分")
    assert (state(rig), rig.due, rig.all(Handover)) == ("refused", ["P0001"], [])


def test_withdrawn_it_is_rung_again_and_the_branch_has_nothing(rig: Rig, asked: int) -> None:
    special_revisits.approve(rig.line, asked, "经理")
    assert rig.due == []
    special_revisits.withdraw(rig.line, asked, "业务员苗青", "客户改了主意")
    assert (state(rig), rig.due) == ("withdrawn", ["P0001"])
    assert rig.one(Handover).state == "withdrawn"
    assert special_revisits.apply(rig.line, ASKED) == 2  # and another one may be made


def test_one_stands_at_a_time(rig: Rig, asked: int) -> None:
    with pytest.raises(OtherwiseTrouble, match=f"application {asked} is applied"):
        special_revisits.apply(rig.line, ASKED)
    assert len(rig.all(SpecialRevisit)) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"policy": "P9"}, "there is no policy P9"),
        ({"reason": "  "}, "the reason is missing"),
        ({"by": ""}, "name of who decides"),
        ({"agreed_for": NOW}, "has passed"),
        ({"agreed_for": NOW + timedelta(days=5)}, "lies after the cooling-off period.*2026-11-22"),
    ],
)
def test_a_wrong_application_is_one_sentence(
    rig: Rig, change: dict[str, object], sentence: str
) -> None:
    rig.import_rows({})
    with pytest.raises(OtherwiseTrouble, match=sentence):
        special_revisits.apply(rig.line, replace(ASKED, **change))  # type: ignore[arg-type]
    assert rig.all(SpecialRevisit) == []


def test_the_last_day_of_the_period_is_inside_it(rig: Rig) -> None:
    rig.import_rows({})
    last = NOW.replace(day=22, hour=18)
    assert special_revisits.apply(rig.line, replace(ASKED, agreed_for=last))


def test_an_application_may_come_before_the_receipt(rig: Rig) -> None:
    rig.import_rows({"回执签收日期": "", "回执回销日期": ""})
    late = replace(ASKED, agreed_for=NOW + timedelta(days=30))
    asked = special_revisits.apply(rig.line, late)
    rig.import_rows({})  # signed now
    with pytest.raises(OtherwiseTrouble, match="lies after the cooling-off period"):
        special_revisits.approve(rig.line, asked, "经理")


def test_a_policy_that_was_revisited_needs_none(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    with pytest.raises(OtherwiseTrouble, match=r"closed already \(completed\)"):
        special_revisits.apply(rig.line, ASKED)


@pytest.mark.parametrize("who", ["customer", "agent"])
def test_both_must_have_signed(rig: Rig, who: str) -> None:
    rig.import_rows({})
    unsigned = replace(ASKED, **{f"signed_by_{who}": False})  # type: ignore[arg-type]
    asked = special_revisits.apply(rig.line, unsigned)
    with pytest.raises(OtherwiseTrouble, match=f"lacks the {who}'s signature"):
        special_revisits.approve(rig.line, asked, "经理")
    assert state(rig) == "applied"


@pytest.mark.parametrize("name", ["业务员苗青", " 业务员苗青 "])
def test_nobody_decides_about_their_own(rig: Rig, asked: int, name: str) -> None:
    with pytest.raises(OtherwiseTrouble, match="somebody else must approve"):
        special_revisits.approve(rig.line, asked, name)
    with pytest.raises(OtherwiseTrouble, match="withdraw it instead"):
        special_revisits.refuse(rig.line, asked, name, "算了")


def test_what_has_ended_is_not_decided_again(rig: Rig, asked: int) -> None:
    special_revisits.refuse(rig.line, asked, "经理", "理由不充分")
    with pytest.raises(OtherwiseTrouble, match="is refused by 经理"):
        special_revisits.approve(rig.line, asked, "别的经理")
    with pytest.raises(OtherwiseTrouble, match="there is no application 9"):
        special_revisits.withdraw(rig.line, 9, "甲", "错了")


def test_an_agreed_time_that_passed_is_not_approved(rig: Rig, asked: int) -> None:
    rig.clock.now = AGREED
    with pytest.raises(OtherwiseTrouble, match="has passed"):
        special_revisits.approve(rig.line, asked, "经理")


def test_two_people_approve_at_once(rig: Rig, asked: int) -> None:
    start, said = threading.Barrier(2), []

    def approve(name: str) -> None:
        start.wait()
        try:
            special_revisits.approve(rig.line, asked, name)
            said.append("done")
        except OtherwiseTrouble as trouble:
            said.append(str(trouble))

    both = [threading.Thread(target=approve, args=(name,)) for name in ("经理", "助理")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(one == "done" for one in said) == [False, True]
    assert any("is approved by" in one for one in said)
    assert len(rig.all(Handover)) == 1


def test_a_proposal_of_the_forecast_becomes_what_was_agreed(rig: Rig, asked: int) -> None:
    with rig.line.database.transaction() as session:
        policy = session.merge(rig.policy)
        handover.open_handover(session, policy, Way.LETTER, handover.FORECAST, NOW)
    special_revisits.approve(rig.line, asked, "经理")
    (kept,) = rig.all(Handover)
    assert (kept.way, kept.because, kept.state) == ("visit", "special-revisit", "waiting")


def test_they_are_listed_by_state(rig: Rig, asked: int) -> None:
    special_revisits.refuse(rig.line, asked, "经理", "理由不充分")
    second = special_revisits.apply(rig.line, ASKED)
    assert [one.id for one in special_revisits.listed(rig.line, ("applied",))] == [second]
    assert len(special_revisits.listed(rig.line)) == 2
