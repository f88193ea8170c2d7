"""Nobody is rung twice at once and nothing is lost, whatever the order of events: what a reviewer
found by attack, each with its test."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.phone import Dial, PhoneTrouble, PhoneUncertain
from operations.deadlines import close_overdue
from operations.do_not_call import block, lift
from operations.place_call import look_for_abandoned, place_next
from operations.plan import refresh, sweep
from operations.reconcile import GIVEN_UP_AFTER, ask_about_silent_calls
from store.tables import Attempt, Call
from tests.operations.rig import NOW, SOMEBODY_ELSE, YES, Rig

KEYLESS = {"证件类型": "", "投保人证件号码": ""}


def settled(rig: Rig) -> None:
    """What another worker does when the lease has lapsed."""
    other = replace(rig.line, worker="two")
    look_for_abandoned(other)
    rig.clock.tick(rig.line.lease_s + 1)
    look_for_abandoned(other)


def test_the_carriers_clock_is_slow_and_its_answer_was_lost(rig: Rig) -> None:
    rig.import_rows({})
    refresh(rig.line)
    rig.phone.make_trouble(PhoneUncertain("no answer in time", retry=True), rings_anyway=True)
    rig.clock.tick(-60)
    ordered = rig.clock.now
    place_next(rig.line)
    (vendor_id,) = rig.phone.calls
    slow = replace(rig.phone.calls[vendor_id], created_at=ordered - timedelta(minutes=5))
    rig.phone.calls[vendor_id] = slow
    settled(rig)

    assert list(rig.phone.calls) == [vendor_id]
    assert rig.one(Call).vendor_id == vendor_id


def test_a_worker_that_was_held_up_does_not_dial_any_more(rig: Rig) -> None:
    """Between its order and its call another worker took it over and rang."""
    rig.import_rows({})
    refresh(rig.line)
    steps = iter([0.0, 0.0, 500.0])
    slow = replace(rig.line, steady=lambda: next(steps, 500.0))
    place_next(slow)
    assert rig.phone.calls == {}
    settled(rig)

    assert len(rig.phone.calls) == 1


def test_two_calls_of_one_order_end_as_one(rig: Rig) -> None:
    """The first was answered by its webhook before the second worker's answer came."""
    rig.import_rows({})
    refresh(rig.line)

    class Twice:
        def place(self, dial: Dial) -> str:
            rig.phone.place(dial)
            rig.caller().picks_up()  # its webhook tells the id
            return rig.phone.place(dial)

        def hang_up(self, vendor_id: str) -> None:
            rig.phone.hang_up(vendor_id)

    place_next(replace(rig.line, phone=Twice()))  # type: ignore[arg-type]
    first, second = rig.phone.calls.values()

    assert rig.one(Call).vendor_id == first.vendor_id
    assert (first.status, second.status) == ("queued", "completed")


