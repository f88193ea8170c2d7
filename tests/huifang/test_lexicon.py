"""The life of a lexicon at the command line: export, edit, check, preview, publish, look back."""

from pathlib import Path

import pytest

from scripts.answers import examples
from tests.huifang.conftest import Terminal

RULE = '  - {id: mine, match: "甲甲", as: ALL_KNOWN}\n'
TABLE = "question\tanswer\nLIABILITY\t甲甲\n"


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def example(folder: Path, label: str) -> None:
    with (folder / "examples.tsv").open("a", encoding="utf-8") as file:
        file.write(f"mine\tLIABILITY\t甲甲\t{label}\n")


@pytest.fixture(autouse=True)
def a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Previews look at every tenth of the examples that ship, to come to an end sooner; whole ones
    are made in tests/operations/test_lexicon.py."""
    few, of_words = examples.labelled()[::10], list(examples.of_words())[::10]
    monkeypatch.setattr("operations.lexicon.labelled", lambda: few)
    monkeypatch.setattr("operations.lexicon.of_words", lambda: of_words)


@pytest.fixture
def folder(terminal: Terminal) -> Path:
    """An exported lexicon with a phrase more, and its example."""
    assert terminal.run("answers", "export", "mine").code == 0
    folder = terminal.folder / "mine"
    edit(folder, "phrases.yaml", "phrases:\n", "phrases:\n" + RULE)
    example(folder, "affirm")
    return folder


def test_what_is_exported_and_edited_is_put_in_force(terminal: Terminal, folder: Path) -> None:
    assert terminal.run("answers", "read", stdin=TABLE).out.splitlines()[1].endswith("unclear\t")

    shown = terminal.run("answers", "preview", "mine", "--tsv", "changes.tsv", "--json").json
    assert shown["counts"]["into_yes"] == 1
    assert shown["counts"]["false_yes"] == 0
    rows = (terminal.folder / "changes.tsv").read_text("utf-8").splitlines()
    assert len(rows) == 1 + shown["counts"]["changed"]
    assert rows[1].startswith("unclear\taffirm\taffirm\tLIABILITY\t甲甲")

    publish = ("answers", "publish", "mine", "--by", "王主管", "--note", "补")
    done = terminal.run(*publish, "--json").json
    assert terminal.run("answers", "read", stdin=TABLE).out.splitlines()[1].endswith("affirm\t")
    versions = terminal.run("answers", "versions", "--json").json
    assert [one["in_force"] for one in versions] == [False, True]
    assert versions[1]["fingerprint"] == done["fingerprint"]
    assert (versions[1]["published_by"], versions[1]["note"]) == ("王主管", "补")
    assert "phrase mine: added" in terminal.run("answers", "diff", "packaged", "1").out


def test_what_is_in_force_is_not_published_again(terminal: Terminal) -> None:
    assert terminal.run("answers", "export", "same").code == 0
    again = terminal.run("answers", "publish", "same", "--by", "王主管", "--note", "再来")
    assert "in force already" in again.complaint


def test_a_false_yes_is_loud_and_holds_up_publishing(terminal: Terminal, folder: Path) -> None:
    path = folder / "lexicon.yaml"
    text = path.read_text("utf-8").replace("\nclasses:\n", "\nclasses:\n  ODD: 不清楚\n", 1)
    path.write_text(text, "utf-8")
    edit(folder, "phrases.yaml", RULE, RULE.replace("甲甲", "甲甲|不清楚|不知道"))
    shown = terminal.run("answers", "preview", "mine")
    assert shown.code == 1
    assert "BECOME A YES" in shown.out
    assert shown.out.splitlines()[1].startswith("FALSE YES")
    publish = ("answers", "publish", "mine", "--by", "王主管", "--note", "试")
    assert "would become a yes" in terminal.run(*publish).complaint
    assert len(terminal.run("answers", "versions", "--json").json) == 1
    assert terminal.run(*publish, "--anyway").code == 0


def test_a_mistake_stops_everything_but_the_check(terminal: Terminal, folder: Path) -> None:
    edit(folder, "phrases.yaml", RULE, RULE.replace("甲甲", "NOWORD"))
    checked = terminal.run("answers", "check", "mine", "--json")
    assert checked.code == 1
    (fault,) = [one for one in checked.json if one["severity"] == "error"]
    assert (fault["file"], fault["entry"], fault["code"]) == ("phrases.yaml", "mine", "bad-pattern")
    assert fault["line"]
    for command in (("preview", "mine"), ("publish", "mine", "--by", "a", "--note", "b")):
        assert "NOWORD" in terminal.run("answers", *command).complaint


def test_nothing_is_written_over(terminal: Terminal, folder: Path) -> None:
    assert "there already" in terminal.run("answers", "export", "mine").complaint


def test_an_old_version_is_exported_and_published_again(terminal: Terminal) -> None:
    assert terminal.run("answers", "export", "old", "--version", "packaged").code == 0
    assert "no lexicon" in terminal.run("answers", "export", "new", "--version", "7").complaint


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("check", "nowhere"), ["nowhere", "answers export"]),
        (("diff", "packaged", "7"), ["7", "answers versions"]),
        (("publish", "nowhere", "--by", " ", "--note", "x"), ["--by", "--note"]),
    ],
)
def test_what_is_not_there_is_named(
    terminal: Terminal, command: tuple[str, ...], words: list[str]
) -> None:
    complaint = terminal.run("answers", *command).complaint
    assert all(word in complaint for word in words)
