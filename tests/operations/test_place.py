"""Planning and placing calls: in time, inside the hours, and nobody twice, whatever dies."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.phone import PhoneTrouble
from operations.choose_script import packaged
from operations.deadlines import close_overdue
from operations.place_call import NoCarrier, place_next
from operations.plan import preview, refresh
from scheduler.pacing import Limits
from scripts import written
from store.columns import LOCAL
from store.tables import Attempt, Call
from tests.operations.rig import NOW, YES, Rig

SECOND = {"保单号": "P0002", "手机": "13900000002"}


def placed(rig: Rig, limits: Limits) -> int:
    """How many calls are placed under these limits."""
    line, before = replace(rig.line, limits=limits), len(rig.phone.dials)
    while place_next(line):
        pass
    return len(rig.phone.dials) - before


def test_a_call_is_ordered_and_known_by_both_sides(rig: Rig) -> None:
    rig.import_rows({})
    assert rig.due == ["P0001"]
    assert place_next(rig.line)
    assert not place_next(rig.line)

    (dial,), call = rig.phone.dials, rig.one(Call)
    assert dial.to == call.phone == "+8613900000001"
    assert dial.token == call.token
    assert call.vendor_id in rig.phone.calls
    assert rig.one(Attempt).state == "placed"


def test_planning_again_while_a_call_is_open_plans_nothing(rig: Rig) -> None:
    rig.import_rows({})
    assert rig.due == ["P0001"]
    place_next(rig.line)
    assert rig.due == []
    assert not place_next(rig.line)
    rig.clock.tick(86400)
    assert rig.due == []
    assert not place_next(rig.line)
    assert len(rig.phone.dials) == 1


def test_two_policies_under_one_number_are_called_one_after_the_other(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002"})
    assert rig.due == ["P0001", "P0002"]
    place_next(rig.line)
    assert rig.due == []
    assert not place_next(rig.line)

    caller = rig.caller()
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    assert rig.due == []
    rig.clock.tick(30 * 60)  # the number rests
    assert rig.due == ["P0002"]


def test_no_more_than_asked_for_are_open_at_once(rig: Rig) -> None:
    names = ("陈安一", "陈安二", "陈安三", "陈安四", "陈安五")
    rig.import_rows(
        *(
            {"保单号": f"P000{n}", "手机": f"1390000010{n}", "投保人姓名": name, "证件类型": "",
             "投保人证件号码": ""}
            for n, name in enumerate(names)
        )
    )  # fmt: skip
    refresh(rig.line)
    assert placed(rig, Limits(calls_at_once=2)) == 2
    assert placed(rig, Limits(calls_at_once=2)) == 0
    assert placed(rig, Limits(calls_at_once=3)) == 1


@pytest.mark.parametrize(
    ("moment", "planned"),
    [
        ("2026-11-18T08:59:59", 0),
        ("2026-11-18T09:00:00", 1),
        ("2026-11-18T20:59:59", 1),
        ("2026-11-18T21:00:00", 0),
        ("2026-11-12T10:00:00", 0),  # the day of the receipt: not yet
        ("2026-11-22T20:00:00", 1),  # a Sunday, the last day of the cooling-off period
        ("2026-11-23T10:00:00", 0),  # over
    ],
)
def test_calls_are_planned_inside_the_hours_and_the_period(
    rig: Rig, moment: str, planned: int
) -> None:
    rig.clock.now = datetime.fromisoformat(moment).replace(tzinfo=LOCAL)
    rig.import_rows({"回执回销日期": ""})

    assert len(rig.due) == planned
    assert place_next(rig.line) == bool(planned)
    assert len(rig.phone.dials) == planned


def test_an_attempt_planned_before_closing_time_is_not_placed_after_it(rig: Rig) -> None:
    rig.import_rows({})
    rig.clock.now = NOW.replace(hour=20, minute=59, second=50)
    assert rig.due == ["P0001"]
    rig.clock.tick(20)

    assert not place_next(rig.line)
    assert rig.all(Attempt) == []
    rig.clock.now = NOW.replace(day=19, hour=9)
    assert rig.due == ["P0001"]
    assert place_next(rig.line)
    assert len(rig.phone.dials) == 1


@pytest.mark.parametrize("change", [{"手机": ""}, {"保险期间": "1年"}, {"回执签收日期": ""}])
def test_a_row_that_changes_between_planning_and_placing_is_looked_at_anew(
    rig: Rig, change: dict[str, str]
) -> None:
    rig.import_rows({})
    refresh(rig.line)
    rig.import_rows({**change, "回执回销日期": ""})

    assert not place_next(rig.line)
    assert rig.phone.dials == []
    assert rig.all(Attempt) == []


def test_a_number_that_changes_before_the_call_is_not_rung(rig: Rig) -> None:
    """The old number may be a stranger's by now."""
    rig.import_rows({})
    refresh(rig.line)
    rig.import_rows({"手机": "13900000007", "回执回销日期": ""})

    assert place_next(rig.line)
    assert [dial.to for dial in rig.phone.dials] == ["+8613900000007"]


