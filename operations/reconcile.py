"""Ask the carrier about what it should have told us: calls that never ended, recordings that were
never announced. Callbacks get lost when we are down; nothing may get lost with them."""

import logging
from dataclasses import replace
from datetime import timedelta

from ivr.phone import CallNews, PhoneTrouble
from operations.announce_recording import announced
from operations.finish_call import progressed
from operations.line import Line
from scripts.outcomes import Outcome
from store import calls, recordings

_log = logging.getLogger(__name__)

#: No call lasts so long, and no recording takes so long to be announced.
SILENT_AFTER = timedelta(minutes=30)
MISSING_AFTER = timedelta(minutes=10)
#: A call that the carrier still cannot name an end of, and a recording that it still does not
#: have, are given up after so long.
GIVEN_UP_AFTER = timedelta(hours=4)
NOT_MADE_AFTER = timedelta(days=3)


def ask_about_silent_calls(line: Line) -> int:
    """Bring calls up to date that were placed long ago and have not ended. Returns how many
    were asked about."""
    now = line.clock()
    with line.database.reading() as session:
        silent = [
            (call.token, call.vendor_id, now - call.ordered_at > GIVEN_UP_AFTER)
            for call in calls.running_since_before(session, now - SILENT_AFTER)
            if call.vendor_id
        ]
    for token, vendor_id, last_time in silent:
        try:
            _ask(line, token, vendor_id, last_time=last_time)
        except Exception:  # a fault of ours with one call must not keep the others waiting
            _log.exception("call %s cannot be brought up to date", token)
    return len(silent)


def ask_for_missing_recordings(line: Line) -> int:
    """Note recordings of answered calls that the carrier has made but not announced. Returns how
    many calls were asked about."""
    with line.database.reading() as session:
        without = [
            (call.token, call.vendor_id)
            for call in recordings.ended_without(
                session, line.clock() - NOT_MADE_AFTER, line.clock() - MISSING_AFTER
            )
            if call.vendor_id
        ]
    for token, vendor_id in without:
        _ask_recordings(line, token, vendor_id)
    return len(without)


def _ask(line: Line, token: str, vendor_id: str, *, last_time: bool) -> None:
    assert line.phone is not None  # the worker has no such job without a carrier
    try:
        news = line.phone.news_of(vendor_id)
    except PhoneTrouble as trouble:
        _log.warning("cannot ask about call %s: %s", token, trouble)
        return
    if news is None:  # the carrier has forgotten it: whatever it was, it is over
        news = CallNews(vendor_id, "unknown", "forgotten", outcome=Outcome.FAILED)
    if news.outcome is None and last_time:
        _log.error("call %s has no end after %s (%s)", token, GIVEN_UP_AFTER, news.word)
        if not _hung_up(line, token, vendor_id):
            return  # it may live: nobody is rung meanwhile
        news = replace(news, key=f"{news.key}/given-up", outcome=Outcome.FAILED)
    progressed(line, token, news)


def _hung_up(line: Line, token: str, vendor_id: str) -> bool:
    """End a call at the carrier before it counts as ended here: our clock may be what is wrong."""
    assert line.phone is not None  # the worker has no such job without a carrier
    try:
        line.phone.hang_up(vendor_id)
    except PhoneTrouble as trouble:
        _log.warning("cannot end call %s at the carrier: %s", token, trouble)
        return False
    return True


def _ask_recordings(line: Line, token: str, vendor_id: str) -> None:
    assert line.phone is not None  # the worker has no such job without a carrier
    try:
        found = list(line.phone.recordings_of(vendor_id))
    except PhoneTrouble as trouble:
        _log.warning("cannot ask for the recordings of call %s: %s", token, trouble)
        return
    for news in found:
        announced(line, token, news)
