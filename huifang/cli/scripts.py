"""``huifang scripts``: the author's tools. List, show, check and try out call scripts."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from huifang import clock
from huifang.cli import json_option
from huifang.cli.output import emit, results, say, table
from huifang.faults import InputFault
from huifang.settings import load


@click.group("scripts")
def scripts_command() -> None:
    """Look at, check and try out call scripts."""


@scripts_command.command("list")
@json_option
def list_scripts(as_json: bool) -> None:
    """The scripts of the library."""
    from scripts.reader import library, load_script

    found = [load_script(name) for name in library()]
    if as_json:
        keys = ("id", "version", "title")
        emit([{k: getattr(s, k) for k in keys} | {"questions": len(s.questions)} for s in found])
        return
    rows = [(s.id, s.version, s.title, len(s.questions)) for s in found]
    table("scripts", ("id", "version", "title", "questions"), rows)


@scripts_command.command("show")
@click.argument("script", default="standard")
@json_option
def show_script(script: str, as_json: bool) -> None:
    """The questions of SCRIPT (an id of the library, or a file) as they are asked."""
    from scripts.reader import load_script

    found = load_script(script)
    rows = [_question(question) for question in found.questions]
    if as_json:
        emit({"id": found.id, "version": found.version, "title": found.title, "questions": rows})
        return
    say(f"{found.id} {found.version}: {found.title}")
    for row in rows:
        item = f"  [{row['item']}]" if row["item"] else ""
        when = f"  ({', '.join(row['when'])})" if row["when"] else ""
        results.print(f"{row['id']}{item}{when}", style="bold", markup=False)
        results.print(f"    {row['says']}", markup=False, soft_wrap=True)


def _question(question: Any) -> dict[str, Any]:
    return {
        "id": question.id,
        "code": question.code,
        "item": question.item,
        "when": [_condition(condition) for condition in question.when],
        "says": question.says.source,
        "explain": question.explain.source,
        "again": question.again.source,
        "source": question.source,
    }


def _condition(condition: Any) -> str:
    values = f" in [{', '.join(condition.values)}]" if condition.values else ""
    return f"{'not ' if condition.negated else ''}{condition.fact}{values}"


@scripts_command.command("check")
@click.argument("scripts", nargs=-1)
@json_option
def check_scripts(scripts: tuple[str, ...], as_json: bool) -> None:
    """Every fault of SCRIPTS (ids or files; default: the whole library and its rulebooks).

    Exit code 1 when one of them must not be published.
    """
    from scripts import rulebooks
    from scripts.checks import check_file
    from scripts.faults import FaultyFileError, Severity
    from scripts.reader import library

    faults = [fault for name in scripts or library() for fault in check_file(name)]
    for name in () if scripts else rulebooks.rulebooks():
        try:
            rulebooks.load(name)
        except FaultyFileError as faulty:
            faults.extend(faulty.faults)
    if as_json:
        emit([_fault(fault) for fault in faults])
    else:
        for fault in faults:
            results.print(f"{fault.severity.value}: {fault}", markup=False, soft_wrap=True)
        say(f"{len(scripts) or len(library())} scripts, {len(faults)} faults")
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise SystemExit(1)


def _fault(fault: Any) -> dict[str, Any]:
    names = ("code", "severity", "script", "question", "line", "message")
    return {name: getattr(fault, name) for name in names}


@scripts_command.command("try")
@click.argument("script", default="standard")
@click.option("--policy", metavar="NO", help="A stored policy; default: an invented one.")
@click.option("--answers", type=click.Path(path_type=Path), help="One answer a line.")
@json_option
def try_script(script: str, policy: str | None, answers: Path | None, as_json: bool) -> None:
    """Talk to SCRIPT in the terminal: type what a customer would say, or press 1, 2, 3, 0.

    An empty line is silence. The words are read by the reader that reads real calls.
    """
    from huifang.rehearsal import facts_for, rehearse
    from huifang.wiring import book_in_force
    from scripts.reader import load_script

    settings, lines = load(), _typed(answers, quiet=as_json)
    facts, book = facts_for(settings, policy), book_in_force(settings)
    done = rehearse(load_script(script), facts, lines, clock.now(), book)
    said = []
    for line in done:
        said.append(line)
        if not as_json:
            results.print(f"{line.who:>8}: {line.words}", markup=False, soft_wrap=True)
    if as_json:
        emit(said)


def _typed(answers: Path | None, *, quiet: bool) -> Iterator[str]:
    """The customer's answers, from a file or from the keyboard; silence after the last."""
    return _keyboard(quiet) if answers is None else iter(_lines(answers))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as fault:
        raise InputFault(f"{file}: cannot be read ({fault.strerror}); check the path") from None
    except UnicodeDecodeError as fault:
        where = f"byte {fault.start} is not UTF-8"
        raise InputFault(f"{file}: {where}; save the file as UTF-8 text") from None


def _keyboard(quiet: bool) -> Iterator[str]:
    while True:
        if sys.stdin.isatty() and not quiet:
            click.echo("     you> ", nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\n")
