"""``huifang scripts``: the author's tools. This module lists, checks and compares call scripts; to
show, try and exchange them, and their versions, each have a module of their own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from huifang.cli import json_option, script_sheets, script_show, script_try, script_versions
from huifang.cli.output import emit, results, say
from huifang.cli.script_names import is_stored, script_of, stored

if TYPE_CHECKING:
    from scripts.faults import Fault
    from scripts.model import Script


@click.group("scripts")
def scripts_command() -> None:
    """Write, look at, check, try out and compare call scripts."""


@click.command("list")
@json_option
def list_scripts(as_json: bool) -> None:
    """Every script there is, with the version in force and what it is for."""
    rows = [_row(script, number) for script, number in _in_force()]
    if as_json:
        emit(rows)
        return
    for row in rows:
        results.print(f"{row['id']}  {row['title']}", style="bold", markup=False, soft_wrap=True)
        results.print(f"    {_described(row)}", markup=False, soft_wrap=True)
    say(f"{len(rows)} scripts; number 0 ships with Huifang; `huifang scripts show ID` tells more")


def _described(row: Mapping[str, Any]) -> str:
    whom = "; ".join(row["for"]) or "every policy"
    count = f"{row['questions']} questions"
    number = f"version {row['version']}, number {row['number']} in force"
    source = f"; {row['source']}" if row["source"] else ""
    return f"{row['purpose']} by {row['medium']}, for {whom}; {count}; {number}{source}"


def _in_force() -> Iterator[tuple["Script", int]]:
    """Every script and the number of the version that is used now."""
    from scripts.reader import library, load_script, read_script

    database = stored()
    if database is None:
        yield from ((load_script(name), 0) for name in library())
        return
    from store import scripts as store

    with database.reading() as session:
        for name in sorted({*library(), *store.published_ids(session)}):
            release = store.in_force(session, name)
            if release is not None:
                yield read_script(release.version.text, name), release.number
            elif name in library():
                yield load_script(name), 0


def _row(script: "Script", number: int) -> dict[str, Any]:
    return {
        "id": script.id,
        "version": script.version,
        "title": script.title,
        "questions": len(script.questions),
        "purpose": script.purpose,
        "medium": script.medium,
        "for": [str(condition) for condition in script.covers],
        "languages": [script.language, *script.translations],
        "number": number,
        "source": script.source,
    }


@click.command("check")
@click.argument("scripts", nargs=-1)
@json_option
def check_scripts(scripts: tuple[str, ...], as_json: bool) -> None:
    """Every fault of SCRIPTS (default: the whole library and the rulebooks), with its place.

    Exit code 1 when one of them must not be published.
    """
    from scripts.faults import Severity
    from scripts.reader import library

    names = scripts or tuple(library())
    faults = [fault for name in names for fault in _faults(name)]
    if not scripts:
        faults.extend(_rulebook_faults())
    if as_json:
        emit([_fault(fault) for fault in faults])
    else:
        for fault in faults:
            results.print(f"{fault.severity.value}: {fault}", markup=False, soft_wrap=True)
        say(f"{_counted(len(names), 'script')}, {_counted(len(faults), 'fault')}")
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise SystemExit(1)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _faults(name: str) -> Iterable["Fault"]:
    from scripts.checks import check, check_file

    found = check(script_of(name)) if is_stored(name) else check_file(name)
    return [*found, *_voiceless(name)]


def _voiceless(name: str) -> Iterable["Fault"]:
    """The voices that the carrier has not; a file that cannot be read has told its faults."""
    from ivr.twilio import voices
    from scripts.faults import FaultyFileError

    try:
        return voices.faults(script_of(name))
    except FaultyFileError:
        return []


def _rulebook_faults() -> Iterable["Fault"]:
    from scripts.rulebooks import rulebooks
    from scripts.rulebooks.check import check_file

    for name in rulebooks():
        yield from check_file(name)


def _fault(fault: "Fault") -> dict[str, Any]:
    names = ("code", "severity", "script", "question", "file", "line", "column", "message")
    return {name: getattr(fault, name) for name in names}


@click.command("diff")
@click.argument("a")
@click.argument("b")
@json_option
def diff_scripts(a: str, b: str, as_json: bool) -> None:
    """What differs between scripts A and B, in words, the law first."""
    from scripts.changes import changes
    from scripts.changes_words import sentence

    found = [(change, sentence(change)) for change in changes(script_of(a), script_of(b))]
    if as_json:
        names = ("kind", "part", "field", "before", "after")
        emit([{n: getattr(one, n) for n in names} | {"sentence": words} for one, words in found])
        return
    for _, words in found:
        results.print(words, markup=False, soft_wrap=True)
    say(f"{len(found)} differences")


@click.command("schema")
@json_option
def schema(as_json: bool) -> None:  # the schema is JSON either way
    """The JSON Schema of a script file, for editors that check while one writes."""
    from scripts.authoring import json_schema

    emit(json_schema())


COMMANDS = (
    list_scripts,
    *script_show.COMMANDS,
    check_scripts,
    *script_try.COMMANDS,
    diff_scripts,
    *script_sheets.COMMANDS,
    schema,
    *script_versions.COMMANDS,
)
for command in COMMANDS:
    scripts_command.add_command(command)
for command in script_versions.COMMANDS:
    scripts_command.add_command(command)
