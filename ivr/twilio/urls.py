"""The addresses that the carrier calls back, for one call. They must fit the routes of the web
room and the exchange: change all three together."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}")


def checked_public_url(public_url: str) -> str:
    """The address under which the carrier reaches us, without a slash at its end.

    Raises ValueError when the carrier would refuse it: it wants http or https, and a host without
    underscores; we append paths and queries of our own.
    """
    parts = urlsplit(public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"The public address {public_url!r} must begin with http:// or https://.")
    if "_" in parts.hostname:
        raise ValueError(f"The host of {public_url!r} has an underscore; the carrier refuses it.")
    if parts.query or parts.fragment or parts.username:
        raise ValueError(f"The public address {public_url!r} may have nothing after its path.")
    return public_url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Urls:
    """``public_url`` as the carrier sees us, ``token`` of the one call.

    Raises ValueError for an address that the carrier refuses or a token that a URL cannot hold.
    """

    public_url: str
    token: str

    def __post_init__(self) -> None:
        """Refuse what would only fail later, on the carrier's side."""
        object.__setattr__(self, "public_url", checked_public_url(self.public_url))
        if not _TOKEN.fullmatch(self.token):
            raise ValueError("A call's token may hold letters, digits, _ and - only (at most 128).")

    @property
    def start(self) -> str:
        """Asked for the first TwiML when somebody picks up."""
        return self._of("start")

    @property
    def status(self) -> str:
        """Told how the call gets on."""
        return self._of("status")

    @property
    def recording(self) -> str:
        """Told that the recording is ready, or will never be."""
        return self._of("recording")

    @property
    def transferred(self) -> str:
        """Told how the call to a person ended."""
        return self._of("transferred")

    @property
    def bridge(self) -> str:
        """Asked for the customer's number when an agent's own phone was answered."""
        return self._of("bridge")

    @property
    def bridged(self) -> str:
        """Told how the customer's telephone was reached."""
        return self._of("bridged")

    @property
    def bridge_status(self) -> str:
        """Told how the call to the agent's own phone gets on."""
        return self._of("bridge-status")

    def answer(self, turn: int, question: str | None = None) -> str:
        """Told what was said to ``question`` (None: nothing was asked, we only listened)."""
        query = {"question": question} if question else {}
        return self._of("answer") + "?" + urlencode({**query, "turn": turn})

    def _of(self, what: str) -> str:
        return f"{self.public_url}/phone/{self.token}/{what}"
