"""Reads a rulebook file into scripts.rulebooks.model, or tells every fault of it at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.door import MOST_FAULTS, shaped
from scripts.faults import Fault, FaultyFileError
from scripts.rulebooks import build
from scripts.rulebooks.decisions import decisions
from scripts.rulebooks.gaps import gaps
from scripts.rulebooks.model import Rulebook
from scripts.rulebooks.names import name_faults
from scripts.rulebooks.plain import Plain
from scripts.rulebooks.rules import rule_faults
from scripts.rulebooks.schema import RulebookShape
from scripts.rulebooks.timing import timing_faults
from scripts.yamlfile import Document
from scripts.yamlfile import load as load_yaml
from scripts.yamlfile import parse as parse_yaml

LIBRARY = Path(__file__).parent


def rulebooks() -> list[str]:
    """The ids of the rulebooks that ship with the package."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def load(name_or_path: str | Path) -> Rulebook:
    """A shipped rulebook by its id, or a file. Raises FaultyFileError with all faults."""
    return of_document(document(name_or_path))


def read(text: str, name: str = "rulebook") -> Rulebook:
    """A rulebook from its text. Raises FaultyFileError with all faults."""
    return of_document(parse_yaml(text, name))


def document(name_or_path: str | Path) -> Document:
    """The plain data of a shipped rulebook or a file, with the place of every part. Raises
    FaultyFileError with one fault where it cannot be read."""
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and name_or_path in rulebooks():
        path = LIBRARY / f"{name_or_path}.yaml"
    return load_yaml(path)


def plain(name_or_path: str | Path) -> Mapping[str, Any]:
    """A sound rulebook as plain data, as it is written. Raises FaultyFileError with all faults."""
    found = document(name_or_path)
    of_document(found)
    data: Mapping[str, Any] = found.data
    return data


def of_document(found: Document) -> Rulebook:
    """A rulebook from data that were read. Raises FaultyFileError with all faults."""
    book, shape = Plain(found), None
    faults: list[Fault] = []
    try:
        shape = shaped(found, RulebookShape)
    except FaultyFileError as faulty:
        faults += faulty.faults
    decided = decisions(book)
    faults += [*name_faults(book), *rule_faults(book), *timing_faults(book), *decided.faults]
    if faults or shape is None:
        raise FaultyFileError(sorted(faults, key=_place)[:MOST_FAULTS])
    rulebook = build.rulebook(shape, decided.conflicts)
    lost = list(gaps(rulebook, found))
    if lost:
        raise FaultyFileError(lost)
    return rulebook


def _place(fault: Fault) -> tuple[int, int, str]:
    return fault.line or 0, fault.column or 0, fault.code