def test_a_call_is_ended_at_the_carrier_before_it_counts_as_ended(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock jumped, and the call lives."""
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000003"})
    rig.ring()
    rig.clock.tick(GIVEN_UP_AFTER.total_seconds() + 60)

    def down(vendor_id: str) -> None:
        raise PhoneTrouble("cannot be reached", retry=True)

    with monkeypatch.context() as broken:
        broken.setattr(rig.phone, "hang_up", down)
        ask_about_silent_calls(rig.line)
    assert rig.outcomes == [None]
    assert rig.due == []
    ask_about_silent_calls(rig.line)
    assert rig.outcomes == ["failed"]
    assert [call.status for call in rig.phone.calls.values()] == ["completed"]


def test_a_holder_is_known_again_without_the_identity_number(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000003", **KEYLESS})
    rig.ring()
    assert rig.due == []
    rig.import_rows(
        {"证件类型": "", "投保人证件号码": "", "保单号": "P0003", "手机": "13900000004"}
    )
    assert rig.due == []


def test_an_identity_number_that_comes_later_joins_the_policies(rig: Rig) -> None:
    rig.import_rows({**KEYLESS})
    rig.ring()
    rig.import_rows({"保单号": "P0002", "手机": "13900000003"})

    assert rig.due == []
    assert rig.one(Attempt).person is not None


def test_an_attempt_that_is_open_for_days_keeps_nobody_else_waiting(rig: Rig) -> None:
    third = {"保单号": "P0003", "手机": "13900000004", **SOMEBODY_ELSE}
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000003"}, third)
    rig.ring()
    rig.clock.now = NOW.replace(day=20)
    refresh(rig.line)

    assert place_next(rig.line)
    assert rig.phone.dials[-1].to.endswith("4")
    assert not place_next(rig.line)


def test_an_unkept_promise_does_not_hide_the_appointment_of_today(rig: Rig) -> None:
    third = {"保单号": "P0002", "手机": "13900000003", **SOMEBODY_ELSE}
    rig.import_rows({}, third)
    for said in ("我在开会，今天晚上七点打", "我在开会，明天中午十二点半打"):
        caller = rig.ring()
        caller.picks_up()
        caller.talks({"CONSENT": said, **YES})
        caller.hangs_up()
    rig.clock.now = NOW.replace(day=19, hour=12, minute=31)
    refresh(rig.line)

    assert place_next(rig.line)
    assert rig.phone.dials[-1].to.endswith("3")


def test_who_may_not_be_rung_is_closed_with_a_case_when_the_period_ends(rig: Rig) -> None:
    rig.import_rows({})
    block(rig.line, "李主管", "客户来电要求", phone="13900000001")
    refresh(rig.line)
    assert close_overdue(rig.line) == 0
    rig.clock.now = NOW.replace(day=23)
    refresh(rig.line)

    assert close_overdue(rig.line) == 1
    assert rig.cases == [("核实件", "联系不上投保人")]


def test_a_lifted_block_of_the_second_number_is_noticed(rig: Rig) -> None:
    rig.import_rows({"联系电话": "13900000005"})
    for phone in ("13900000001", "13900000005"):
        block(rig.line, "李主管", "客户来电要求", phone=phone)
    assert rig.due == []
    lift(rig.line, 2, "李主管", "客户改了主意")
    rig.clock.tick(3600)

    assert rig.due == ["P0001"]


def test_a_corrected_receipt_is_looked_at_before_a_policy_is_closed(rig: Rig) -> None:
    rig.import_rows({})
    rig.clock.now = NOW.replace(day=22, hour=20, minute=45)
    refresh(rig.line)
    rig.clock.now = NOW.replace(day=24)
    rig.import_rows({"回执签收日期": "2026-11-20", "回执回销日期": "2026-11-21"})

    assert close_overdue(rig.line) == 0
    assert rig.due == ["P0001"]


def test_a_clock_set_back_does_not_hold_a_refused_order_up(rig: Rig) -> None:
    rig.import_rows({})
    refresh(rig.line)
    rig.phone.make_trouble(PhoneTrouble("too many requests", retry=True, code="20429"))
    place_next(rig.line)
    rig.clock.tick(-1800)

    assert place_next(rig.line)
    assert len(rig.phone.calls) == 1


def test_a_late_end_after_the_data_were_mended_ends(rig: Rig) -> None:
    """Opened again by a list, the clock set back, and called: no attempt counts, none is lost."""
    rig.import_rows({})
    rig.ring().status("failed", SipResponseCode="404")
    rig.clock.tick(60)
    rig.import_rows({"手机": "13900000008"})
    rig.clock.tick(-600)
    sweep(rig.line)
    rig.ring_next().status("busy")

    assert rig.outcomes == ["empty-number", "busy"]
    assert rig.policy.revisit == "open"


def test_other_rules_decide_anew(rig: Rig) -> None:
    rig.import_rows({})
    refresh(rig.line)
    assert sweep(rig.line) == 0
    rig.line = replace(rig.line, rulebook=replace(rig.line.rulebook, version="2"))

    assert sweep(rig.line) == 1
    assert sweep(rig.line) == 0
