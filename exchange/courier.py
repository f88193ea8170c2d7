"""Delivers callbacks: signed, kept until delivered, tried again, and with faults when told to."""

import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from exchange.book import Book
from exchange.clock import Bell, Clock
from exchange.faults import Faults
from exchange.journal import Letter
from exchange.webhook import Webhooks

#: Seconds before each further try when the application does not take a callback.
_RETRIES = (1.0, 4.0, 15.0)
#: How long after its event a callback leaves, and how far a duplicate is behind.
_DELAY, _BEHIND_S = timedelta(milliseconds=50), 0.5


class Courier:
    """Every callback has a thread of its own that sleeps on the clock until it is due."""

    def __init__(
        self, clock: Clock, book: Book, webhooks: Webhooks, faults: Faults, bell: Bell
    ) -> None:
        self._clock = clock
        self._book = book
        self._webhooks = webhooks
        self._faults = faults
        self._bell = bell
        self._under_way: set[threading.Thread] = set()
        self._lock = threading.Lock()

    def post(self, call_sid: str, letter: Letter) -> None:
        """Keep a callback and send it off, unless that was done in an earlier run of the call."""
        if self._book.journal(call_sid).post(letter):
            self.send(call_sid, letter)

    def send(self, call_sid: str, letter: Letter) -> None:
        """Send off a callback that stands in the journal."""
        call = self._book.call(call_sid)
        about = (call.order.to, call.attempt, letter.key) if call else (letter.key,)
        late = self._faults.falls(self._faults.late_callbacks, "late", *about)
        due = letter.due + _DELAY + timedelta(seconds=self._faults.late_s if late else 0)
        self._start(lambda: self._deliver(call_sid, letter, due))
        if self._faults.falls(self._faults.duplicate_callbacks, "twice", *about):
            again = due + timedelta(seconds=_BEHIND_S)
            self._start(lambda: self._deliver(call_sid, letter, again))

    def idle(self) -> bool:
        """Whether nothing is under way."""
        with self._lock:
            return not self._under_way

    def join(self) -> None:
        """Wait for the threads; the bell must have been rung."""
        with self._lock:
            threads = list(self._under_way)
        for thread in threads:
            self._clock.join(thread)

    def _start(self, work: Callable[[], None]) -> None:
        place = self._clock.reserve()

        def run() -> None:
            with place:
                try:
                    work()
                finally:
                    with self._lock:
                        self._under_way.discard(thread)

        thread = threading.Thread(target=run, name="callback", daemon=True)
        with self._lock:
            self._under_way.add(thread)
        thread.start()

    def _deliver(self, call_sid: str, letter: Letter, due: datetime) -> None:
        token = str(uuid.uuid4())
        for pause in (*_RETRIES, None):
            if not self._clock.sleep_until(due, self._bell):
                return  # closing: it stands in the journal
            answer = self._webhooks.send(letter.method, letter.url, letter.parameters, token)
            if 0 < answer.status < 500 or pause is None:
                break
            due = self._clock.now() + timedelta(seconds=pause)
        self._book.journal(call_sid).delivered(letter.key, self._clock.now())
