"""Every saved walk through the standard script still goes the same way, and together they reach
every ending."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import simulate
from scripts.facts import Channel, Facts, Frequency, Period, PeriodKind, ProductType
from scripts.model import Script
from scripts.simulate import Walk

WALKS = sorted((Path(__file__).parent / "walks").glob("*.yaml"))
TYPES: dict[str, Callable[[Any], object]] = {
    "product_type": ProductType,
    "channel": Channel,
    "frequency": Frequency,
    "premium": Decimal,
    "payment_period": lambda pair: pair and Period(PeriodKind(pair[0]), pair[1]),
    "cover_period": lambda pair: Period(PeriodKind(pair[0]), pair[1]),
    "called_on": date.fromisoformat,
}


def _load(path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    assert set(kept) <= {"about", "facts", "answers", "path", "ending", "outcome", "findings",
                         "says", "never_says"}, path.name  # fmt: skip
    return kept


def _facts(facts_with: Callable[..., Facts], changes: dict[str, Any]) -> Facts:
    typed = {
        name: TYPES[name](value) if name in TYPES else value for name, value in changes.items()
    }
    return facts_with(**typed)


def _walk(script: Script, facts_with: Callable[..., Facts], kept: dict[str, Any]) -> Walk:
    answers = {
        question: [simulate.heard(one) for one in (given if isinstance(given, list) else [given])]
        for question, given in kept.get("answers", {}).items()
    }
    return simulate.walk(script, _facts(facts_with, kept.get("facts", {})), answers)


@pytest.mark.parametrize("path", WALKS, ids=[path.stem for path in WALKS])
def test_a_walk_goes_as_it_was_kept(
    path: Path, standard: Script, facts_with: Callable[..., Facts]
) -> None:
    kept = _load(path)
    walk = _walk(standard, facts_with, kept)
    spoken = "\n".join(line.words for line in walk.lines if line.who == "us")

    assert list(walk.path) == kept["path"]
    assert walk.ending == kept["ending"]
    assert walk.outcome == kept["outcome"]
    assert {v.question_id: v.status.value for v in walk.findings} == kept.get("findings", {})
    for words in kept.get("says", []):
        assert words in spoken
    for words in kept.get("never_says", []):
        assert words not in spoken


def test_the_walks_reach_every_ending(standard: Script, facts_with: Callable[..., Facts]) -> None:
    reached = {_walk(standard, facts_with, _load(path)).ending for path in WALKS}

    assert reached == {ending.id for ending in standard.endings}


def test_the_walks_ask_every_question(standard: Script, facts_with: Callable[..., Facts]) -> None:
    asked = {q for path in WALKS for q in _walk(standard, facts_with, _load(path)).path}

    assert asked == {q.id for q in (*standard.questions, *standard.aside)}
