"""Two workers on one database, one of them killed by SIGKILL again and again: the exchange's own
books show that nobody was called twice and no attempt was lost. ``make killed`` is the big one."""

from datetime import timedelta
from pathlib import Path

from exchange.calls import Call, Hook, Order, Status
from tests.killed import people
from tests.killed.clock import STARTS
from tests.killed.run import lost_ones, overlapping, play

POLICIES, CALLS, KILLS = 46, 58, 3


def test_nobody_is_called_twice_and_nobody_is_lost(tmp_path: Path) -> None:
    count = play(tmp_path, POLICIES, KILLS, seed=1)
    assert count.well, count
    assert (count.calls, count.kills) == (CALLS, KILLS)


def rung(number: str, begins_s: int, ends_s: int | None) -> Call:
    return Call(
        sid=f"CA{begins_s:032d}",
        order=Order(to=number, from_="+861090000000", hook=Hook("http://127.0.0.1/phone/t/start")),
        attempt=0,
        status=Status.COMPLETED,
        created=STARTS + timedelta(seconds=begins_s),
        starts=STARTS + timedelta(seconds=begins_s),
        ended=None if ends_s is None else STARTS + timedelta(seconds=ends_s),
    )


def test_calls_to_one_number_at_once_are_seen() -> None:
    first, second = "+8613900001000", "+8613900001001"
    apart = [rung(first, 0, 10), rung(first, 10, 20), rung(second, 5, 15)]
    assert overlapping(apart) == []
    assert overlapping([*apart, rung(second, 14, 30)]) == [second]
    assert overlapping([rung(first, 0, None), rung(first, 50, 60)]) == [first]


def test_a_call_too_few_and_another_end_are_seen() -> None:
    who, other = list(people.everybody(2))
    ends = {who.phone: who.end, other.phone: other.end}
    both = [rung(who.phone, 0, 1), rung(other.phone, 0, 1)]
    assert lost_ones(both, ends, 2) == []
    assert lost_ones(both[:1], ends, 2) == [f"{other.phone}: 0 calls, {other.end}"]
    assert lost_ones(both, {**ends, who.phone: None}, 2) == [f"{who.phone}: 1 calls, None"]
