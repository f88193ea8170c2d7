"""``huifang scripts try``: talk to a script in the terminal, and keep the walk as a test."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huifang import clock
from huifang.cli import json_option
from huifang.cli.output import emit, messages, results, say
from huifang.cli.script_files import write
from huifang.cli.script_names import script_of
from huifang.cli.script_show import translated
from huifang.faults import InputFault
from huifang.settings import load

if TYPE_CHECKING:
    from huifang.rehearsal import Rehearsal, Spoken
    from huifang.typed import Typed
    from scripts.facts import Facts
    from scripts.model import Script

#: The exit code of a program that Ctrl-C ended.
_BROKEN_OFF = 130


@click.command("try")
@click.argument("script", default="standard")
@click.option("--policy", metavar="NO", help="A stored policy; default: an invented one.")
@click.option("--fact", "given", multiple=True, metavar="NAME=VALUE",
              help="A fact of the invented policy, e.g. product_type=universal.")  # fmt: skip
@click.option("--scope", metavar="IDS", help="Ask only these, by id or code, with commas.")
@click.option("--resumed", is_flag=True, help="The call goes on where an earlier one stopped.")
@click.option("--matter", metavar="WORDS", help="What the problem case or complaint is about.")
@click.option("--language", metavar="L", help="One of the script's translations, e.g. en.")
@click.option("--answers", type=click.Path(path_type=Path), help="One answer a line.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep the walk as a test file.")
@json_option
def try_script(
    script: str,
    policy: str | None,
    language: str | None,
    answers: Path | None,
    save: Path | None,
    as_json: bool,
    **changed: Any,
) -> None:
    """Talk to SCRIPT in the terminal: type what a customer would say, or press 1, 2, 3, 0.

    An empty line is silence. The words are read by the reader that reads real calls. A line of an
    answers file may name its question: READ.tips: 没看过.
    """
    from huifang.rehearsal import Rehearsal
    from huifang.wiring import book_in_force

    if policy is not None and (save is not None or changed["given"]):
        raise click.UsageError("--save and --fact are for invented policies: leave out --policy")
    if save is not None and save.exists():  # told before the talk, and not after it
        raise InputFault(f"{save}: is there already; name another file")
    settings, own = load(), translated(script_of(script), language)
    facts = _facts(own, policy, **changed)
    _introduce(own, facts, policy)
    typed = _typed(answers, own, quiet=as_json)
    rehearsal = Rehearsal(own, facts, clock.now(), book_in_force(settings))
    lines = _show(rehearsal.talk(typed), as_json=as_json)
    if as_json:
        emit(lines)
    if save is not None:
        _save(rehearsal, save)


def _introduce(script: "Script", facts: "Facts", policy: str | None) -> None:
    """Who is called: an author must know the birthday to get past the identity."""
    from scripts.conditions import all_hold, situation

    who = f"policy {policy}" if policy else "an invented policy"
    say(f"calling {facts.holder_name}, born {facts.holder_birth}, about {who}: {facts.product}")
    if not all_hold(script.covers, situation(facts)):
        conditions = ", ".join(map(str, script.covers))
        say(f"{script.id} is not meant for this policy: it is for {conditions}")


def _facts(
    script: "Script",
    policy: str | None,
    given: tuple[str, ...],
    scope: str | None,
    resumed: bool,
    matter: str | None,
) -> "Facts":
    from huifang.rehearsal import facts_for

    facts = facts_for(load(), policy, script)
    changes: dict[str, Any] = dict(map(_fact, given))
    if scope is not None:
        changes["scope"] = _scope(script, scope)
    if resumed:
        changes["resumed"] = True
    if matter is not None:
        changes["matter"] = matter
    return replace(facts, **changes)


def _fact(given: str) -> tuple[str, object]:
    from scripts.walk_facts import typed

    name, sign, value = (part.strip() for part in given.partition("="))
    if not sign:
        raise click.UsageError(f"--fact {given}: write NAME=VALUE, e.g. product_type=universal")
    listed = [part.strip() for part in value.strip("[]").split(",")]
    try:
        return name, typed(name, listed if value.startswith("[") else value or None)
    except (LookupError, ValueError) as fault:
        raise click.UsageError(f"--fact {given}: {fault.args[0]}") from None


def _scope(script: "Script", scope: str) -> frozenset[str]:
    names = frozenset(name.strip() for name in scope.split(",") if name.strip())
    known = {name for q in script.questions for name in (q.id, q.code)}
    unknown = sorted(names - known)
    if unknown or not names:
        what = ", ".join(unknown) or "nothing"
        raise click.UsageError(f"--scope {what}: {script.id} asks no such question")
    return names


def _typed(answers: Path | None, script: "Script", *, quiet: bool) -> "Typed":
    """The customer's answers, from a file or from the keyboard; silence after the last."""
    from huifang.typed import Typed, from_file

    return Typed(_keyboard(quiet)) if answers is None else from_file(answers, script)


def _keyboard(quiet: bool) -> Any:
    prompt = sys.stdin.isatty() and not quiet

    def ask() -> str | None:
        if prompt:
            click.echo("     you> ", nl=False, err=True)
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else None

    return ask


def _show(lines: Iterable["Spoken"], *, as_json: bool) -> list[dict[str, Any]]:
    """Print the talk line by line; Ctrl-C ends it."""
    said = []
    try:
        for line in lines:
            said.append(asdict(line))
            if not as_json:
                _print(line)
    except KeyboardInterrupt:
        messages.print()
        say("broken off; nothing is kept")
        raise SystemExit(_BROKEN_OFF) from None
    return said


_STYLES: Mapping[str, str] = {"customer": "bold", "heard": "dim", "finding": "yellow"}


def _print(line: "Spoken") -> None:
    how = f"  [{line.rule}]" if line.rule else ""
    words = f"{line.who:>8}: {line.words}{how}"
    results.print(words, style=_STYLES.get(line.who), markup=False, soft_wrap=True)
    if line.then:
        results.print(f"{'':>10}{line.then}", style="dim", markup=False, soft_wrap=True)


def _save(rehearsal: "Rehearsal", file: Path) -> None:
    """Keep the walk, once a replay has shown that it goes the same way again."""
    from scripts import sample, walks
    from scripts.simulate import Walk

    run = rehearsal.run
    walk, base = Walk(run, ()), sample.SAMPLE
    invented = replace(base, company=run.facts.company, company_phone=run.facts.company_phone)
    about = f"{run.script.title}, tried in the terminal: ends as {walk.ending}"
    try:
        saved = walks.of_walk(walk, name=file.name, about=about, base_facts=invented)
    except ValueError as fault:
        raise InputFault(f"{file}: {fault}") from None
    text = walks.as_text(saved)
    again = walks.replay(run.script, walks.parse(text, file.name), base)
    differing = walks.differences(again, saved)
    if differing:
        raise InputFault(f"{file}: not kept, for a replay goes another way: {differing[0]}")
    write(file, text.encode())
    say(f"the walk is in {file}: {len(walk.path)} answers, ending {walk.ending}; replayed and held")


COMMANDS = (try_script,)
