"""``huifang rulebooks``: an insurer's vocabulary as data. List, show, check and compare rulebooks
(规则手册)."""

from typing import Any

import click

from huifang.cli import json_option
from huifang.cli.output import emit, results, say, table


@click.group("rulebooks")
def rulebooks_command() -> None:
    """Look at, check and compare rulebooks."""


@rulebooks_command.command("list")
@json_option
def list_rulebooks(as_json: bool) -> None:
    """The rulebooks that ship with Huifang."""
    from scripts import rulebooks

    books = [rulebooks.load(name) for name in rulebooks.rulebooks()]
    if as_json:
        emit([_line(book) for book in books])
        return
    rows = [(b.id, b.version, b.title, "、".join(c.name for c in b.classes)) for b in books]
    table("rulebooks", ("id", "version", "title", "classes"), rows)


def _line(book: Any) -> dict[str, Any]:
    names = ("id", "version", "title", "source")
    return {k: getattr(book, k) for k in names} | {"classes": [c.name for c in book.classes]}


@rulebooks_command.command("show")
@click.argument("rulebook", default="standard")
@json_option
def show_rulebook(rulebook: str, as_json: bool) -> None:
    """The rules of RULEBOOK (an id, or a file), its twelve decisions first.

    Each decision is printed with the fields that record it, and what the source leaves open with
    where the value was taken from.
    """
    from huifang.cli.rulebooks_view import lines
    from scripts import rulebooks

    book = rulebooks.load(rulebook)
    if as_json:
        decided = [{k: getattr(c, k) for k in _CONFLICT} for c in book.conflicts]
        emit({**_line(book), "decisions": decided, "rules": rulebooks.plain(rulebook)})
        return
    for style, line in lines(book):
        results.print(line, style=style, markup=False, soft_wrap=True)


_CONFLICT = ("id", "topic", "decision", "values", "source")


@rulebooks_command.command("check")
@click.argument("rulebooks", nargs=-1)
@json_option
def check_rulebooks(rulebooks: tuple[str, ...], as_json: bool) -> None:
    """Every fault of RULEBOOKS (ids or files; default: all that ship).

    Exit code 1 when one of them must not be used.
    """
    from scripts.faults import Severity
    from scripts.rulebooks import rulebooks as shipped
    from scripts.rulebooks.check import check_file, library_scripts

    names, scripts = rulebooks or tuple(shipped()), library_scripts()
    faults = [fault for name in names for fault in check_file(name, scripts)]
    if as_json:
        emit([_fault(fault) for fault in faults])
    else:
        for fault in faults:
            results.print(f"{fault.severity.value}: {fault}", markup=False, soft_wrap=True)
        say(f"{len(names)} rulebooks, {len(faults)} faults")
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise SystemExit(1)


def _fault(fault: Any) -> dict[str, Any]:
    names = ("code", "severity", "question", "line", "column", "message")
    return {"rulebook": fault.script} | {name: getattr(fault, name) for name in names}


@rulebooks_command.command("diff")
@click.argument("old")
@click.argument("new")
@json_option
def compare_rulebooks(old: str, new: str, as_json: bool) -> None:
    """What changes from OLD to NEW (ids or files), the decisions first."""
    from scripts import rulebooks
    from scripts.rulebooks.changes import changes, sentence

    books = [rulebooks.load(name) for name in (old, new)]
    data = [rulebooks.plain(name) for name in (old, new)]
    found = changes(books[0], books[1], data[0], data[1])
    if as_json:
        emit(found)
        return
    for change in found:
        results.print(sentence(change), markup=False, soft_wrap=True)
    say(f"{len(found)} differences")


@rulebooks_command.command("schema")
@json_option
def schema(as_json: bool) -> None:  # the schema is JSON either way
    """The JSON Schema of a rulebook file, for editors that check while one writes."""
    from scripts.rulebooks.papers import schema as json_schema

    emit(json_schema())
