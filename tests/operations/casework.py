"""People who work on cases, and a policy whose holder said that somebody else had signed."""

from collections.abc import Mapping

from sqlalchemy import update

from operations.rights import Role, Who
from store.tables import Account, Case, CaseEvent, CaseWork, Policy
from tests.operations.rig import YES, Rig

#: A branch handler, a supervisor of head office, and a reviewer.
HAN = Who(1, "韩经办", frozenset({Role.BRANCH}), "青岛分公司")
GAO = Who(2, "高主管", frozenset({Role.SUPERVISOR}))
QI = Who(3, "齐质检", frozenset({Role.REVIEWER}))
#: A handler of another branch, and one with the name of the policy's seller.
ELSEWHERE = Who(4, "冯经办", frozenset({Role.BRANCH}), "济南分公司")
SELLER = Who(5, "苗青", frozenset({Role.BRANCH}), "青岛分公司")
PEOPLE = (HAN, GAO, QI, ELSEWHERE, SELLER)

#: The holder does not remember who signed: 沟通解释件, closed by a letter or a second revisit.
UNSURE = {**YES, "SIGN_APP": ["记不清了", "真的记不清了", "记不清了"]}
#: Somebody else has signed: 代签字, closed by new signatures only.
NOT_ME = {**YES, "SIGN_APP": ["不是我签的", "我儿子签的", "我儿子签的"]}


def staff(rig: Rig) -> None:
    """Accounts for everybody."""
    with rig.line.database.transaction() as session:
        for who in PEOPLE:
            session.add(
                Account(
                    login=who.name, name=who.name, must_change=False, branch=who.branch,
                    active=True, roles=sorted(who.roles), created_at=rig.clock(),
                    created_by="test",
                )
            )  # fmt: skip


def opened(rig: Rig, answers: Mapping[str, str | list[str]], at: str = "青岛分公司") -> Case:
    """The case of a first revisit in which the holder gave these answers."""
    rig.import_rows()
    moved(rig, at)
    caller = rig.ring()
    caller.picks_up()
    caller.talks(answers)
    caller.hangs_up()
    case: Case = rig.one(Case)
    return case


def moved(rig: Rig, branch: str) -> None:
    """Every policy belongs to this branch."""
    with rig.line.database.transaction() as session:
        session.execute(update(Policy).values(branch=branch))


def work(rig: Rig, case_id: int = 1) -> CaseWork:
    """Where the work on a case stands."""
    with rig.line.database.reading() as session:
        return session.get_one(CaseWork, case_id)


def deeds(rig: Rig) -> list[tuple[str, str]]:
    """Who did what to the cases."""
    return [(one.by, one.what) for one in rig.all(CaseEvent)]