def test_one_attempt_that_may_not_be_placed_does_not_hold_up_the_next(rig: Rig) -> None:
    rig.import_rows({}, SECOND)
    refresh(rig.line)
    rig.import_rows({"手机": ""}, SECOND)
    while place_next(rig.line):
        pass
    assert [dial.to for dial in rig.phone.dials] == ["+8613900000002"]


def test_a_preview_says_why_and_changes_nothing(rig: Rig) -> None:
    rig.import_rows({}, {**SECOND, "回执签收日期": "", "回执回销日期": ""})
    before = rig.everything()
    found = preview(rig.line)

    assert [(d.number, d.reasons[0].code) for d in found.due] == [("P0001", "due")]
    assert [(d.number, d.reasons[0].code) for d in found.held] == [("P0002", "wait-receipt")]
    later = preview(rig.line, NOW + timedelta(days=30))
    assert [d.number for d in later.cannot_make_it] == ["P0001"]
    assert rig.everything() == before


def test_a_period_that_is_over_closes_the_policy_with_a_case(rig: Rig) -> None:
    rig.import_rows({})
    refresh(rig.line)
    rig.clock.now = NOW.replace(day=23)

    assert rig.due == []
    assert close_overdue(rig.line) == 1
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "cooling-off-over")
    assert rig.cases == [("核实件", "联系不上投保人")]
    assert close_overdue(rig.line) == 0
    assert len(rig.cases) == 1


def test_without_a_carrier_placing_says_what_to_set(rig: Rig) -> None:
    rig.import_rows({})
    refresh(rig.line)
    with pytest.raises(NoCarrier):
        place_next(replace(rig.line, phone=None))


def test_too_many_requests_is_tried_again_later(rig: Rig) -> None:
    rig.import_rows({})
    refresh(rig.line)
    rig.phone.make_trouble(PhoneTrouble("too many requests", retry=True, code="20429"))
    place_next(rig.line)

    rig.clock.tick(29)
    assert not place_next(rig.line)
    rig.clock.tick(1)
    assert place_next(rig.line)
    assert len(rig.phone.dials) == 2
    assert len(rig.phone.calls) == 1
    assert len(rig.all(Attempt)) == 1  # it never rang: no attempt is used up


def test_refused_for_good_ends_the_attempt(rig: Rig) -> None:
    rig.import_rows({})
    refresh(rig.line)
    rig.phone.make_trouble(PhoneTrouble("not a number", retry=False, code="21211"))
    place_next(rig.line)

    assert rig.outcomes == ["failed"]
    assert rig.one(Call).vendor_status == "21211"
    rig.clock.tick(3600)
    assert rig.due == ["P0001"]  # an hour later, as the rulebook says


def test_the_script_is_kept_as_it_was_when_the_call_began(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    text = packaged("standard").text.replace("您知道您购买的", "您晓得您购买的")
    rig.serve(script_file=written.of_text(text))
    caller.talks({**YES, "AWARE": "stop"})

    assert caller.last.question == "AWARE"
    assert "您知道您购买的" in caller.last.words
