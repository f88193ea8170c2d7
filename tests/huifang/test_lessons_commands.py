"""``huifang report complaints``, and files of an insurer's own that are faulty."""

from pathlib import Path

import pytest

from tests.huifang.conftest import Terminal
from tests.operations.complained import came
from tests.operations.rig import Rig


@pytest.fixture
def home(terminal: Terminal) -> Terminal:
    """The terminal, with a complaint in its home."""
    terminal.home.mkdir()
    rig = Rig(terminal.home)
    came(rig.line, {"branch": "济南"})
    rig.close()
    return terminal


def test_the_report_is_written_once_and_over_nothing(home: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    asked = ("report", "complaints", "--month", "2026-11", "--by", "合规乙", "--to")
    assert home.run(*asked, str(file), "--json").json == {"month": "2026-11", "file": str(file)}
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in home.run(*asked, str(file)).complaint
    workbook = tmp_path / "report.xlsx"
    assert "written" in home.run(*asked, str(workbook), "--branch", "济南").err
    assert workbook.read_bytes().startswith(b"PK")
    assert "report.docx" in home.run(*asked, str(tmp_path / "report.docx")).complaint
    noted = home.run("audit", "list", "--json").json
    assert [one["about"] for one in noted if one["what"] == "exported"] == [
        "complaints:2026-11", "complaints:2026-11",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["GUIDE", "LESSONS"])
def test_a_faulty_file_of_ones_own_is_told(terminal: Terminal, name: str) -> None:
    terminal.set(**{name: terminal.file("own.yaml", "id: own\nversion: 0\n")})
    said = terminal.run("timetable")
    assert said.code == 1
    assert "own.yaml:2:1: version: input should be greater" in said.err
