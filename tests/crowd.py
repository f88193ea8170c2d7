"""A small furnished database, multiplied: the same people many times over, as a year of business
has them. For measuring; nothing is computed but copied by the database itself."""

from collections.abc import Sequence

from sqlalchemy import Column, Date, DateTime, String, Table, select, text

from store.database import Database, Session
from store.tables.base import Base

#: Every copy's numbers begin that much later; the furnished database has fewer rows a table.
STEP = 1000
#: The copies' days reach so far back.
DAYS = 90
#: Not copied: one row of each is right.
_ONCE = frozenset({"audit_head", "import", "script_version", "account", "sign_in", "audit_entry"})


def multiply(database: Database, copies: int, cases: int) -> None:
    """Copy every policy and what hangs on it ``copies`` times, cases in the first ``cases`` of
    them only. Calls that run are not copied: a number can be in one call at most."""
    with database.transaction() as session:
        for table in _filled(session):
            most = cases if table.name in ("case", "case_event") else copies
            session.execute(text(_copying(table)), {"most": most, "step": STEP, "days": DAYS})
        _end_the_running(session)
        session.execute(text("ANALYZE"))


def _filled(session: Session) -> Sequence[Table]:
    tables = [one for one in Base.metadata.sorted_tables if one.name not in _ONCE]
    return [one for one in tables if session.execute(select(one).limit(1)).first()]


def _copying(table: Table) -> str:
    columns = [column for column in table.columns if column.name != "id" or _is_number(column)]
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(_value(table, column) for column in columns)
    key = next(iter(table.primary_key)).name
    return (
        "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < :most)"
        f' INSERT INTO "{table.name}" ({names}) SELECT {values} FROM "{table.name}", n'
        f' WHERE "{table.name}"."{key}" < :step'
    )


def _is_number(column: Column[object]) -> bool:
    return not isinstance(column.type, String)


def _value(table: Table, column: Column[object]) -> str:
    name = f'"{column.name}"'
    ours = column.primary_key or any(
        key.column.table.name not in _ONCE for key in column.foreign_keys
    )
    if ours and _is_number(column):
        return f"{name} + k * :step"
    if column.name == "phone":
        return f"'+86139' || printf('%08d', substr({name}, -4) + k * 20)"
    if column.name == "branch":
        return f"{name} || (k % 30)"
    if _unique(table, column):
        return f"{name} || '-' || k"
    kind = getattr(column.type, "impl", column.type)
    if isinstance(kind, DateTime):
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', {name}, '-' || (k % :days) || ' days')"
    return f"date({name}, '-' || (k % :days) || ' days')" if isinstance(kind, Date) else name


def _unique(table: Table, column: Column[object]) -> bool:
    """A word that no two rows may share."""
    return isinstance(column.type, String) and (
        bool(column.unique) or (table.name, column.name) == ("call_event", "vendor_id")
    )


def _end_the_running(session: Session) -> None:
    for statement in (
        "DELETE FROM call_event WHERE call_id IN (SELECT id FROM call WHERE ended_at IS NULL)"
        " AND id > :step",
        "DELETE FROM turn WHERE call_id IN (SELECT id FROM call WHERE ended_at IS NULL)"
        " AND id > :step",
        "DELETE FROM call WHERE ended_at IS NULL AND id > :step",
        "DELETE FROM attempt WHERE ended_at IS NULL AND id > :step",
    ):
        session.execute(text(statement), {"step": STEP})
