"""What the exchange knows of a call and of a recording: frozen values that go to JSON and back."""

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from exchange.line import Side

API_VERSION = "2010-04-01"


class Status(StrEnum):
    """The vendor's words for where a call is."""

    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"

    @property
    def final(self) -> bool:
        """Whether nothing comes after it."""
        return self not in (Status.QUEUED, Status.RINGING, Status.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Hook:
    """An address of the application. ``events`` is what it wants to hear."""

    url: str = ""
    method: str = "POST"
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """A call as it was ordered. Times in seconds."""

    to: str
    from_: str
    hook: Hook = Hook()
    twiml: str = ""
    fallback: Hook = Hook()
    status: Hook = Hook()
    record: bool = False
    channels: int = 2
    recording: Hook = Hook()
    machine_detection: str = ""  # "", Enable or DetectMessageEnd
    machine_detection_timeout: int = 30
    timeout: int = 60
    time_limit: int = 14400


@dataclass(frozen=True, slots=True)
class Notification:
    """A fault that the vendor would note in the application's debugger."""

    code: int
    message: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something said on the call; ``at`` is seconds since the answer."""

    at: float
    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it stands. ``attempt`` counts the calls to this number from 0; ``starts`` is
    when its turn comes, ``started`` when it was dialled."""

    sid: str
    order: Order
    attempt: int
    created: datetime
    starts: datetime
    status: Status = Status.QUEUED
    updated: datetime | None = None
    started: datetime | None = None
    answered: datetime | None = None
    ended: datetime | None = None
    answered_by: str = ""
    notifications: tuple[Notification, ...] = ()
    said: tuple[Spoken, ...] = ()

    @property
    def queue_ms(self) -> int:
        """How long the order waited for its turn."""
        return int((self.starts - self.created).total_seconds() * 1000)

    @property
    def seconds(self) -> int:
        """How long the line was open, as the vendor bills it."""
        if self.answered is None or self.ended is None:
            return 0
        return max(1, round((self.ended - self.answered).total_seconds()))


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording. ``ready`` is when its media can be had; ``seconds`` is its length."""

    sid: str
    call_sid: str
    started: datetime
    ready: datetime
    seconds: float
    channels: int
    source: str = "OutboundAPI"


def sid(prefix: str, *of: object) -> str:
    """An id that follows from what it is of, so that a call run again gives the same ones."""
    digest = hashlib.sha256("\t".join(map(str, of)).encode()).hexdigest()
    return prefix + digest[:32]


def to_json(value: Any) -> dict[str, Any]:
    """A call, order or recording as JSON types; times as ISO 8601."""
    plain: dict[str, Any] = dataclasses.asdict(value)
    return {name: _plain(item) for name, item in plain.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def call_from_json(data: Mapping[str, Any]) -> Call:
    """The inverse of ``to_json`` for a call."""
    fields = _with_times(data, "created", "starts", "updated", "started", "answered", "ended")
    fields["order"] = _order(data["order"])
    fields["status"] = Status(data["status"])
    fields["notifications"] = tuple(Notification(**each) for each in data["notifications"])
    fields["said"] = tuple(
        Spoken(each["at"], Side(each["side"]), each["text"]) for each in data["said"]
    )
    return Call(**fields)


def recording_from_json(data: Mapping[str, Any]) -> Recording:
    """The inverse of ``to_json`` for a recording."""
    return Recording(**_with_times(data, "started", "ready"))


def _order(data: Mapping[str, Any]) -> Order:
    hooks = {
        name: Hook(**{**data[name], "events": tuple(data[name]["events"])})
        for name in ("hook", "fallback", "status", "recording")
    }
    return Order(**{**data, **hooks})


def _with_times(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    times = {name: datetime.fromisoformat(data[name]) for name in names if data.get(name)}
    return {**data, **times}
