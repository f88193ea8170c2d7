"""The papers tell the truth: settings, commands, timed jobs and links, compared with the code."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from huifang import wiring
from huifang.cli import main
from huifang.settings import Settings
from huifang.timetable import entries, timetable
from operations.duties import Lead
from recordings.engines import Choice
from recordings.fake import FakeSpeech
from tests.house import tree

DECISIONS = [name for name in tree.files() if re.match(r"docs/decisions/\d", name)]
PAPERS = [name for name in tree.files() if name.endswith(".md")]
NOT_SET = "–"


def shown(default: object) -> str:
    """A default as the page writes it."""
    if default is None or default is PydanticUndefined:
        return NOT_SET
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_every_setting_is_documented_with_its_default_and_no_other() -> None:
    documented = {
        cells[0].strip("`"): cells[1].strip("`")
        for cells in tree.rows("docs/settings.md")
        if cells[0].startswith("`")
    }
    assert documented == {
        f"HUIFANG_{name.upper()}": shown(field.default)
        for name, field in Settings.model_fields.items()
    }


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its words."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from commands(below, f"{path} {name}")


def named(parameter: click.Parameter) -> str:
    """An option by its long name, an argument in capitals."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name.upper()


def documented_options(heading: str) -> set[str]:
    rows = tree.rows("docs/commands.md", f"## {heading}")
    return {cells[0].strip("`") for cells in rows if cells[0].startswith("`")}


def test_every_command_is_documented_and_no_other() -> None:
    headings = set(re.findall(r"^## (huifang.*)$", tree.text("docs/commands.md"), re.M))
    assert headings == {"huifang", *(path for path, _ in commands(main, "huifang"))}


@pytest.mark.parametrize(("path", "command"), [("huifang", main), *commands(main, "huifang")])
def test_every_option_is_documented_and_no_other(path: str, command: click.Command) -> None:
    assert documented_options(path) == {named(parameter) for parameter in command.params}


@pytest.mark.parametrize("command", [command for _, command in commands(main, "huifang")])
def test_every_command_has_json_and_says_what_it_does(command: click.Command) -> None:
    assert "--json" in {named(parameter) for parameter in command.params}
    assert command.help


def test_the_timetable_and_its_page_are_the_same(tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path,
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=SecretStr("token"),
        caller="+861090000000",
        public_url="https://revisit.example.com",
        mail_host="127.0.0.1",
        mail_from="huifang@example.com",
        mail_to=["supervisor@example.com"],
    )
    phone = wiring.twilio_phone(settings)
    hears = Choice(FakeSpeech(), "fake", "for the timetable")
    fetch = wiring.twilio_media(settings, phone)
    line = wiring.make_line(settings, speech=hears, phone=phone, fetch=fetch)
    lead = Lead(line)
    jobs = [job.name for job in timetable(line, lead)]
    written = [
        (entry.name, str(entry.when), "leader" if entry.leader else "all workers", entry.needs)
        for entry in entries(lead)
    ]
    line.database.close()

    rows = list(tree.rows("docs/timetable.md"))
    documented = [
        (cells[0].strip("`"), *cells[1:4])
        for cells in rows
        if len(cells) == 5 and cells[0] != "job"
    ]
    assert documented == written
    assert [name for name, *_ in written] == jobs  # a line that has everything can do them all


def test_the_changelog_knows_this_version() -> None:
    project = tomllib.loads(tree.text("pyproject.toml"))["project"]
    assert f"## [{project['version']}]" in tree.text("CHANGELOG.md")


@pytest.mark.parametrize("name", PAPERS)
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", tree.text(name))
    inside = [target for target in targets if "://" not in target]
    folder = (tree.ROOT / name).parent
    assert [target for target in inside if not (folder / target).exists()] == []


def test_papers_that_the_code_points_to_are_there() -> None:
    sources = [*tree.modules(*tree.ROOMS), "Makefile", *PAPERS]
    meant = {
        paper for name in sources for paper in re.findall(r"\bdocs/[\w./-]+\.md\b", tree.text(name))
    }
    assert len(meant) > 3
    assert {paper for paper in meant if not (tree.ROOT / paper).exists()} == set()


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_one_page(name: str) -> None:
    page = tree.text(name)
    number = int(Path(name).name[:4])
    assert page.startswith(f"# {number}. ")
    assert re.findall(r"^## (.*)$", page, re.M) == ["Context", "Decision", "Consequences"]
    assert len(page.splitlines()) <= 40
    assert f"({Path(name).name})" in tree.text("docs/decisions/README.md")


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(Path(name).name[:4]) for name in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
