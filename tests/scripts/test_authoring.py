"""The JSON Schema for editors: published as it is in the code, true to every file of the library,
and no laxer than the reader where it speaks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scripts import reader, yamlfile
from scripts.authoring import json_schema
from scripts.model import Event
from scripts.sheets.layout import layout

ROOT = Path(__file__).parents[2]
SCHEMA = json_schema()
VALID = Draft202012Validator(SCHEMA)
FILES = [reader.LIBRARY / f"{name}.yaml" for name in reader.library()]
FILES.append(Path(__file__).parent / "data" / "whole.yaml")


def _faults(data: Any) -> list[str]:
    return [error.json_path for error in VALID.iter_errors(data)]


def test_it_is_published_as_it_is_in_the_code() -> None:
    published = (ROOT / "docs" / "script.schema.json").read_text("utf-8")

    assert json.loads(published) == SCHEMA, "write it anew: huifang scripts schema"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_file_of_the_library_is_valid(path: Path) -> None:
    assert _faults(yamlfile.load(path).data) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: data.update(titel="x"), "$"),
        (lambda data: data.pop("questions"), "$"),
        (lambda data: data.update(purpose="sale"), "$.purpose"),
        (lambda data: data["questions"][3].update(id="AWAKE"), "$.questions[3]"),
        (lambda data: data["questions"][3].update(when=["rich"]), "$.questions[3]"),
        (lambda data: data["questions"][3].update(item="9"), "$.questions[3]"),
        (lambda data: data["questions"][3].update(on={"deny": ["dance"]}), "$.questions[3]"),
        (lambda data: data["questions"].append({"use": "x", "says": "y"}), "$.questions[35]"),
    ],
)
def test_what_an_editor_marks(change: Callable[[Any], None], place: str) -> None:
    data = yamlfile.load(FILES[-1]).data
    change(data)

    assert _faults(data) == [place]


def test_every_key_is_described_in_chinese_and_english() -> None:
    question = SCHEMA["$defs"]["QuestionShape"]["properties"]
    described = {name: part.get("description", "") for name, part in SCHEMA["properties"].items()}
    described |= {
        f"question {name}": part.get("description", "") for name, part in question.items()
    }
    unsaid = {name for name, words in described.items() if " · " not in words}

    assert unsaid == {
        "phrases", "limits", "care", "on", "questions", "aside", "endings", "translations",
        "question on",
    }  # fmt: skip
    assert {event.value for event in Event} == set(layout().events)
