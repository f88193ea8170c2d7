"""``huifang scripts show``: one script as its questions, as the agent's page, the flow picture, the
letter, the checklist or the telephone's TwiML. All of them come from the one file."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huifang import clock
from huifang.cli import json_option
from huifang.cli.output import emit, results, say
from huifang.cli.script_files import write
from huifang.cli.script_names import written_of
from huifang.faults import InputFault
from huifang.settings import load

if TYPE_CHECKING:
    from scripts.facts import Facts
    from scripts.model import Ending, Question, Routes, Script
    from scripts.written import Written

#: Made of a script, the facts of a policy or None, and a language.
Make = Callable[["Written", "Facts | None", str], str | bytes]


@click.command("show")
@click.argument("script", default="standard")
@click.option("--as", "kind", type=click.Choice(["text", "graph", "letter", "checklist", "twiml"]),
              help="Default: the questions as they are written.")  # fmt: skip
@click.option("--policy", metavar="NO", help="A stored policy, whose facts fill the slots.")
@click.option("--language", metavar="L", help="One of the script's translations, e.g. en.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@json_option
def show_script(
    script: str,
    kind: str | None,
    policy: str | None,
    language: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """SCRIPT as people and telephones get it.

    text is the agent's page, graph an SVG flow picture, letter a PDF to be printed and signed,
    checklist what quality staff tick, twiml what the telephone is told.
    """
    found = written_of(script)
    if kind is None:
        _show_questions(found, translated(found.script, language), as_json=as_json)
        return
    content = _MAKES[kind](found, _facts(policy), language or found.script.language)
    _give(found, kind, content, out, as_json=as_json)


def translated(script: "Script", language: str | None) -> "Script":
    """The script in one of its languages. Raises InputFault when it has no such translation."""
    from scripts.texts import in_language

    try:
        return script if language is None else in_language(script, language)
    except LookupError as fault:
        raise InputFault(str(fault.args[0])) from None


def _facts(policy: str | None) -> "Facts | None":
    from huifang.rehearsal import facts_for

    return None if policy is None else facts_for(load(), policy)


def _give(
    found: "Written", kind: str, content: str | bytes, out: Path | None, *, as_json: bool
) -> None:
    raw = content.encode() if isinstance(content, str) else content
    if out is not None:
        write(out, raw, overwrite=True)
    if as_json:
        text = content if isinstance(content, str) and out is None else None
        told = {"id": found.script.id, "version": found.script.version, "hash": found.hash}
        emit({**told, "as": kind, "file": out and str(out), "bytes": len(raw), "text": text})
    elif out is not None:
        say(f"{found.script.id} as {kind} is in {out}")
    elif isinstance(content, bytes) and _at_terminal():
        raise click.UsageError(f"a {kind} is no text for a terminal: name a file with --out")
    else:
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()


def _at_terminal() -> bool:
    return sys.stdout.isatty()


def _text(found: "Written", facts: "Facts | None", language: str) -> str:
    from scripts.show import page

    return page.text(translated(found.script, language), facts, language=_around(language))


def _graph(found: "Written", facts: "Facts | None", language: str) -> str:
    from scripts.show import graph

    return graph.svg(translated(found.script, language), language=_around(language))


def _around(language: str) -> str:
    """The language of the words around the script's own."""
    return "en" if language.startswith("en") else "zh"


def _letter(found: "Written", facts: "Facts | None", language: str) -> bytes:
    from scripts.show import letter

    own, today, settings = translated(found.script, language), clock.now().date(), load()
    sender = letter.Sender(settings.company, settings.company_phone)
    lacking = letter.missing(own, facts, today=today, sender=sender)
    if lacking:
        say(f"the fonts lack {' '.join(lacking)}: write them into the letter by hand")
    return letter.pdf(own, facts, today=today, sender=sender, script_hash=found.hash)


def _checklist(found: "Written", facts: "Facts | None", language: str) -> str:
    from scripts.show import checklist

    return checklist.text(translated(found.script, language))


def _twiml(found: "Written", facts: "Facts | None", language: str) -> str:
    from ivr.twilio import script_twiml
    from scripts import sample

    own = translated(found.script, language)
    try:
        return script_twiml.of_script(own, facts or sample.fitting(own.covers))
    except ValueError as fault:  # on paper, or in a voice that the carrier has not
        raise InputFault(str(fault)) from None


_MAKES: Mapping[str, Make] = {
    "text": _text,
    "graph": _graph,
    "letter": _letter,
    "checklist": _checklist,
    "twiml": _twiml,
}


def _show_questions(found: "Written", script: "Script", *, as_json: bool) -> None:
    rows = [_question(question) for question in script.questions]
    if as_json:
        emit(_whole(found, script, rows))
        return
    say(f"{script.id} {script.version}: {script.title}")
    say(f"{script.purpose} by {script.medium}, {_whom(script)}; {script.source or 'no source'}")
    for row in rows:
        item = f"  [{row['item']}]" if row["item"] else ""
        when = f"  ({', '.join(row['when'])})" if row["when"] else ""
        results.print(f"{row['id']}{item}{when}", style="bold", markup=False)
        results.print(f"    {row['says']}", markup=False, soft_wrap=True)


def _whom(script: "Script") -> str:
    return f"for {' and '.join(map(str, script.covers))}" if script.covers else "for every policy"


def _whole(found: "Written", script: "Script", questions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": script.id,
        "version": script.version,
        "title": script.title,
        "questions": questions,
        "aside": [_question(question) for question in script.aside],
        "endings": [_ending(ending) for ending in script.endings],
        "opening": script.opening.source,
        "purpose": script.purpose,
        "medium": script.medium,
        "for": [str(condition) for condition in script.covers],
        "language": script.language,
        "languages": [found.script.language, *found.script.translations],
        "source": script.source,
        "hash": found.hash,
    }


def _question(question: "Question") -> dict[str, Any]:
    return {
        "id": question.id,
        "code": question.code,
        "kind": question.kind,
        "item": question.item,
        "when": [str(condition) for condition in question.when],
        "says": question.says.source,
        "explain": question.explain.source,
        "again": question.again.source,
        "source": question.source,
        "polarity": question.polarity,
        "barge_in": question.barge_in,
        "expects": list(question.expects),
        "on": _routes(question.on),
    }


def _routes(routes: "Routes") -> dict[str, list[str]]:
    return {
        event.value: [f"{step.move} {step.target}".strip() for step in steps]
        for event, steps in routes.items()
    }


def _ending(ending: "Ending") -> dict[str, Any]:
    says = [
        {"when": [str(condition) for condition in saying.when], "says": saying.text.source}
        for saying in ending.says
    ]
    return {"id": ending.id, "outcome": ending.outcome, "says": says, "sorry": ending.sorry.source}


COMMANDS = (show_script,)
