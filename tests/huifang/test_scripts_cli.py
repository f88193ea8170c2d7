"""An author's commands: list, show, check and compare scripts; every name that they take."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.reader import LIBRARY, library
from tests.huifang.conftest import DATA, Terminal

STANDARD = LIBRARY / "standard.yaml"


def mine(terminal: Terminal, *changes: tuple[str, str], name: str = "mine.yaml") -> str:
    """A whole script file of one's own that differs from the standard in these words."""
    text = whole()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return terminal.file(name, text)


def whole() -> str:
    from scripts import written

    return written.find("standard").text


def test_list_tells_what_every_script_is_for(terminal: Terminal) -> None:
    rows = terminal.run("scripts", "list", "--json").json

    assert [row["id"] for row in rows] == library()
    assert set(rows[0]) == {
        "id", "version", "title", "questions", "purpose", "medium", "for", "languages", "number",
        "source",
    }  # fmt: skip
    standard = next(row for row in rows if row["id"] == "standard")
    assert (standard["purpose"], standard["medium"], standard["number"]) == ("revisit", "phone", 0)
    assert terminal.database == []
    assert all(row["id"] in terminal.run("scripts", "list").out for row in rows)


def test_list_needs_no_database(terminal: Terminal) -> None:
    """The database and the carrier's library would cost seconds."""
    program = (
        "import sys; sys.argv = ['huifang', 'scripts', 'list', '--json']\n"
        "from huifang.cli import main\n"
        "try: main()\n"
        "except SystemExit: print({'sqlalchemy', 'twilio'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=terminal.folder,
        env={"HUIFANG_HOME": str(terminal.home), "PYTHONPATH": str(LIBRARY.parent.parent)},
        check=True,
    )  # fmt: skip
    assert done.stderr == "set()\n"


def test_what_was_published_is_in_force(terminal: Terminal) -> None:
    file = mine(terminal, ("title: 标准回访话术", "title: 我们的回访话术"))
    draft = terminal.run(
        "scripts", "propose", file, "--by", "王敏", "--note", "改名", "--json"
    ).json
    terminal.run("scripts", "approve", str(draft["number"]), "--by", "李强")
    rows = {row["id"]: row for row in terminal.run("scripts", "list", "--json").json}

    assert rows["standard"]["title"] == "我们的回访话术"
    assert rows["standard"]["number"] == 1
    assert rows.keys() == set(library())
    assert {row["number"] for name, row in rows.items() if name != "standard"} == {0}
    assert terminal.run("scripts", "diff", "standard@0", "standard@1").out == (
        "title is now 我们的回访话术; before: 标准回访话术\n"
    )
    assert terminal.run("scripts", "diff", "standard@active", file).out == ""


def test_show_tells_what_follows_and_who_is_asked(terminal: Terminal) -> None:
    shown = terminal.run("scripts", "show", "--json").json
    question = next(one for one in shown["questions"] if one["id"] == "PREMIUM.period")

    assert question["when"] == ["instalments"]
    assert question["on"]["affirm"] == ["next"]
    assert "ID_PRESENT.when" in [one["id"] for one in shown["aside"]]
    assert "completed" in [one["id"] for one in shown["endings"]]
    assert len(shown["hash"]) == 64
    said = terminal.run("scripts", "show")
    assert "PREMIUM.period  [7-period]  (instalments)" in said.out


@pytest.mark.parametrize("kind", ["text", "graph", "checklist", "twiml"])
def test_show_as_something_else(terminal: Terminal, kind: str) -> None:
    shown = terminal.run("scripts", "show", "--as", kind)
    told = terminal.run("scripts", "show", "--as", kind, "--out", "made")

    assert shown.code == told.code == 0
    assert (terminal.folder / "made").read_text(encoding="utf-8") == shown.out
    assert "made" in told.err
    assert "保险期间" in shown.out
    assert terminal.run("scripts", "show", "--as", kind, "--json").json["text"] == shown.out


