"""What keeps a script from being published: every fault at once, each with a stable code. Pure but
for ``check_file``, which reads one file."""

from collections.abc import Callable
from pathlib import Path

from scripts import reader
from scripts.checks.endings import ending_faults
from scripts.checks.identity import identity_faults
from scripts.checks.items import item_faults
from scripts.checks.texts import text_faults
from scripts.checks.translations import translation_faults
from scripts.checks.wording import wording_faults
from scripts.faults import Fault, FaultyFileError, Severity
from scripts.model import Script

__all__ = ["CODES", "Fault", "Severity", "check", "check_file", "check_text"]

_CHECKS: tuple[Callable[[Script], list[Fault]], ...] = (
    text_faults,
    identity_faults,
    item_faults,
    ending_faults,
    wording_faults,
    translation_faults,
)

#: Every code that a fault of a script or rulebook can carry; docs/checks.md explains each.
CODES: frozenset[str] = frozenset(
    {
        "file-unreadable", "file-too-large", "yaml-syntax", "yaml-duplicate-key", "yaml-alias",
        "yaml-too-deep", "not-a-mapping", "unknown-key", "missing-key", "bad-value", "too-many",
        "bad-code", "duplicate-id", "wrong-section", "bad-route", "missing-route", "bad-slot",
        "bad-condition", "unknown-ending", "ending-speechless", "unknown-slot",
        "slot-may-be-empty", "missing-explanation", "too-long-spoken", "fact-before-identity",
        "identity-missing", "identity-skipped", "item-missing", "item-skipped", "no-closing",
        "unreachable", "unused-ending", "endless", "no-completed-ending", "two-facts",
        "negative-wording", "leading-wording", "polarity-unmarked", "disclosure-missing",
        "by-person",
        "bad-rule", "unknown-name", "interruptible", "unknown-format", "bad-use",
        "unknown-block", "unknown-language", "missing-translation", "never-gives-up",
        "unknown-voice", "yaml-tag", "wrong-kind", "keys-reversed", "polarity-wrong",
        "item-unspoken", "too-few-turns", "wrong-hash",
        "conflict-undecided", "conflict-drift", "doubt-without-kind", "end-without-kind",
        "unused-trigger", "unreached-kind", "unknown-script", "unfit-script",
        "missing-sheet", "unknown-sheet", "missing-column", "unknown-column",
        "duplicate-column", "bad-cell",
    }
)  # fmt: skip


def check(script: Script) -> list[Fault]:
    """Every fault of a readable script, in the order of the file."""
    faults = [fault for find in _CHECKS for fault in find(script)]
    return sorted(faults, key=lambda fault: (fault.file, fault.line or 0, fault.code))


def check_file(name_or_path: str | Path) -> list[Fault]:
    """Every fault of a library script or a file; one that cannot be read has only the faults of
    reading."""
    try:
        script = reader.load_script(name_or_path)
    except FaultyFileError as error:
        return list(error.faults)
    return check(script)


def check_text(text: str, name: str = "script") -> list[Fault]:
    """Every fault of a script's text; one that cannot be read has only the faults of reading."""
    try:
        script = reader.read_script(text, name)
    except FaultyFileError as error:
        return list(error.faults)
    return check(script)
