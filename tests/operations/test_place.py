"""Planning and placing calls: in time, inside the hours, and nobody twice, whatever dies."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ivr.phone import Dial, PhoneTrouble, PhoneUncertain, PlacedCall
from operations.line import Line
from operations.place_call import NoCarrier, look_for_abandoned, place_next
from operations.plan import plan_attempts, preview
from store.columns import LOCAL
from store.tables import Attempt, Call
from tests.operations.rig import NOW, YES, Rig

SECOND = {"保单号": "P0002", "手机": "13900000002"}


class Killed(BaseException):
    """The process is gone: nothing behind this line runs."""


class DyingPhone:
    """The rig's carrier, but our process dies around the order."""

    def __init__(self, rig: Rig, *, rings: bool) -> None:
        self.phone, self.rings = rig.phone, rings

    def place(self, dial: Dial) -> str:
        if self.rings:
            self.phone.place(dial)
        raise Killed


def die(rig: Rig, *, rings: bool) -> None:
    """Plan, and die while placing: before the carrier got the order, or after it rang."""
    plan_attempts(rig.line, 10)
    dying: Line = replace(rig.line, phone=DyingPhone(rig, rings=rings))  # type: ignore[arg-type]
    with pytest.raises(Killed):
        place_next(dying)


def settle(rig: Rig, after_s: float = 0) -> int:
    """What another worker does ``after_s`` seconds later. Returns how many orders it settled."""
    rig.clock.tick(after_s)
    other, settled = replace(rig.line, worker="two"), 0
    while look_for_abandoned(other) and settled < 10:
        settled += 1
    return settled


def test_a_call_is_ordered_and_known_by_both_sides(rig: Rig) -> None:
    rig.import_rows({})
    assert plan_attempts(rig.line, 10) == 1
    assert place_next(rig.line)
    assert not place_next(rig.line)

    (dial,), call = rig.phone.dials, rig.one(Call)
    assert dial.to == call.phone == "+8613900000001"
    assert dial.token == call.token
    assert call.vendor_id in rig.phone.calls
    assert rig.one(Attempt).state == "placed"


def test_planning_again_while_a_call_is_open_plans_nothing(rig: Rig) -> None:
    rig.import_rows({})
    assert plan_attempts(rig.line, 10) == 1
    assert plan_attempts(rig.line, 10) == 0
    place_next(rig.line)
    assert plan_attempts(rig.line, 10) == 0
    rig.clock.tick(86400)
    assert plan_attempts(rig.line, 10) == 0
    assert len(rig.phone.dials) == 1


def test_two_policies_under_one_number_are_called_one_after_the_other(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002"})
    assert plan_attempts(rig.line, 10) == 1
    assert plan_attempts(rig.line, 10) == 0

    place_next(rig.line)
    caller = rig.caller()
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    assert plan_attempts(rig.line, 10) == 0
    rig.clock.tick(30 * 60)  # the number rests
    assert plan_attempts(rig.line, 10) == 1


def test_no_more_than_asked_for_are_open_at_once(rig: Rig) -> None:
    rig.import_rows(*({"保单号": f"P000{n}", "手机": f"1390000010{n}"} for n in range(5)))
    assert plan_attempts(rig.line, 2) == 2
    assert plan_attempts(rig.line, 2) == 0
    assert plan_attempts(rig.line, 3) == 1


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
    rig.import_rows({"回执回销日期": ""})
    rig.clock.now = datetime.fromisoformat(moment).replace(tzinfo=LOCAL)

    assert plan_attempts(rig.line, 10) == planned
    assert place_next(rig.line) == bool(planned)
    assert len(rig.phone.dials) == planned


def test_an_attempt_planned_before_closing_time_is_not_placed_after_it(rig: Rig) -> None:
    rig.import_rows({})
    rig.clock.now = NOW.replace(hour=20, minute=59, second=50)
    plan_attempts(rig.line, 10)
    rig.clock.tick(20)

    assert not place_next(rig.line)
    assert rig.all(Attempt) == []
    rig.clock.now = NOW.replace(day=19, hour=9)
    assert plan_attempts(rig.line, 10) == 1
    assert place_next(rig.line)
    assert len(rig.phone.dials) == 1


@pytest.mark.parametrize(
    "change", [{"手机": "13900000007"}, {"手机": ""}, {"保险期间": "1年"}, {"回执签收日期": ""}]
)
def test_a_row_that_changes_between_planning_and_placing_is_looked_at_anew(
    rig: Rig, change: dict[str, str]
) -> None:
    """The old number may be a stranger's by now."""
    rig.import_rows({})
    plan_attempts(rig.line, 10)
    rig.import_rows({**change, "回执回销日期": ""})

    assert not place_next(rig.line)
    assert rig.phone.dials == []
    assert rig.all(Attempt) == []


def test_one_attempt_that_may_not_be_placed_does_not_hold_up_the_next(rig: Rig) -> None:
    rig.import_rows({}, SECOND)
    plan_attempts(rig.line, 10)
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
    rig.clock.now = NOW.replace(day=23)

    assert plan_attempts(rig.line, 10) == 0
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "cooling-off-over")
    assert rig.cases == [("核实件", "联系不上投保人")]
    plan_attempts(rig.line, 10)
    assert len(rig.cases) == 1


