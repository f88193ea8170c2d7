"""The carrier's callbacks as news in our own words, for rooms that know no carrier. Pure."""

from ivr.phone import CallNews, RecordingNews
from ivr.twilio.statuses import outcome_of
from ivr.twilio.webhooks import RecordingHook, StatusHook

_ANSWERED = frozenset({"in-progress", "completed"})
#: Recordings that are still being made, or that nobody waits for the end of.
_UNFINISHED = frozenset({"in-progress", "processing", "paused"})


def call_news(hook: StatusHook) -> CallNews:
    """How a call gets on. Answered and ended without more is HUNG_UP: the conversation knows more.

    The key is the vendor's own: its sequence number, or the status of a gateway that counts none.
    """
    number = hook.status if hook.sequence is None else hook.sequence
    return CallNews(
        vendor_id=hook.call_sid,
        word=hook.status,
        key=f"{hook.call_sid}/{number}",
        answered=hook.status in _ANSWERED,
        rings=hook.status == "ringing",
        outcome=outcome_of(hook.status, hook.sip_code),
        duration_s=hook.duration_s,
    )


def recording_news(hook: RecordingHook) -> RecordingNews | None:
    """Whether a recording can be fetched; None while that is not decided."""
    if hook.status in _UNFINISHED:
        return None
    return RecordingNews(
        call_vendor_id=hook.call_sid,
        vendor_id=hook.recording_sid,
        ready=hook.status == "completed",
        started_at=hook.started_at,
        channels=hook.channels,
    )
