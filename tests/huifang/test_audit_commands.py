"""``huifang audit``: the log read and checked in a terminal."""

import sqlite3
from contextlib import closing

import pytest

from huifang.settings import Settings
from huifang.wiring import make_line
from operations import accounts
from operations.rights import Role
from tests.huifang.conftest import Said, Terminal
from tests.operations import cheap


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with four entries in its log."""
    home = tmp_path_factory.mktemp("log")
    line = make_line(Settings(home=home))
    with cheap.hashes():
        for login, name in (("an", "安晓"), ("bian", "边远"), ("zhi", "智敏")):
            accounts.add(line, login, name, [Role.AGENT], None, "关理")
        accounts.lock(line, "bian", "何规")
    line.database.close()
    return (home / "huifang.db").read_bytes()


@pytest.fixture
def log(terminal: Terminal, written: bytes) -> Terminal:
    """A terminal over it."""
    terminal.home.mkdir()
    (terminal.home / "huifang.db").write_bytes(written)
    return terminal


def tampered(log: Terminal, *statements: str) -> None:
    """By somebody who knows of the triggers."""
    with closing(sqlite3.connect(log.home / "huifang.db")) as connection:
        for one in ("update", "delete"):
            connection.execute(f"DROP TRIGGER audit_entry_no_{one}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def verified(log: Terminal, *options: str) -> Said:
    return log.run("audit", "verify", "--json", *options)


def test_the_newest_entries_are_listed_first(log: Terminal) -> None:
    entries = log.run("audit", "list", "--json").json
    assert [one["number"] for one in entries] == [4, 3, 2, 1]
    assert entries[0]["what"] == "account-locked"
    assert set(entries[0]) == {"number", "at", "who", "what", "about", "detail", "hash"}
    assert [one["number"] for one in log.run("audit", "list", "--last", "2", "--json").json] == [
        4,
        3,
    ]


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--what", "account-locked"), [4]),
        (("--words", "何规"), [4]),
        (("--words", "bian"), [4, 2]),
        (("--words", "bian", "--what", "account-added"), [2]),
        (("--words", "%"), []),
        (("--what", "account"), []),
    ],
)
def test_the_list_is_narrowed(log: Terminal, options: tuple[str, ...], numbers: list[int]) -> None:
    entries = log.run("audit", "list", "--json", *options).json
    assert [one["number"] for one in entries] == numbers


def test_the_list_in_words(log: Terminal) -> None:
    said = log.run("audit", "list", "--last", "1")
    assert said.code == 0
    assert "1 of 4 entries" in said.out
    assert "account:bian" in said.out


@pytest.mark.parametrize("last", ["0", "-1", "many"])
def test_wrong_usage(log: Terminal, last: str) -> None:
    assert log.run("audit", "list", "--last", last).code == 2


def test_a_whole_log(log: Terminal) -> None:
    said = verified(log)
    head = log.run("audit", "list", "--json", "--last", "1").json[0]["hash"]
    assert said.code == 0
    assert said.json == {"whole": True, "entries": 4, "head": head, "broken_at": None, "why": ""}
    words = log.run("audit", "verify")
    assert words.code == 0
    assert f"is whole: 4 entries, the last hash is {head}" in words.err


def test_a_log_that_is_not_whole(log: Terminal) -> None:
    tampered(log, "UPDATE audit_entry SET who = '别人' WHERE number = 2")
    said = verified(log)
    assert (said.code, said.json["whole"], said.json["broken_at"]) == (1, False, 2)
    words = log.run("audit", "verify")
    assert words.code == 1
    assert "is broken: entry 2 was changed" in words.err


def test_a_log_cut_short_is_found_with_the_hash_that_was_kept(log: Terminal) -> None:
    kept = verified(log).json["head"]
    assert verified(log, "--known-head", kept.upper()).code == 0
    tampered(
        log, "DELETE FROM audit_entry WHERE number = 4",
        "UPDATE audit_head SET number = 3, hash ="
        " (SELECT hash FROM audit_entry WHERE number = 3)",
    )  # fmt: skip
    assert verified(log).code == 0
    said = verified(log, "--known-head", kept)
    assert said.code == 1
    assert "kept stands nowhere" in said.json["why"]


def test_an_empty_log_is_whole(terminal: Terminal) -> None:
    said = verified(terminal)
    assert (said.code, said.json["entries"]) == (0, 0)
    assert terminal.run("audit", "list", "--json").json == []