def test_without_a_carrier_placing_says_what_to_set(rig: Rig) -> None:
    rig.import_rows({})
    plan_attempts(rig.line, 10)
    with pytest.raises(NoCarrier):
        place_next(replace(rig.line, phone=None))


def test_killed_before_dialling(rig: Rig) -> None:
    rig.import_rows({})
    die(rig, rings=False)

    assert settle(rig) == 0  # the lease still holds
    assert settle(rig, rig.line.lease_s + 1) == 1
    assert len(rig.phone.calls) == 1
    assert rig.one(Call).vendor_id in rig.phone.calls
    assert settle(rig, rig.line.lease_s + 1) == 0


def test_killed_after_dialling_and_before_the_id_was_kept(rig: Rig) -> None:
    rig.import_rows({})
    die(rig, rings=True)
    rang = next(iter(rig.phone.calls))

    assert settle(rig, rig.line.lease_s + 1) == 1
    assert list(rig.phone.calls) == [rang]
    assert rig.one(Call).vendor_id == rang


def test_killed_after_dialling_and_the_call_is_answered_meanwhile(rig: Rig) -> None:
    """Its webhooks tell the id before anybody looks for it."""
    rig.import_rows({})
    die(rig, rings=True)
    caller = rig.caller()
    caller.picks_up()
    caller.talks()

    assert rig.one(Call).vendor_id == caller.sid
    assert settle(rig, rig.line.lease_s + 1) == 0
    caller.hangs_up()
    assert rig.outcomes == ["completed"]
    assert len(rig.phone.calls) == 1


