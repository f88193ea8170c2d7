"""A carrier in memory, with the same contract as the real one. It rings nobody and must never be
chosen outside tests and trials."""

import itertools
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from ivr.numbers import is_e164
from ivr.phone import CallNews, Dial, PhoneTrouble, PlacedCall, RecordingNews
from scripts.outcomes import Outcome

_ENDS = {
    "completed": Outcome.HUNG_UP,
    "busy": Outcome.BUSY,
    "failed": Outcome.FAILED,
    "no-answer": Outcome.NO_ANSWER,
    "canceled": Outcome.CANCELED,
}
ENDED = frozenset(_ENDS)


class FakePhone:
    """Records what it was asked to do. ``now`` gives the aware time at which a call is created."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.dials: list[Dial] = []
        self.calls: dict[str, PlacedCall] = {}
        self.recordings: list[RecordingNews] = []
        self._now = now
        self._ids = itertools.count(1)
        self._troubles: deque[tuple[PhoneTrouble, bool]] = deque()

    def make_trouble(self, trouble: PhoneTrouble, *, rings_anyway: bool = False) -> None:
        """Let the next ``place`` raise ``trouble``; several are raised in their order.

        ``rings_anyway``: the call is placed all the same and only the carrier's answer is lost,
        which is what a PhoneUncertain has to be tried with.
        """
        self._troubles.append((trouble, rings_anyway))

    def end(self, vendor_id: str, status: str = "completed") -> None:
        """Let a call end with the carrier's word for it."""
        self.calls[vendor_id] = replace(self.calls[vendor_id], status=status)

    def place(self, dial: Dial) -> str:
        """See ``ivr.phone.Phone.place``. ``dials`` keeps every order, refused ones included."""
        self.dials.append(dial)
        if not is_e164(dial.to):
            raise PhoneTrouble("The number to call is not one.", retry=False, code="21211")
        if not self._troubles:
            return self._ring(dial)
        trouble, rings_anyway = self._troubles.popleft()
        if rings_anyway:
            self._ring(dial)
        raise trouble

    def placed_to(self, to: str, since: datetime) -> Iterable[PlacedCall]:
        """See ``ivr.phone.Phone.placed_to``."""
        newest_first = reversed(self.calls.values())
        return [c for c in newest_first if c.to == to and c.created_at and c.created_at >= since]

    def news_of(self, vendor_id: str) -> CallNews | None:
        """See ``ivr.phone.Phone.news_of``. Only a call that is completed was answered."""
        call = self.calls.get(vendor_id)
        if call is None:
            return None
        outcome = _ENDS.get(call.status)
        answered = call.status == "completed"
        return CallNews(vendor_id, call.status, f"{vendor_id}/{call.status}", answered, outcome)

    def recordings_of(self, vendor_id: str) -> Iterable[RecordingNews]:
        """See ``ivr.phone.Phone.recordings_of``; those that a test has put into ``recordings``."""
        if vendor_id not in self.calls:
            raise PhoneTrouble("The carrier knows no such call.", retry=False, code="20404")
        return [one for one in self.recordings if one.call_vendor_id == vendor_id]

    def hang_up(self, vendor_id: str) -> None:
        """See ``ivr.phone.Phone.hang_up``."""
        call = self.calls.get(vendor_id)
        if call is None:
            raise PhoneTrouble("The carrier knows no such call.", retry=False, code="20404")
        if call.status not in ENDED:
            self.end(vendor_id)

    def _ring(self, dial: Dial) -> str:
        vendor_id = f"CA{next(self._ids):032x}"
        self.calls[vendor_id] = PlacedCall(vendor_id, dial.to, "queued", self._now())
        return vendor_id
