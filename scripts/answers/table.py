"""Tables of answers for the command line: TSV in, readings out as TSV or JSON. No files here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.answers.lexicon import Book
from scripts.answers.reading import read
from scripts.answers.records import Reading
from scripts.labels import CODES, code_of

_COLUMNS = ("question", "answer")


class TableError(ValueError):
    """The table cannot be read; one sentence naming the line and the mend."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer of the table and how it was read."""

    question: str
    answer: str
    reading: Reading


def read_table(text: str, book: Book | None = None) -> list[Row]:
    """The answers of a TSV with the columns ``question`` and ``answer`` (others are passed over, a
    byte order mark is allowed), each read with ``book``. Raises TableError."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines:
        raise TableError("The table is empty; its first line must be question<TAB>answer.")
    places = _places(lines[0].split("\t"))
    return [
        _row(number, line, places, book) for number, line in enumerate(lines[1:], 2) if line.strip()
    ]


def _places(header: list[str]) -> tuple[int, int]:
    names = [name.strip().lower() for name in header]
    missing = [name for name in _COLUMNS if name not in names]
    if missing:
        raise TableError(
            f"Line 1 has no column {missing[0]}; the header must be question<TAB>answer."
        )
    twice = [name for name in _COLUMNS if names.count(name) > 1]
    if twice:
        raise TableError(f"Line 1 has the column {twice[0]} twice; keep one of them.")
    return names.index("question"), names.index("answer")


def _row(number: int, line: str, places: tuple[int, int], book: Book | None) -> Row:
    cells = line.split("\t")
    if len(cells) <= max(places):
        raise TableError(
            f"Line {number} has {len(cells)} columns, too few for question and answer; "
            "separate them with a tab."
        )
    question, answer = (cells[place].strip() for place in places)
    code, dot, part = question.partition(".")
    return Row(question, answer, read(f"{code.upper()}{dot}{part}", answer, book=book))


def unknown_codes(rows: Iterable[Row]) -> list[str]:
    """The questions of ``rows`` that are none: they were read as ANY."""
    asked = dict.fromkeys(row.question for row in rows)
    return [one for one in asked if code_of(one).upper() not in {*CODES, "ANY"}]


def as_tsv(rows: Iterable[Row]) -> str:
    """The columns question, answer, label and also (labels with spaces between)."""
    lines = ["\t".join((*_COLUMNS, "label", "also"))]
    for row in rows:
        cells = (row.question, row.answer, row.reading.label, " ".join(row.reading.also))
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def as_json(rows: Iterable[Row]) -> str:
    """One JSON array with the evidence of every reading."""
    return json.dumps([_evidence(row) for row in rows], ensure_ascii=False, indent=2)


def _evidence(row: Row) -> dict[str, object]:
    reading = row.reading
    return {
        "question": row.question,
        "answer": row.answer,
        "label": reading.label,
        "also": list(reading.also),
        "normalised": reading.normalised,
        "request": reading.request,
        "value": reading.value,
        "why": [
            {"label": w.label, "rule": w.rule, "words": w.words, "distance": w.distance}
            for w in reading.why
        ],
    }
