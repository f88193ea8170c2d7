"""Who signs in to a demonstration: one person of each role, whose password the sign-in page shows.
There are fabricated policies only, and no other machine reaches the console."""

from typing import Final

from operations import accounts
from operations.line import Line
from operations.rights import Role
from store import accounts as store
from store.policies import branches
from web.app import ShownAccount

#: Everybody's; shown on the sign-in page.
PASSWORD: Final = "huifang-tea-2026"
#: Of a list that names no branch.
NO_BRANCH: Final = "示范分公司"
PEOPLE: Final = (
    ("anxiao", "安晓", Role.AGENT),
    ("bianyuan", "边远", Role.BRANCH),
    ("zhimin", "智敏", Role.REVIEWER),
    ("zhuming", "祝明", Role.SUPERVISOR),
    ("hegui", "何规", Role.COMPLIANCE),
    ("guanli", "关理", Role.ADMIN),
)


def let_in(line: Line) -> tuple[ShownAccount, ...]:
    """Make the accounts that are not there yet, and say how to sign in with each."""
    for login, name, role in PEOPLE:
        with line.database.reading() as session:
            there = store.by_login(session, login) is not None
        if not there:
            _add(line, login, name, role)
    return tuple(ShownAccount(login, name, role.value, PASSWORD) for login, name, role in PEOPLE)


def _add(line: Line, login: str, name: str, role: Role) -> None:
    branch = _branch(line) if role is Role.BRANCH else None
    accounts.add(line, login, name, [role], branch, "huifang demo", lasting=PASSWORD)


def _branch(line: Line) -> str:
    """The first branch of the list that was imported."""
    with line.database.reading() as session:
        return next(iter(branches(session)), NO_BRANCH)
