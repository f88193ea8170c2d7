"""The command line: one module per group of commands. Each has --json and the exit codes
0 done, 1 the input has faults, 2 wrong usage."""

import importlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from huifang.cli.output import complain
from huifang.clock import CHINA
from huifang.faults import is_input_fault

#: Every command and the module it lives in; loaded only when it is used, so that help is quick.
COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "web": "serve",
    "worker": "serve",
    "timetable": "timetable",
    "import": "lists",
    "plan": "plan",
    "preflight": "preflight",
    "dial": "dial",
    "calls": "blocks",
    "special": "special",
    "handover": "handover",
    "scripts": "scripts",
    "rulebooks": "rulebooks",
    "answers": "answers",
    "listen": "speech",
    "speech": "speech",
    "recordings": "recordings",
    "cases": "cases",
    "complaints": "complaints",
    "incidents": "incidents",
    "review": "review",
    "evidence": "evidence",
    "kpis": "kpis",
    "report": "report",
    "accounts": "accounts",
    "audit": "audit",
    "doctor": "doctor",
}


class Commands(click.Group):
    """Finds commands by name and turns every fault of the input into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, the main job first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module that holds the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"huifang.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a fault of the input ends in one sentence and exit code 1."""
        try:
            return super().invoke(ctx)
        except Exception as raised:
            if not is_input_fault(raised):
                raise
            complain(raised)
            raise SystemExit(1) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="huifang", prog_name="huifang")
def main() -> None:
    """Huifang 回访: a life insurer's new-policy revisit calls, from the policy list to the
    problem cases."""


class Moment(click.ParamType[datetime]):
    """A moment as ISO writes it, in the insurer's time where no zone is given."""

    name = "ISO"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment; anything else is wrong usage."""
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is not a time; write it as 2026-11-21T10:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


json_option: Callable[..., Any] = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on stdout; messages on stderr."
)
