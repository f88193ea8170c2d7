"""Who must not be rung (禁拨): numbers and persons, blocked and lifted by people. A block is never
deleted, and takes effect with the very next decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from operations.line import Line
from operations.otherwise import OtherwiseTrouble, name_of, reason_of
from operations.plan import touch
from scheduler.blocklist import BlockedRow, RowFault, read_rows
from scheduler.intake.cells.phones import read_phone
from scheduler.intake.cells.text import Unreadable
from scheduler.intake.raw import tables
from scheduler.intake.sheet import ListFault
from store import otherwise, policies
from store.database import Session
from store.tables import DoNotCall


@dataclass(frozen=True, slots=True)
class Blocked:
    """A block in force. ``changed`` is false where an earlier one lasts as long."""

    id: int
    changed: bool


@dataclass(frozen=True, slots=True)
class BlockedList:
    """What came of a list of numbers: rows read, how many are blocked now that were not, how many
    were blocked before, and the rows that cannot be used. Nothing else is left out."""

    read: int
    blocked: int
    unchanged: int
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A block as it is shown. ``person`` is a key that tells nothing about the person."""

    id: int
    phone: str | None
    person: str | None
    since: datetime
    until: datetime | None
    reason: str
    by: str
    lifted_at: datetime | None
    lifted_by: str | None
    lifted_because: str | None


def block(
    line: Line,
    by: str,
    reason: str,
    *,
    phone: str | None = None,
    policy: str | None = None,
    until: datetime | None = None,
) -> Blocked:
    """Have a number, typed in any form, or the holder of a policy on all numbers, not rung any
    more: until a moment, or for good. What is planned is taken back. The same again changes
    nothing. Raises OtherwiseTrouble."""
    if (phone is None) == (policy is None):
        raise OtherwiseTrouble("block either a number or the holder of a policy, one at a time")
    by, reason = name_of(by), reason_of(reason)
    _in_future(until, line.clock())
    number = None if phone is None else _number(phone)
    with line.database.transaction() as session:
        person = None if policy is None else _person(session, policy)
        now = line.clock()
        return _keep(session, number, person, DoNotCall(reason=reason, by=by, until=until), now)


def block_list(
    line: Line, path: Path, by: str, reason: str | None = None, until: datetime | None = None
) -> BlockedList:
    """Block every number of a file (xlsx, xls, csv): one a row, a reason beside it where it is not
    ``reason``. Faulty rows are told and stop no other row. Raises ListFault, OtherwiseTrouble."""
    by = name_of(by)
    usual = reason_of(reason) if reason is not None else None
    _in_future(until, line.clock())
    rows, faults = _read(path, usual)
    changed: list[str] = []
    with line.database.transaction() as session:
        now = line.clock()
        known = dict(otherwise.blocks_of(session, {row.phone for row in rows}, (), now).phones)
        for row in rows:
            if row.phone in known and _lasts(known[row.phone], until):
                continue
            new = DoNotCall(phone=row.phone, since=now, reason=row.reason, by=by, until=until)
            session.add(new)
            known[row.phone] = until
            changed.append(row.phone)
        session.flush()
        touch(session, now, phones=changed)
    read, unchanged = len(rows) + len(faults), len(rows) - len(changed)
    return BlockedList(read, len(changed), unchanged, tuple(faults))


def lift(line: Line, block_id: int, by: str, because: str) -> bool:
    """Have somebody rung again. False when the block was lifted before. Raises
    OtherwiseTrouble."""
    by, because = name_of(by), reason_of(because)
    with line.database.transaction() as session:
        now = line.clock()
        found = otherwise.block_by_id(session, block_id)
        if found is None:
            raise OtherwiseTrouble(
                f"there is no block {block_id}; `huifang calls blocked` names those that there are"
            )
        if found.lifted_at is not None:
            return False
        found.lifted_at, found.lifted_by, found.lifted_because = now, by, because
        session.flush()
        _touch(session, found.phone, found.person, now)
        return True


def listed(line: Line, phone: str | None = None, *, also_ended: bool = False) -> list[BlockLine]:
    """The blocks in force, of one number where it is given; with ``also_ended`` also those that are
    over or lifted. Raises OtherwiseTrouble."""
    number = None if phone is None else _number(phone)
    with line.database.reading() as session:
        rows = otherwise.blocks(session, line.clock(), phone=number, also_ended=also_ended)
        return [_shown(row) for row in rows]


def _shown(row: DoNotCall) -> BlockLine:
    return BlockLine(
        id=row.id,
        phone=row.phone,
        person=row.person,
        since=row.since,
        until=row.until,
        reason=row.reason,
        by=row.by,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by,
        lifted_because=row.lifted_because,
    )


def _in_future(until: datetime | None, now: datetime) -> None:
    if until is not None and until <= now:
        raise OtherwiseTrouble(
            f"{until:%Y-%m-%d %H:%M} has passed; name a later end, or none for a block for good"
        )


def _number(phone: str) -> str:
    try:
        found = read_phone(phone)
    except Unreadable as slip:
        raise OtherwiseTrouble(f"this is no number that can be rung: {slip.message}") from None
    if found is None:
        raise OtherwiseTrouble("no number is given; write it as it is dialled")
    return found.e164


def _person(session: Session, policy: str) -> str:
    found = policies.by_number(session, policy)
    if found is None:
        raise OtherwiseTrouble(f"there is no policy {policy}; check its number")
    if found.person is None:
        raise OtherwiseTrouble(
            f"policy {policy} tells neither identity number nor birthday of its holder, so nobody"
            f" can be recognised by it; block the number instead"
        )
    return found.person


def _keep(
    session: Session, phone: str | None, person: str | None, new: DoNotCall, now: datetime
) -> Blocked:
    known = otherwise.block_lasting(session, phone, person, now)
    if known is not None and _lasts(known.until, new.until):
        return Blocked(known.id, changed=False)
    new.phone, new.person, new.since = phone, person, now
    session.add(new)
    session.flush()
    kept = Blocked(new.id, changed=True)
    _touch(session, phone, person, now)
    return kept


def _lasts(known: datetime | None, wanted: datetime | None) -> bool:
    """Whether the block that there is ends no sooner than the one that is wanted."""
    return known is None or (wanted is not None and known >= wanted)


def _touch(session: Session, phone: str | None, person: str | None, now: datetime) -> None:
    touch(session, now, phones=[phone] if phone else [], persons=[person] if person else [])


def _read(path: Path, usual: str | None) -> tuple[Sequence[BlockedRow], Sequence[RowFault]]:
    """The numbers of a file; of a workbook, of its first sheet that has any."""
    for _, rows in tables(path):
        found, faults = read_rows(rows, usual)
        if found or faults:
            return found, faults
    raise ListFault(f"{path.name}:里面没有号码,请每行写一个号码,后面可以写原因。")
