"""Callbacks in our own words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ivr.phone import CallNews, RecordingNews
from ivr.twilio.news import call_news, recording_news
from ivr.twilio.webhooks import RecordingHook, StatusHook
from scripts.outcomes import Outcome

WHEN = datetime(2026, 11, 21, 2, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "sip_code", "answered", "outcome"),
    [
        ("ringing", None, False, None),
        ("in-progress", None, True, None),
        ("completed", 200, True, Outcome.HUNG_UP),
        ("busy", 486, False, Outcome.BUSY),
        ("failed", 404, False, Outcome.EMPTY_NUMBER),
        ("teleported", None, False, None),
    ],
)
def test_how_a_call_gets_on(status, sip_code, answered, outcome):
    hook = StatusHook("CA7", status, 2, WHEN, 61, sip_code)
    rings = status == "ringing"
    assert call_news(hook) == CallNews("CA7", status, "CA7/2", answered, outcome, 61, rings)


def test_the_same_news_twice_has_the_same_key_and_other_news_another():
    ringing, answered = StatusHook("CA7", "ringing", 1, WHEN), StatusHook("CA7", "in-progress", 2)
    later = replace(ringing, timestamp=None)
    assert call_news(ringing).key == call_news(later).key != call_news(answered).key
    assert call_news(ringing).key != call_news(replace(ringing, call_sid="CA8")).key
    uncounted = [call_news(replace(hook, sequence=None)).key for hook in (ringing, answered)]
    assert len(set(uncounted)) == 2


def test_a_recording_is_ready_or_will_never_be_or_is_not_decided():
    hook = RecordingHook("CA7", "RE8", "completed", 60, 2, WHEN)
    assert recording_news(hook) == RecordingNews("CA7", "RE8", True, WHEN, 2)
    absent = recording_news(RecordingHook("CA7", None, "absent"))
    assert absent == RecordingNews("CA7", None, False)
    assert recording_news(replace(hook, status="in-progress")) is None
