"""What is published of the rulebooks is what the code has: the JSON Schema for editors, and the
page of the twelve decisions."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scripts import rulebooks
from scripts.rulebooks import vocabulary
from scripts.rulebooks.papers import decisions, schema
from scripts.rulebooks.reader import document
from scripts.rulebooks.schema import RulebookShape

ROOT = Path(__file__).parents[2]
VALID = Draft202012Validator(schema())


def _places(data: Any) -> list[str]:
    return [error.json_path for error in VALID.iter_errors(data)]


def test_the_schema_is_published_as_it_is_in_the_code() -> None:
    published = (ROOT / "docs" / "rulebook.schema.json").read_text("utf-8")

    assert json.loads(published) == schema(), "write it anew: huifang rulebooks schema"


@pytest.mark.parametrize("name", rulebooks.rulebooks())
def test_every_shipped_rulebook_is_valid(name: str) -> None:
    assert _places(document(name).data) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("police", "always"),
        ("kpis", [{"id": "x", "name": "x", "counts": "anything", "unit": "count"}]),
        ("first_call", {"counts_from": "payment", "after_days": 1}),
        ("opens", "early"),
    ],
)
def test_an_editor_marks_what_is_wrong(key: str, value: Any) -> None:
    assert _places({**document("standard").data, key: value})


def test_every_word_of_the_vocabulary_has_a_name() -> None:
    words = [word for one in vars(vocabulary).values() if _is_list(one) for word in one]

    assert len(words) > 40
    assert [word for word in words if word not in vocabulary.NAMES] == []


def _is_list(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, StrEnum) and bool(list(one))


def test_no_word_has_two_names() -> None:
    """The names stand in one table by the word itself, so that two words alike would share one."""
    source = Path(vocabulary.__file__).read_text("utf-8")
    named = source.split("NAMES: Mapping[str, str] = {", 1)[1].split("\n}\n", 1)[0]

    assert named.count(': "') == len(vocabulary.NAMES)


def test_the_page_has_the_decisions_of_the_files() -> None:
    page = (ROOT / "docs" / "rulebooks.md").read_text("utf-8")

    assert page.split("## The twelve decisions\n\n", 1)[1] == decisions()


def test_the_page_lists_every_rulebook_and_every_key() -> None:
    page = (ROOT / "docs" / "rulebooks.md").read_text("utf-8").split("## The twelve")[0]
    keys = {field.alias or name for name, field in RulebookShape.model_fields.items()}

    assert [name for name in rulebooks.rulebooks() if f"| `{name}` |" not in page] == []
    assert sorted(key for key in keys if f"`{key}`" not in page) == []