def test_the_letter_is_a_pdf_and_not_for_the_terminal(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = terminal.run("scripts", "show", "--as", "letter", "--out", "a.pdf", "--json").json
    assert (terminal.folder / "a.pdf").read_bytes().startswith(b"%PDF")
    assert told["bytes"] == (terminal.folder / "a.pdf").stat().st_size
    assert told["text"] is None

    monkeypatch.setattr("huifang.cli.script_show._at_terminal", lambda: True)
    refused = terminal.run("scripts", "show", "--as", "letter")
    assert (refused.code, refused.out) == (2, "")
    assert "--out" in refused.err


def test_a_letter_has_no_twiml(terminal: Terminal) -> None:
    assert "on paper" in terminal.run("scripts", "show", "letter", "--as", "twiml").complaint


@pytest.mark.parametrize("kind", ["text", "twiml"])
def test_show_with_the_facts_of_a_policy(terminal: Terminal, kind: str) -> None:
    terminal.run("import", str(DATA / "policies.csv"))
    words = ("scripts", "show", "--as", kind)

    assert "陈安平" in terminal.run(*words, "--policy", "K0001").out
    assert "陈安平" not in terminal.run(*words).out
    assert "X0009" in terminal.run(*words, "--policy", "X0009").complaint


def test_show_in_another_language(terminal: Terminal) -> None:
    english = terminal.run("scripts", "show", "--language", "en", "--json").json
    assert english["language"] == "en"
    assert "?" in english["questions"][0]["says"]
    said = terminal.run("scripts", "show", "--language", "fr").complaint
    assert "fr" in said
    assert "en" in said


def test_check_tells_line_and_column(terminal: Terminal) -> None:
    file = mine(terminal, ("id: READ\n", "id: REED\n"))
    line = 1 + (terminal.folder / file).read_text("utf-8").splitlines().index("- id: REED")
    found = terminal.run("scripts", "check", file, "--json").json
    (fault,) = (one for one in found if one["code"] == "bad-code")

    assert (fault["line"], fault["question"]) == (line, "REED")
    assert fault["column"] > 1
    assert f"{file}:{line}:{fault['column']}: REED:" in terminal.run("scripts", "check", file).out


def test_check_finds_every_fault_of_several_files(terminal: Terminal) -> None:
    a = mine(terminal, ("id: READ\n", "id: REED\n"), name="a.yaml")
    b = terminal.file("b.yaml", "questions: [")
    said = terminal.run("scripts", "check", a, b, "nowhere.yaml", "standard", "--json")

    assert said.code == 1
    assert [(one["code"], one["script"]) for one in said.json if one["code"] != "unknown-name"] == [
        ("bad-code", a), ("yaml-syntax", b), ("file-unreadable", "nowhere.yaml")
    ]  # fmt: skip


def test_diff_in_words(terminal: Terminal) -> None:
    file = mine(terminal, ("犹豫期一共{{ cooling_off.days }}", "犹豫期一共十五天"))
    said = terminal.run("scripts", "diff", "standard", file)

    assert said.code == 0
    assert "HESITATION.length now says 「犹豫期一共【十五天】" in said.out
    (first, *_) = terminal.run("scripts", "diff", "standard", file, "--json").json
    assert set(first) == {"kind", "part", "field", "before", "after", "sentence"}
    assert (first["kind"], first["part"], first["field"]) == ("text", "HESITATION.length", "says")
    same = terminal.run("scripts", "diff", "standard", "standard")
    assert (same.code, same.out) == (0, "")


@pytest.mark.parametrize("command", ["show", "diff standard", "try", "export --xlsx a.xlsx"])
def test_a_name_that_is_none_is_told(terminal: Terminal, command: str) -> None:
    said = terminal.run("scripts", *command.split(), "standart").complaint

    assert "standart" in said
    assert "scripts list" in said


def test_a_stored_version_is_named_by_number_or_hash(terminal: Terminal) -> None:
    shipped = terminal.run("scripts", "show", "standard@0", "--json").json
    for name in (f"standard@{shipped['hash'][:8]}", shipped["hash"][:12], "standard@active"):
        assert terminal.run("scripts", "show", name, "--json").json == shipped
    assert terminal.run("scripts", "check", "standard@0", "--json").json == []
    assert "standard has no version 7" in terminal.run("scripts", "show", "standard@7").complaint
    assert "deadbeef" in terminal.run("scripts", "show", "deadbeef").complaint


def test_schema_is_a_json_schema(terminal: Terminal) -> None:
    schema = terminal.run("scripts", "schema").json

    assert "questions" in schema["properties"]
    assert terminal.run("scripts", "schema", "--json").json == schema


def test_a_spreadsheet_there_and_back(terminal: Terminal) -> None:
    assert terminal.run("scripts", "export", "--xlsx", "a.xlsx", "--json").json["id"] == "standard"
    back = terminal.run("scripts", "import", "a.xlsx", "--out", "back.yaml")

    assert back.code == 0
    assert (terminal.folder / "back.yaml").read_text("utf-8") == whole()
    assert (
        "there already"
        in terminal.run("scripts", "import", "a.xlsx", "--out", "back.yaml").complaint
    )
    assert terminal.run("scripts", "import", "a.xlsx").out == whole()


def test_a_faulty_spreadsheet_is_given_back_marked(terminal: Terminal) -> None:
    from openpyxl import load_workbook

    terminal.run("scripts", "export", "--xlsx", "a.xlsx")
    book = load_workbook("a.xlsx")
    sheet = book["survey"]
    row = next(row for row in sheet.iter_rows() if any(cell.value == "READ" for cell in row))
    next(cell for cell in row if cell.value == "READ").value = "REED"
    book.save("a.xlsx")
    said = terminal.run("scripts", "import", "a.xlsx", "--out", "b.yaml", "--marked", "c.xlsx")

    assert said.code == 1
    assert "c.xlsx" in said.err
    assert "REED" in said.err
    assert load_workbook("c.xlsx").sheetnames
    assert not Path("b.yaml").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a sheet"])
def test_what_is_no_spreadsheet_is_told_in_one_sentence(terminal: Terminal, content: bytes) -> None:
    said = terminal.run("scripts", "import", terminal.file("a.xlsx", content))

    assert "a.xlsx" in said.complaint
    assert not Path("a-marked.xlsx").exists()
