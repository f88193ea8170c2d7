"""Recognises a carrier's announcement (已关机, 空号 …) from its first words. Not for people's
answers."""

from functools import cache
from importlib.resources import files

import yaml

from scripts.answers.normalise import normalise
from scripts.outcomes import Outcome


@cache
def _phrases() -> tuple[tuple[str, Outcome], ...]:
    data = yaml.safe_load((files("scripts.answers") / "announcements.yaml").read_text("utf-8"))
    return tuple(
        (phrase, Outcome(entry["outcome"]))
        for entry in data["announcements"]
        for phrase in entry["phrases"]
    )


def announcement(words: str) -> Outcome | None:
    """The outcome a carrier's announcement tells, or None when ``words`` are none."""
    text = normalise(words)
    return next((outcome for phrase, outcome in _phrases() if phrase in text), None)
