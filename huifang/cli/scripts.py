"""The author's tools: list, show, check and try call scripts."""

from pathlib import Path

import click

from huifang.cli import json_option
from huifang.cli.output import emit, results, say, table


@click.group("scripts")
def scripts_command() -> None:
    """Look at, check and try out call scripts."""
