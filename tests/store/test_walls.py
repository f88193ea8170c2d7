"""The wall between branches, tried on every table that says whose its rows are, and on every table
from which foreign keys lead to one: rows of two branches are made for each table out of its
columns, so that a new table is tried by itself."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table, func, select
from sqlalchemy.orm import aliased, joinedload

from store import walls
from store.columns import AwareTime, Json
from store.database import Database, Session
from store.tables import (
    Base,
    Call,
    Case,
    Complaint,
    ComplaintEvent,
    Handover,
    Policy,
    SpecialRevisit,
    Turn,
)
from tests.prepared import blank_at
from tests.store.conftest import BOTH, NOW

HERE, THERE, NAMELESS = "北京", "上海", None
MAPPED = {one.class_.__tablename__: one.class_ for one in Base.registry.mappers}


#: What says itself whose it is, and leads nowhere else.
OWN = {"policy", "incident", "drill"}


def leads_to_a_branch(table: Table) -> bool:
    """Whether foreign keys lead from the table to such a one, over however many others."""
    return table.name in OWN or any(
        leads_to_a_branch(key.column.table)
        for key in table.foreign_keys
        if key.column.table is not table
    )


BEHIND = sorted(one.name for one in Base.metadata.sorted_tables if leads_to_a_branch(one))
OPEN = sorted(set(MAPPED) - set(BEHIND))


@dataclass
class Two:
    """A database with rows of several branches: table -> branch -> the row's primary key."""

    database: Database
    keys: dict[str, dict[str | None, tuple[Any, ...]]]


class Maker:
    """One row of every table for a branch, all of them about one policy."""

    def __init__(self, session: Session) -> None:
        self.session, self.number = session, itertools.count(1)

    def rows(self, branch: str | None) -> dict[str, tuple[Any, ...]]:
        """Table -> primary key of the row that was made."""
        made: dict[str, Any] = {}
        for table in Base.metadata.sorted_tables:
            if table.name == "audit_head":  # one row, there from the beginning
                continue
            row = MAPPED[table.name](**{
                MAPPED[table.name].__mapper__.get_property_by_column(column).key: value
                for column in table.columns
                if (value := self._value(column, branch, made)) is not None
            })  # fmt: skip
            self.session.add(row)
            self.session.flush()
            made[table.name] = row
        return {name: tuple(MAPPED[name].__mapper__.primary_key_from_instance(row))
                for name, row in made.items()}  # fmt: skip

    def _value(self, column: Column[Any], branch: str | None, made: dict[str, Any]) -> Any:
        for key in column.foreign_keys:
            there = made.get(key.column.table.name)
            return None if there is None else getattr(there, key.column.name)
        if column.name == "branch":
            return branch if branch or column.nullable else ""
        counted = column is column.table.autoincrement_column
        return None if column.nullable or counted else self._some(column)

    def _some(self, column: Column[Any]) -> Any:
        """Any value that fits the column, another one each time."""
        number = next(self.number)
        if isinstance(column.type, AwareTime):
            return NOW
        if isinstance(column.type, Json):
            return []
        kind = column.type.python_type
        if kind is str:
            return f"{number:x}"[: getattr(column.type, "length", None)]
        return {
            int: number, float: float(number), bool: False, date: NOW.date(),
            Decimal: Decimal(number), bytes: b"1",
        }[kind]  # fmt: skip


