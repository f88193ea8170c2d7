"""The time of the exchange: the real one, or a virtual one that stands still while anybody works.

Nobody in this room asks the machine for the time in any other way.
"""

import heapq
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Bell:
    """Wakes whoever sleeps beside it, early. It stays rung: a later sleep beside it is none."""

    def __init__(self) -> None:
        self.rung = threading.Event()


class Place:
    """A seat on a clock, taken before its thread starts so that time cannot slip in between.

    Use it as a context manager in that thread, once. On a real clock it does nothing.
    """

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_: object) -> None:
        return None


class Clock(Protocol):
    """What the exchange, and whoever drives it, needs of a clock."""

    def now(self) -> datetime:
        """The time, aware."""
        ...

    def sleep(self, seconds: float) -> None:
        """Sleep so long."""
        ...

    def sleep_until(self, moment: datetime, bell: Bell | None = None) -> bool:
        """Sleep to the moment. False when the bell rang first."""
        ...

    def ring(self, bell: Bell) -> None:
        """Wake the sleeper beside this bell."""
        ...

    def reserve(self) -> Place:
        """A seat for a thread that is about to start."""
        ...

    def join(self, thread: threading.Thread) -> None:
        """Wait for a thread to end, without holding up the time meanwhile."""
        ...


class RealClock:
    """The clock on the wall."""

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Sleep so long."""
        self.sleep_until(self.now() + timedelta(seconds=seconds))

    def sleep_until(self, moment: datetime, bell: Bell | None = None) -> bool:
        """Sleep to the moment. False when the bell rang first."""
        rung = (bell or Bell()).rung
        while (left := (moment - self.now()).total_seconds()) > 0:
            if rung.wait(min(left, 3600.0)):
                return False
        return not rung.is_set()

    def ring(self, bell: Bell) -> None:
        """Wake the sleeper beside this bell."""
        bell.rung.set()

    def reserve(self) -> Place:
        """A seat; the real clock waits for nobody."""
        return Place()

    def join(self, thread: threading.Thread) -> None:
        """Wait for a thread to end."""
        thread.join()


@dataclass(order=True, slots=True)
class _Sleeper:
    moment: datetime
    number: int
    bell: Bell | None = field(compare=False)
    awake: threading.Event = field(compare=False, default_factory=threading.Event)


class VirtualClock:
    """A clock for threads that take part in one simulation, as fast as the machine can.

    Time moves only when every thread that takes part is asleep; then it jumps to the earliest
    wake-up and wakes exactly that one sleeper (order: moment, then who lay down first). So one
    thread runs at a time, and a run can be repeated. A thread with no seat has one while it
    sleeps. A thread that takes part must not wait for another one by any other means than this
    clock: nobody would wake up.
    """

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs a start with a time zone")
        self._now = start
        self._lock = threading.Lock()
        self._busy = 0
        self._sleepers: list[_Sleeper] = []
        self._numbers = itertools.count()
        self._seated = threading.local()

    def now(self) -> datetime:
        """The time, in the zone of the start."""
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        self.sleep_until(self.now() + timedelta(seconds=seconds))

    def sleep_until(self, moment: datetime, bell: Bell | None = None) -> bool:
        """Sleep to the moment, also to a past one: others who are due go first."""
        if not getattr(self._seated, "here", False):
            with self.taking_part():
                return self.sleep_until(moment, bell)
        with self._lock:
            if bell is not None and bell.rung.is_set():
                return False
            sleeper = _Sleeper(moment, next(self._numbers), bell)
            heapq.heappush(self._sleepers, sleeper)
            self._rest()
        sleeper.awake.wait()
        return bell is None or not bell.rung.is_set()

    def ring(self, bell: Bell) -> None:
        """Make the sleeper beside this bell due at once."""
        with self._lock:
            bell.rung.set()
            for sleeper in self._sleepers:
                if sleeper.bell is bell:
                    sleeper.moment = min(sleeper.moment, self._now)
            heapq.heapify(self._sleepers)
            self._wake_next()

    def reserve(self) -> Place:
        """A seat for a thread that is about to start; time stands until that thread sleeps."""
        with self._lock:
            self._busy += 1
        return _Seat(self)

    def join(self, thread: threading.Thread) -> None:
        """Wait for a thread to end, without holding up the time meanwhile."""
        seated = getattr(self._seated, "here", False)
        if seated:
            with self._lock:
                self._rest()
        thread.join()
        if seated:
            with self._lock:
                self._busy += 1

    @contextmanager
    def taking_part(self) -> Iterator[None]:
        """Time stands still for the calling thread from here on, except while it sleeps."""
        with self.reserve():
            yield

    def _sit(self, here: bool) -> None:
        self._seated.here = here
        if not here:
            with self._lock:
                self._rest()

    def _rest(self) -> None:
        self._busy -= 1
        self._wake_next()

    def _wake_next(self) -> None:
        if self._busy == 0 and self._sleepers:
            sleeper = heapq.heappop(self._sleepers)
            self._now = max(self._now, sleeper.moment)
            self._busy += 1
            sleeper.awake.set()


class _Seat(Place):
    """A seat on a virtual clock."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock

    def __enter__(self) -> "_Seat":
        self._clock._sit(True)
        return self

    def __exit__(self, *_: object) -> None:
        self._clock._sit(False)
