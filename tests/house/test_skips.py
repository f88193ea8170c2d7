"""Where CI is true a skipped test is a failure, and elsewhere the reason is one clear sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SYSTEM_PARTS, need
from tests.house import tree

SKIPPING = """
import pytest

def test_skips():
    pytest.skip("a part is missing: install the Debian package part")

@pytest.mark.xfail(reason="known", strict=True)
def test_fails_as_it_is_known_to():
    assert False
"""


def run(folder: Path, ci: str, source: str) -> subprocess.CompletedProcess[str]:
    shutil.copyfile(tree.ROOT / "tests" / "conftest.py", folder / "conftest.py")
    (folder / "test_it.py").write_text(source)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(tree.ROOT)},  # of what it imports
        capture_output=True,
        text=True,
    )


def test_a_skip_is_a_failure_in_ci(tmp_path: Path) -> None:
    strict = run(tmp_path, "true", SKIPPING)
    assert strict.returncode == 1
    assert "1 failed, 1 xfailed" in strict.stdout
    assert "install the Debian package part" in strict.stdout


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    usual = run(tmp_path, "", SKIPPING)
    assert usual.returncode == 0
    assert "1 skipped, 1 xfailed" in usual.stdout


def test_a_module_that_skips_as_a_whole_is_a_failure_in_ci(tmp_path: Path) -> None:
    source = "import pytest\npytest.skip('not here', allow_module_level=True)\n"
    strict = run(tmp_path, "true", source)
    assert strict.returncode != 0
    assert "not here" in strict.stdout


def test_a_missing_part_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for part, package in SYSTEM_PARTS.items():
        with pytest.raises(pytest.skip.Exception, match=f"Debian package {package}$"):
            need(part)