def test_killed_after_dialling_and_answered_while_we_look(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between our question to the carrier and its answer the webhook comes in: the call is ours
    already, and not one more to be dialled."""
    rig.import_rows({})
    die(rig, rings=True)
    ask = rig.phone.placed_to

    def asked(to: str, since: datetime) -> Any:
        rig.caller().picks_up()
        return ask(to, since)

    monkeypatch.setattr(rig.phone, "placed_to", asked)
    settle(rig, rig.line.lease_s + 1)

    assert len(rig.phone.calls) == 1


def test_the_answer_of_the_carrier_is_lost(rig: Rig) -> None:
    rig.import_rows({})
    plan_attempts(rig.line, 10)
    rig.phone.make_trouble(PhoneUncertain("no answer in time", retry=True), rings_anyway=True)
    assert place_next(rig.line)

    assert rig.one(Attempt).state == "placing"
    assert not place_next(rig.line)
    assert settle(rig, rig.line.lease_s + 1) == 1
    assert len(rig.phone.calls) == 1
    assert rig.one(Attempt).state == "placed"


def test_the_order_was_lost_on_its_way(rig: Rig) -> None:
    rig.import_rows({})
    plan_attempts(rig.line, 10)
    rig.phone.make_trouble(PhoneUncertain("no answer in time", retry=True))
    place_next(rig.line)

    assert rig.phone.calls == {}
    settle(rig, rig.line.lease_s + 1)
    assert len(rig.phone.calls) == 1


def test_too_many_requests_is_tried_again_later(rig: Rig) -> None:
    rig.import_rows({})
    plan_attempts(rig.line, 10)
    rig.phone.make_trouble(PhoneTrouble("too many requests", retry=True, code="20429"))
    place_next(rig.line)

    assert settle(rig, 10) == 0
    assert settle(rig, 30) == 1
    assert len(rig.phone.dials) == 2
    assert len(rig.phone.calls) == 1
    assert len(rig.all(Attempt)) == 1  # it never rang: no attempt is used up


def test_refused_for_good_ends_the_attempt(rig: Rig) -> None:
    rig.import_rows({})
    plan_attempts(rig.line, 10)
    rig.phone.make_trouble(PhoneTrouble("not a number", retry=False, code="21211"))
    place_next(rig.line)

    assert rig.outcomes == ["failed"]
    assert rig.one(Call).vendor_status == "21211"
    assert settle(rig, 3600) == 0
    assert plan_attempts(rig.line, 10) == 1  # an hour later, as the rulebook says


def test_an_abandoned_order_is_not_dialled_at_night(rig: Rig) -> None:
    """The worker died before closing time and comes back after it."""
    rig.import_rows({})
    rig.clock.now = NOW.replace(hour=20, minute=59)
    die(rig, rings=False)
    rig.clock.now = NOW.replace(hour=23)
    settle(rig)

    assert rig.phone.calls == {}
    assert rig.one(Attempt).ended_at is not None
    rig.clock.now = NOW.replace(day=19, hour=9)
    assert plan_attempts(rig.line, 10) == 1


def test_an_abandoned_order_of_yesterday_is_planned_anew(rig: Rig) -> None:
    """What the script was told about the policy was told for another day."""
    rig.import_rows({})
    die(rig, rings=False)
    rig.clock.now = NOW.replace(day=19)
    settle(rig)

    assert rig.phone.calls == {}
    assert rig.outcomes == ["canceled"]
    rig.clock.tick(600)
    assert plan_attempts(rig.line, 10) == 1
    place_next(rig.line)
    assert rig.one(Call, -1).facts["called_on"] == "2026-11-19"


def test_an_abandoned_order_that_rang_is_found_also_at_night(rig: Rig) -> None:
    rig.import_rows({})
    die(rig, rings=True)
    rig.clock.now = NOW.replace(hour=23)
    settle(rig)

    assert rig.one(Call).vendor_id in rig.phone.calls
    assert rig.one(Attempt).ended_at is None


def test_a_carrier_that_cannot_be_asked_is_asked_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.import_rows({})
    die(rig, rings=True)

    def down(to: str, since: datetime) -> list[PlacedCall]:
        raise PhoneTrouble("cannot be reached", retry=True)

    with monkeypatch.context() as broken:
        broken.setattr(rig.phone, "placed_to", down)
        assert settle(rig, rig.line.lease_s + 1) == 1
    assert len(rig.phone.calls) == 1
    assert settle(rig, rig.line.lease_s + 1) == 1
    assert rig.one(Call).vendor_id in rig.phone.calls


def test_a_call_of_another_attempt_to_the_same_number_is_not_taken_for_ours(rig: Rig) -> None:
    rig.import_rows({}, {"保单号": "P0002"})
    first = rig.ring()
    first.hangs_up()
    rig.clock.tick(30 * 60)
    die(rig, rings=False)
    settle(rig, rig.line.lease_s + 1)

    assert len(rig.phone.calls) == 2
    assert rig.one(Call, -1).vendor_id != first.sid


def test_the_script_is_kept_as_it_was_when_the_call_began(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    text = rig.line.script_text.replace("您知道您购买的", "您晓得您购买的")
    from scripts.reader import read_script

    rig.serve(script=read_script(text), script_text=text)
    caller.talks({**YES, "AWARE": "stop"})

    assert caller.last.question == "AWARE"
    assert "您知道您购买的" in caller.last.words
