"""The wording guide for difficult customers (domain.md 1.14) as typed data. Agents read it; it
decides nothing and speaks no word of a script."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "difficult.yaml"


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece: what it is about, how it is recognised, what to do, what may be said."""

    title: str
    text: str
    signs: str = ""
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide in one language. ``never`` are sentences that nobody says."""

    source: str
    steps: tuple[Advice, ...]
    principles: tuple[Advice, ...]
    types: tuple[Advice, ...]
    taboos: tuple[str, ...]
    never: tuple[str, ...]
    kinds: str
    media: str


@lru_cache(maxsize=2)
def guide(language: str) -> Guide:
    """The guide in ``zh`` or ``en``. Raises KeyError for another language."""
    kept = yaml.safe_load(_FILE.read_text(encoding="utf-8"))

    def pieces(name: str) -> tuple[Advice, ...]:
        return tuple(_advice(one, language) for one in kept[name])

    return Guide(
        source=kept["source"],
        steps=pieces("steps"),
        principles=pieces("principles"),
        types=pieces("types"),
        taboos=tuple(one[language] for one in kept["taboos"]),
        never=tuple(one[language] for one in kept["never"]),
        kinds=kept["kinds"][language],
        media=kept["media"][language],
    )


def _advice(kept: dict[str, Any], language: str) -> Advice:
    says = tuple(one[language] for one in kept.get("says", ()))
    signs = kept["signs"][language] if "signs" in kept else ""
    return Advice(kept["title"][language], kept["text"][language], signs, says)
