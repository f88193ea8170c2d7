"""Every command: its help, its exit codes, and its one JSON document with messages on stderr."""

import csv
from pathlib import Path

import click
import pytest

from huifang.cli import COMMANDS, main
from tests.huifang.conftest import DATA, Terminal

SAMPLES = Path(__file__).parent.parent / "scheduler" / "data"


def every_command() -> list[tuple[str, ...]]:
    """The words of every command, groups opened."""
    found: list[tuple[str, ...]] = []
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        inner = command.commands if isinstance(command, click.Group) else {}
        found.extend((name, each) for each in inner)
        found.append((name,))
    return found


def test_help_lists_every_command(terminal: Terminal) -> None:
    said = terminal.run("--help")
    assert said.code == 0
    for name in COMMANDS:
        assert f"\n  {name}" in said.out


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_help(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.run(*words, "--help")

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Usage: huifang")
    assert terminal.database == []


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_json(words: tuple[str, ...]) -> None:
    command = main.get_command(click.Context(main), words[0])
    for word in words[1:]:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    if not isinstance(command, click.Group):
        assert command is not None
        assert "--json" in [name for each in command.params for name in each.opts]


@pytest.mark.parametrize(
    "words",
    [
        "dial", "import", "import a.csv b.csv", "import --dry", "plan --at yesterday",
        "demo --at 9",
        "cases show", "cases show one", "listen", "demo --engine other", "scripts", "scripts burn",
        "answers read a b", "listen a.wav --channel left",
    ],
)  # fmt: skip
def test_wrong_usage_is_2(terminal: Terminal, words: str) -> None:
    said = terminal.run(*words.split())

    assert (said.code, said.out) == (2, "")
    assert "Usage: huifang" in said.err


def test_version(terminal: Terminal) -> None:
    assert terminal.run("--version").out.startswith("huifang, version ")


def test_import_says_what_every_row_became(terminal: Terminal) -> None:
    said = terminal.run("import", str(SAMPLES / "policies-200.xlsx"), "--json")

    assert said.code == 0
    assert set(said.json) >= {"read", "counts", "rows"}
    with (SAMPLES / "policies-200.truth.tsv").open(encoding="utf-8") as file:
        truth = [(row["policy"], int(row["row"])) for row in csv.DictReader(file, delimiter="\t")]
    assert [(row["policy"], row["row"]) for row in said.json["rows"]] == truth
    assert sum(said.json["counts"].values()) == said.json["read"] == 200
    for row in said.json["rows"]:
        assert set(row) == {"row", "policy", "status", "reasons"}
        assert all(set(one) == {"code", "column", "message"} for one in row["reasons"])


def test_import_twice_and_a_dry_run_change_nothing(terminal: Terminal) -> None:
    policies = str(DATA / "policies.csv")
    dry = terminal.run("import", policies, "--dry-run", "--json").json
    assert (dry["dry_run"], dry["stored"]["new"]) == (True, 0)
    assert terminal.run("import", policies, "--json").json["stored"]["new"] == 4
    again = terminal.run("import", policies, "--json").json
    assert again["stored"] == {"new": 0, "changed": 0, "unchanged": 4}


def test_import_for_the_eye(terminal: Terminal) -> None:
    rejects = terminal.folder / "back.csv"
    said = terminal.run("import", str(SAMPLES / "policies-200.xlsx"), "--rejects", str(rejects))

    assert said.code == 0
    assert "held back or rejected" in said.out
    assert "200 rows" in said.err
    assert rejects.exists()


def test_plan_says_who_is_due_and_why_others_are_held(terminal: Terminal) -> None:
    terminal.run("import", str(DATA / "policies.csv"))
    due = terminal.run("plan", "--at", "2026-11-18T10:00", "--json").json
    assert [one["policy"] for one in due["due"]] == ["K0001", "K0002", "K0003", "K0004"]
    assert set(due["due"][0]) == {"policy", "deadline", "slots_left", "reasons"}
    night = terminal.run("plan", "--at", "2026-11-18T23:00", "--json").json
    assert night["due"] == []
    assert night["held"][0]["reasons"][0]["code"] == "outside-hours"
    late = terminal.run("plan", "--at", "2027-01-01T10:00+08:00", "--json").json
    assert len(late["cannot_make_it"]) == 4
    assert terminal.run("plan", "--at", "2026-11-18T10:00").code == 0


def test_scripts_list_show_and_check(terminal: Terminal) -> None:
    assert "standard" in [one["id"] for one in terminal.run("scripts", "list", "--json").json]
    shown = terminal.run("scripts", "show", "--json").json
    assert {"ID_PRESENT", "LIABILITY.term"} <= {one["id"] for one in shown["questions"]}
    assert terminal.run("scripts", "check", "--json").json == []
    for words in (["list"], ["show"], ["check"]):
        assert terminal.run("scripts", *words).code == 0


def test_scripts_check_finds_every_fault_and_ends_with_1(terminal: Terminal) -> None:
    from scripts import written

    text = written.find("standard").text
    broken = text.replace("id: READ\n", "id: REED\n").replace("{end: unaware}", "{end: nowhere}")
    said = terminal.run("scripts", "check", terminal.file("mine.yaml", broken), "--json")

    assert said.code == 1
    assert len(said.json) >= 2
    for fault in said.json:
        assert set(fault) >= {"code", "severity", "script", "question", "message"}


def test_scripts_try_reads_typed_answers(terminal: Terminal) -> None:
    typed = "我就是\n一九八六年三月六日\n不需要，别打了\n别打了\n"
    said = terminal.run("scripts", "try", "--json", stdin=typed)

    assert said.code == 0
    assert [line["words"] for line in said.json if line["who"] == "end"] == ["refused"]
    answers = terminal.file("answers.txt", typed)
    assert terminal.run("scripts", "try", "--answers", answers, "--json").json == said.json
    assert "我就是" in terminal.run("scripts", "try", "--answers", answers).out


def test_scripts_try_speaks_of_a_stored_policy(terminal: Terminal) -> None:
    terminal.run("import", str(DATA / "policies.csv"))
    said = terminal.run("scripts", "try", "--policy", "K0001", "--json", stdin="我就是\n")

    assert "陈安平" in said.json[0]["words"]


def test_answers_read(terminal: Terminal) -> None:
    table = "question\tanswer\tnote\nSIGN_APP\t我儿子替我签的\tx\nREAD\t嗯，对，但是没看\t\n"
    said = terminal.run("answers", "read", stdin=table)
    assert said.code == 0
    lines = [line.split("\t") for line in said.out.splitlines()]
    assert lines[0] == ["question", "answer", "label", "also"]
    assert [line[2] for line in lines[1:]] == ["deny", "deny"]

    found = terminal.run("answers", "read", terminal.file("a.tsv", table), "--json").json
    assert [one["label"] for one in found] == ["deny", "deny"]


def test_cases_before_there_are_any(terminal: Terminal) -> None:
    assert terminal.run("cases", "list", "--json").json == []
    assert "no cases" in terminal.run("cases", "list").err


def test_cases_of_screened_policies(terminal: Terminal) -> None:
    terminal.run("import", str(SAMPLES / "policies-200.xlsx"))
    found = terminal.run("cases", "list", "--json").json
    assert {case["class_name"] for case in found} == {"核实件"}
    one = terminal.run("cases", "show", str(found[0]["id"]), "--json").json
    assert one["case"]["id"] == found[0]["id"]
    assert terminal.run("cases", "list", "--state", "all").code == 0
    assert terminal.run("cases", "show", str(found[0]["id"])).code == 0
    assert (found[0]["stage"], found[0]["assignee"]) == ("issued", None)
    assert terminal.run("cases", "list", "--of", "-", "--json").json == found
    assert terminal.run("cases", "list", "--of", "韩经办", "--json").json == []
    assert terminal.run("cases", "list", "--overdue", "--json").code == 0
    assert (one["record"], one["papers"]) == ([], [])


def test_doctor(terminal: Terminal) -> None:
    found = {one["what"]: one for one in terminal.run("doctor", "--json").json}

    assert found["database"]["ok"]
    assert not found["carrier"]["ok"]
    assert "HUIFANG_CALLER" in found["carrier"]["mend"]


def test_doctor_ends_with_1_when_nothing_can_work(terminal: Terminal) -> None:
    terminal.set(DATABASE_URL=f"sqlite:///{terminal.file('text.db', 'no database ' * 100)}")
    said = terminal.run("doctor", "--json")

    assert said.code == 1
    assert "HUIFANG_DATABASE_URL" in said.json[0]["mend"]


@pytest.mark.parametrize(
    "name", ["rulebook", "scorecard", "complaints", "emergencies", "guide", "lessons"]
)
def test_doctor_names_a_faulty_file_with_its_place_and_mend(terminal: Terminal, name: str) -> None:
    terminal.set(**{name.upper(): terminal.file("mine.yaml", "id: [\n")})
    said = terminal.run("doctor", "--json")
    (check,) = [one for one in said.json if one["what"] == name]
    assert (said.code, check["ok"]) == (1, False)
    assert "mine.yaml:2:1" in check["sentence"]
    assert f"HUIFANG_{name.upper()}" in check["mend"]


def test_speech_doctor_says_what_is_chosen(terminal: Terminal) -> None:
    terminal.set(ENGINE="none")
    said = terminal.run("speech", "doctor", "--json")

    assert said.code == 1
    assert said.json["engine"] == "none"
    assert {"why", "findings"} <= set(said.json)
