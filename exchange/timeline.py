"""The time of one call. It follows the clock, and runs ahead of nothing but what it has lived."""

import threading
from datetime import datetime, timedelta

from exchange.clock import Bell, Clock
from exchange.journal import Journal

#: How long a line is held for an exchange that was away; afterwards the callee has hung up.
HELD = timedelta(minutes=5)


class Over(Exception):  # noqa: N818 - not an error: every call ends
    """The call is over: somebody hung up, or its time was up."""


class Closing(Exception):  # noqa: N818 - not an error
    """The exchange is closing; the call goes on when it is opened again."""


class Timeline:
    """Where one call is in time. On a second run of a call it starts in the past, and nothing is
    waited for until it has caught up."""

    def __init__(
        self, clock: Clock, bell: Bell, journal: Journal, start: datetime, closing: threading.Event
    ) -> None:
        self._clock = clock
        self._bell = bell
        self._journal = journal
        self._closing = closing
        self._end: datetime | None = None
        self.now = start

    def ends(self, moment: datetime) -> None:
        """The call is over at this moment at the latest."""
        self._end = min(moment, self._end or moment)

    def wait(self, seconds: float) -> None:
        """Let the call live on. Raises Over or Closing."""
        self.until(self.now + timedelta(seconds=seconds))

    def until(self, moment: datetime) -> None:
        """Live to the moment. Raises Over when the call ends before, Closing likewise."""
        slept = self._clock.sleep_until(self._target(moment), self._bell)
        if not slept:
            self.check_closing()
        self.now = max(self.now, self._target(moment))
        if self._end is not None and self.now >= self._end:
            raise Over

    def go_live(self) -> datetime:
        """Catch up with the clock, for what is done now has not been done before.

        Returns the moment. Raises Over when the exchange was away for too long.
        """
        self.check_closing()
        if self._clock.now() - self.now > HELD:
            raise Over
        self.now = max(self.now, self._clock.now())
        return self.now

    def check_closing(self) -> None:
        """Raises Closing when the exchange closes."""
        if self._closing.is_set():
            raise Closing

    def _target(self, moment: datetime) -> datetime:
        if self._journal.stopped is not None:
            self.ends(self._journal.stopped[0])
        return moment if self._end is None else min(moment, self._end)
