"""Where the media of a recording lies. It must not fetch it, and must not believe the address in a
callback: that one names the vendor's own host, whatever host we are connected to."""

from urllib.parse import quote

API_URL = "https://api.twilio.com"


def recording_url(base_url: str | None, account_sid: str, recording_sid: str) -> str:
    """The WAV of a recording, 8 kHz PCM with both channels, under the configured base.

    Fetch it with the account's id and token (HTTP Basic), always: whether the vendor asks for them
    is a setting of the account. 404 until the recording callback said ``completed``.
    """
    base = (base_url or API_URL).rstrip("/")
    account, recording = quote(account_sid, safe=""), quote(recording_sid, safe="")
    path = f"/2010-04-01/Accounts/{account}/Recordings/{recording}.wav"
    return f"{base}{path}?RequestedChannels=2"
