"""How fast scripts are checked and walked: CPU time, the best of several tries, held against a
yardstick, so that a busy or slow machine does not fail. The floors are those that were promised."""

import time

from scripts import checks, reader
from tests import yardstick
from tests.bench import stepping

TRIES = 5
CHECKED_S = 2.0
STEPS_A_SECOND = 20_000


def _check_library() -> None:
    reader.shared.cache_clear()
    for name in reader.library():
        checks.check_file(name)


def _seconds() -> float:
    began = time.process_time()
    _check_library()
    return time.process_time() - began


def test_the_whole_library_is_checked_in_two_seconds() -> None:
    assert min(_seconds() for _ in range(TRIES)) < CHECKED_S * yardstick.slowness()


def _steps_a_second() -> float:
    once, done = stepping(), 0
    began = time.process_time()
    while time.process_time() - began < 0.2:
        done += once()
    return done / (time.process_time() - began)


def test_a_call_goes_on_twenty_thousand_times_a_second() -> None:
    assert max(_steps_a_second() for _ in range(TRIES)) > STEPS_A_SECOND / yardstick.slowness()
