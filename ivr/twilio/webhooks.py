"""The carrier's webhooks as typed values. It must be given fields whose signature was checked, and
decides nothing: wrong fields are a BadHook, not a crash."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ivr.twilio.statuses import Answerer, answerer

_ID = re.compile(r"[A-Za-z0-9:._-]{1,64}")
_WORD = re.compile(r"[a-z-]{1,32}")
_QUESTION = re.compile(r"[A-Z][A-Z_]{0,31}(\.[A-Za-z0-9_-]{1,31})?")
_COUNT = re.compile(r"[0-9]{1,9}")
_KEYS = re.compile(r"[0-9A-D*#]{1,32}")
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_MOST_SPEECH = 10_000  # characters; nobody says more to one question

_COMPLETED = frozenset({"completed", "answered"})


class BadHook(ValueError):  # noqa: N818 - a bad hook is a hook
    """A webhook with a missing or impossible field. The message names it and never quotes it."""


@dataclass(frozen=True, slots=True)
class StartHook:
    """Somebody or something picked up and waits for the first words."""

    call_sid: str
    answered_by: Answerer

    @property
    def machine(self) -> bool:
        """Surely no person: speak to nobody, but listen to what it announces."""
        return self.answered_by in (Answerer.MACHINE, Answerer.FAX)


@dataclass(frozen=True, slots=True)
class AnswerHook:
    """What came back from a Gather. Neither ``speech`` nor ``digits``: silence.

    ``question`` is empty after mere listening. ``confidence`` is 0 to 1, if the vendor gave one.
    """

    call_sid: str
    question: str
    turn: int
    speech: str | None = None
    confidence: float | None = None
    digits: str | None = None


@dataclass(frozen=True, slots=True)
class StatusHook:
    """How the call gets on. May come twice and out of order: ``sequence`` counts from 0."""

    call_sid: str
    status: str  # the vendor's word
    sequence: int | None = None
    timestamp: datetime | None = None  # aware
    duration_s: int | None = None
    sip_code: int | None = None


@dataclass(frozen=True, slots=True)
class RecordingHook:
    """A recording is ready (``completed``) or will never be (``absent``)."""

    call_sid: str
    recording_sid: str | None
    status: str
    duration_s: int | None = None
    channels: int | None = None
    started_at: datetime | None = None  # aware


@dataclass(frozen=True, slots=True)
class TransferHook:
    """How the call to a person ended; ``answered`` if the customer spoke to somebody."""

    call_sid: str
    status: str  # the vendor's word for the second call
    duration_s: int | None = None

    @property
    def answered(self) -> bool:
        """Did the person pick up?"""
        return self.status in _COMPLETED


def start_hook(form: Mapping[str, str]) -> StartHook:
    """Read the request for the first TwiML. Raises BadHook."""
    return StartHook(_need(form, "CallSid", _ID), answerer(_find(form, "AnsweredBy")))


def answer_hook(form: Mapping[str, str], query: Mapping[str, str]) -> AnswerHook:
    """Read a Gather's result; question and turn stand in the query of its URL. Raises BadHook."""
    return AnswerHook(
        call_sid=_need(form, "CallSid", _ID),
        question=_match(query, "question", _QUESTION) or "",
        turn=int(_need(query, "turn", _COUNT)),
        speech=_speech(form),
        confidence=_confidence(form),
        digits=_match(form, "Digits", _KEYS),
    )


def status_hook(form: Mapping[str, str]) -> StatusHook:
    """Read a status callback. Raises BadHook."""
    return StatusHook(
        call_sid=_need(form, "CallSid", _ID),
        status=_need(form, "CallStatus", _WORD),
        sequence=_count(form, "SequenceNumber"),
        timestamp=_time(form, "Timestamp"),
        duration_s=_count(form, "CallDuration"),
        sip_code=_count(form, "SipResponseCode"),
    )


def recording_hook(form: Mapping[str, str]) -> RecordingHook:
    """Read a recording callback; its RecordingUrl is left unread on purpose. Raises BadHook."""
    status = _need(form, "RecordingStatus", _WORD)
    read = _need if status == "completed" else _match
    return RecordingHook(
        call_sid=_need(form, "CallSid", _ID),
        recording_sid=read(form, "RecordingSid", _ID),
        status=status,
        duration_s=_count(form, "RecordingDuration"),
        channels=_count(form, "RecordingChannels"),
        started_at=_time(form, "RecordingStartTime"),
    )


def transfer_hook(form: Mapping[str, str]) -> TransferHook:
    """Read the result of a Dial. Raises BadHook."""
    return TransferHook(
        call_sid=_need(form, "CallSid", _ID),
        status=_need(form, "DialCallStatus", _WORD),
        duration_s=_count(form, "DialCallDuration"),
    )


def _find(fields: Mapping[str, str], name: str) -> str | None:
    """A field, or None where it is missing or empty (the vendor sends both for "nothing")."""
    return fields.get(name) or None


def _match(fields: Mapping[str, str], name: str, shape: re.Pattern[str]) -> str | None:
    value = _find(fields, name)
    if value is not None and not shape.fullmatch(value):
        raise BadHook(f"The webhook's field {name} does not look as it should.")
    return value


def _need(fields: Mapping[str, str], name: str, shape: re.Pattern[str]) -> str:
    value = _match(fields, name, shape)
    if value is None:
        raise BadHook(f"The webhook's field {name} is missing.")
    return value


def _count(fields: Mapping[str, str], name: str) -> int | None:
    """A number from 0; the vendor's -1 (a length that it does not know) is None."""
    if _find(fields, name) == "-1":
        return None
    value = _match(fields, name, _COUNT)
    return None if value is None else int(value)


def _time(fields: Mapping[str, str], name: str) -> datetime | None:
    """A time of RFC 2822, aware; one without a zone is UTC, as the vendor documents."""
    value = _find(fields, name)
    if value is None:
        return None
    try:
        when = parsedate_to_datetime(value[:64])
    except (ValueError, TypeError, IndexError, OverflowError) as fault:
        raise BadHook(f"The webhook's field {name} is not a time of RFC 2822.") from fault
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _speech(form: Mapping[str, str]) -> str | None:
    """The recogniser's words, without characters that no text and no database may hold."""
    words = _NOT_TEXT.sub(" ", form.get("SpeechResult") or "").strip()
    if len(words) > _MOST_SPEECH:
        raise BadHook(f"The webhook's field SpeechResult is longer than {_MOST_SPEECH} characters.")
    return words or None


def _confidence(form: Mapping[str, str]) -> float | None:
    """0 to 1, else None: an answer is not lost for the number beside it."""
    try:
        value = float(form.get("Confidence") or "")
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None
