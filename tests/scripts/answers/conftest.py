"""The labelled answers beside these tests."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.answers import examples

DATA = Path(__file__).parent / "data"
#: Labelled answers that ship with the package, for the preview of another lexicon.
PACKAGED = Path(examples.__file__).parent / "data"


@dataclass(frozen=True)
class Labelled:
    question: str
    answer: str
    label: str
    entry: str = ""


def _labelled(name: str) -> list[Labelled]:
    path = PACKAGED / name if (PACKAGED / name).exists() else DATA / name
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Labelled(row["question"], row["answer"], row["label"], row.get("entry") or "")
            for row in rows
        ]


@pytest.fixture(scope="session")
def labelled() -> Callable[[str], list[Labelled]]:
    """The rows of a table by its file name, from data/ or from the package."""
    return _labelled
