"""The open line of one answered call: what is said on it, when, and what the exchange notes."""

from datetime import datetime, timedelta

from exchange.calls import Call, Notification, Spoken
from exchange.equipment import Equipment
from exchange.line import Line, Side
from exchange.party import Party
from exchange.timeline import Timeline
from exchange.voices.band import Sound


class Leg:
    """A call from its answer to its end. ``t`` and all floats are seconds since the answer."""

    def __init__(
        self, equipment: Equipment, call_sid: str, timeline: Timeline, party: Party
    ) -> None:
        self.equipment = equipment
        self.timeline = timeline
        self.party = party
        self.line = Line()
        self.answered: datetime = timeline.now
        self._sid = call_sid

    @property
    def call(self) -> Call:
        """The call as it stands."""
        call = self.equipment.book.call(self._sid)
        assert call is not None
        return call

    @property
    def t(self) -> float:
        """Seconds since the answer."""
        return (self.timeline.now - self.answered).total_seconds()

    def until(self, t: float) -> None:
        """Let the call live on to this second. Raises Over or Closing."""
        self.timeline.until(self.answered + timedelta(seconds=t))

    def ends(self, t: float) -> None:
        """The far end hangs up at this second."""
        self.timeline.ends(self.answered + timedelta(seconds=t))

    def lay(self, side: Side, at: float, sound: Sound, text: str = "") -> float:
        """Put a sound on the line and its words on record; returns when it ends."""
        if text:
            said = (*self.call.said, Spoken(round(at, 6), side, text))
            self.equipment.book.change(self._sid, said=said)
        return self.line.lay(side, at, sound)

    def note(self, code: int, message: str, url: str = "") -> None:
        """Note a fault of the application, as the vendor's debugger would."""
        notes = (*self.call.notifications, Notification(code, message, url))
        self.equipment.book.change(self._sid, notifications=notes)
