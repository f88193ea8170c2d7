"""Lead the timetable, as one worker of all: renew, take over from a leader that is gone, give it up
at a polite end. Decides by what this process has seen on its own steady clock, never by the time of
day (decision 33)."""

import logging
import threading

from operations.line import Line
from scheduler.duty import Observer
from store import duties
from store.database import Session

_log = logging.getLogger(__name__)

TIMETABLE = "timetable"
#: Seconds of the steady clock: how often a leader renews, how long it believes in its own last
#: renewal, and how long the others see no renewal before one of them takes over. The second is the
#: shorter by a margin, so that a leader stops before another begins, however slow its database.
RENEW_S, TRUST_S, PATIENCE_S = 5.0, 20.0, 30.0


class Lead:
    """This process's part in a duty. Its threads may use it at the same time."""

    def __init__(self, line: Line, name: str = TIMETABLE) -> None:
        self._line, self._name = line, name
        self._others: Observer[str] = Observer()
        self._renewed: float | None = None
        self._lock = threading.Lock()

    def hold(self) -> bool:
        """Renew the duty if it is ours, take it if nobody has it or its holder is gone. Whether it
        is ours now; whatever the database raises leaves the last renewal to grow old."""
        with self._lock:
            began = self._line.steady()  # before it is written: others see it later than we count
            with self._line.database.transaction() as session:
                ours = self._take(session)
            self._note(began if ours else None)
            return self._sure()

    def sure(self) -> bool:
        """Whether the duty is ours for certain, without asking: nobody can have taken it yet."""
        with self._lock:
            return self._sure()

    def release(self) -> None:
        """Give the duty up, so that another worker can take it at once. Harmless if it is not
        ours."""
        with self._lock:
            self._renewed = None
            with self._line.database.transaction() as session:
                seen = duties.duty(session, self._name)
                if seen is not None and seen.holder == self._line.worker:
                    duties.take(session, seen, duties.NOBODY, self._line.clock())

    def _take(self, session: Session) -> bool:
        worker, now = self._line.worker, self._line.clock()
        seen = duties.duty(session, self._name)
        if seen is None:
            return duties.begin(session, self._name, worker, now)
        if seen.holder not in (worker, duties.NOBODY) and not self._gone(seen.holder, seen.turn):
            return False
        return duties.take(session, seen, worker, now)

    def _gone(self, holder: str, turn: int) -> bool:
        steady = self._line.steady()  # after it was read
        return bool(self._others.stale({self._name: (holder, turn)}, steady, PATIENCE_S))

    def _note(self, renewed: float | None) -> None:
        if (renewed is None) != (self._renewed is None):
            word = "does not lead" if renewed is None else "leads"
            _log.info("%s %s the duty %s", self._line.worker, word, self._name)
        self._renewed = renewed

    def _sure(self) -> bool:
        return self._renewed is not None and self._line.steady() - self._renewed < TRUST_S
