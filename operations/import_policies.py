"""Import an insurer's policy list: read, screen every row, store what is new or changed in one
transaction. The same list again changes nothing."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cases.classify import headline
from operations.facts import period_as_json
from operations.handover import take_back
from operations.judge import open_case
from operations.line import Line
from operations.plan import touch
from scheduler.intake.files import read_list
from scheduler.intake.records import (
    ListResult,
    PhoneUse,
    PolicyRecord,
    RowResult,
    Status,
    Stored,
)
from scheduler.intake.rejects import write_rejects
from scheduler.intake.screening import screen_list
from scheduler.intake.sheet import ListFault
from scheduler.persons import person_key
from scheduler.reopening import reopens
from scripts.rulebooks import Screened
from store import persons, policies
from store.columns import plain
from store.database import Session
from store.tables import Import, Policy

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list. ``new``, ``changed`` and ``unchanged`` count stored policies."""

    result: ListResult
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def import_policies(
    line: Line,
    path: Path,
    *,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Import the list at ``path``. With ``dry_run`` nothing is stored.

    ``rejects`` is written with the rejected rows in the list's own columns. Raises ListFault.
    """
    now = line.clock()
    if rejects is not None and rejects.resolve() == path.resolve():
        raise ListFault(f"{rejects}：拒收清单不能写到导入的文件上，请换一个文件名。")
    sheet = read_list(path)
    with line.database.reading() as session:
        known = stored_phones(session)
    result = screen_list(sheet, now.date(), known, progress)
    if rejects is not None:
        write_rejects(rejects, result)
    if dry_run:
        return Imported(result)
    with line.database.transaction() as session:
        return _store(session, line, path, result, now)


def stored_phones(session: Session) -> Stored:
    """Whose number is whose, as far as earlier lists have told."""
    sellers: dict[str, set[str]] = {}
    for phone, name in policies.seller_phones(session):
        sellers.setdefault(phone, set()).add(name)
    uses = tuple(PhoneUse(*row) for row in policies.phone_uses(session))
    return Stored(uses, {phone: frozenset(names) for phone, names in sellers.items()})


def _store(session: Session, line: Line, path: Path, result: ListResult, now: datetime) -> Imported:
    rows = [row for row in result.rows if row.record is not None]
    stored = policies.by_numbers(session, [row.policy or "" for row in rows])
    source = _import_row(path, result, now)
    session.add(source)
    session.flush()  # policies refer to their import
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    touched: list[int] = []
    for row in rows:
        policy = stored.get(row.policy or "")
        counts[_store_row(session, line, row, policy, source, now, touched)] += 1
    touched += _hold_back_shared(session, line, result, now)
    touch(session, now, policy_ids=touched)
    if not counts["new"] and not counts["changed"]:
        session.delete(source)  # the same list again leaves no trace
    return Imported(result, **counts)


def _store_row(
    session: Session,
    line: Line,
    row: RowResult,
    policy: Policy | None,
    source: Import,
    now: datetime,
    touched: list[int],
) -> str:
    record = row.record
    assert record is not None
    values = columns_of(record)
    digest = _digest(values, row.status)
    if policy is not None and policy.content_hash == digest:
        return "unchanged"
    found = policy or Policy(number=record.number, imported_at=now, revisit="open")
    changed = frozenset(name for name, value in values.items() if getattr(found, name) != value)
    for name in changed:
        setattr(found, name, values[name])
    found.import_id, found.content_hash = source.id, digest
    _recognise(session, found, record)
    found.status = row.status
    found.reasons = [_reason(reason) for reason in row.reasons]
    reopened = _open_or_close(found, changed, now)
    session.add(found)
    session.flush()  # a case refers to its policy
    if reopened:
        take_back(session, [found.id], now, "the policy's data were mended")
    touched.append(found.id)
    if row.status is Status.SCREEN:
        _case_for_screened(session, line, found, [r.code for r in row.reasons], now)
    return "new" if policy is None else "changed"


def _recognise(session: Session, policy: Policy, record: PolicyRecord) -> None:
    """Know the holder again: by the identity number, or by name and birthday where either this list
    or an earlier one has no number. Open attempts follow, so that nobody is rung twice at once."""
    name, birth = record.holder_name, record.holder_birth
    person = person_key(name, record.holder_id_number, birth)
    by_name = person_key(name, None, birth)
    if person == by_name and birth is not None:
        person = policies.person_of(session, name, birth) or person
    elif by_name is not None and person is not None:
        persons.rename(session, by_name, person)
    if policy.id is not None and policy.person != person:
        persons.move(session, policy.id, person)
    policy.person = person


def _open_or_close(policy: Policy, changed: frozenset[str], now: datetime) -> bool:
    """Mended data open a revisit that was closed for want of them; one that has been made, or
    that the customer refused, stays as it is. Whether it was opened again."""
    if policy.status == Status.OUT_OF_SCOPE:
        policy.revisit, policy.closed_because = "closed", "out-of-scope"
    elif policy.closed_because == "out-of-scope":
        policy.revisit, policy.closed_because = "open", None
    elif policy.revisit == "closed" and reopens(policy.closed_because, changed):
        policy.revisit, policy.closed_because, policy.reopened_at = "open", None, now
        return True
    return False


def columns_of(record: PolicyRecord) -> dict[str, Any]:
    """The record's values as the table has them."""
    values = asdict(record)
    for name in ("payment_period", "cover_period"):
        values[name] = period_as_json(getattr(record, name))
    for name in ("product_type", "channel", "frequency"):
        values[name] = getattr(record, name).value
    values["other_phones"] = list(record.other_phones)
    return values


def _digest(values: dict[str, Any], status: Status) -> str:
    text = json.dumps([plain(values), status.value], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _import_row(path: Path, result: ListResult, now: datetime) -> Import:
    return Import(
        file_name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        imported_at=now,
        rows_read=result.read,
        counts={status.value: count for status, count in result.counts.items()},
    )


def _reason(reason: Any) -> dict[str, str]:
    return {"code": reason.code, "column": reason.column, "message": reason.message}


def _hold_back_shared(session: Session, line: Line, result: ListResult, now: datetime) -> list[int]:
    """Policies stored earlier under a number that this list shows to be shared are held back.
    Returns their ids."""
    shared = policies.callable_with_phone(session, result.shared_phones)
    for policy in shared:
        policy.status = Status.SCREEN
        policy.reasons = [
            *policy.reasons,
            {"code": "phone-shared", "column": "", "message": "该号码出现在三个以上无关投保人名下"},
        ]
        _case_for_screened(session, line, policy, ["phone-shared"], now)
    return [policy.id for policy in shared]


def _case_for_screened(
    session: Session, line: Line, policy: Policy, codes: Sequence[str], now: datetime
) -> None:
    """Somebody has to put the data right: a 核实件 of the kind that the reasons make."""
    kinds = [line.rulebook.screening[_objection(code)] for code in codes]
    open_case(
        session,
        line,
        f"policy:{policy.id}:screened",
        policy,
        None,
        headline(kinds, line.rulebook),
        now,
    )


def _objection(code: str) -> Screened:
    """What a reason for holding a policy back objects to; the rulebook says which kind of case that
    makes (domain.md 1.10.1, 核实件 1, 2, 4)."""
    if code in ("phone-shared", "phone-of-seller"):
        return Screened.SHARED
    return Screened.PHONE if code.startswith("phone") else Screened.DATA
