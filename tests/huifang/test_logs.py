"""No telephone and no identity number ever reaches a log line."""

import logging
import sys

import pytest

from huifang.logs import Discreet, configure
from tests.huifang.conftest import Terminal

SECRETS = [
    "13900000001", "+8613900000001", "8613900000001", "%2B8613900000001", "370202198503060034",
    "37020219721120007X", "37020219721120007x",
]  # fmt: skip


def written(record: logging.LogRecord) -> str:
    return Discreet("%(levelname)s %(name)s: %(message)s").format(record)


def record(text: str, *values: object, fault: BaseException | None = None) -> logging.LogRecord:
    info = (type(fault), fault, fault.__traceback__) if fault else None
    return logging.LogRecord("web.phone", logging.ERROR, "x.py", 1, text, values, info)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("around", ["{}", "call to {}, again", "To={}&From=x", "（{}）", '"{}"'])
def test_numbers_are_masked_wherever_they_stand(secret: str, around: str) -> None:
    assert secret[-11:] not in written(record(around.format(secret)))
    assert secret[-11:] not in written(record("said %s", around.format(secret)))


@pytest.mark.parametrize("secret", SECRETS)
def test_a_traceback_is_masked_too(secret: str) -> None:
    try:
        raise ValueError(f"nobody at {secret}")
    except ValueError as fault:
        line = written(record("our fault", fault=fault))

    assert "Traceback" in line
    assert secret[-11:] not in line


@pytest.mark.parametrize(
    "harmless",
    ["CA" + "0123456789abcdef" * 2, "HF2026110001", "2026-11-18 10:00:00,123", "110101000000"],
)
def test_what_is_no_such_number_stays(harmless: str) -> None:
    assert harmless in written(record(f"about {harmless}"))


@pytest.mark.usefixtures("terminal")
def test_logs_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info")
    logging.getLogger("operations.talk").info("call to %s", "13900000001")
    logging.getLogger("httpx").info("GET https://x/13900000001")
    said = capsys.readouterr()

    assert said.out == ""
    assert said.err.rstrip().endswith("INFO operations.talk: call to [phone]")
    assert sys.stderr is not None


def test_the_level_is_the_settings_own(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("error")
    logging.getLogger("store").warning("not so important")

    assert capsys.readouterr().err == ""
