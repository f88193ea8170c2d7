"""The virtual clock: time moves only when everybody sleeps, and one sleeper wakes at a time."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from exchange.clock import Bell, RealClock, VirtualClock

START = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def _run(clock: VirtualClock, *works) -> None:
    """Run works on threads that all have their seats before the first one starts."""
    places = [clock.reserve() for _ in works]

    def seated(place, work):
        with place:
            work()

    threads = [
        threading.Thread(target=seated, args=pair) for pair in zip(places, works, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_time_jumps_from_wake_up_to_wake_up():
    clock = VirtualClock(START)
    seen = []

    def every(seconds, times):
        def work():
            for _ in range(times):
                clock.sleep(seconds)
                seen.append((clock.now() - START).total_seconds())

        return work

    _run(clock, every(3, 4), every(5, 2))
    assert seen == [3, 5, 6, 9, 10, 12]


def test_one_thread_runs_at_a_time():
    clock = VirtualClock(START)
    running, most = [0], [0]
    lock = threading.Lock()

    def work():
        for _ in range(20):
            clock.sleep(1)
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            threading.Event().wait(0.0005)
            with lock:
                running[0] -= 1

    _run(clock, *[work] * 6)
    assert most == [1]


def test_sleepers_of_one_moment_wake_in_the_order_they_lay_down():
    clock = VirtualClock(START)
    order = []

    def late(name, before):
        def work():
            clock.sleep(before)
            clock.sleep_until(START + timedelta(seconds=10))
            order.append(name)

        return work

    _run(clock, late("second", 2), late("third", 3), late("first", 1))
    assert order == ["first", "second", "third"]


def test_a_reserved_seat_holds_the_time_before_its_thread_runs():
    clock = VirtualClock(START)
    woken = threading.Event()

    def sleeper():
        clock.sleep(1)
        woken.set()

    place = clock.reserve()
    thread = threading.Thread(target=sleeper)
    thread.start()
    assert not woken.wait(0.05)
    with place:
        pass
    thread.join(10)
    assert woken.is_set()
    assert clock.now() == START + timedelta(seconds=1)


def test_a_past_moment_costs_no_time():
    clock = VirtualClock(START)
    assert clock.sleep_until(START - timedelta(hours=1))
    assert clock.now() == START


@pytest.mark.parametrize("clock", [RealClock(), VirtualClock(START)], ids=["real", "virtual"])
def test_a_bell_wakes_early_and_stays_rung(clock):
    bell = Bell()
    answers = []
    place = clock.reserve()  # or the virtual clock would be there at once

    def sleeper():
        answers.append(clock.sleep_until(clock.now() + timedelta(hours=1), bell))
        answers.append(clock.sleep_until(clock.now() + timedelta(hours=1), bell))

    thread = threading.Thread(target=sleeper)
    thread.start()
    clock.ring(bell)
    with place:
        pass
    thread.join(10)
    assert answers == [False, False]


def test_a_bell_does_not_move_the_time():
    clock = VirtualClock(START)
    bell = Bell()
    with clock.taking_part():
        clock.ring(bell)
        clock.sleep_until(START + timedelta(hours=1), bell)
        assert clock.now() == START


def test_the_real_clock_sleeps_and_is_aware():
    clock = RealClock()
    before = clock.now()
    clock.sleep(0.01)
    assert clock.now() - before >= timedelta(seconds=0.01)
    assert before.tzinfo is not None


def test_a_start_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        VirtualClock(datetime(2026, 11, 18))  # noqa: DTZ001
