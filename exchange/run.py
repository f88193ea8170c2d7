"""One call from its turn in the queue to its last callback: rings, connects, ends, records."""

import contextlib
import math
from dataclasses import replace
from datetime import timedelta
from typing import Final

from exchange.calls import Call, Status
from exchange.cast import PickUp
from exchange.clock import Bell
from exchange.documents import call_parameters
from exchange.equipment import Equipment
from exchange.journal import Letter
from exchange.leg import Leg
from exchange.line import Side
from exchange.party import Party, rings_for
from exchange.recorder import Recorder
from exchange.resources import rfc2822
from exchange.talk import Talk
from exchange.timeline import Closing, Over, Timeline

#: Seconds from dialling to the first ring, to a busy tone, and to the news of a dead number.
_TO_RING_S: Final = 0.5
_TO_BUSY_S: Final = 1.5
_TO_FAIL_S: Final = 0.7
#: How far a callback that is to come out of order is behind the one that overtakes it.
_BEHIND: Final = timedelta(milliseconds=500)
#: What SIP said, per way that a call ends.
_SIP: Final = {
    Status.COMPLETED: "200",
    Status.BUSY: "486",
    Status.NO_ANSWER: "487",
    Status.CANCELED: "487",
    Status.FAILED: "503",
}


class Run:
    """Lives one call. Running the same call again, after a kill, gives the same events; what was
    answered or delivered before comes from the call's journal."""

    def __init__(self, equipment: Equipment, call: Call, bell: Bell) -> None:
        self._works = equipment
        self._call = call
        self._bell = bell
        self._journal = equipment.book.journal(call.sid)
        self._time = Timeline(equipment.clock, bell, self._journal, call.created, equipment.closing)
        self._callee = equipment.cast.callee(call.order.to)
        self._recorder: Recorder | None = None
        self._events = 0
        self._held: Letter | None = None

    def live(self) -> None:
        """Run the call to its end, or to the closing of the exchange."""
        try:
            self._end(self._lived())
        except Closing:
            return

    def _lived(self) -> Status:
        try:
            self._time.until(self._call.starts)
            self._change(started=self._time.now)
            self._event("initiated", "initiated")
            unanswered = self._ring()
        except Over:
            return Status.CANCELED
        if unanswered is not None:
            return unanswered
        leg = self._answer()
        self._recorder = Recorder(self._works, leg)
        with contextlib.suppress(Over):
            self._converse(leg, self._recorder)
        return Status.COMPLETED

    def _ring(self) -> Status | None:
        """Ring, and say how it ended, or None when somebody picked up."""
        pick_up = self._callee.ring(self._call.attempt).pick_up
        if pick_up is PickUp.FAILED:
            self._time.wait(_TO_FAIL_S)
            return Status.FAILED
        if pick_up is PickUp.BUSY:
            self._time.wait(_TO_BUSY_S)
            return Status.BUSY
        self._time.wait(_TO_RING_S)
        self._change(status=Status.RINGING)
        self._event("ringing", "ringing")
        rings = rings_for(self._callee.number, self._call.attempt)
        if pick_up is PickUp.NO_ANSWER or rings > self._call.order.timeout:
            self._time.wait(self._call.order.timeout)
            return Status.NO_ANSWER
        self._time.wait(rings)
        return None

    def _answer(self) -> Leg:
        order = self._call.order
        self._change(status=Status.IN_PROGRESS, answered=self._time.now)
        self._event("answered", "in-progress")
        party = Party(self._callee, self._call.attempt, self._works.voices)
        leg = Leg(self._works, self._call.sid, self._time, party)
        self._time.ends(self._time.now + timedelta(seconds=order.time_limit))
        if party.leaves is not None:
            leg.ends(party.leaves)
        for one in party.utterances:
            leg.lay(Side.CALLEE, one.at, one.sound, one.text)
        return leg

    def _converse(self, leg: Leg, recorder: Recorder) -> None:
        order = self._call.order
        if order.record:
            recorder.begun(self._call, leg.answered)
        if order.machine_detection:
            found = leg.party.detected(order.machine_detection, order.machine_detection_timeout)
            leg.until(found.at)
            self._change(answered_by=found.answered_by)
        Talk(leg, recorder).run()

    def _end(self, status: Status) -> None:
        call = self._change(status=status, ended=self._time.now)
        recording = None
        if call.order.record and call.answered and self._recorder:
            recording = self._recorder.whole_call(call, call.answered, self._time.now)
        extra: dict[str, str] = {}
        if call.answered:
            minutes = math.ceil(call.seconds / 60)
            extra |= {"CallDuration": str(call.seconds), "Duration": str(minutes)}
        if call.answered_by:
            extra["AnsweredBy"] = call.answered_by
        if recording is not None and self._recorder:
            extra["RecordingSid"] = recording.sid
            extra["RecordingUrl"] = self._recorder.url(recording)
            extra["RecordingDuration"] = str(round(recording.seconds))
        self._event("completed", status.value, {**extra, "SipResponseCode": _SIP[status]})
        self._works.book.close(call.sid)
        if recording is not None:
            # Nobody else may be asleep: on a virtual clock the media would never become ready.
            self._works.clock.sleep_until(recording.ready, self._bell)

    def _change(self, **changes: object) -> Call:
        self._call = self._works.book.change(self._call.sid, **changes, updated=self._time.now)
        return self._call

    def _event(self, event: str, status: str, extra: dict[str, str] | None = None) -> None:
        hook = self._call.order.status
        if not hook.url or event not in (hook.events or ("completed",)):
            return
        number, self._events = self._events, self._events + 1
        parameters = {
            **call_parameters(self._works.account_sid, self._call),
            **(extra or {}),
            "CallStatus": status,
            "Timestamp": rfc2822(self._time.now),
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(number),
        }
        letter = Letter(f"status:{number}", hook.url, hook.method, parameters, self._time.now)
        self._post(letter, last=event == "completed")

    def _post(self, letter: Letter, *, last: bool) -> None:
        """Send a callback; one that is to come out of order waits for the next to go first."""
        faults, order = self._works.faults, self._call.order
        held, self._held = self._held, None
        swapped = faults.falls(
            faults.reordered_callbacks, "swap", order.to, self._call.attempt, letter.key
        )
        if swapped and not last and held is None:
            self._held = letter
            return
        self._works.courier.post(self._call.sid, letter)
        if held is not None:
            behind = replace(held, due=letter.due + _BEHIND)
            self._works.courier.post(self._call.sid, behind)
