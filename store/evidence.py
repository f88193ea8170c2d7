"""Everything that is stored about one policy, table by table: whatever leads to it by a foreign
key, so that no table can be forgotten. Reads only."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from store import walls
from store.agenda import slices
from store.audit import about
from store.tables import (
    AuditEntry,
    Base,
    Call,
    Complaint,
    Import,
    Policy,
    Recording,
    ScriptRelease,
    ScriptVersion,
    Turn,
)

#: Derived, and made anew at any time: no proof of anything.
_DERIVED = frozenset({"agenda", "forecast_risk"})

Rows = dict[str, list[dict[str, Any]]]


def records(session: Session, policy: Policy) -> Rows:
    """Table -> its rows about the policy, in the order in which they were made. Tables without any
    are left out."""
    found: Rows = {Policy.__tablename__: _rows(session, _table(Policy), Policy.id == policy.id)}
    found["import"] = _rows(session, _table(Import), Import.id == policy.import_id)
    for table in Base.metadata.sorted_tables:
        if _is_about_policies(table) and table.name not in _DERIVED:
            found[table.name] = _rows(session, table, _leads(table, policy.id))
    hashes = {row["script_hash"] for row in found.get("call", ())}
    releases = ScriptRelease.hash.in_(hashes)
    found["script_release"] = _rows(session, _table(ScriptRelease), releases)
    return {name: rows for name, rows in found.items() if rows}


def scripts(session: Session, policy_id: int) -> dict[str, str]:
    """Hash -> text of every script version that was spoken in the policy's calls."""
    spoken = select(Call.script_hash).where(Call.policy_id == policy_id)
    query = select(ScriptVersion.hash, ScriptVersion.text).where(ScriptVersion.hash.in_(spoken))
    return {row.hash: row.text for row in session.execute(query.order_by(ScriptVersion.hash))}


def scripts_of(session: Session, call_ids: Sequence[int]) -> dict[str, str]:
    """Hash -> text of every script version that was spoken in these calls."""
    spoken = select(Call.script_hash).where(Call.id.in_(call_ids))
    query = select(ScriptVersion.hash, ScriptVersion.text).where(ScriptVersion.hash.in_(spoken))
    return {row.hash: row.text for row in session.execute(query.order_by(ScriptVersion.hash))}


def calls(session: Session, policy_id: int) -> Sequence[Call]:
    """The policy's calls in order."""
    query = select(Call).where(Call.policy_id == policy_id).order_by(Call.ordered_at, Call.id)
    return session.scalars(query).all()


def complaint_records(session: Session, complaint: Complaint, call_ids: Sequence[int]) -> Rows:
    """Table -> its rows about a complaint, with the calls that it rests on."""
    found: Rows = {}
    for table in Base.metadata.sorted_tables:
        if table is Complaint.__table__:
            wanted = table.c.id == complaint.id
        elif "complaint_id" in table.c:
            wanted = table.c.complaint_id == complaint.id
        elif table is Call.__table__:
            wanted = table.c.id.in_(call_ids)
        elif table in (Turn.__table__, Recording.__table__):
            wanted = table.c.call_id.in_(call_ids)
        else:
            continue
        found[table.name] = _rows(session, table, wanted)
    return {name: rows for name, rows in found.items() if rows}


def audited(session: Session, noted: str, found: Rows) -> list[AuditEntry]:
    """What the audit log says about this, ``policy:P1``, and about anything that belongs to it."""
    subjects = dict.fromkeys([noted, *_subjects(found)])
    entries = [entry for part in slices(list(subjects)) for entry in about(session, part)]
    return sorted(entries, key=lambda entry: entry.number)


def _subjects(found: Rows) -> Iterator[str]:
    """The names of these rows in the audit log, such as ``recording:12``."""
    for table, rows in found.items():
        for row in rows:
            if "id" in row and table not in (Policy.__tablename__, "import", "script_release"):
                yield f"{table.replace('_', '-')}:{row['id']}"


def _rows(session: Session, table: Table, wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = select(table).where(wanted).order_by(*table.primary_key.columns)
    return [dict(row) for row in session.execute(query).mappings()]


def _is_about_policies(table: Table) -> bool:
    """Whether the table's way (store.walls) ends at a policy, and not at an incident or a drill."""
    while table.name in walls.ways():
        (key,) = walls.ways()[table.name].foreign_keys
        table = key.column.table
        if table is Policy.__table__:
            return True
    return False


def _leads(table: Table, policy_id: int) -> ColumnElement[bool]:
    """The condition that a row leads to the policy."""
    if table is Policy.__table__:
        own: ColumnElement[bool] = table.c.id == policy_id
        return own
    column = walls.ways()[table.name]
    (key,) = column.foreign_keys
    return column.in_(select(key.column).where(_leads(key.column.table, policy_id)))


def _table(mapped: type[Base]) -> Table:
    table = mapped.__table__
    assert isinstance(table, Table)
    return table
