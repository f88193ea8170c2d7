"""What is built from the tree: the package with everything that code reads, the two commands, the
locks, and the containers."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from huifang.cli import COMMANDS
from huifang.settings import Settings
from tests.house import tree

TARGETS = {"help", "demo", "test", "check", "bench"}
#: Tools of the checkout, which no installed code reads.
NOT_SHIPPED = {"web/vendor.mjs", "web/translations/babel.cfg"}
LOCKS = ("requirements/run.txt", "requirements/test.txt")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the wheel that a clean copy of the project builds."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for name in tree.files():
        if name.split("/")[0] in tree.ROOMS or "/" not in name:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(tree.ROOT / name, copy / name)
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", build, str(out)], cwd=copy, check=True, capture_output=True
    )
    (made,) = out.glob("*.whl")
    with zipfile.ZipFile(made) as packed:
        return set(packed.namelist())


def test_the_wheel_has_everything_in_the_rooms(wheel: set[str]) -> None:
    wanted = {name for name in tree.files() if name.split("/")[0] in tree.ROOMS}
    assert {name for name in wanted if name.endswith((".yaml", ".html", ".wav"))}
    assert wanted - wheel - NOT_SHIPPED == set()


def test_the_wheel_has_nothing_else(wheel: set[str]) -> None:
    strange = {name.split("/")[0] for name in wheel} - set(tree.ROOMS)
    assert [name for name in strange if not name.endswith(".dist-info")] == []


def test_make_lists_its_targets() -> None:
    run = subprocess.run(["make", "help"], cwd=tree.ROOT, capture_output=True, text=True)
    listed = {line.split()[0] for line in run.stdout.splitlines() if line.strip()}
    assert run.returncode == 0, run.stderr
    assert listed >= TARGETS


def test_the_whole_check_is_make_test() -> None:
    script = tree.ROOT / ".ci" / "run"
    assert "make test" in script.read_text()
    assert script.stat().st_mode & 0o111


@pytest.mark.parametrize("name", LOCKS)
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = tree.text(name)
    entries = re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.I)
    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_front_end_lock_has_hashes_and_no_addresses() -> None:
    text = tree.text("package-lock.json")
    assert text.count('"integrity"') == text.count('"node_modules/')
    assert "://" not in text


def compose() -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = yaml.safe_load(tree.text("compose.yaml"))
    return parsed


def ours() -> list[Mapping[str, Any]]:
    """The services that run Huifang."""
    return [one for one in compose()["services"].values() if "build" in one]


def test_compose_runs_commands_that_exist() -> None:
    commands = [service["command"][0] for service in ours()]
    assert sorted(commands) == ["web", "worker"]
    assert set(commands) <= set(COMMANDS)


def test_compose_sets_settings_that_exist_and_are_safe() -> None:
    known = {f"HUIFANG_{name.upper()}" for name in Settings.model_fields}
    for service in ours():
        given = service["environment"]
        assert set(given) <= known
        assert given["HUIFANG_PRODUCTION"] == "true"
        assert not {"HUIFANG_OPEN_CONSOLE", "HUIFANG_HOST"} & set(given)


def test_compose_waits_for_services_and_keeps_volumes_that_exist() -> None:
    services = compose()["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert {one.split(":")[0] for one in service["volumes"]} <= set(compose()["volumes"])
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_the_image_copies_files_that_exist() -> None:
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", tree.text("Dockerfile"), re.M)
    sources = [source for line in copies for source in line.split()]
    assert len(sources) > 3
    assert [source for source in sources if not (tree.ROOT / source).exists()] == []


def test_the_image_leaves_data_behind() -> None:
    left = tree.text(".dockerignore").split()
    assert {"var", ".venv", ".git", ".env"} <= set(left)
    assert {"var/", ".venv/"} <= set(tree.text(".gitignore").split())


def test_the_licence_is_the_one_that_is_named() -> None:
    assert "Apache License" in tree.text("LICENSE")[:400]
    assert 'license = "Apache-2.0"' in tree.text("pyproject.toml")
    assert Path(tree.ROOT / "README.md").read_text().rstrip().endswith("(LICENSE).")
