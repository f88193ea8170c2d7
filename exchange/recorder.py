"""Makes the recordings of a call out of its line, and tells the application of them."""

from datetime import datetime, timedelta
from typing import Final

from exchange.calls import API_VERSION, Call, Hook, Recording, sid
from exchange.equipment import Equipment
from exchange.journal import Letter
from exchange.leg import Leg
from exchange.line import Side
from exchange.resources import rfc2822

#: How long the vendor takes before the media of a recording can be had.
_PROCESSING: Final = timedelta(seconds=1.5)
#: Shorter than this is no recording at all, in seconds.
SHORTEST_S: Final = 0.5


class Recorder:
    """The recordings of one call, which was answered at ``call.answered``."""

    def __init__(self, equipment: Equipment, leg: Leg) -> None:
        self._works = equipment
        self._line = leg.line
        self._noisy = leg.party.noisy

    def whole_call(self, call: Call, answered: datetime, ended: datetime) -> Recording | None:
        """The recording that was ordered with the call; None when there was nothing to record."""
        seconds = (ended - answered).total_seconds()
        recording = Recording(
            sid=sid("RE", call.sid, "call"),
            call_sid=call.sid,
            started=answered,
            ready=ended + _PROCESSING,
            seconds=seconds,
            channels=call.order.channels,
        )
        kept = seconds >= SHORTEST_S
        if kept:
            self._keep(recording, 0.0)
        self.tell(call.order.recording, recording, "completed" if kept else "absent")
        return recording if kept else None

    def of_verb(self, call: Call, number: int, since: float, until: float) -> Recording:
        """What a Record verb took; seconds since the answer. The callee's voice alone."""
        answered = call.answered or call.starts
        recording = Recording(
            sid=sid("RE", call.sid, "verb", number),
            call_sid=call.sid,
            started=answered + timedelta(seconds=since),
            ready=answered + timedelta(seconds=until) + _PROCESSING,
            seconds=until - since,
            channels=1,
            source="RecordVerb",
        )
        self._keep(recording, since)
        return recording

    def begun(self, call: Call, answered: datetime) -> None:
        """Tell that recording has begun, to those who asked for it."""
        recording = Recording(
            sid("RE", call.sid, "call"), call.sid, answered, answered, 0, call.order.channels
        )
        self.tell(call.order.recording, recording, "in-progress")

    def tell(self, hook: Hook, recording: Recording, status: str) -> None:
        """Send the callback, if it is one that the application wants."""
        if not hook.url or status not in (hook.events or ("completed",)):
            return
        key = f"recording:{recording.sid}:{status}"
        due = recording.started if status == "in-progress" else recording.ready
        letter = Letter(key, hook.url, hook.method, self._parameters(recording, status), due)
        self._works.courier.post(recording.call_sid, letter)

    def url(self, recording: Recording) -> str:
        """Where the application is told that the media is."""
        account = self._works.account_sid
        return f"{self._works.api}/{API_VERSION}/Accounts/{account}/Recordings/{recording.sid}"

    def _keep(self, recording: Recording, since: float) -> None:
        if self._works.book.recording(recording.sid):
            return  # an earlier run of this call made it
        seed = int(recording.sid[2:8], 16)
        callee = self._line.channel(
            Side.CALLEE, recording.seconds, since=since, noisy=self._noisy, seed=seed
        )
        if recording.source == "RecordVerb":
            self._works.book.add_recording(recording, [callee])
            return
        ours = self._line.channel(Side.OURS, recording.seconds, seed=seed + 1)
        both = [callee, ours] if self._works.callee_channel == 0 else [ours, callee]
        if recording.channels == 1:
            both = [callee // 2 + ours // 2]
        self._works.book.add_recording(recording, both)

    def _parameters(self, recording: Recording, status: str) -> dict[str, str]:
        return {
            "AccountSid": self._works.account_sid,
            "CallSid": recording.call_sid,
            "RecordingSid": recording.sid,
            "RecordingUrl": self.url(recording),
            "RecordingStatus": status,
            "RecordingDuration": str(round(recording.seconds)),
            "RecordingChannels": str(recording.channels),
            "RecordingSource": recording.source,
            "RecordingStartTime": rfc2822(recording.started),
            "RecordingTrack": "both",
            "ErrorCode": "0",
        }
