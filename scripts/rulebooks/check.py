"""Every fault of a rulebook at once, what cannot be read and what does not fit together. Reads one
file and the library's scripts; decides nothing."""

from collections.abc import Mapping
from pathlib import Path

from scripts.faults import Fault, FaultyFileError
from scripts.model import Script
from scripts.reader import library, load_script
from scripts.rulebooks.fitting import unfit_scripts
from scripts.rulebooks.gaps import idle
from scripts.rulebooks.reader import document, of_document
from scripts.yamlfile import Document


def check_file(
    name_or_path: str | Path, scripts: Mapping[str, Script] | None = None
) -> list[Fault]:
    """Every fault of a shipped rulebook or a file; one that cannot be read has only the faults of
    reading. ``scripts`` are those it may name; default: the library's."""
    try:
        return check(document(name_or_path), scripts)
    except FaultyFileError as faulty:
        return list(faulty.faults)


def check(found: Document, scripts: Mapping[str, Script] | None = None) -> list[Fault]:
    """The same for data that were read. Raises FaultyFileError where they are no rulebook."""
    book = of_document(found)
    known = library_scripts() if scripts is None else scripts
    faults = [*idle(book, found), *unfit_scripts(book, found, known)]
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.code))


def library_scripts() -> dict[str, Script]:
    """The scripts that ship with the package, by id. Raises FaultyFileError."""
    return {name: load_script(name) for name in library()}
