"""``huifang audit``: who saw, heard, took out or decided what, and whether the log is whole."""

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.settings import load
from huifang.wiring import make_line
from operations import audit
from store import audit as store


@click.group("audit")
def audit_command() -> None:
    """The audit log: who saw, heard, took out or decided what."""


@audit_command.command("list")
@click.option("--words", default="", help="Only entries by whom or about what has these words.")
@click.option("--what", default="", help="Only this kind, e.g. unmasked, listened, exported.")
@click.option(
    "--last",
    type=click.IntRange(1, 100_000),
    default=100,
    show_default=True,
    help="How many, the newest first.",
)
@json_option
def list_entries(words: str, what: str, last: int, as_json: bool) -> None:
    """The newest entries."""
    with make_line(load()).database.reading() as session:
        found, total = store.listed(session, words, what, 0, last)
        entries = [
            {"number": one.number, "at": one.at, "who": one.who, "what": one.what,
             "about": one.about, "detail": one.detail, "hash": one.hash}
            for one in found
        ]  # fmt: skip
    if as_json:
        emit(entries)
        return
    rows = [(e["number"], e["at"], e["who"], e["what"], e["about"], e["detail"]) for e in entries]
    table(
        f"{len(rows)} of {total} entries", ("entry", "at", "who", "what", "about", "detail"), rows
    )


@audit_command.command("verify")
@click.option(
    "--known-head",
    metavar="HASH",
    help="A hash that was kept elsewhere: it must stand in the log still.",
)
@json_option
@click.pass_context
def verify(context: click.Context, known_head: str | None, as_json: bool) -> None:
    """Follow the chain of hashes from the first entry to the last. Exit code 1 when it breaks."""
    kept = known_head.strip().lower() if known_head is not None else None
    found = audit.verify(make_line(load()), kept)
    whole = found.broken_at is None
    if as_json:
        emit({"whole": whole, "entries": found.entries, "head": found.head,
              "broken_at": found.broken_at, "why": found.why})  # fmt: skip
    elif whole:
        say(f"the audit log is whole: {found.entries} entries, the last hash is {found.head}")
        say("keep that hash elsewhere: with --known-head a shortened log is found too")
    else:
        say(f"the audit log is broken: {found.why}")
    context.exit(0 if whole else 1)
