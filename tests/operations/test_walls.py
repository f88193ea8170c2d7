"""A session behind the wall sees one branch, whatever it asks and however the tables are joined."""

from sqlalchemy import func, select, update

from operations import case_work
from store import walls
from store.tables import Base, Call, Case, CaseEvent, CaseWork, Policy, Turn
from tests.operations.casework import GAO, UNSURE, staff
from tests.operations.rig import SOMEBODY_ELSE, Rig

HERE, THERE = "青岛分公司", "济南分公司"


def furnished(rig: Rig) -> None:
    """A case that is worked on in each of two branches."""
    staff(rig)
    rig.import_rows({}, {"保单号": "P0002", "手机": "13900000002", **SOMEBODY_ELSE})
    for number, branch in (("P0001", HERE), ("P0002", THERE)):
        with rig.line.database.transaction() as session:
            session.execute(update(Policy).where(Policy.number == number).values(branch=branch))
    for case in (1, 2):
        caller = rig.ring()
        caller.picks_up()
        caller.talks(UNSURE)
        caller.hangs_up()
        case_work.assign(rig.line, GAO, case, 0, GAO.name)


def test_every_table_that_leads_to_a_policy_is_behind_it(rig: Rig) -> None:
    furnished(rig)
    kept = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    seen = {}
    for branch in (None, HERE, THERE, "无此机构"):
        with rig.line.database.reading(branch) as session:
            seen[branch] = {
                name: session.scalar(select(func.count()).select_from(kept[name]))
                for name in (*walls.ways(), "policy")
                if name in kept
            }
    assert not any(seen["无此机构"].values())
    for name, whole in seen[None].items():
        assert seen[HERE][name] + seen[THERE][name] == whole, name
    assert {name for name, count in seen[HERE].items() if count} >= {
        "policy", "call", "turn", "finding", "case", "case_work", "case_event",
    }  # fmt: skip


def test_a_table_that_is_read_twice_is_narrowed_twice(rig: Rig) -> None:
    """The wall's own look at a table must not be taken for the query's."""
    furnished(rig)
    joined = (
        select(Policy.number, func.count())
        .join(Case, Case.policy_id == Policy.id)
        .outerjoin(CaseWork, CaseWork.case_id == Case.id)
        .outerjoin(CaseEvent, CaseEvent.case_id == Case.id)
        .group_by(Policy.number)
    )
    asked = select(Case).where(
        Case.call_id.in_(select(Turn.call_id).join(Call, Turn.call_id == Call.id))
    )
    with rig.line.database.reading(THERE) as session:
        assert list(session.execute(joined)) == [("P0002", 1)]
        assert [one.policy.number for one in session.scalars(asked)] == ["P0002"]
