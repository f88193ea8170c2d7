"""``huifang answers``: what the reader makes of customers' answers, and why; the life of its
lexicon is in huifang.cli.lexicon."""

import sys
from pathlib import Path

import click

from huifang.cli import json_option, lexicon
from huifang.cli.output import say
from huifang.faults import InputFault
from huifang.settings import load


@click.group("answers")
def answers_command() -> None:
    """Read customers' answers the way a call reads them."""


for command in lexicon.COMMANDS:
    answers_command.add_command(command)


@answers_command.command("read")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@json_option
def read_answers(file: Path | None, as_json: bool) -> None:
    """Read a TSV with the columns question and answer, from FILE or stdin, with the lexicon in
    force.

    Writes the columns question, answer, label, also; with --json also the evidence.
    """
    from huifang.wiring import book_in_force
    from scripts.answers import table

    try:
        rows = table.read_table(_text(file), book_in_force(load()))
    except table.TableError as fault:
        raise InputFault(f"{file or 'stdin'}: {fault}") from None
    for code in table.unknown_codes(rows):
        say(f"{file or 'stdin'}: {code or 'an empty question'} is no question code; read as ANY")
    if as_json:
        click.echo(table.as_json(rows))
    else:
        click.echo(table.as_tsv(rows), nl=False)


def _text(file: Path | None) -> str:
    name = str(file) if file else "stdin"
    try:
        raw = file.read_bytes() if file else sys.stdin.buffer.read()
        return raw.decode("utf-8-sig")
    except OSError as fault:
        raise InputFault(f"{name}: cannot be read ({fault.strerror}); check the path") from None
    except UnicodeDecodeError as fault:
        raise InputFault(
            f"{name}: byte {fault.start} is not UTF-8; save the file as UTF-8 text"
        ) from None
