"""``huifang listen`` and ``huifang speech``: recognisers and their models."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from huifang import clock
from huifang.cli import json_option
from huifang.cli.output import emit, progress, say, table
from huifang.faults import InputFault
from huifang.settings import load
from huifang.wiring import choose_speech, engine_paths


@click.command("listen")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--question", metavar="CODE", help="Question code; the words are its answer.")
@click.option("--engine", type=click.Choice(["auto", "vosk", "whisper"]), help="Recogniser.")
@click.option("--channel", type=int, metavar="N", help="Channel to read; found out if not given.")
@json_option
def listen_command(
    files: tuple[Path, ...],
    question: str | None,
    engine: str | None,
    channel: int | None,
    as_json: bool,
) -> None:
    """What is said in audio FILES, and what it means as an answer."""
    from huifang.wiring import book_in_force
    from recordings.listen import listen
    from recordings.silero import Silero
    from scripts.answers import read

    settings = load()
    choice = choose_speech(settings, engine or settings.engine)
    if choice.speech is None:
        raise InputFault(choice.why)
    say(choice.why)
    detector = Silero()
    hints = _hints(settings.script or "standard", question)
    read_words = partial(read, book=book_in_force(settings))
    heard: list[dict[str, Any]] = []
    with progress("listening", show=len(files) > 1) as advance:
        for done, file in enumerate(files, 1):
            one = listen(
                file,
                choice.speech,
                detector,
                question=question,
                read_words=read_words,
                hints=hints,
                channel=channel,
            )
            heard.append(one)
            advance(done, len(files))
    _show(heard, as_json)
    if any("error" in one for one in heard):
        raise SystemExit(1)


def _hints(script: str, question: str | None) -> tuple[str, ...]:
    """The phrases that the script expects as an answer to a question code."""
    from huifang.wiring import load_script

    if question is None:
        return ()
    found = next((q for q in load_script(script).questions if question in (q.id, q.code)), None)
    return found.expects if found else ()


def _show(heard: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        emit(heard[0] if len(heard) == 1 else heard)
        return
    for one in heard:
        if "error" in one:
            say(one["error"])
            continue
        rows = [(s["channel"], s["from"], s["to"], s["text"]) for s in one["segments"]]
        title = f"{one['file']} ({one['audio_s']} s, {one['engine']})"
        table(title, ("channel", "from", "to", "words"), rows)
        also = ", ".join(one["reading"]["also"])
        click.echo(f"reading: {one['reading']['label']}{f' (also {also})' if also else ''}")


@click.group("speech")
def speech_command() -> None:
    """Get a recogniser's model, and see what is missing."""


@speech_command.command("fetch")
@json_option
def fetch(as_json: bool) -> None:
    """Get Vosk's Mandarin model from its official place, checked against its sha256."""
    from recordings.models import VOSK_SMALL_CN
    from recordings.models import fetch as fetch_model

    paths = engine_paths(load())
    with progress(VOSK_SMALL_CN.name, show=not as_json) as advance:
        folder = fetch_model(VOSK_SMALL_CN, paths.folder, advance, base_url=paths.base_url)
    if as_json:
        emit({"model": VOSK_SMALL_CN.name, "folder": str(folder), "sha256": VOSK_SMALL_CN.sha256})
    else:
        say(f"{VOSK_SMALL_CN.name} is in {folder}")


@speech_command.command("doctor")
@json_option
def doctor(as_json: bool) -> None:
    """What speech recognition has and lacks on this machine, and how to mend it."""
    from recordings.engines import doctor as examine

    settings = load()
    findings = examine(engine_paths(settings))
    choice = choose_speech(settings, settings.engine, fetch=False, now=clock.now())
    if as_json:
        emit({"engine": choice.name, "why": choice.why, "findings": list(findings)})
    else:
        rows = [("ok" if f.ok else "missing", f.what, f.sentence, f.mend) for f in findings]
        table("speech", ("", "what", "", "mend"), rows)
        say(choice.why)
    if choice.speech is None:
        raise SystemExit(1)
