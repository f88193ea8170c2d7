"""Orders whose worker died, or whose answer was lost: settled once, and nobody is rung twice."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from ivr.phone import Dial, PhoneTrouble, PhoneUncertain, PlacedCall
from operations.line import Line
from operations.place_call import look_for_abandoned, place_next
from operations.plan import refresh
from store.tables import Attempt, Call
from tests.operations.rig import NOW, Rig


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
    refresh(rig.line)
    dying: Line = replace(rig.line, phone=DyingPhone(rig, rings=rings))  # type: ignore[arg-type]
    with pytest.raises(Killed):
        place_next(dying)


def settle(rig: Rig, after_s: float = 0) -> int:
    """What another worker settles ``after_s`` seconds after it has seen what there is. Returns how
    many orders those were."""
    other, settled = replace(rig.line, worker="two"), 0
    assert not after_s or not look_for_abandoned(other)
    rig.clock.tick(after_s)
    while look_for_abandoned(other) and settled < 10:
        settled += 1
    return settled


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
    refresh(rig.line)
    rig.phone.make_trouble(PhoneUncertain("no answer in time", retry=True), rings_anyway=True)
    assert place_next(rig.line)

    assert rig.one(Attempt).state == "placing"
    assert not place_next(rig.line)
    assert settle(rig, rig.line.lease_s + 1) == 1
    assert len(rig.phone.calls) == 1
    assert rig.one(Attempt).state == "placed"


def test_the_order_was_lost_on_its_way(rig: Rig) -> None:
    rig.import_rows({})
    refresh(rig.line)
    rig.phone.make_trouble(PhoneUncertain("no answer in time", retry=True))
    place_next(rig.line)

    assert rig.phone.calls == {}
    settle(rig, rig.line.lease_s + 1)
    assert len(rig.phone.calls) == 1


def test_an_abandoned_order_is_not_dialled_at_night(rig: Rig) -> None:
    """The worker died before closing time and comes back after it."""
    rig.import_rows({})
    rig.clock.now = NOW.replace(hour=20, minute=59)
    die(rig, rings=False)
    settle(rig)
    rig.clock.now = NOW.replace(hour=23)
    settle(rig)

    assert rig.phone.calls == {}
    assert rig.one(Attempt).ended_at is not None
    rig.clock.now = NOW.replace(day=19, hour=9)
    assert rig.due == ["P0001"]


def test_an_abandoned_order_of_yesterday_is_planned_anew(rig: Rig) -> None:
    """What the script was told about the policy was told for another day."""
    rig.import_rows({})
    die(rig, rings=False)
    settle(rig)
    rig.clock.now = NOW.replace(day=19)
    settle(rig)

    assert rig.phone.calls == {}
    assert rig.outcomes == ["canceled"]
    rig.clock.tick(600)
    assert rig.due == ["P0001"]
    place_next(rig.line)
    assert rig.one(Call, -1).facts["called_on"] == "2026-11-19"


def test_an_abandoned_order_that_rang_is_found_also_at_night(rig: Rig) -> None:
    rig.import_rows({})
    die(rig, rings=True)
    settle(rig)
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


@pytest.mark.parametrize("hours", [5, -5])
def test_a_clock_that_jumps_makes_no_live_worker_look_dead(rig: Rig, hours: int) -> None:
    """The order is on its way; somebody sets the clock. Only steady seconds count."""
    rig.import_rows({})
    die(rig, rings=False)
    steady = [0.0]
    other = replace(rig.line, worker="two", steady=lambda: steady[0])
    assert not look_for_abandoned(other)
    rig.clock.tick(hours * 3600)
    steady[0] = rig.line.lease_s - 1

    assert not look_for_abandoned(other)
    assert rig.phone.calls == {}
    rig.clock.tick(-hours * 3600)
    steady[0] = rig.line.lease_s
    assert look_for_abandoned(other)
    assert len(rig.phone.calls) == 1
