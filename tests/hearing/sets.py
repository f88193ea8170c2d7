"""The sets of spoken answers that hearing is measured with. Measures nothing itself."""

import csv
from collections.abc import Iterator
from pathlib import Path

from scripts.answers.normalise import normalise
from tests.hearing.clips import Clip, Row
from tests.hearing.words import shipped_texts

SHIPPED = Path(__file__).parents[1] / "recordings" / "data"
#: The rows of C and U, drawn once: C from variants.tsv and authors.tsv, U from unseen.tsv.
SPOKEN = Path(__file__).parent / "data" / "spoken.tsv"


def shipped() -> list[Clip]:
    """Set A: two voices, the texts of a part of answers-dev.tsv; they lie in the repository."""
    return [Clip(SHIPPED / row["file"], _row(row)) for row in _rows(SHIPPED / "index.tsv")]


def drawn() -> list[Row]:
    """Set C: other voices, texts that rules and model have seen."""
    return [_row(row) for row in _rows(SPOKEN) if row["set"] == "C"]


def unseen() -> list[Row]:
    """Set U: other voices, texts that neither rules nor model nor examples have seen."""
    rows = [_row(row) for row in _rows(SPOKEN) if row["set"] == "U"]
    return [row for row in rows if normalise(row.text) not in shipped_texts()]


def _rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _row(row: dict[str, str]) -> Row:
    texts = (row[name] for name in ("question", "text", "label", "voice"))
    return Row(*texts, float(row["speed"]), row["channel"])
