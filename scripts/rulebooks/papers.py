"""What is published of the rulebooks: the JSON Schema of their files for editors, and the twelve
decisions of each as a page. Reads the shipped files; writes nothing."""

from collections.abc import Iterator
from typing import Any

from scripts.rulebooks.conflicts import TOPICS
from scripts.rulebooks.model import Conflict, Rulebook
from scripts.rulebooks.reader import load, rulebooks
from scripts.rulebooks.schema import RulebookShape


def schema() -> dict[str, Any]:
    """docs/rulebook.schema.json as plain data: JSON Schema 2020-12, as pydantic makes it of the
    shape. The reader knows more; an editor only helps to write."""
    found = RulebookShape.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def decisions() -> str:
    """The part of docs/rulebooks.md below "The twelve decisions": a table for each conflict, with
    one row for all rulebooks that decide it alike."""
    books = [load(name) for name in rulebooks()]
    parts = []
    for number, topic in TOPICS.items():
        head = f"### {number} {topic.title}\n\n| decision | recorded in | source | rulebooks |"
        parts.append("\n".join([head, "|---|---|---|---|", *_rows(books, number)]))
    return "\n\n".join(parts) + "\n"


def _rows(books: list[Rulebook], number: str) -> Iterator[str]:
    alike: dict[str, list[str]] = {}
    for book in books:
        alike.setdefault(_cells(_of(book.conflicts, number)), []).append(f"`{book.id}`")
    for cells, ids in alike.items():
        yield f"| {cells} | {', '.join(ids)} |"


def _of(conflicts: tuple[Conflict, ...], number: str) -> Conflict:
    return next(conflict for conflict in conflicts if conflict.id == number)


def _cells(conflict: Conflict) -> str:
    recorded = "; ".join(f"`{name}` {value}" for name, value in conflict.values.items())
    return f"{conflict.decision} | {recorded} | {conflict.source}"
