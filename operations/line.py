"""What every use case needs at hand. Made once by the composition root and passed in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ivr.phone import Phone
from recordings.media import MediaSource
from recordings.speech import Speech
from recordings.storage import Storage
from scripts.model import Script
from scripts.rulebooks import Rulebook
from store.database import Database

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Line:
    """The line from a policy list to problem cases, with its tools.

    ``phone`` and ``media`` are None where no carrier is configured, ``speech`` is None where no
    recogniser is: then calls, or transcripts, wait, and everything else goes on.
    """

    database: Database
    clock: Clock
    script: Script
    rulebook: Rulebook
    company: str
    company_phone: str
    storage: Storage
    phone: Phone | None = None
    media: MediaSource | None = None
    speech: Speech | None = None
    speech_why: str = ""  # which recogniser was chosen, and why
    worker: str = "worker"  # this process's name on its leases
    transfer_to: str | None = None  # E.164 of the people who take over calls
    lease_s: int = field(default=120)
