"""The list of recordings: how far each is, why it is not further, on the page and in the file."""

from dataclasses import dataclass
from datetime import datetime

from store.console.recordings import RecordingLine
from web import formats
from web.exports import Cell
from web.languages import gettext as _
from web.masks import mask_text
from web.words import word


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """One recording of the list. ``since`` is when it came into the queue of unreadable ones, for
    any other when it was announced."""

    id: int
    call_id: int
    policy: str
    holder: str
    state: str
    since: datetime
    tries: int
    reason: str
    path: str
    seconds: float | None
    engine: str
    lexicon: int | None


def row(found: RecordingLine) -> RecordingRow:
    """The row of a recording."""
    recording = found.recording
    return RecordingRow(
        id=recording.id,
        call_id=found.call.id,
        policy=found.policy.number,
        holder=found.policy.holder_name,
        state=recording.state,
        since=recording.unreadable_at or recording.announced_at,
        tries=recording.tries,
        reason=mask_text(recording.problem or ""),
        path=recording.path or "",
        seconds=recording.seconds,
        engine=found.hearing.engine if found.hearing else "",
        lexicon=found.read_by.lexicon if found.read_by else None,
    )


def titles() -> list[str]:
    """The columns of the file."""
    return [
        _("Recording"),
        _("Policy"),
        _("Holder"),
        _("Call"),
        _("State"),
        _("Since (UTC+8)"),
        _("Tries"),
        _("Reason"),
        _("File"),
        _("Seconds"),
        _("Recogniser"),
        _("Lexicon"),
    ]


def cells(one: RecordingRow) -> list[Cell]:
    """One line of the file."""
    return [
        one.id,
        one.policy,
        one.holder,
        one.call_id,
        word("recording", one.state),
        formats.moment(one.since),
        one.tries,
        one.reason,
        one.path,
        one.seconds,
        one.engine,
        one.lexicon,
    ]
