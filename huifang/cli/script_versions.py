"""``huifang scripts versions`` to ``retire``: how a script (话术) comes into use and out of it.
One person proposes a text, another approves it; calls under way keep what they began with."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.faults import InputFault
from huifang.settings import load

if TYPE_CHECKING:
    from operations.line import Line

_BY = click.option("--by", required=True, metavar="NAME", help="Who does it.")
_WHY = click.option("--why", required=True, metavar="WHY", help="Kept with it.")
_MOMENT = "%Y-%m-%d %H:%M"


@click.command("versions")
@click.argument("script", metavar="ID")
@json_option
def versions(script: str, as_json: bool) -> None:
    """Every version of script ID, the packaged one first."""
    from operations import scripts

    found = scripts.releases(_line(), script)
    if as_json:
        emit(found)
        return
    rows = [
        (
            "*" if one.in_force else "",
            one.number,
            one.hash[:8],
            one.state,
            f"{one.published_at:{_MOMENT}}" if one.published_at else "",
            one.by,
            one.approved_by,
            one.retired_why or one.note,
        )
        for one in found
    ]
    columns = ("in force", "version", "hash", "state", "published", "by", "approved by", "why")
    table(f"versions of {script}", columns, rows)


@click.command("drafts")
@click.option("--all", "everything", is_flag=True, help="Also those approved and withdrawn.")
@json_option
def drafts(everything: bool, as_json: bool) -> None:
    """The drafts that somebody works on, or that wait for another person's approval."""
    from operations import scripts

    found = scripts.drafts(_line(), unfinished=not everything)
    if as_json:
        emit(found)
        return
    rows = [
        (
            one.number,
            one.script_id,
            one.state,
            one.changed_by,
            f"{one.changed_at:{_MOMENT}}",
            one.why or one.note,
        )
        for one in found
    ]
    table("drafts", ("draft", "script", "state", "changed by", "changed", "why"), rows)


@click.command("propose")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@_BY
@click.option("--note", required=True, metavar="WHY", help="Why; kept with the version.")
@json_option
def propose(file: Path, by: str, note: str, as_json: bool) -> None:
    """Propose FILE as the next version of its script. Another person must approve it."""
    from operations import scripts

    text = _whole_text(file)
    done = scripts.propose_text(_line(), text, by, note, str(file))
    if as_json:
        emit(done)
        return
    say(f"draft {done.number} of {done.script_id} waits for approval by somebody else")


@click.command("approve")
@click.argument("number", type=int)
@_BY
@json_option
def approve(number: int, by: str, as_json: bool) -> None:
    """Publish what draft NUMBER proposes; it is in force from the next call on."""
    from operations import scripts

    line = _line()
    done = scripts.approve(line, number, by)
    if as_json:
        emit(done)
        return
    say(f"version {done.number} of {done.script_id} is in force from the next call on")
    if done.script_id not in scripts.named(line):
        say(
            f"but the rulebook {line.rulebook.id} sends no policy to it: name it under 'scripts'"
            " in your rulebook (docs/rulebooks.md), or set HUIFANG_SCRIPT"
        )


@click.command("send-back")
@click.argument("number", type=int)
@_BY
@_WHY
@json_option
def send_back(number: int, by: str, why: str, as_json: bool) -> None:
    """Give draft NUMBER back to who proposed it."""
    from operations import scripts

    done = scripts.send_back(_line(), number, by, why)
    if as_json:
        emit(done)
        return
    say(f"draft {number} went back to {done.proposed_by}")


@click.command("withdraw")
@click.argument("number", type=int)
@_BY
@json_option
def withdraw(number: int, by: str, as_json: bool) -> None:
    """Give draft NUMBER up; it stays readable."""
    from operations import scripts

    done = scripts.withdraw(_line(), number, by)
    if as_json:
        emit(done)
        return
    say(f"draft {number} of {done.script_id} is withdrawn")


@click.command("retire")
@click.argument("script", metavar="ID")
@click.argument("number", type=int)
@_BY
@_WHY
@json_option
def retire(script: str, number: int, by: str, why: str, as_json: bool) -> None:
    """Take version NUMBER of script ID out of use; calls that ran it keep it."""
    from operations import scripts

    line = _line()
    done = scripts.retire(line, script, number, by, why)
    if as_json:
        emit(done)
        return
    now = next((one.number for one in scripts.releases(line, script) if one.in_force), None)
    rest = "no version is in force" if now is None else f"version {now} is in force"
    say(f"version {number} of {script} is retired; {rest}")


COMMANDS = (versions, drafts, propose, approve, send_back, withdraw, retire)


def _line() -> "Line":
    from huifang.wiring import make_line

    return make_line(load())


def _whole_text(file: Path) -> str:
    """The text of a file; with the file's own blocks filled in where it uses any, for they do not
    come along. Raises InputFault."""
    from scripts import written
    from scripts.faults import FaultyFileError

    try:
        whole = written.find(file)
    except FaultyFileError as faulty:
        first, *more = faulty.faults
        rest = f", and {len(more)} faults more; see `huifang scripts check {file}`" if more else ""
        raise InputFault(f"{first}{rest}") from None
    try:
        text = file.read_text(encoding="utf-8-sig")
        same = written.of_text(text, str(file)).hash == whole.hash
    except (FaultyFileError, OSError, UnicodeDecodeError):
        return whole.text
    return text if same else whole.text
