"""The port to a telephone carrier. Nothing outside this room knows which carrier rings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scripts.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Dial:
    """One call to place. ``token`` is ours, made before dialling; every webhook URL holds it.
    ``bridge``: ``to`` is an agent's own phone, and whoever answers there is connected with the
    customer; no machine speaks."""

    token: str
    to: str  # E.164
    ring_s: int = 45
    bridge: bool = False


@dataclass(frozen=True, slots=True)
class PlacedCall:
    """A call as the carrier lists it."""

    vendor_id: str
    to: str
    status: str  # the carrier's own word
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallNews:
    """How a call gets on, in our words. ``key`` is the same for the same news sent twice."""

    vendor_id: str
    word: str  # the carrier's own word, kept for the record
    key: str
    answered: bool = False  # the call was picked up
    outcome: Outcome | None = None  # how it ended as far as the carrier can tell; None: it goes on
    duration_s: int | None = None
    rings: bool = False  # somebody's telephone rings


@dataclass(frozen=True, slots=True)
class RecordingNews:
    """A recording is ready to be fetched, or will never be (``ready`` is False)."""

    call_vendor_id: str
    vendor_id: str | None
    ready: bool
    started_at: datetime | None = None
    channels: int | None = None


class PhoneTrouble(Exception):  # noqa: N818 - trouble is the word of the trade, not an error of ours
    """The carrier did not take the order. Nothing rang.

    ``retry`` tells whether the same order may succeed later (too many requests, a fault of the
    carrier), ``code`` is the carrier's number for it.
    """

    def __init__(self, message: str, *, retry: bool, code: str | None = None) -> None:
        super().__init__(message)
        self.retry = retry
        self.code = code


class PhoneUncertain(PhoneTrouble):
    """No answer came in time: the call may have been placed or not. Look before dialling again."""


class Phone(Protocol):
    """What Huifang needs of a carrier."""

    def place(self, dial: Dial) -> str:
        """Ring ``dial.to`` and return the carrier's id. Raises PhoneTrouble or PhoneUncertain."""
        ...

    def placed_to(self, to: str, since: datetime) -> Iterable[PlacedCall]:
        """Calls the carrier knows of to this number since then, newest first (to reconcile)."""
        ...

    def news_of(self, vendor_id: str) -> CallNews | None:
        """How a call stands now; None when the carrier knows no such call. Raises PhoneTrouble."""
        ...

    def recordings_of(self, vendor_id: str) -> Iterable[RecordingNews]:
        """The recordings of a call, those that are ready or will never be. Raises PhoneTrouble."""
        ...

    def hang_up(self, vendor_id: str) -> None:
        """End a running call. Ending an ended call changes nothing."""
        ...
