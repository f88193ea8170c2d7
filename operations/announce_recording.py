"""The carrier says that a recording is ready: note it, once. Fetching it is a job of its own."""

from ivr.phone import RecordingNews
from operations.calls import known_call
from operations.line import Line
from store import calls, recordings
from store.tables import Recording


def announced(line: Line, token: str, news: RecordingNews) -> None:
    """Note a recording of the call. The same news again changes nothing."""
    now = line.clock()
    with line.database.transaction() as session:
        call = known_call(session, token, news.call_vendor_id)
        key = f"{news.vendor_id}:{'ready' if news.ready else 'absent'}"
        payload = {"recording": news.vendor_id, "ready": news.ready}
        if not calls.note_event(session, call, "recording", key, payload, now):
            return
        if news.vendor_id is None:
            return
        known = recordings.by_vendor_id(session, news.vendor_id)
        if known is not None:
            if news.ready and known.state == "absent":  # it came after all
                known.state, known.next_try_at = "announced", now
            return
        session.add(
            Recording(
                call_id=call.id,
                vendor_id=news.vendor_id,
                state="announced" if news.ready else "absent",
                announced_at=now,
                started_at=news.started_at,
                channels=news.channels,
                next_try_at=now,
            )
        )
