"""Rings everybody on a policy list through the exchange, on a clock that jumps from event to event,
and hears the recordings meanwhile. A killed run goes on where it stopped."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from exchange.clock import VirtualClock
from exchange.exchange import Exchange
from operations.deadlines import close_overdue
from operations.fetch_recordings import fetch_next
from operations.hear_recordings import hear_next
from operations.line import Line
from operations.place_call import look_for_abandoned, place_next
from operations.plan import next_change, refresh
from operations.reconcile import ask_about_silent_calls
from store import attempts, calls, recordings

_log = logging.getLogger(__name__)

#: Seconds on the exchange's clock between two looks at the queue.
TICK_S = 5
#: Real seconds that a thread without work rests.
REST_S = 0.05
#: On the exchange's clock. The carrier is asked about silent calls well before.
LONGEST_CALL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, for whoever watches."""

    at: datetime
    calls: int
    heard: int
    recordings: int


def ring_everybody(
    line: Line, exchange: Exchange, clock: VirtualClock, watch: Callable[[Progress], None]
) -> None:
    """Call until nobody is left who may still be called, then hear what is left to hear."""
    over = threading.Event()
    workers = line.speech.workers if line.speech else 1
    hearers = [
        threading.Thread(target=_hear, args=(line, over), name=f"hearing {n}", daemon=True)
        for n in range(workers)
    ]
    for hearer in hearers:
        hearer.start()
    try:
        with clock.taking_part():
            while _one_round(line, exchange, clock):
                watch(progress(line, exchange, clock))
        _wait_for_recordings(line, exchange, clock, watch)
    finally:
        over.set()
        for hearer in hearers:
            hearer.join()


def progress(line: Line, exchange: Exchange, clock: VirtualClock) -> Progress:
    """How far the run is now."""
    with line.database.reading() as session:
        waiting = recordings.waiting(session, "announced") + recordings.waiting(session, "stored")
        heard = recordings.waiting(session, "heard")
    return Progress(clock.now(), len(exchange.calls()), heard, heard + waiting)


def _one_round(line: Line, exchange: Exchange, clock: VirtualClock) -> bool:
    """Plan, place, and let time pass. False when nothing is left to be called."""
    while look_for_abandoned(line):
        pass
    refresh(line)
    close_overdue(line)
    while place_next(line):
        pass
    ask_about_silent_calls(line)
    if _under_way(line, exchange):
        _refuse_to_wait_for_ever(line, exchange, clock)
        clock.sleep(TICK_S)
        return True
    coming = next_change(line)
    if coming is None:
        return False
    clock.sleep_until(max(coming, clock.now() + timedelta(seconds=TICK_S)))
    return True


def _under_way(line: Line, exchange: Exchange) -> bool:
    with line.database.reading() as session:
        return bool(attempts.unfinished(session)) or not exchange.idle()


def _refuse_to_wait_for_ever(line: Line, exchange: Exchange, clock: VirtualClock) -> None:
    """A call that the exchange has dropped through a fault of its own never ends by itself."""
    if not exchange.idle():
        return
    with line.database.reading() as session:
        stuck = calls.running_since_before(session, clock.now() - LONGEST_CALL)
    if stuck:
        raise RuntimeError(f"call {stuck[0].token} does not end; the log above says why")


def _hear(line: Line, over: threading.Event) -> None:
    """Fetch and hear recordings until told that the run is over."""
    while not over.is_set():
        try:
            fetched = line.fetch is not None and fetch_next(line)
            busy = fetched or hear_next(line) is not None
        except Exception:
            _log.exception("the hearing thread failed and goes on")
            busy = False
        if not busy:
            over.wait(REST_S)


def _wait_for_recordings(
    line: Line, exchange: Exchange, clock: VirtualClock, watch: Callable[[Progress], None]
) -> None:
    """Calls are over; let the recordings come in and be heard. The exchange's clock goes on, for
    what was not ready is asked for again after a while."""
    states = ["announced", "stored"] if line.speech else ["announced"]
    while True:
        with line.database.reading() as session:
            left = sum(recordings.waiting(session, state) for state in states)
        if not left:
            return
        watch(progress(line, exchange, clock))
        clock.sleep(1)
        time.sleep(REST_S)
