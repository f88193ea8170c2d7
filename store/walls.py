"""The wall between branches: what a session behind it reads belongs to policies of one branch, or
to complaints, incidents and drills of it. It holds for every table whose foreign keys lead there,
so that no query can forget it."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, FromClause, Table, and_, event, exists
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from store.tables import Agenda, Base, Complaint, Drill, Incident, Policy

#: Rows that lead nowhere else: they name their branch, and no policy.
_OWN: Final[tuple[type[Any], ...]] = (Policy, Incident, Drill)
#: Tables that name their branch themselves, where the way ends. A complaint does: many a one is
#: about no policy that anybody has found yet.
_ENDS: Final = tuple(one.__table__ for one in _OWN)
_BRANCH: Final = "branch"
_ROOTS: Final = (*_ENDS, Complaint.__table__)


def put_up(session: Session, branch: str) -> None:
    """Let the session see this branch only. A row that leads to no policy stays unseen if it could
    have led to one."""
    event.listen(session, "do_orm_execute", _narrowed_to(branch))
    session.info[_BRANCH] = branch


def stands(session: Session) -> bool:
    """Whether the session is behind a wall."""
    return _BRANCH in session.info


def ways() -> dict[str, Column[object]]:
    """Tables behind the wall, each with the column that leads towards its policy."""
    found: dict[str, Column[object]] = {}
    tables = Base.metadata.sorted_tables  # what is referred to comes first
    for table in tables:
        leading = [
            column
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table in _ENDS or key.column.table.name in found
        ]
        if leading:
            found[table.name] = min(leading, key=_nearest)
    return found


def _nearest(column: Column[object]) -> tuple[bool, bool, str]:
    """A key that is always there before one that may be empty, one of a policy, a complaint,
    an incident or a drill before others."""
    (key,) = column.foreign_keys
    return bool(column.nullable), key.column.table not in _ROOTS, column.name


def _narrowed_to(branch: str) -> Callable[[ORMExecuteState], None]:
    options = _options(branch)

    def narrow(state: ORMExecuteState) -> None:
        if state.is_select and not state.is_column_load and not state.is_relationship_load:
            state.statement = state.statement.options(*options)

    return narrow


@cache
def _options(branch: str) -> tuple[ExecutableOption, ...]:
    kept = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    own = (with_loader_criteria(one, one.branch == branch, include_aliases=True) for one in _OWN)
    others = (
        with_loader_criteria(kept[name], _of(kept[name], column.key, branch), include_aliases=True)
        for name, column in ways().items()
        if name in kept
    )
    return (*own, *others)


def _of(mapped: type[Any], key: str, branch: str) -> ColumnElement[bool]:
    if mapped is Complaint:
        return Complaint.branch == branch
    inside = _leads_inside(getattr(mapped, key), branch)
    if mapped is Agenda:  # has the branch too, in an index: nearly every page counts the agenda
        return and_(Agenda.branch == branch, inside)
    return inside


def _leads_inside(column: ColumnElement[object], branch: str) -> ColumnElement[bool]:
    """The condition on a key; of tables, not classes, so that it does not narrow itself. It asks
    row by row, by primary keys: a list of all that is inside would be made for every query anew,
    and without statistics a database begins with that list even where one row is wanted."""
    (key,) = ways()[column.table.name].foreign_keys
    there = key.column.table.alias()
    inside = _inside(there, key.column.table, branch)
    return exists().where(there.c[key.column.name] == column, inside)


def _inside(there: FromClause, table: Table, branch: str) -> ColumnElement[bool]:
    """Whether a row, under the alias ``there``, is of the branch."""
    if table in _ROOTS:
        return there.c.branch == branch
    column = ways()[table.name]
    (key,) = column.foreign_keys
    further = key.column.table.alias()
    inside = _inside(further, key.column.table, branch)
    return exists().where(further.c[key.column.name] == there.c[column.name], inside)
