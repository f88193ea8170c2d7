"""A voice that the carrier has not is told by the check and at the start, before any call."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from huifang.cli import main
from huifang.script_setting import sound_file
from scripts import written
from scripts.faults import FaultyFileError


@pytest.fixture
def child(tmp_path: Path) -> Path:
    """A script that asks for a voice that is not there."""
    file = tmp_path / "child.yaml"
    data = {**written.find("standard").data, "voice": "child"}
    file.write_text(written.as_yaml(data), encoding="utf-8")
    return file


def test_the_check_says_it_with_its_line(child: Path) -> None:
    result = CliRunner().invoke(main, ["scripts", "check", str(child)])
    lines = child.read_text(encoding="utf-8").splitlines()
    line = lines.index("voice: child") + 1
    assert result.exit_code == 1
    assert f"standard:{line}:1:" in result.output
    assert "no voice 'child' for the language 'zh-CN'" in result.output.replace("\n", " ")
    assert "[unknown-voice]" in result.output


def test_the_line_does_not_start_with_it(child: Path) -> None:
    with pytest.raises(FaultyFileError, match=r"no voice 'child' .* \[unknown-voice\]$"):
        sound_file(str(child))
