"""The wall between branches: what a session behind it reads belongs to policies of one branch.
It holds for every table whose foreign keys lead to a policy, so that no query can forget it."""

from collections.abc import Callable
from functools import cache

from sqlalchemy import Column, ColumnElement, Table, event, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from store.tables import Base, Policy


def put_up(session: Session, branch: str) -> None:
    """Let the session see this branch only. A row that leads to no policy stays unseen if it could
    have led to one."""
    event.listen(session, "do_orm_execute", _narrowed_to(branch))


def ways() -> dict[str, Column[object]]:
    """Tables behind the wall, each with the column that leads towards its policy."""
    found: dict[str, Column[object]] = {}
    tables = Base.metadata.sorted_tables  # what is referred to comes first
    for table in tables:
        leading = [
            column
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table is Policy.__table__ or key.column.table.name in found
        ]
        if leading and table is not Policy.__table__:
            found[table.name] = min(leading, key=_nearest)
    return found


def _nearest(column: Column[object]) -> tuple[bool, bool, str]:
    """A key that is always there before one that may be empty, the policy's own before others."""
    (key,) = column.foreign_keys
    return bool(column.nullable), key.column.table is not Policy.__table__, column.name


def _narrowed_to(branch: str) -> Callable[[ORMExecuteState], None]:
    options = _options(branch)

    def narrow(state: ORMExecuteState) -> None:
        if state.is_select and not state.is_column_load and not state.is_relationship_load:
            state.statement = state.statement.options(*options)

    return narrow


@cache
def _options(branch: str) -> tuple[ExecutableOption, ...]:
    kept = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    policies = with_loader_criteria(Policy, Policy.branch == branch, include_aliases=True)
    others = (
        with_loader_criteria(
            kept[name], _leads_inside(getattr(kept[name], column.key), branch), include_aliases=True
        )
        for name, column in ways().items()
        if name in kept
    )
    return (policies, *others)


def _leads_inside(column: ColumnElement[object], branch: str) -> ColumnElement[bool]:
    """The condition on a key; of tables, not classes, so that it does not narrow itself."""
    (key,) = ways()[column.table.name].foreign_keys
    return column.in_(select(key.column).where(_inside(key.column.table, branch)))


def _inside(table: Table, branch: str) -> ColumnElement[bool]:
    if table is Policy.__table__:
        return table.c.branch == branch
    column = ways()[table.name]
    (key,) = column.foreign_keys
    return column.in_(select(key.column).where(_inside(key.column.table, branch)))
