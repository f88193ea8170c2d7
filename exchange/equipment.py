"""What every call of one exchange works with, handed over as one value."""

import threading
from dataclasses import dataclass

from exchange.book import Book
from exchange.cast import Cast
from exchange.clock import Clock
from exchange.courier import Courier
from exchange.faults import Faults
from exchange.voices.choice import Voices
from exchange.webhook import Webhooks


@dataclass(frozen=True, slots=True)
class Equipment:
    """The parts of an exchange. ``callee_channel`` is 0 or 1: which channel of a recording is
    the callee's. ``api`` is the address that the application is told for media."""

    account_sid: str
    auth_token: str
    cast: Cast
    clock: Clock
    book: Book
    voices: Voices
    webhooks: Webhooks
    courier: Courier
    faults: Faults
    closing: threading.Event
    callee_channel: int
    api: str
