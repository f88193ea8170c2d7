"""Fetch announced recordings from the carrier and store them. The file is on the disk before the
database says so, and a job that dies half way is simply done again."""

import logging
from datetime import datetime, timedelta

from operations.line import Line
from recordings.media import Media, MediaStatus
from recordings.storage import StorageTrouble, Stored
from store import recordings
from store.tables import Recording

_log = logging.getLogger(__name__)

FIRST_WAIT_S, LONGEST_WAIT_S = 5, 3600
#: After so many tries a recording goes to the queue of those a person must look at. With the
#: waits doubling up to an hour that is more than a day.
MOST_TRIES = 36
_FINAL = frozenset({MediaStatus.REFUSED})
DIED = Media(MediaStatus.REFUSED, f"fetching it ended the process {MOST_TRIES} times: see its log")


def fetch_next(line: Line) -> bool:
    """Fetch one recording that is due. False when none is."""
    assert line.fetch is not None  # the worker has no such job without a carrier
    with line.database.transaction() as session:
        recording = recordings.take(session, recordings.TO_FETCH, line.clock(), line.lease_s)
        if recording is None:
            return False
        recording_id, vendor_id, tries = recording.id, recording.vendor_id, recording.tries
    if tries > MOST_TRIES:
        _keep(line, recording_id, DIED)
        return True
    try:
        media = line.fetch(vendor_id)
    except Exception as fault:
        _log.exception("our fault while fetching recording %s", recording_id)
        media = Media(MediaStatus.LATER, f"our fault: {fault!r}")
    _keep(line, recording_id, media)
    return True


def _keep(line: Line, recording_id: int, media: Media) -> None:
    """Store what came, or note why nothing came and when to ask again."""
    now = line.clock()
    stored, media = _stored(line, media)
    with line.database.transaction() as session:
        recording = recordings.by_id(session, recording_id)
        assert recording is not None  # recordings are never deleted
        recording.leased_until = None
        if stored and recording.sha256 not in (None, stored.sha256):
            media, stored = _another_file(recording, stored), None
        if stored is None:
            _try_again(recording, media, now)
            return
        recording.state, recording.problem = "stored", None
        recording.path, recording.sha256 = stored.path, stored.sha256
        recording.bytes = stored.bytes
        recording.seconds, recording.channels = media.seconds, media.channels
        recording.next_try_at, recording.tries = now, 0  # hearing it is counted anew


def _stored(line: Line, media: Media) -> tuple[Stored | None, Media]:
    if media.status is not MediaStatus.READY:
        return None, media
    try:
        return line.storage.put([media.content]), media
    except (OSError, StorageTrouble) as trouble:
        return None, Media(MediaStatus.LATER, f"it cannot be stored: {trouble}")


def _another_file(recording: Recording, stored: Stored) -> Media:
    """Fetched once more because the first file was lost or damaged, it must be the same: it is
    evidence. What came instead is kept on the disk."""
    return Media(
        MediaStatus.REFUSED,
        f"the carrier now gives another file than the one that was heard (sha256"
        f" {stored.sha256} instead of {recording.sha256}): restore {recording.path} from a backup",
    )


def _try_again(recording: Recording, media: Media, now: datetime) -> None:
    recording.problem = media.reason
    if media.status in _FINAL or recording.tries >= MOST_TRIES:
        recordings.give_up(recording, now)
        _log.error("recording %s needs a person: %s", recording.vendor_id, media.reason)
        return
    wait = min(FIRST_WAIT_S * 2 ** (recording.tries - 1), LONGEST_WAIT_S)
    recording.next_try_at = now + timedelta(seconds=wait)
