"""A clock that several processes share without talking: the machine's own, so many times as fast,
from a moment in the calling hours. It never stands still: whoever is slow is late, as in life."""

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from exchange.clock import Bell, Place

STARTS = datetime.fromisoformat("2026-11-18T09:05:00+08:00")


@dataclass(frozen=True)
class FastClock:
    """``began`` is the machine's time at which the clock showed STARTS, ``speed`` how many of its
    seconds pass in one. A clock as the exchange wants it."""

    began: float
    speed: float

    def now(self) -> datetime:
        """The time."""
        return STARTS + timedelta(seconds=(time.time() - self.began) * self.speed)

    def steady(self) -> float:
        """Seconds that no setting of the machine's clock changes."""
        return time.monotonic() * self.speed

    def sleep(self, seconds: float) -> None:
        """Sleep so long."""
        self.sleep_until(self.now() + timedelta(seconds=seconds))

    def sleep_until(self, moment: datetime, bell: Bell | None = None) -> bool:
        """Sleep to the moment. False when the bell rang first."""
        rung = (bell or Bell()).rung
        while (left := (moment - self.now()).total_seconds()) > 0:
            if rung.wait(left / self.speed):
                return False
        return not rung.is_set()

    def ring(self, bell: Bell) -> None:
        """Wake the sleeper beside this bell."""
        bell.rung.set()

    def reserve(self) -> Place:
        """A seat; this clock waits for nobody."""
        return Place()

    def join(self, thread: threading.Thread) -> None:
        """Wait for a thread to end."""
        thread.join()