@pytest.fixture(scope="module", params=BOTH)
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Rows of two branches, and of a policy that names none."""
    if request.param == "sqlite":
        folder: Path = tmp_path_factory.mktemp("walls")
        database = Database(blank_at(folder / "huifang.db"))
    else:
        database = Database(request.getfixturevalue("postgres")(prepared=True))
    keys: dict[str, dict[str | None, tuple[Any, ...]]] = {}
    with database.transaction() as session:
        maker = Maker(session)
        for branch in (HERE, THERE, NAMELESS):
            for name, key in maker.rows(branch).items():
                keys.setdefault(name, {})[branch] = key
    yield Two(database, keys)
    database.close()


def key_of(row: Any) -> tuple[Any, ...]:
    return tuple(type(row).__mapper__.primary_key_from_instance(row))


def test_the_wall_is_where_foreign_keys_lead_to_a_branch() -> None:
    assert sorted({*walls.ways(), *OWN}) == BEHIND
    assert len(BEHIND) > 25
    assert set(BEHIND) <= set(MAPPED)  # a table without a class would be read past the wall


@pytest.mark.parametrize("name", BEHIND)
def test_rows_of_another_branch_are_not_there(two: Two, name: str) -> None:
    mapped, keys = MAPPED[name], two.keys[name]
    assert len(set(keys.values())) == 3
    for branch in (HERE, THERE):
        with two.database.reading(branch) as session:
            assert [key_of(row) for row in session.scalars(select(mapped))] == [keys[branch]]
            assert session.scalar(select(func.count()).select_from(mapped)) == 1
            counted = select(func.count()).select_from(select(mapped).subquery())
            assert session.scalar(counted) == 1
            first = mapped.__mapper__.primary_key[0]
            column = mapped.__mapper__.get_property_by_column(first).class_attribute
            assert len(session.scalars(select(column)).all()) == 1
            other = aliased(mapped)
            assert [key_of(row) for row in session.scalars(select(other))] == [keys[branch]]
    with two.database.reading() as session:
        assert len(session.scalars(select(mapped)).all()) == 3


@pytest.mark.parametrize("name", BEHIND)
def test_a_number_of_another_branch_finds_nothing(two: Two, name: str) -> None:
    mapped, keys = MAPPED[name], two.keys[name]
    with two.database.reading(HERE) as session:
        assert session.get(mapped, keys[HERE]) is not None
        assert session.get(mapped, keys[THERE]) is None
        assert session.get(mapped, keys[NAMELESS]) is None


@pytest.mark.parametrize("name", OPEN)
def test_what_belongs_to_no_branch_is_there_for_every_branch(two: Two, name: str) -> None:
    with two.database.reading(HERE) as behind, two.database.reading() as before:
        rows = select(func.count()).select_from(MAPPED[name])
        assert behind.scalar(rows) == before.scalar(rows) != 0


def test_a_complaint_about_no_policy_is_its_branchs_own(two: Two) -> None:
    with two.database.transaction() as session:
        kept = session.get(Complaint, two.keys["complaint"][HERE])
        assert kept is not None
        about, kept.policy_id = kept.policy_id, None
        session.flush()
        link = two.keys["complaint_event"][HERE]
        for branch, there in ((HERE, True), (THERE, False)):
            with Session(session.connection()) as behind:
                walls.put_up(behind, branch)
                assert (behind.get(Complaint, kept.id) is not None) is there
                assert (behind.get(ComplaintEvent, link) is not None) is there
        kept.policy_id = about


def test_joins_and_subqueries_do_not_lead_around_the_wall(two: Two) -> None:
    here = {(two.keys["policy"][HERE][0],)}
    with two.database.reading(HERE) as session:
        for query in (
            select(Call.policy_id).join(Policy, Call.policy_id == Policy.id),
            select(Policy.id).join(Call, Call.policy_id == Policy.id),
            select(Policy.id).where(Policy.id.in_(select(Case.policy_id))),
            select(Case.policy_id).outerjoin(Call, Case.call_id == Call.id),
            select(Turn.call_id, Call.policy_id).join(Call).with_only_columns(Call.policy_id),
            select(Handover.policy_id).union_all(select(SpecialRevisit.policy_id)),
        ):
            assert {tuple(row) for row in session.execute(query)} == here, str(query)
        exists = select(select(Policy.id).where(Policy.branch == THERE).exists())
        assert session.scalar(exists) is False
        said = select(select(func.count(Policy.id)).scalar_subquery())
        assert session.scalar(said) == 1
        shown = session.scalars(select(Handover).options(joinedload(Handover.policy))).all()
        assert [one.policy.branch for one in shown] == [HERE]


def test_a_branch_that_no_policy_names_sees_nothing(two: Two) -> None:
    for nobody in ("", "%", "北京 ", "' OR 1=1 --"):
        with two.database.reading(nobody) as session:
            for name in BEHIND:
                assert session.scalar(select(func.count()).select_from(MAPPED[name])) == 0, name


def test_two_sessions_at_once_have_their_own_walls(two: Two) -> None:
    with two.database.reading(HERE) as one, two.database.reading(THERE) as another:
        for session, branch in ((one, HERE), (another, THERE), (one, HERE)):
            assert session.scalars(select(Policy.branch)).all() == [branch]
