"""Delete recordings whose time is over. The row stays, with the hash, the moment and the reason;
what was heard and read stays too. Nothing is deleted while a contract's end is unknown."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from operations.facts import period_from_json
from operations.line import Line
from recordings.retention import YEARS_AFTER_SHORT, Contract, Kept, Why, kept
from recordings.storage import StorageTrouble
from scripts.facts import Period, PeriodKind
from store import retention
from store.columns import LOCAL
from store.database import Session
from store.retention import Stored
from store.tables import Policy, Recording

_log = logging.getLogger(__name__)

BATCH = 500
#: Nothing younger is ever deleted; leap days round it up.
_YOUNGEST = timedelta(days=365 * YEARS_AFTER_SHORT)


@dataclass(frozen=True, slots=True)
class Outdated:
    """One recording that has been kept long enough."""

    recording: int
    policy: str
    call: int
    called_on: date
    contract_ends_on: date
    kept_until: date
    why: Why
    path: str
    bytes: int | None


def sweep(line: Line) -> int:
    """Delete what is past its time: mark the rows, commit, then remove the files. Returns how many
    recordings were marked. Broken off anywhere, the next sweep goes on. Raises StorageTrouble when
    files could not be removed; they are tried again."""
    marked, last = 0, 0
    while True:
        now = line.clock()
        with line.database.transaction() as session:
            part = _part(session, now, last)
            marked += sum(_mark(one, now) for one in part)
        if len(part) < BATCH:
            break
        last = part[-1][0].recording.id
    _remove_files(line)
    return marked


def outdated(line: Line, at: datetime | None = None) -> Iterator[Outdated]:
    """What a sweep at that moment would delete, as things stand now. Changes nothing."""
    now, last = at or line.clock(), 0
    while True:
        with line.database.reading() as session:
            part = _part(session, now, last)
        yield from (_told(*one) for one in part if one[1].over(_day(now)))
        if len(part) < BATCH:
            return
        last = part[-1][0].recording.id


def _part(session: Session, now: datetime, after: int) -> list[tuple[Stored, Kept]]:
    """The next recordings that could be old enough, and how long each is kept."""
    found = retention.stored_before(session, now - _YOUNGEST, now, after, BATCH)
    ends = retention.case_ends(session, {one.policy.id for one in found})
    days = {policy: [end and _day(end) for end in closed] for policy, closed in ends.items()}
    return [
        (one, kept(_day(one.call.ordered_at), contract_of(one.policy), days[one.policy.id]))
        for one in found
    ]


def contract_of(policy: Policy) -> Contract:
    """What is known of a contract's end. The insured's birthday is known only where the holder is
    the insured."""
    return Contract(
        effective_on=policy.effective_on,
        cover=period_from_json(policy.cover_period) or Period(PeriodKind.LIFE),
        renews=policy.guaranteed_renewal,
        insured_birth=policy.holder_birth if policy.insured_name == policy.holder_name else None,
    )


def _mark(one: tuple[Stored, Kept], now: datetime) -> bool:
    stored, how_long = one
    if not how_long.over(_day(now)):
        return False
    recording = stored.recording
    recording.state, recording.deleted_at, recording.unreadable_at = retention.DELETED, now, None
    recording.problem = (
        f"kept until {how_long.until} ({how_long.why}; the contract ended on"
        f" {contract_of(stored.policy).ends_on}), then deleted"
    )
    return True


def _remove_files(line: Line) -> None:
    with line.database.reading() as session:
        waiting = [recording.id for recording in retention.to_remove(session)]
    left = [recording_id for recording_id in waiting if not _removed(line, recording_id)]
    if left:
        raise StorageTrouble(
            f"{len(left)} files of deleted recordings could not be removed, the first of recording"
            f" {left[0]}; see the log, and mend the permissions of the recordings' folder"
        )


def _removed(line: Line, recording_id: int) -> bool:
    """Remove a deleted recording's file, unless another recording has the same content."""
    with line.database.transaction() as session:
        recording = session.get_one(Recording, recording_id)
        if recording.path and not retention.needed(session, recording.path):
            try:
                line.storage.remove(recording.path)
            except OSError as trouble:
                _log.warning("the file of recording %s stays: %s", recording_id, trouble)
                return False
        recording.path = None
    return True


def _told(stored: Stored, how_long: Kept) -> Outdated:
    ends_on = contract_of(stored.policy).ends_on
    assert ends_on is not None  # it would not be outdated
    assert how_long.until is not None
    return Outdated(
        recording=stored.recording.id,
        policy=stored.policy.number,
        call=stored.call.id,
        called_on=_day(stored.call.ordered_at),
        contract_ends_on=ends_on,
        kept_until=how_long.until,
        why=how_long.why,
        path=stored.recording.path or "",
        bytes=stored.recording.bytes,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()
