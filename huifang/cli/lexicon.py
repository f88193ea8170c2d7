"""``huifang answers export`` to ``publish``: the life of the lexicon (词表), for a
supervisor (质检主管) who edits its files and knows no Python."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from huifang.cli import json_option
from huifang.cli.output import emit, progress, results, say, table
from huifang.faults import InputFault
from huifang.settings import load
from huifang.wiring import make_line
from operations import lexicon
from operations.line import Line
from scripts.answers.changes import Change
from scripts.answers.sources import NAMES, Texts
from scripts.faults import Fault, Severity

_FOLDER = click.Path(path_type=Path, file_okay=False)
_COLUMNS = ("old", "new", "person", "question", "words", "call", "where", "why")


@click.command("export")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--version", metavar="V", default="active", help="A number or fingerprint.")
@json_option
def export(folder: Path, version: str, as_json: bool) -> None:
    """Write the lexicon in force, or another version, to DIR, to be edited there."""
    texts = _version(make_line(load()), version)
    there = [name for name in NAMES if (folder / name).exists()]
    if there:
        raise InputFault(f"{folder / there[0]}: is there already; export to a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise InputFault(f"{folder}: cannot be written ({fault.strerror})") from None
    if as_json:
        emit({"folder": str(folder), "files": list(texts)})
    else:
        say(f"{', '.join(texts)} are in {folder}; edit them, then `huifang answers check {folder}`")


@click.command("check")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@json_option
def check(folder: Path, as_json: bool) -> None:
    """Every mistake in an edited lexicon. Exit code 1 when it must not be published."""
    faults = _faults(_read(folder))
    if as_json:
        emit([_fault(fault) for fault in faults])
    else:
        _show_faults(faults)
        say(f"{folder}: {len(_errors(faults))} errors, {len(faults)} findings")
    if _errors(faults):
        raise SystemExit(1)


@click.command("preview")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--tsv", type=click.Path(path_type=Path), help="Write every change to this file.")
@json_option
def preview(folder: Path, tsv: Path | None, as_json: bool) -> None:
    """Which answers DIR would read otherwise: labelled ones, and all that were ever read in calls.

    Exit code 1 when something becomes a yes that a person did not call one.
    """
    texts = _sound(folder)
    with progress("reading again", show=not as_json) as advance:
        changes = lexicon.preview(make_line(load()), texts, progress=advance)
    if tsv is not None:
        _write_tsv(tsv, changes)
    if as_json:
        emit({"counts": _counts(changes), "changes": [_change(change) for change in changes]})
    else:
        _show_changes(changes)
    if any(change.false_yes for change in changes):
        raise SystemExit(1)


@click.command("publish")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--by", required=True, metavar="NAME", help="Who answers for it.")
@click.option("--note", required=True, metavar="WHY", help="Why; kept with the version.")
@click.option("--anyway", is_flag=True, help="Though an answer becomes a yes that was none.")
@json_option
def publish(folder: Path, by: str, note: str, anyway: bool, as_json: bool) -> None:
    """Put DIR in force for every call that is picked up from now on, in every process."""
    if not (by.strip() and note.strip()):
        raise InputFault("--by and --note must say something: they are kept with the version")
    texts, line = _sound(folder), make_line(load())
    wrong = [one for one in lexicon.preview(line, texts, stored=False) if one.false_yes]
    if wrong and not anyway:
        raise InputFault(
            f"{folder}: {len(wrong)} answers would become a yes that were none, first"
            f" {wrong[0].answer.words} ({wrong[0].answer.place}); see `huifang answers preview"
            f" {folder}`, and publish with --anyway if the labels are wrong"
        )
    number = lexicon.publish(line, texts, by.strip(), note.strip())
    if number is None:
        raise InputFault(f"{folder}: is in force already; nothing was published")
    done = next(one for one in lexicon.versions(line) if one.number == number)
    if as_json:
        emit(done)
    else:
        say(f"version {done.number} ({done.fingerprint}) is in force from the next call on")


@click.command("versions")
@json_option
def versions(as_json: bool) -> None:
    """Every lexicon that was in force, the packaged one first."""
    found = lexicon.versions(make_line(load()))
    if as_json:
        emit(found)
        return
    rows = [
        (
            "*" if one.in_force else "",
            one.number,
            one.fingerprint,
            f"{one.published_at:%Y-%m-%d %H:%M}" if one.published_at else "",
            one.published_by,
            one.note,
        )
        for one in found
    ]
    table("lexicons", ("in force", "version", "fingerprint", "published", "by", "why"), rows)


@click.command("diff")
@click.argument("a")
@click.argument("b")
@json_option
def diff(a: str, b: str, as_json: bool) -> None:
    """What differs between lexicons A and B, in words. Each is a version or a folder."""
    from scripts.answers.difference import difference

    line = make_line(load())
    found = difference(*(_named(line, name) for name in (a, b)))
    if as_json:
        emit(found)
        return
    for sentence in found:
        results.print(sentence, markup=False, soft_wrap=True)
    say(f"{len(found)} differences")


COMMANDS = (export, check, preview, publish, versions, diff)


def _named(line: Line, name: str) -> Texts:
    return _sound(Path(name)) if Path(name).is_dir() else _version(line, name)


def _version(line: Line, name: str) -> Texts:
    found = lexicon.texts_of(line, name)
    if found is None:
        raise InputFault(f"there is no lexicon {name}; see `huifang answers versions`")
    return found


def _read(folder: Path) -> Texts:
    """The files of a folder. A supervisor without examples of his own needs no file for them."""
    from scripts.answers.sources import EXAMPLES, NO_EXAMPLES

    texts = {}
    for name in NAMES:
        path = folder / name
        if name == EXAMPLES and not path.exists():
            texts[name] = NO_EXAMPLES
            continue
        try:
            texts[name] = path.read_text(encoding="utf-8-sig")
        except OSError as fault:
            why = f"cannot be read ({fault.strerror}); begin with `huifang answers export`"
            raise InputFault(f"{path}: {why}") from None
        except UnicodeDecodeError as fault:
            where = f"byte {fault.start} is not UTF-8"
            raise InputFault(f"{path}: {where}; save the file as UTF-8 text") from None
    return texts


def _faults(texts: Texts) -> list[Fault]:
    from scripts.answers.check import check as examine

    return examine(texts)


def _errors(faults: Sequence[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.severity is Severity.ERROR]


def _sound(folder: Path) -> Texts:
    """The files of a folder that may be published. Raises InputFault with the first mistake."""
    texts = _read(folder)
    errors = _errors(_faults(texts))
    if errors:
        more = f" ({len(errors)} mistakes; see `huifang answers check`)" if errors[1:] else ""
        raise InputFault(f"{folder}: {errors[0]}{more}")
    return texts


def _fault(fault: Fault) -> dict[str, Any]:
    found = asdict(fault)
    return {**found, "file": found.pop("script"), "entry": found.pop("question")}


def _show_faults(faults: Sequence[Fault]) -> None:
    for fault in faults:
        results.print(f"{fault.severity.value}: {fault}", markup=False, soft_wrap=True)


def _counts(changes: Sequence[Change]) -> dict[str, int]:
    return {
        "changed": len(changes),
        "into_yes": sum(change.into_yes for change in changes),
        "false_yes": sum(change.false_yes for change in changes),
        "no_changed": sum(change.old == "deny" for change in changes),
        **Counter(f"{change.old} -> {change.new}" for change in changes),
    }


def _change(change: Change) -> dict[str, Any]:
    answer = change.answer
    values = (
        change.old,
        change.new,
        answer.label,
        answer.question,
        answer.words,
        answer.call,
        answer.place,
        change.why,
    )
    return {**dict(zip(_COLUMNS, values, strict=True)), "false_yes": change.false_yes}


def _show_changes(changes: Sequence[Change]) -> None:
    yes = [change for change in changes if change.into_yes]
    if yes:
        results.print(f"{len(yes)} ANSWERS BECOME A YES", style="bold red")
    for change in changes:
        mark = "FALSE YES" if change.false_yes else "yes" if change.into_yes else ""
        answer = change.answer
        person = f", a person heard {answer.label}" if answer.label else ""
        line = f"{answer.question} {answer.words}: {change.old} -> {change.new}"
        results.print(f"{mark:9} {line} ({answer.place}{person})", markup=False, soft_wrap=True)
    for what, count in _counts(changes).items():
        say(f"{count:6} {what}")


def _write_tsv(path: Path, changes: Sequence[Change]) -> None:
    lines = ["\t".join((*_COLUMNS, "false_yes"))]
    for change in changes:
        cells = ("" if cell is None else str(cell) for cell in _change(change).values())
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as fault:
        raise InputFault(f"{path}: cannot be written ({fault.strerror}); check the path") from None
