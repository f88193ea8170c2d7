"""Twilio as a Phone: places calls with the official client, lists them, ends them. It must not
retry, and lets no secret or phone number into a message, a repr or a log."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

from httpx import HTTPError
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from ivr.numbers import is_e164
from ivr.phone import CallNews, Dial, PhoneTrouble, PlacedCall, RecordingNews
from ivr.twilio.errors import ALREADY_ENDED, CODES, UNKNOWN_CALL, trouble_of
from ivr.twilio.http import OneAttempt
from ivr.twilio.media import API_URL, recording_url
from ivr.twilio.news import call_news, recording_news
from ivr.twilio.urls import Urls, checked_public_url
from ivr.twilio.webhooks import RecordingHook, StatusHook

T = TypeVar("T")

#: The vendor's times have whole seconds, and its clock is not ours.
CLOCK_TOLERANCE = timedelta(seconds=5)
#: Calls to one number that are looked at; the vendor's largest page is 1000.
LISTED = 200


@dataclass(frozen=True, slots=True)
class Detection:
    """How hard the carrier tries to tell a person from a machine before we may speak.

    The vendor's own thresholds, but not its 30 s: whoever picked up hears nothing meanwhile.
    """

    timeout_s: int = 10
    speech_ms: int = 2400  # longer than this without a pause is a machine
    speech_end_ms: int = 1200
    silence_ms: int = 5000


class TwilioPhone:
    """The carrier Twilio, or a gateway that speaks its API at ``base_url``.

    ``caller`` is our own number in E.164, ``public_url`` the address at which the carrier reaches
    our webhooks. Another region or edge is another ``base_url``. ``timeout_s`` holds for each step
    of a request (connecting, sending, waiting). Raises ValueError for settings that cannot work.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        caller: str,
        public_url: str,
        *,
        base_url: str | None = None,
        timeout_s: float = 10.0,
        detection: Detection | None = None,
    ) -> None:
        if not account_sid or not auth_token:
            raise ValueError("The carrier's account id and its token must both be set.")
        if not is_e164(caller):
            raise ValueError("The calling number must look like +861012345678.")
        self._public_url = checked_public_url(public_url)
        self._base_url = _checked_base_url(base_url or API_URL)
        self._account_sid = account_sid
        self._caller = caller
        self._detection = detection or Detection()
        self._http = OneAttempt(self._base_url, timeout_s)
        self._client = Client(
            account_sid,
            auth_token,
            http_client=self._http,
            # Not empty, or the client would read the environment (region, edge) behind our back.
            environment={"TWILIO_REGION": "", "TWILIO_EDGE": ""},
        )
        self._client.api.base_url = self._base_url

    def __repr__(self) -> str:
        """Names the carrier and nothing that is secret or somebody's number."""
        return f"TwilioPhone({urlsplit(self._base_url).netloc})"

    def place(self, dial: Dial) -> str:
        """See ``ivr.phone.Phone.place``. The call is recorded from the first second, both sides."""
        if not is_e164(dial.to):
            raise PhoneTrouble(CODES[21211].sentence, retry=False, code="21211")
        order = self._order(dial)
        return self._ask(lambda: _sid(self._client.calls.create(**order)), placing=True)

    def placed_to(self, to: str, since: datetime) -> Iterable[PlacedCall]:
        """See ``ivr.phone.Phone.placed_to``.

        Asked for by number alone: the vendor's filter by start would hide the calls that are still
        queued, and one overlooked call is a person called twice.
        """
        found = self._ask(
            lambda: [_listed(call) for call in self._client.calls.list(to=to, limit=LISTED)]
        )
        earliest = since - CLOCK_TOLERANCE
        recent = [call for call in found if call.created_at is None or call.created_at >= earliest]
        return sorted(recent, key=lambda call: call.created_at or since, reverse=True)

    def news_of(self, vendor_id: str) -> CallNews | None:
        """See ``ivr.phone.Phone.news_of``."""
        try:
            call = self._ask(lambda: self._client.calls(vendor_id).fetch())
        except PhoneTrouble as trouble:
            if trouble.code == UNKNOWN_CALL:
                return None
            raise
        duration = str(call.duration or "")
        return call_news(
            StatusHook(
                call_sid=vendor_id,
                status=str(call.status),
                duration_s=int(duration) if duration.isdecimal() else None,
            )
        )

    def recordings_of(self, vendor_id: str) -> Iterable[RecordingNews]:
        """See ``ivr.phone.Phone.recordings_of``."""
        found = self._ask(lambda: list(self._client.calls(vendor_id).recordings.list(limit=LISTED)))
        hooks = [
            RecordingHook(
                call_sid=vendor_id,
                recording_sid=_sid(one),
                status=str(one.status),
                channels=one.channels if isinstance(one.channels, int) else None,
                started_at=one.start_time if isinstance(one.start_time, datetime) else None,
            )
            for one in found
        ]
        return [news for hook in hooks if (news := recording_news(hook)) is not None]

    def hang_up(self, vendor_id: str) -> None:
        """See ``ivr.phone.Phone.hang_up``. Ends a call that is still ringing, too."""
        try:
            self._ask(lambda: self._client.calls(vendor_id).update(status="completed"))
        except PhoneTrouble as trouble:
            if trouble.code != ALREADY_ENDED:
                raise

    def recording_url(self, recording_sid: str) -> str:
        """Where the media of a recording lies, at the carrier that we are connected to."""
        return recording_url(self._base_url, self._account_sid, recording_sid)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def _order(self, dial: Dial) -> dict[str, object]:
        """The parameters of one call, as the client names them."""
        urls = Urls(self._public_url, dial.token)
        return {
            "to": dial.to,
            "from_": self._caller,
            "url": urls.bridge if dial.bridge else urls.start,
            "method": "POST",
            "timeout": dial.ring_s,
            "status_callback": urls.bridge_status if dial.bridge else urls.status,
            "status_callback_method": "POST",
            "status_callback_event": ["initiated", "ringing", "answered", "completed"],
            **self._recording(urls),
            **({} if dial.bridge else self._machine_detection()),
        }

    def _recording(self, urls: Urls) -> dict[str, object]:
        return {
            "record": True,
            "recording_channels": "dual",
            # By default silence is cut off at the beginning, and every time after it would be off.
            "trim": "do-not-trim",
            "recording_status_callback": urls.recording,
            "recording_status_callback_method": "POST",
            "recording_status_callback_event": ["completed", "absent"],
        }

    def _machine_detection(self) -> dict[str, object]:
        return {
            "machine_detection": "Enable",
            "machine_detection_timeout": self._detection.timeout_s,
            "machine_detection_speech_threshold": self._detection.speech_ms,
            "machine_detection_speech_end_threshold": self._detection.speech_end_ms,
            "machine_detection_silence_timeout": self._detection.silence_ms,
        }

    def _ask(self, request: Callable[[], T], *, placing: bool = False) -> T:
        """Send one request. The fault itself, which quotes numbers, is neither chained nor kept."""
        try:
            return request()
        except (TwilioException, HTTPError, ValueError, TypeError, AttributeError) as fault:
            trouble = trouble_of(fault, placing=placing)
        raise trouble


def _checked_base_url(base_url: str) -> str:
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError("The carrier's address must look like https://api.twilio.com.")
    return base_url.rstrip("/")


def _sid(call: object) -> str:
    """The id of a created call; ValueError if the carrier's answer has none."""
    sid = getattr(call, "sid", None)
    if not isinstance(sid, str) or not sid:
        raise ValueError("an answer without the id of the call")
    return sid


def _listed(call: object) -> PlacedCall:
    created = getattr(call, "date_created", None)
    status, to = getattr(call, "status", None), getattr(call, "to", None)
    when = created if isinstance(created, datetime) else None
    return PlacedCall(_sid(call), str(to), str(status), when)
