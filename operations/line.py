"""What every use case needs at hand. Made once by the composition root and passed in."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

from cases import emergencies, lessons
from cases.complaint_terms import Terms, standard
from cases.emergencies import Emergencies
from cases.lessons import Lessons
from ivr.phone import Phone
from operations.rules import scheduling_rules
from recordings.media import Media
from recordings.silero import Silero
from recordings.speech import Speech
from recordings.storage import Storage
from recordings.voice import Detector
from scheduler.duty import Observer
from scheduler.order import Order
from scheduler.pacing import Limits
from scheduler.rules import Rules
from scheduler.workdays import NO_DAYS, OwnDays
from scripts import guide, scorecards
from scripts.guide import Guide
from scripts.rulebooks import Rulebook
from scripts.written import Written
from store.columns import LOCAL
from store.database import Database

Clock = Callable[[], datetime]
Fetch = Callable[[str], Media]  # the carrier's id of a recording -> one attempt to fetch it
Send = Callable[[str, str], None]  # subject and text of a mail; raises MailTrouble


class MailTrouble(Exception):  # noqa: N818 - trouble of a mail server, not an error of ours
    """A mail was not taken. ``perhaps_sent``: it broke off when it may have been."""

    perhaps_sent = False


@dataclass(frozen=True)
class Line:
    """The line from a policy list to problem cases, with its tools.

    ``script_id`` or ``script_file`` is the script of every first revisit, by its id or from a
    file; while both are None the rulebook chooses. ``phone`` and ``fetch`` are None where no
    carrier is configured, ``speech`` is None where no recogniser is: then calls, or transcripts,
    wait, and everything else goes on.
    """

    database: Database
    clock: Clock
    rulebook: Rulebook
    company: str
    company_phone: str
    storage: Storage
    script_id: str | None = None
    script_file: Written | None = None
    phone: Phone | None = None
    fetch: Fetch | None = None
    detector: Detector = field(default_factory=Silero)
    speech: Speech | None = None
    speech_why: str = ""  # which recogniser was chosen, and why
    worker: str = "worker"  # this process's name on its leases
    hands_over: bool = False  # a person can be reached to take over calls
    lease_s: int = 120
    limits: Limits = field(default_factory=Limits)  # calls a second, at once, a branch, an agent
    wall: Clock = field(default=lambda: datetime.now(LOCAL))
    steady: Callable[[], float] = time.monotonic  # seconds that no setting of a clock changes
    orders: Observer[int] = field(default_factory=Observer)  # what was seen of others' leases
    own_days: OwnDays = NO_DAYS  # the insurer's own working days and calling hours
    order: Order = Order.SLOTS
    scorecard: Mapping[str, Any] = field(default_factory=scorecards.plain)  # what reviewers mark
    guide: Guide = field(default_factory=guide.load)  # what helps with angry customers
    lessons: Lessons = field(default_factory=lessons.load)  # who answers, and what a cluster is
    complaints: Terms = field(default_factory=standard)  # words and limits of complaints
    emergencies: Emergencies = field(default_factory=emergencies.usual)
    mail: Send | None = None  # none: nobody is told by mail
    console_url: str | None = None  # where those who get mails open the console

    @cached_property
    def rules(self) -> Rules:
        """What the scheduler follows."""
        return scheduling_rules(self.rulebook, self.own_days)

    @cached_property
    def rules_mark(self) -> str:
        """The same for the same rules: decisions that others made are made anew."""
        book = self.rulebook
        said = repr((book.id, book.version, self.rules, book.risk, book.processing_order))
        return blake2b(said.encode(), digest_size=8).hexdigest()
