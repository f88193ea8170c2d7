"""A small furnished database, multiplied: the same people many times over, as a year of business
has them. For measuring; nothing is computed but copied by the database itself."""

from collections.abc import Sequence

from sqlalchemy import Column, Date, DateTime, String, Table, select, text

from store.database import Database, Session
from store.tables.base import Base

#: Every copy's numbers begin that much later; the furnished database has fewer rows a table.
STEP = 1000
#: What there are fewer of than policies, with what hangs on it: copied as often as cases.
_WORK = frozenset({"case", "complaint", "forecast_risk", "handover"})
#: And what there is still less of: calls that are reviewed whole, copied so often at most.
_REVIEW, REVIEWS = frozenset({"quality_task"}), 500
#: The copies' days reach so far back.
DAYS = 90
#: What may still run, and when it began.
_BEGUN = {"attempt": "planned_at", "call": "ordered_at", "interview": "taken_at"}
#: Not copied: as many rows as there are are right, however many policies.
_ONCE = frozenset({
    "account", "audit_entry", "audit_head", "dialling", "dialling_event", "drill", "drill_step",
    "duty", "forecast", "import", "incident", "incident_event", "incident_person", "job_run",
    "quality_plan", "script_version", "sign_in",
})  # fmt: skip


def multiply(database: Database, copies: int, cases: int) -> None:
    """Copy every policy and what hangs on it ``copies`` times; cases, complaints, hand-overs and
    risks in the first ``cases`` of them only, and fewer reviews of whole calls. Copies of calls
    that run have ended: a number can be in one call at most, an agent in one interview."""
    with database.transaction() as session:
        for table in _filled(session):
            most = _most(table, copies, cases)
            session.execute(text(_copying(table)), {"most": most, "step": STEP, "days": DAYS})
        session.execute(text("ANALYZE"))


def _most(table: Table, copies: int, cases: int) -> int:
    about = {table.name, *(key.column.table.name for key in table.foreign_keys)}
    if about & _REVIEW:
        return min(cases, REVIEWS)
    return cases if about & _WORK else copies


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
    if column.name == "person":  # nobody has thousands of policies
        return f"{name} || '-' || k"
    if column.name == "branch":
        return f"{name} || (k % 30)"
    if _unique(table, column):
        return f"{name} || '-' || k"
    kind = getattr(column.type, "impl", column.type)
    if isinstance(kind, DateTime):
        begun = _BEGUN.get(table.name) if column.name == "ended_at" else None
        moment = f"coalesce({name}, {begun})" if begun else name
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', {moment}, '-' || (k % :days) || ' days')"
    return f"date({name}, '-' || (k % :days) || ' days')" if isinstance(kind, Date) else name


def _unique(table: Table, column: Column[object]) -> bool:
    """A word that no two rows may share."""
    return isinstance(column.type, String) and (
        bool(column.unique) or (table.name, column.name) == ("call_event", "vendor_id")
    )
