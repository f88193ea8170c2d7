"""What every use case needs at hand. Made once by the composition root and passed in."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ivr.phone import Phone
from recordings.media import Media
from recordings.silero import Silero
from recordings.speech import Speech
from recordings.storage import Storage
from recordings.voice import Detector
from scripts.model import Script
from scripts.rulebooks import Rulebook
from store.database import Database

Clock = Callable[[], datetime]
Fetch = Callable[[str], Media]  # the carrier's id of a recording -> one attempt to fetch it


@dataclass(frozen=True)
class Line:
    """The line from a policy list to problem cases, with its tools.

    ``phone`` and ``fetch`` are None where no carrier is configured, ``speech`` is None where no
    recogniser is: then calls, or transcripts, wait, and everything else goes on.
    """

    database: Database
    clock: Clock
    script: Script
    script_text: str  # the file that the script was read from, kept with every call
    rulebook: Rulebook
    company: str
    company_phone: str
    storage: Storage
    phone: Phone | None = None
    fetch: Fetch | None = None
    detector: Detector = field(default_factory=Silero)
    speech: Speech | None = None
    speech_why: str = ""  # which recogniser was chosen, and why
    worker: str = "worker"  # this process's name on its leases
    hands_over: bool = False  # a person can be reached to take over calls
    lease_s: int = 120

    @property
    def script_hash(self) -> str:
        """Names the version of the script: the sha256 of its text."""
        return hashlib.sha256(self.script_text.encode()).hexdigest()
