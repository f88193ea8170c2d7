"""Executes the application's TwiML on one answered call, with the callee on the other end."""

import random
from collections.abc import Mapping

from exchange import gather, tones, twiml
from exchange.calls import Hook, sid
from exchange.cast import Answer, PickUp, national
from exchange.documents import Document, Documents
from exchange.leg import Leg
from exchange.line import Side
from exchange.party import rings_for
from exchange.prompts import Prompts
from exchange.recorder import SHORTEST_S, Recorder
from exchange.timeline import Over
from exchange.voices.choice import CARRIER

#: What the vendor says before it hangs up on a faulty application.
APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."
#: What an agent says who takes a transferred call, and how long the two then talk.
_AGENT_SAYS, _AGENT_TALKS_S = "您好，人工坐席为您服务。", 8.0
_NO_INPUT = {"msg": "Gather End"}


class Talk:
    """One call's conversation. ``run`` returns when the application has nothing more to say."""

    def __init__(self, leg: Leg, recorder: Recorder) -> None:
        self._leg = leg
        self._documents = Documents(leg)
        self._prompts = Prompts(leg)
        self._recorder = recorder
        self._records = 0

    def run(self) -> None:
        """Execute document after document. Raises Over or Closing when the call ends before."""
        try:
            document: Document | None = self._documents.first()
            while document is not None:
                document = self._execute(document)
        except twiml.TwimlError:
            self._prompts.speak(APPLICATION_ERROR)

    def _execute(self, document: Document) -> Document | None:
        for verb in document.verbs:
            following = self._verb(verb, document)
            if following is not None:
                return following
        return None

    def _verb(self, verb: twiml.Verb, document: Document) -> Document | None:
        match verb:
            case twiml.Say() | twiml.Play() | twiml.Pause():
                self._prompts.perform(verb, document)
            case twiml.Gather():
                return self._gather(verb, document)
            case twiml.Record():
                return self._record(verb, document)
            case twiml.Dial():
                return self._dial(verb, document)
            case twiml.Redirect():
                return self._documents.fetch(verb.method, document.resolve(verb.url))
            case twiml.Hangup():
                raise Over
        return None

    def _gather(self, verb: twiml.Gather, document: Document) -> Document | None:
        begun = self._leg.t
        asked = self._prompts.lay(verb.prompts, document)
        given = self._given(verb, document.resolve(verb.action), asked.seconds, asked.text)
        plan = gather.plan(verb, asked.seconds, given)
        if plan.prompt_stops < asked.seconds:
            self._leg.line.cut(Side.OURS, begun + plan.prompt_stops)
        self._leg.until(begun + plan.ends)
        if plan.empty and not verb.on_empty:
            return None
        return self._documents.fetch(
            verb.method, document.resolve(verb.action), self._result(verb, plan)
        )

    def _given(
        self, verb: twiml.Gather, action: str, prompt_s: float, prompt: str
    ) -> gather.Speech | gather.Keys | None:
        """What the far end does, laid on the line; seconds since the Gather began."""
        begun = self._leg.t
        if self._leg.party.is_machine:
            heard = self._leg.party.overheard(begun + (0.0 if verb.barge_in else prompt_s))
            if heard is None:
                return None
            return gather.Speech(heard.at - begun, heard.end - begun, heard.text)
        answer = self._leg.party.asked(action, prompt)
        starts = _starts(answer, prompt_s)
        if answer.hang_up and not answer.says and not answer.keys:
            self._leg.ends(begun + starts)
            return None
        if not answer.says and not answer.keys:
            return None
        return self._answered(answer, begun, starts)

    def _answered(self, answer: Answer, begun: float, starts: float) -> gather.Speech | gather.Keys:
        sound = self._leg.party.sound(answer)
        ends = self._leg.lay(Side.CALLEE, begun + starts, sound, answer.says or answer.keys)
        if answer.hang_up:
            self._leg.ends(ends + 0.2)
        if answer.keys:
            return gather.Keys(starts, answer.keys)
        return gather.Speech(starts, ends - begun, answer.heard or answer.says)

    def _result(self, verb: twiml.Gather, plan: gather.Plan) -> Mapping[str, str]:
        if plan.words:
            sure = 0.80 + 0.17 * random.Random(f"{plan.words}:{plan.ends:.3f}").random()
            return {"SpeechResult": plan.words, "Confidence": f"{sure:.8f}"}
        if plan.empty:
            return {**_NO_INPUT, **({"Digits": ""} if verb.keys else {})}
        ended = {"FinishedOnKey": plan.finished_on} if plan.finished_on else {}
        return {"Digits": plan.digits, "msg": "Gather End", **ended}

    def _record(self, verb: twiml.Record, document: Document) -> Document | None:
        if verb.beep:
            self._leg.until(self._leg.lay(Side.OURS, self._leg.t, tones.beep()))
        begun = self._leg.t
        action = document.resolve(verb.action)
        given = self._given(twiml.Gather(), action, 0.0, self._prompts.last)
        seconds, pressed = _recorded(verb, given)
        try:
            self._leg.until(begun + seconds)
        except Over:
            self._keep(verb, document, begun)
            raise
        if not isinstance(given, gather.Speech) or seconds < SHORTEST_S:
            return None  # an empty recording calls no action
        parameters = {**self._keep(verb, document, begun), "Digits": pressed}
        return self._documents.fetch(verb.method, action, parameters)

    def _keep(self, verb: twiml.Record, document: Document, begun: float) -> dict[str, str]:
        seconds = self._leg.t - begun
        if seconds < SHORTEST_S:
            return {}
        recording = self._recorder.of_verb(self._leg.call, self._records, begun, self._leg.t)
        self._records += 1
        hook = Hook(document.resolve(verb.callback)) if verb.callback else Hook()
        self._recorder.tell(hook, recording, "completed")
        return {
            "RecordingSid": recording.sid,
            "RecordingUrl": self._recorder.url(recording),
            "RecordingDuration": str(round(recording.seconds)),
        }

    def _dial(self, verb: twiml.Dial, document: Document) -> Document | None:
        status, talked = self._connect(verb)
        if not verb.action:
            return None
        parameters = {
            "DialCallStatus": status,
            "DialCallSid": sid("CA", self._leg.call.sid, "dial", self._leg.t),
            "DialCallDuration": str(round(talked)),
        }
        return self._documents.fetch(verb.method, document.resolve(verb.action), parameters)

    def _connect(self, verb: twiml.Dial) -> tuple[str, float]:
        """Ring the agent. Somebody who is not in the cast picks up and helps."""
        agent = self._leg.equipment.cast.callees.get(national(verb.number))
        pick_up = agent.ring(0).pick_up if agent else PickUp.YES
        rings = rings_for(verb.number, 0)
        if pick_up in {PickUp.BUSY, PickUp.FAILED}:
            self._leg.timeline.wait(1.0)
            return pick_up.value, 0.0
        missed = pick_up is PickUp.NO_ANSWER or rings > verb.timeout
        waits = verb.timeout if missed else rings
        self._leg.until(self._leg.lay(Side.OURS, self._leg.t, tones.ringing(waits)))
        if missed:
            return PickUp.NO_ANSWER.value, 0.0
        voice = self._leg.equipment.voices.say(_AGENT_SAYS, CARRIER)
        self._leg.lay(Side.OURS, self._leg.t + 0.3, voice, _AGENT_SAYS)
        talked = min(_AGENT_TALKS_S, verb.time_limit)
        self._leg.timeline.wait(talked)
        return "completed", talked


def _starts(answer: Answer, prompt_s: float) -> float:
    """When a callee begins: after the prompt, or into it when he barges in."""
    if not answer.barge_in:
        return prompt_s + answer.after
    return answer.after if answer.after < prompt_s else prompt_s / 2


def _recorded(verb: twiml.Record, given: gather.Speech | gather.Keys | None) -> tuple[float, str]:
    """How long a Record verb records, and the key that ended it."""
    if isinstance(given, gather.Keys):
        key = given.keys[0]
        if key in verb.finish_keys and given.start < verb.timeout:
            return min(given.start, verb.longest), key
        return min(verb.timeout, verb.longest), ""
    if given is None or given.start > verb.timeout:
        return min(verb.timeout, verb.longest), ""
    return min(given.end + verb.timeout, verb.longest), ""
