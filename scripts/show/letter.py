"""The printable letter (回访函, 回访问卷) of a script as PDF: A4, black on white, with lines to
sign on, in Chinese. It lays out what letter_content says and adds no word of its own."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import typst

from scripts.facts import Facts
from scripts.model import Script
from scripts.show import letter_font
from scripts.show.letter_content import Letter, Sender, letter
from scripts.show.letter_words import words

__all__ = ["Sender", "missing", "pdf"]

LAYOUT = Path(__file__).with_name("letter.typ")
#: For archives (PDF/A): everything embedded, and the text can be searched and read aloud. It is
#: also the net below letter_font: a character that cannot be printed fails the export.
STANDARD: Final = "a-2a"


def pdf(
    script: Script,
    facts: Facts | None,
    *,
    today: date,
    sender: Sender | None = None,
    script_hash: str = "",
) -> bytes:
    """The letter, dated ``today``: the same input gives the same bytes.

    Without facts it is a form whose slots are labelled blanks. ``sender`` overrules the company
    and the telephone number of the facts, and alone knows the address to send the letter back to;
    ``script_hash`` goes into the foot of every page.
    """
    content = letter(script, facts, today=today, sender=sender or Sender(), script_hash=script_hash)
    return _printed(content)


def missing(
    script: Script, facts: Facts | None, *, today: date, sender: Sender | None = None
) -> tuple[str, ...]:
    """The characters that the fonts lack (生僻字). The letter shows them as 〔U+20BB7〕 and asks
    for them to be written by hand; whoever prints it should be told."""
    content = letter(script, facts, today=today, sender=sender or Sender(), script_hash="")
    return letter_font.missing("".join(_texts(asdict(content))))


def _printed(content: Letter) -> bytes:
    plain = asdict(content)
    data: dict[str, Any] = {
        "letter": _legible(plain),
        "words": words(),
        "fonts": letter_font.FAMILIES,
        "rare": bool(letter_font.missing("".join(_texts(plain)))),
    }
    return typst.compile(
        LAYOUT,
        sys_inputs={"data": json.dumps(data)},
        font_paths=letter_font.book(),
        ignore_system_fonts=True,
        pdf_standards=STANDARD,
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _legible(value: Any) -> Any:
    """The same plain data in characters that the fonts have."""
    if isinstance(value, str):
        return letter_font.legible(value)
    if isinstance(value, dict):
        return {key: _legible(part) for key, part in value.items()}
    return [_legible(part) for part in value] if isinstance(value, list | tuple) else value
