"""``huifang scripts export`` and ``import``: a script as a spreadsheet, for translators and
compliance staff, and back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from huifang.cli import json_option
from huifang.cli.output import emit, results, say
from huifang.cli.script_files import write
from huifang.cli.script_names import written_of
from huifang.faults import InputFault

if TYPE_CHECKING:
    from scripts.sheets import FaultySheet
    from scripts.written import Written

_FILE = click.Path(path_type=Path)


@click.command("export")
@click.argument("script", default="standard")
@click.option("--xlsx", type=_FILE, required=True, metavar="FILE", help="The spreadsheet.")
@json_option
def export(script: str, xlsx: Path, as_json: bool) -> None:
    """Write SCRIPT as a spreadsheet with the sheets survey, choices and settings."""
    from scripts import sheets

    found = written_of(script)
    write(xlsx, sheets.export(found), overwrite=True)
    if as_json:
        emit({"id": found.script.id, "hash": found.hash, "file": str(xlsx)})
    else:
        say(f"{found.script.id} is in {xlsx}; `huifang scripts import {xlsx}` reads it back")


@click.command("import")
@click.argument("file", type=_FILE, required=False)
@click.option("--xlsx", type=_FILE, metavar="FILE", help="The same as FILE.")
@click.option("--out", type=_FILE, metavar="FILE", help="The script file; default: stdout.")
@click.option("--marked", type=_FILE, metavar="FILE", help="Where a faulty sheet is marked.")
@json_option
def import_sheet(
    file: Path | None, xlsx: Path | None, out: Path | None, marked: Path | None, as_json: bool
) -> None:
    """Read FILE, a spreadsheet as `export` writes it, and write it as a script file.

    A faulty one is not taken: a copy with the faulty cells marked and commented is written beside
    it, and the exit code is 1.
    """
    if (file is None) is (xlsx is None):
        raise click.UsageError("name one spreadsheet: import FILE, or import --xlsx FILE")
    found = _read(file or xlsx or Path(), marked)
    if out is not None:
        write(out, found.text.encode())
    if as_json:
        text = found.text if out is None else None
        emit({"id": found.script.id, "hash": found.hash, "file": out and str(out), "text": text})
    elif out is None:
        results.print(found.text, markup=False, soft_wrap=True, end="")
    else:
        say(f"{found.script.id} is in {out}; check it with `huifang scripts check {out}`")


def _read(file: Path, marked: Path | None) -> "Written":
    """The script in a spreadsheet. Raises InputFault, after the faults were told and marked."""
    from scripts import sheets

    try:
        found = sheets.reading(_content(file), file.name)
    except sheets.FaultySheet as faulty:
        raise InputFault(_told(file, faulty, marked)) from None
    for fault in found.told:
        say(str(fault))
    return found.written


def _told(file: Path, faulty: "FaultySheet", marked: Path | None) -> str:
    if len(faulty.faults) == 1 and not faulty.marked:
        return str(faulty)  # it could not be opened at all
    for fault in faulty.faults:
        say(str(fault))
    copy = marked or file.with_name(f"{file.stem}-marked.xlsx")
    write(copy, faulty.marked, overwrite=True)
    count = f"{len(faulty.faults)} faults" if faulty.faults[1:] else "1 fault"
    return f"{file}: {count}, nothing was imported; the cells are marked in {copy}"


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise InputFault(f"{file}: cannot be read ({fault.strerror}); check the path") from None


COMMANDS = (export, import_sheet)
