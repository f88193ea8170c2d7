"""An agent's own phone was answered: the customer is rung and connected with it. No machine speaks,
and the recording that was ordered with the call goes on."""

from twilio.twiml.voice_response import Dial, VoiceResponse

from ivr.twilio.urls import Urls

#: How long the customer's telephone rings.
RING_S = 45


def bridged_to(number: str, urls: Urls, caller: str | None) -> str:
    """TwiML that rings ``number`` and tells us how it was reached. The agent hears it ring."""
    response = VoiceResponse()
    given = {"caller_id": caller} if caller else {}
    dial = Dial(number, action=urls.bridged, method="POST", timeout=RING_S, **given)
    response.append(dial)
    return str(response.to_xml())


def ended() -> str:
    """TwiML after the customer's part has ended: the agent's part ends as well."""
    response = VoiceResponse()
    response.hangup()
    return str(response.to_xml())
