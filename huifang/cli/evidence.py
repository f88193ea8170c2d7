"""``huifang evidence``: everything about one policy in a zip that an outsider can check."""

from pathlib import Path

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say
from huifang.cli.who import by_option, name_of
from huifang.settings import load
from huifang.wiring import make_line


@click.command("evidence")
@click.argument("policy")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="A new file, .zip.",
)
@by_option
@json_option
def evidence_command(policy: str, path: Path, by: str | None, as_json: bool) -> None:
    """Write a policy's evidence package (证据包): records, audio, scripts, audit entries, and a
    program that checks them. The audit log notes it."""
    from operations import evidence

    made = evidence.write(make_line(load()), policy, name_of(by), path)
    if as_json:
        emit({"policy": policy, "file": str(path), "bytes": len(made.content),
              "problems": made.problems})  # fmt: skip
        return
    for problem in made.problems:
        say(f"not in it: {problem}")
    say(f"written: {path}; check it with: python3 verify.py, which lies in it")
