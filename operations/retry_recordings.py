"""Put recordings of the queue of unreadable ones (无法读取) back to where they failed, after a
person mended the cause."""

from collections.abc import Sequence
from dataclasses import dataclass

from operations.line import Line
from store import recordings
from store.tables import Recording


class NotUnreadable(LookupError):  # noqa: N818 - a slip of the caller's, not an error of ours
    """A recording is not in that queue. The message names it and says where it is."""


@dataclass(frozen=True, slots=True)
class Retried:
    """One recording and the state it was put back into: announced (it is fetched once more) or
    stored (it is heard once more)."""

    recording: int
    state: str


def retry(line: Line, recording_ids: Sequence[int]) -> list[Retried]:
    """Put these back. One that is not in the queue stops it before anything is changed. Raises
    NotUnreadable."""
    wanted = list(dict.fromkeys(recording_ids))
    states = [_state_for(line, recording_id) for recording_id in wanted]
    now = line.clock()
    with line.database.transaction() as session:
        for recording_id, state in zip(wanted, states, strict=True):
            recording = _unreadable(recordings.by_id(session, recording_id), recording_id)
            recording.state, recording.next_try_at, recording.tries = state, now, 0
            recording.problem, recording.unreadable_at = None, None
    return [Retried(one, state) for one, state in zip(wanted, states, strict=True)]


def _state_for(line: Line, recording_id: int) -> str:
    """Heard once more when its file is whole; else it is fetched once more from the carrier."""
    with line.database.reading() as session:
        recording = _unreadable(recordings.by_id(session, recording_id), recording_id)
        path = recording.path
    return "stored" if path is not None and _whole(line, path) else "announced"


def _whole(line: Line, path: str) -> bool:
    try:
        return line.storage.intact(path)
    except OSError:  # it cannot be read: fetching it anew may mend that
        return False


def _unreadable(recording: Recording | None, recording_id: int) -> Recording:
    if recording is None:
        raise NotUnreadable(f"there is no recording {recording_id}; see `huifang recordings list`")
    if recording.state != "unreadable":
        raise NotUnreadable(
            f"recording {recording_id} is {recording.state}, not unreadable:"
            " there is nothing to put back"
        )
    return recording
