"""Accounts: made, changed, locked, given a new password; what is refused, and what is written
down about it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import pyotp
import pytest

from operations import accounts, passwords, sign_in
from operations.accounts import AccountTrouble
from operations.line import Line
from operations.rights import TABLE, Action, Role, Who, actions_of
from store import accounts as store
from store import audit as log
from store.database import Database
from store.tables import Account
from tests.operations import cheap
from tests.operations.rig import Rig
from tests.store.conftest import BOTH

THE_PRODUCT_S = passwords._hasher
ADMIN, GOOD = "系统管理员", "tea at the lake"


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap.hashes():
        yield


@pytest.fixture
def line(rig: Rig) -> Line:
    """With its first administrator."""
    assert accounts.first_administrator(rig.line) is not None
    return rig.line


def stored(line: Line, login: str) -> Account | None:
    with line.database.reading() as session:
        return store.by_login(session, login)


def number(line: Line, login: str) -> int:
    found = stored(line, login)
    assert found is not None
    return found.id


def noted(line: Line, login: str) -> list[tuple[str, str, str]]:
    with line.database.reading() as session:
        return [(one.who, one.what, one.detail) for one in log.about(session, [f"account:{login}"])]


def add(line: Line, login: str = "an", name: str = "安晓", *roles: Role, **more: str) -> str:
    made = accounts.add(line, login, name, roles or (Role.AGENT,), more.get("branch"), ADMIN)
    return made.password


def test_the_first_administrator_is_made_once(rig: Rig) -> None:
    made = accounts.first_administrator(rig.line)
    assert made is not None
    assert (made.login, made.name) == ("admin", ADMIN)
    assert accounts.first_administrator(rig.line) is None
    found = stored(rig.line, "admin")
    assert found is not None
    assert (found.roles, found.branch, found.must_change) == (["admin"], None, True)
    assert passwords.fits(found.password_hash, made.password)
    assert noted(rig.line, "admin") == [("huifang", "account-added", f"{ADMIN}; admin; -")]


def test_nobody_is_made_where_there_is_anybody(rig: Rig) -> None:
    add(rig.line)
    assert accounts.first_administrator(rig.line) is None


def test_an_account_has_a_password_to_be_changed(line: Line) -> None:
    password = add(line, " An.Xiao ", "  安  晓 ", Role.AGENT, Role.BRANCH, branch="北京")
    found = stored(line, "an.xiao")
    assert found is not None
    assert (found.name, found.roles, found.branch) == ("安 晓", ["agent", "branch"], "北京")
    assert (found.must_change, found.active, found.created_by) == (True, True, ADMIN)
    assert len(password.replace("-", "")) == 12
    assert noted(line, "an.xiao") == [(ADMIN, "account-added", "安 晓; agent, branch; 北京")]


def test_a_lasting_password_need_not_be_changed(line: Line) -> None:
    lasting = "清晨 的 茶 与 远山"
    made = accounts.add(line, "jia", "甲某", [Role.AGENT], None, ADMIN, lasting=lasting)
    found = stored(line, "jia")
    assert found is not None
    assert (made.password, found.must_change) == (lasting, False)
    assert passwords.fits(found.password_hash, lasting)


def test_a_lasting_password_must_be_a_good_one(line: Line) -> None:
    with pytest.raises(AccountTrouble, match="fewer than 10"):
        accounts.add(line, "jia", "甲某", [Role.AGENT], None, ADMIN, lasting="tea")
    assert stored(line, "jia") is None


@pytest.mark.parametrize(
    ("login", "name", "roles", "branch", "why"),
    [
        ("", "甲", [Role.AGENT], None, "1 to 60"),
        ("   ", "甲", [Role.AGENT], None, "1 to 60"),
        ("jia", "", [Role.AGENT], None, "1 to 60"),
        ("j" * 61, "甲", [Role.AGENT], None, "1 to 60"),
        ("jia", "甲" * 61, [Role.AGENT], None, "1 to 60"),
        ("ji\0a", "甲", [Role.AGENT], None, "1 to 60"),
        ("ji\na", "甲", [Role.AGENT], None, "1 to 60"),
        ("jia", "安晓\u200b", [Role.AGENT], None, "1 to 60"),  # looks like somebody else
        ("jia", "甲\0", [Role.AGENT], None, "1 to 60"),
        ("jia", "甲", [], None, "no role"),
        ("jia", "甲", [Role.BRANCH], None, "belongs to a branch"),
        ("jia", "甲", [Role.BRANCH], "", "belongs to a branch"),
        ("ADMIN", "甲", [Role.AGENT], None, "account admin already"),
        ("jia", ADMIN, [Role.AGENT], None, "somebody called"),
        ("jia", f" {ADMIN} ", [Role.AGENT], None, "somebody called"),
    ],
)
def test_what_makes_no_account(
    line: Line, login: str, name: str, roles: list[Role], branch: str | None, why: str
) -> None:
    with pytest.raises(AccountTrouble, match=why):
        accounts.add(line, login, name, roles, branch, ADMIN)
    with line.database.reading() as session:
        assert [one.login for one in store.every(session)] == ["admin"]


def test_a_name_differs_by_more_than_its_case(line: Line) -> None:
    """Two that a decision by two people would take for one."""
    add(line, "an", "An Xiao")
    with pytest.raises(AccountTrouble, match="somebody called"):
        add(line, "an2", "AN XIAO")


def test_roles_and_branch_are_changed_together(line: Line) -> None:
    add(line)
    accounts.change(line, "AN", ADMIN, roles=[Role.REVIEWER, Role.BRANCH], branch="上海")
    found = stored(line, "an")
    assert found is not None
    assert (found.roles, found.branch) == (["branch", "reviewer"], "上海")
    assert noted(line, "an")[-1] == (ADMIN, "account-changed", "branch, reviewer; 上海")
    accounts.change(line, "an", ADMIN, roles=[Role.REVIEWER], branch=None)
    found = stored(line, "an")
    assert found is not None
    assert found.branch is None


@pytest.mark.parametrize(("roles", "why"), [([], "no role"), ([Role.BRANCH], "to a branch")])
def test_what_changes_no_account(line: Line, roles: list[Role], why: str) -> None:
    add(line)
    before = noted(line, "an")
    with pytest.raises(AccountTrouble, match=why):
        accounts.change(line, "an", ADMIN, roles=roles, branch=None)
    found = stored(line, "an")
    assert found is not None
    assert found.roles == ["agent"]
    assert noted(line, "an") == before


CHANGES: list[Callable[[Line, str], object]] = [
    lambda line, login: accounts.change(line, login, ADMIN, roles=[Role.AGENT], branch=None),
    lambda line, login: accounts.lock(line, login, ADMIN),
    lambda line, login: accounts.unlock(line, login, ADMIN),
    lambda line, login: accounts.reset(line, login, ADMIN),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("login", ["nobody", "", "a\0", "admin'--"])
def test_nobody_is_not_changed(
    line: Line, change: Callable[[Line, str], object], login: str
) -> None:
    with pytest.raises(AccountTrouble, match="there is no account"):
        change(line, login)


@pytest.mark.parametrize("change", CHANGES[:2])
def test_the_last_administrator_stays(line: Line, change: Callable[[Line, str], object]) -> None:
    add(line)
    with pytest.raises(AccountTrouble, match="last administrator"):
        change(line, "admin")
    add(line, "second", "第二人", Role.ADMIN)
    accounts.lock(line, "second", ADMIN)  # who cannot sign in lets nobody in
    with pytest.raises(AccountTrouble, match="last administrator"):
        change(line, "admin")
    accounts.unlock(line, "second", ADMIN)
    change(line, "admin")
    with pytest.raises(AccountTrouble, match="last administrator"):
        change(line, "second")


@pytest.mark.parametrize("kind", BOTH)
def test_two_who_lock_each_other_do_not_both_succeed(
    rig: Rig, kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, together = rig.line, Barrier(2)
    if kind == "postgres":
        line = replace(line, database=Database(request.getfixturevalue("postgres")(prepared=True)))
    for name in ("甲", "乙"):
        accounts.add(line, f"login {name}", name, [Role.ADMIN], None, "huifang")
    ask = accounts._not_the_last

    def asks(everybody: Sequence[Account], account: Account) -> None:
        ask(everybody, account)
        with suppress(BrokenBarrierError):  # they do not get here together, and go on alone
            together.wait(1)

    monkeypatch.setattr(accounts, "_not_the_last", asks)

    def locks(name: str) -> str:
        try:
            return accounts.lock(line, f"login {name}", "huifang") or "locked"
        except AccountTrouble as trouble:
            return str(trouble)

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(locks, ("甲", "乙")))
    assert said[0] == "locked"
    assert "last administrator" in said[1]
    line.database.close()


def test_an_administrator_may_get_other_roles_besides(line: Line) -> None:
    accounts.change(line, "admin", ADMIN, roles=[Role.ADMIN, Role.COMPLIANCE], branch=None)
    found = stored(line, "admin")
    assert found is not None
    assert found.roles == ["admin", "compliance"]


def test_whoever_is_no_administrator_may_be_locked(line: Line) -> None:
    add(line)
    accounts.lock(line, "an", ADMIN)
    accounts.lock(line, "an", ADMIN)
    found = stored(line, "an")
    assert found is not None
    assert not found.active


def test_a_reset_takes_the_codes_away_and_the_password(line: Line) -> None:
    first = add(line)
    secret = accounts.new_secret()
    accounts.use_codes(line, number(line, "an"), secret, pyotp.TOTP(secret).at(line.wall()))
    made = accounts.reset(line, "an", ADMIN)
    found = stored(line, "an")
    assert found is not None
    assert (found.otp_secret, found.otp_step, found.must_change) == (None, None, True)
    assert made.password != first
    assert sign_in.sign_in(line, "an", made.password, "", "192.0.2.1")
    assert [what for _, what, _ in noted(line, "an")] == [
        "account-added", "codes-on", "password-reset", "signed-in",
    ]  # fmt: skip


def test_a_code_that_does_not_fit_turns_nothing_on(line: Line) -> None:
    add(line)
    secret = accounts.new_secret()
    for code in ("", "12", "abcdef", "١٢٣٤٥٦"):
        with pytest.raises(AccountTrouble, match="does not fit"):
            accounts.use_codes(line, number(line, "an"), secret, code)
    found = stored(line, "an")
    assert found is not None
    assert found.otp_secret is None


def test_the_picture_names_whose_codes_these_are() -> None:
    address = accounts.secret_address(accounts.new_secret(), "安晓", "示范人寿")
    parsed = pyotp.parse_uri(address)
    assert (parsed.name, parsed.issuer) == ("安晓", "Huifang 示范人寿")


def test_a_password_of_one_s_own(line: Line) -> None:
    given = add(line)
    accounts.choose_password(line, number(line, "an"), given, GOOD, GOOD)
    found = stored(line, "an")
    assert found is not None
    assert not found.must_change
    assert passwords.fits(found.password_hash, GOOD)
    assert noted(line, "an")[-1] == ("安晓", "password-changed", "")


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        (GOOD, GOOD + "s", "differ"),
        ("short", "short", "fewer than 10"),
        ("a b " * 51, "a b " * 51, "more than 200"),
        ("1380013800", "1380013800", "easily guessed"),
        ("aaaaaaaaaabb", "aaaaaaaaaabb", "easily guessed"),
        ("my anxiao2026", "my anxiao2026", "contains the login"),
        ("ANXIAO is here", "ANXIAO is here", "contains the login"),
        ("安晓的密码很长很长", "安晓的密码很长很长", "fewer than 10"),
        ("安晓的密码真的很长很长", "安晓的密码真的很长很长", "contains the login"),
    ],
)
def test_what_is_no_password(line: Line, new: str, again: str, why: str) -> None:
    given = add(line, "anxiao")
    with pytest.raises(AccountTrouble, match=why):
        accounts.choose_password(line, number(line, "anxiao"), given, new, again)
    found = stored(line, "anxiao")
    assert found is not None
    assert found.must_change


def test_the_one_time_password_is_not_kept(line: Line) -> None:
    given = add(line)
    with pytest.raises(AccountTrouble, match="is the present one"):
        accounts.choose_password(line, number(line, "an"), given, given, given)


def test_guesses_at_an_open_screen_are_counted(line: Line) -> None:
    given = add(line)
    for _ in range(sign_in.PER_LOGIN):
        with pytest.raises(AccountTrouble, match="present password is wrong"):
            accounts.choose_password(line, number(line, "an"), "a guess", GOOD, GOOD)
    with pytest.raises(AccountTrouble, match="too many attempts"):
        accounts.choose_password(line, number(line, "an"), given, GOOD, GOOD)


def test_made_up_passwords_are_good_enough_and_differ() -> None:
    made = {passwords.made_up() for _ in range(50)}
    assert len(made) == 50
    assert {passwords.fault(one, "an", "安晓") for one in made} == {""}


@pytest.mark.parametrize("stored_hash", [None, "", "md5:abc", "$argon2id$broken"])
def test_what_is_no_hash_fits_nothing(stored_hash: str | None) -> None:
    assert not passwords.fits(stored_hash, "")
    assert not passwords.fits(stored_hash, GOOD)


def test_the_product_s_own_hash_is_argon2id_as_the_library_advises() -> None:
    hashed = THE_PRODUCT_S().hash(GOOD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_rights_are_the_sum_of_roles() -> None:
    assert actions_of([]) == frozenset()
    both = Who(1, "甲", frozenset({Role.ADMIN, Role.AGENT}))
    assert both.may(Action.INTERVIEW)
    assert both.may(Action.MANAGE_ACCOUNTS)
    assert not both.may(Action.LISTEN)
    assert set(TABLE) == set(Role)


def test_an_administrator_belongs_to_head_office(line: Line) -> None:
    with pytest.raises(AccountTrouble, match="leave the branch empty"):
        add(line, "bo", "伯", Role.ADMIN, branch="北京")
    add(line, "bo", "伯", Role.AGENT, branch="北京")
    with pytest.raises(AccountTrouble, match="leave the branch empty"):
        accounts.change(line, "bo", ADMIN, roles=[Role.ADMIN], branch="北京")
    accounts.change(line, "bo", ADMIN, roles=[Role.ADMIN], branch=None)


def test_whoever_manages_accounts_sees_no_customer() -> None:
    customers = {Action.SEE_POLICY, Action.SEE_CALLS, Action.LISTEN, Action.UNMASK, Action.EXPORT}
    assert not customers & TABLE[Role.ADMIN]
    for role in set(Role) - {Role.ADMIN}:
        assert Action.MANAGE_ACCOUNTS not in TABLE[role]
