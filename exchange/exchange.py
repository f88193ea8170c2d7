"""The exchange itself: takes orders, gives each call a thread on the clock, and can be resumed.

It plays both the carrier and the callees; it knows nothing of the application but its addresses.
"""

import logging
import threading
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from exchange import rest
from exchange.book import Book
from exchange.calls import Call, Notification, Order, Recording, Status
from exchange.cast import Cast
from exchange.clock import Bell, Clock
from exchange.courier import Courier
from exchange.equipment import Equipment
from exchange.faults import NO_FAULTS, Faults, OnCreate
from exchange.run import Run
from exchange.voices.choice import Voices
from exchange.webhook import Webhooks

log = logging.getLogger(__name__)


def latest_time(folder: Path) -> datetime | None:
    """The latest moment in the books of a folder: a virtual clock goes on from there."""
    return Book(folder).latest()


class Exchange:
    """A telephone exchange in a box.

    ``folder`` keeps its state, ``callee_channel`` (0 or 1) is the callee's channel of a dual
    recording, ``calls_per_second`` is how fast orders leave the queue, and ``api`` the address of
    the REST API that the application is told. Nothing runs before the first order or ``resume``.
    """

    def __init__(
        self,
        folder: Path,
        cast: Cast,
        clock: Clock,
        *,
        account_sid: str,
        auth_token: str,
        faults: Faults = NO_FAULTS,
        callee_channel: int = 1,
        calls_per_second: float = 1.0,
        voices: Voices | None = None,
        api: str = "https://api.twilio.com",
    ) -> None:
        if callee_channel not in (0, 1):
            raise ValueError("callee_channel is 0 or 1, a recording has two channels")
        self._bell, self._bells = Bell(), dict[str, Bell]()
        self._lock = threading.Lock()
        self._threads: dict[str, threading.Thread] = {}
        self._creates = 0
        self._gap = timedelta(seconds=1 / calls_per_second)
        book, webhooks = Book(folder), Webhooks(auth_token)
        self.equipment = Equipment(
            account_sid=account_sid,
            auth_token=auth_token,
            cast=cast,
            clock=clock,
            book=book,
            voices=voices or Voices(),
            webhooks=webhooks,
            courier=Courier(clock, book, webhooks, faults, self._bell),
            faults=faults,
            closing=threading.Event(),
            callee_channel=callee_channel,
            api=api.rstrip("/"),
        )
        self.app: Flask = rest.create_app(self)

    @property
    def notifications(self) -> tuple[Notification, ...]:
        """Every fault of the application that was noted, call by call."""
        return tuple(note for call in self.calls() for note in call.notifications)

    def calls(self) -> list[Call]:
        """Every call as it stands, oldest first."""
        return self.equipment.book.calls()

    def calls_to(self, number: str) -> list[Call]:
        """The calls to a number, however it is written, oldest first."""
        return self.equipment.book.calls_to(number)

    def recordings(self) -> list[Recording]:
        """Every recording that is kept."""
        return self.equipment.book.recordings()

    def media(self, recording_sid: str) -> Path:
        """Where the WAV of a recording lies."""
        return self.equipment.book.media(recording_sid)

    def latest_time(self) -> datetime | None:
        """The latest moment in the books."""
        return self.equipment.book.latest()

    def next_fault(self) -> OnCreate:
        """What happens to the order that has just come in."""
        with self._lock:
            number, self._creates = self._creates, self._creates + 1
        creates = self.equipment.faults.creates
        return creates[number] if number < len(creates) else OnCreate.OK

    def place(self, order: Order) -> Call:
        """Take an order: from here on it survives a kill. It rings when its turn comes."""
        book, now = self.equipment.book, self.equipment.clock.now()
        with self._lock:
            turns = [call.starts for call in book.calls() if call.starts > now - self._gap]
            call = Call(
                sid=f"CA{uuid.uuid4().hex}",
                order=order,
                attempt=len(book.calls_to(order.to)),
                created=now,
                starts=max([now, *(turn + self._gap for turn in turns)]),
            )
            book.add(call)
        self._start(call)
        return call

    def stop(self, call: Call, status: Status) -> Call:
        """End a call over the REST API. An ended call stays as it is."""
        if not call.status.final:
            now = self.equipment.clock.now()
            self.equipment.book.journal(call.sid).stop(now, status.value)
            bell = self._bells.get(call.sid)
            if bell is not None:
                self.equipment.clock.ring(bell)
        return call

    def resume(self) -> int:
        """Go on after a stop or a kill: run unfinished calls, deliver what was not delivered.

        Returns how many calls go on.
        """
        calls, book = self.calls(), self.equipment.book
        # Before any call runs: what a call posts from now on is sent by the call itself.
        left = [(call.sid, each) for call in calls for each in book.journal(call.sid).undelivered()]
        for sid, letter in left:
            self.equipment.courier.send(sid, letter)
        unfinished = [call for call in calls if not call.status.final]
        for call in unfinished:
            self._start(call)
        return len(unfinished)

    def idle(self) -> bool:
        """Whether no call and no callback is under way."""
        with self._lock:
            calls = bool(self._threads)
        return not calls and self.equipment.courier.idle()

    def close(self) -> None:
        """Stop, so that ``resume`` of a new exchange on the same folder goes on."""
        self.equipment.closing.set()
        with self._lock:
            threads, bells = list(self._threads.values()), list(self._bells.values())
        for bell in (self._bell, *bells):
            self.equipment.clock.ring(bell)
        for thread in threads:
            self.equipment.clock.join(thread)
        self.equipment.courier.join()
        self.equipment.webhooks.close()

    def _start(self, call: Call) -> None:
        bell = self._bells[call.sid] = Bell()
        place = self.equipment.clock.reserve()

        def live() -> None:
            with place:
                try:
                    Run(self.equipment, call, bell).live()
                except Exception:
                    log.exception("call %s broke down; it goes on at the next start", call.sid)
                finally:
                    with self._lock:
                        self._threads.pop(call.sid, None)
                        self._bells.pop(call.sid, None)

        thread = threading.Thread(target=live, name=f"call {call.sid[:8]}", daemon=True)
        with self._lock:
            self._threads[call.sid] = thread
        thread.start()
