"""Whether one more call may start, and what breaks and mends the circuit breaker."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.hours import SHANGHAI
from scheduler.pacing import (
    LONGEST_REST,
    Breaker,
    Code,
    Go,
    Limits,
    Load,
    State,
    Wait,
    after_order,
    is_failure,
    may_start,
    tries_at,
)
from scripts.outcomes import TALKED, Outcome

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=SHANGHAI)
LIMITS = Limits(calls_a_second=1.0, calls_at_once=5, breaker_rest=timedelta(seconds=300))


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def code(load: Load, limits: Limits = LIMITS, **options: Any) -> str:
    answer = may_start(load, limits, NOW, **options)
    return answer.code if isinstance(answer, Wait) else "go"


def broken(since: datetime, rest: float = 300) -> Breaker:
    return Breaker(State.BROKEN, since, 5, timedelta(seconds=rest))


def test_a_line_that_is_free_goes() -> None:
    assert may_start(Load(), LIMITS, NOW) == Go()


def test_a_pause_stops_every_order_whatever_else_holds() -> None:
    paused = Load(breaker=Breaker(State.PAUSED, ago(9)), live=5, orders=(NOW,))
    assert may_start(paused, LIMITS, NOW) == Wait(Code.PAUSED)
    assert code(paused, again=True) == "paused"


@pytest.mark.parametrize(("live", "says"), [(4, "go"), (5, "calls-at-once"), (9, "calls-at-once")])
def test_as_many_calls_at_once_as_there_are_lines(live: int, says: str) -> None:
    assert code(Load(live=live)) == says


def test_an_order_that_is_sent_again_has_its_line_already() -> None:
    assert code(Load(live=5, agents=0), again=True) == "go"


@pytest.mark.parametrize(
    ("agents", "live", "transferred", "says"),
    [
        (None, 4, 4, "go"),
        (0, 0, 0, "no-agent"),
        (1, 1, 0, "go"),
        (1, 2, 0, "no-agent"),
        (1, 1, 1, "no-agent"),  # the only one is talking
        (2, 2, 1, "go"),
        (2, 3, 1, "no-agent"),
        (1, 3, 2, "no-agent"),  # one has gone home in the middle of a call
    ],
)
def test_no_more_calls_than_people_who_could_take_them_over(
    agents: int | None, live: int, transferred: int, says: str
) -> None:
    load = Load(live=live, transferred=transferred, agents=agents)
    assert code(load, replace(LIMITS, calls_per_agent=2)) == says


def test_a_full_branch_does_not_stop_the_others() -> None:
    limits = replace(LIMITS, per_branch={"济南": 1, "青岛": 0}, default_per_branch=2)
    load = Load(live=4, live_by_branch={"济南": 1, "烟台": 2, "潍坊": 1, "": 9})
    assert may_start(load, limits, NOW) == Go(frozenset({"济南", "青岛", "烟台"}))


def test_policies_without_a_branch_are_limited_by_that_name() -> None:
    limits = replace(LIMITS, per_branch={"": 1}, default_per_branch=3)
    assert may_start(Load(live_by_branch={"": 1}), limits, NOW) == Go(frozenset({""}))


@pytest.mark.parametrize(
    ("rate", "orders", "until"),
    [
        (1.0, [1.0], None),
        (1.0, [0.4], 0.6),
        (0.5, [1.5], 0.5),
        (3.0, [0.1, 0.2], None),
        (3.0, [0.1, 0.2, 0.7], 0.3),
        (2.5, [0.1, 0.3], 0.5),
        (1.0, [-0.3], 1.3),  # another worker's clock is a little ahead
        (1.0, [-9.0], None),  # the clock was set back
    ],
)
def test_no_more_calls_a_second_than_the_carrier_takes(
    rate: float, orders: list[float], until: float | None
) -> None:
    load = Load(orders=tuple(ago(seconds) for seconds in orders))
    answer = may_start(load, replace(LIMITS, calls_a_second=rate), NOW)
    if until is None:
        assert answer == Go()
    else:
        assert answer == Wait(Code.CALLS_A_SECOND, NOW + timedelta(seconds=until))


def test_without_a_rate_any_number_goes() -> None:
    assert code(Load(orders=(NOW,) * 9), Limits()) == "go"


@given(
    rate=st.floats(0.2, 20),
    asked=st.lists(st.tuples(st.floats(0, 3), st.booleans()), max_size=60),
)
def test_in_any_window_of_time_the_rate_is_kept(
    rate: float, asked: list[tuple[float, bool]]
) -> None:
    """New orders and those that are sent again, asked for at any time."""
    limits = replace(LIMITS, calls_a_second=rate, calls_at_once=1000)
    new: list[datetime] = []
    resent: list[datetime] = []
    now = NOW
    for pause, again in asked:
        now += timedelta(seconds=pause)
        newest = tuple(sorted(new, reverse=True)[: limits.burst])
        load = Load(orders=newest, resent_at=resent[-1] if resent else None)
        if isinstance(may_start(load, limits, now, again=again), Go):
            (resent if again else new).append(now)
    out = sorted(new + resent)
    for first, beyond in zip(out, out[limits.burst :], strict=False):
        assert beyond - first >= limits.window


def test_failures_in_a_row_break_and_one_that_rings_begins_anew() -> None:
    breaker = Breaker()
    for failed in (True, True, True, True, False, True, True, True, True):
        breaker = after_order(breaker, NOW, NOW, LIMITS, failed=failed)
        assert breaker.state is State.RUNNING
    breaker = after_order(breaker, NOW, NOW, LIMITS, failed=True)
    assert breaker == Breaker(State.BROKEN, NOW, 5, timedelta(seconds=300))


def test_a_broken_line_tries_one_call_after_its_rest() -> None:
    assert may_start(Load(broken(ago(299))), LIMITS, NOW) == Wait(
        Code.BROKEN, NOW + timedelta(seconds=1)
    )
    assert code(Load(broken(ago(300)))) == "go"
    tried = Load(broken(ago(400)), live=1, orders=(ago(10),))
    assert may_start(tried, LIMITS, NOW) == Wait(Code.BROKEN, NOW + timedelta(seconds=290))
    assert code(replace(tried, orders=(), resent_at=ago(10))) == "broken"


def test_a_tried_call_that_nobody_tells_the_end_of_does_not_block_for_good() -> None:
    load = Load(broken(ago(700)), live=1, orders=(ago(300),))
    assert code(load) == "go"
    assert tries_at(load) == NOW


def test_a_broken_line_is_not_kept_waiting_by_a_clock_that_was_set_back() -> None:
    assert code(Load(broken(NOW + timedelta(hours=8)))) == "go"


def test_a_tried_call_that_rings_mends_the_breaker() -> None:
    mended = after_order(broken(ago(300)), ago(5), NOW, LIMITS, failed=False)
    assert mended == Breaker(State.RUNNING, NOW)


def test_a_tried_call_that_fails_doubles_the_rest_up_to_an_hour() -> None:
    breaker, rests = broken(ago(300)), []
    for _ in range(5):
        breaker = after_order(breaker, NOW, NOW, LIMITS, failed=True)
        rests.append(breaker.rest)
        breaker = replace(breaker, since=ago(1))
    assert rests == [timedelta(minutes=10 * 2**n) for n in range(3)] + [LONGEST_REST] * 2


@pytest.mark.parametrize("failed", [True, False])
def test_calls_from_before_the_break_change_nothing(failed: bool) -> None:
    breaker = broken(ago(10))
    for newest in (ago(10), ago(60), None):
        assert after_order(breaker, newest, NOW, LIMITS, failed=failed) == breaker


def test_what_a_person_paused_stays_paused() -> None:
    breaker = Breaker(State.PAUSED, ago(60))
    for _ in range(9):
        breaker = after_order(breaker, NOW, NOW, LIMITS, failed=True)
    assert (breaker.state, breaker.since, breaker.failures) == (State.PAUSED, ago(60), 9)


def test_only_the_carrier_fails() -> None:
    assert is_failure(Outcome.FAILED)
    assert {one for one in Outcome if is_failure(one) is None} == {
        Outcome.CANCELED,
        Outcome.ERROR,
    }
    reached = {*TALKED, Outcome.BUSY, Outcome.NO_ANSWER, Outcome.EMPTY_NUMBER, Outcome.VOICEMAIL}
    assert not any(is_failure(one) for one in reached)
