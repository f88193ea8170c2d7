"""``huifang accounts``, the first start of the console, and who signs in to a demonstration."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from huifang.demo import people
from operations import sign_in
from operations.rights import Role
from store import accounts as store
from store.database import Database
from tests.huifang.conftest import Terminal
from tests.operations import cheap
from tests.operations.rig import Rig
from tests.prepared import blank_at
from web.forms import FIELD

AN = ("accounts", "add", "an", "--name", "安晓", "--role", "agent")


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap.hashes():
        yield


@pytest.fixture
def an(terminal: Terminal) -> Terminal:
    """A house with one account."""
    blank_at(terminal.home / "huifang.db")
    assert terminal.run(*AN).code == 0
    return terminal


def test_an_account_is_made_and_its_password_shown_once(terminal: Terminal) -> None:
    said = terminal.run(*AN, "--role", "branch", "--branch", "北京", "--by", "祝明", "--json")
    assert said.code == 0
    assert (said.json["login"], said.json["name"]) == ("an", "安晓")
    password = said.json["password"]
    (found,) = terminal.run("accounts", "list", "--json").json
    assert found == {
        "login": "an", "name": "安晓", "roles": ["agent", "branch"], "branch": "北京",
        "active": True, "codes": False, "must_change_password": True, "staff_number": None,
    }  # fmt: skip
    assert password.encode() not in terminal.database
    logged = terminal.run("audit", "list", "--json").json
    assert [(one["who"], one["what"], one["about"]) for one in logged] == [
        ("祝明", "account-added", "account:an")
    ]
    assert password not in json.dumps(logged)


def test_people_read_it_in_words(an: Terminal) -> None:
    listed = an.run("accounts", "list")
    assert all(word in listed.out for word in ("an", "安晓", "agent", "all", "yes"))
    reset = an.run("accounts", "reset", "an")
    assert re.search(r"^an \(安晓\): one-time password \w{4}-\w{4}-\w{4}$", reset.err, re.M)
    assert "shown only now" in reset.err


def test_an_account_is_changed_locked_and_unlocked(an: Terminal) -> None:
    change = ("accounts", "change", "an", "--role", "reviewer", "--branch", "上海")
    assert an.run(*change, "--json").json == {"login": "an", "done": "changed"}
    assert an.run("accounts", "lock", "an", "--json").json == {"login": "an", "done": "locked"}
    (found,) = an.run("accounts", "list", "--json").json
    assert (found["roles"], found["branch"], found["active"]) == (["reviewer"], "上海", False)
    assert "locked" in an.run("accounts", "list").out
    assert an.run("accounts", "unlock", "an").err == "an: unlocked\n"
    (found,) = an.run("accounts", "list", "--json").json
    assert found["active"]
    logged = [one["what"] for one in an.run("audit", "list", "--json").json]
    assert logged == ["account-unlocked", "account-locked", "account-changed", "account-added"]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (AN, "there is an account an already"),
        (("accounts", "add", "an2", "--name", "安晓", "--role", "agent"), "somebody called 安晓"),
        (("accounts", "add", "b", "--name", "边远", "--role", "branch"), "belongs to a branch"),
        (("accounts", "add", " ", "--name", "边远", "--role", "agent"), "1 to 60 characters"),
        (("accounts", "lock", "nobody"), "there is no account nobody"),
        (("accounts", "reset", "nobody"), "there is no account nobody"),
        (("accounts", "change", "nobody", "--role", "agent"), "there is no account nobody"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    an: Terminal, command: tuple[str, ...], why: str
) -> None:
    assert why in an.run(*command).complaint
    assert len(an.run("accounts", "list", "--json").json) == 1


def test_the_last_administrator_stays_on_the_command_line_too(terminal: Terminal) -> None:
    terminal.run("accounts", "add", "root", "--name", "管", "--role", "admin")
    for command in (("lock", "root"), ("change", "root", "--role", "agent")):
        assert "last administrator" in terminal.run("accounts", *command).complaint


@pytest.mark.parametrize(
    "command",
    [
        ("accounts", "add", "an", "--name", "安晓"),
        ("accounts", "add", "an", "--role", "agent"),
        ("accounts", "add", "an", "--name", "安晓", "--role", "king"),
        ("accounts", "change", "an"),
        ("accounts", "lock"),
        ("accounts", "delete", "an"),
    ],
)
def test_wrong_usage(terminal: Terminal, command: tuple[str, ...]) -> None:
    assert terminal.run(*command).code == 2


@contextmanager
def console(home: Path) -> Iterator[dict[str, Any]]:
    """What the console says at its start, while it runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUIFANG_")}
    ours = {"HUIFANG_HOME": str(home), "HUIFANG_PORT": "0", "HUIFANG_ENGINE": "none"}
    command = [sys.executable, "-c", "from huifang.cli import main; main()", "web", "--json"]
    with subprocess.Popen(
        command, env={**kept, **ours}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            text = ""
            for line in process.stdout:
                text += line
                if line.startswith("}"):
                    break
            yield json.loads(text)
        finally:
            process.terminate()


def test_the_first_start_lets_the_administrator_in(tmp_path: Path) -> None:
    with console(tmp_path) as first:
        made = first["first_administrator"]
        assert made["login"] == "admin"
        with httpx.Client(base_url=first["console"], follow_redirects=True) as browser:
            word = re.search(f'name="{FIELD}" value="([^"]+)"', browser.get("/sign-in").text)
            assert word is not None
            form = {FIELD: word[1], "login": "admin", "password": made["password"]}
            answer = browser.post("/sign-in", data=form)
        assert (answer.status_code, answer.url.path) == (200, "/account")
    with console(tmp_path) as again:
        assert again["first_administrator"] is None


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()


def test_each_account_of_a_demonstration_signs_in(rig: Rig) -> None:
    rig.import_rows()
    shown = people.let_in(rig.line)
    assert {one.role for one in shown} == {role.value for role in Role}
    for one in shown:
        word = sign_in.sign_in(rig.line, one.login, one.password, "", "127.0.0.1")
        signed = sign_in.signed(rig.line, word)
        assert signed is not None
        assert (signed.who.name, signed.must_change) == (one.name, False)
        assert signed.who.roles == {Role(one.role)}
        assert (signed.who.branch is not None) == (one.role == Role.BRANCH)
    before = accounts_of(rig.line.database)
    assert people.let_in(rig.line) == shown  # a demonstration that goes on
    assert accounts_of(rig.line.database) == before


def accounts_of(database: Database) -> list[tuple[str, str | None]]:
    with database.reading() as session:
        return [(one.login, one.password_hash) for one in store.every(session)]


def test_a_staff_number_is_one_persons(terminal: Terminal) -> None:
    def number() -> str:
        (found, *_) = terminal.run("accounts", "list", "--json").json
        return str(found["staff_number"])

    terminal.run(*AN, "--role", "agent", "--staff-number", "H 10001")
    assert number() == "H10001"
    terminal.run("accounts", "change", "an", "--role", "agent")
    assert number() == "H10001"  # not spoken of
    other = ("accounts", "add", "bo", "--name", "薄经办", "--role", "agent", "--staff-number")
    assert "is that of 安晓; check it" in terminal.run(*other, "H10001").complaint
    assert "at most 40 characters" in terminal.run(*other, "9" * 41).complaint
    assert len(terminal.run("accounts", "list", "--json").json) == 1  # nothing half made
    terminal.run("accounts", "change", "an", "--role", "agent", "--staff-number", "")
    assert number() == "None"
    assert terminal.run(*other, "H10001").code == 0
