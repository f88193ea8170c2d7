"""The steps after an answer, as a person writes them in a cell: ``explain, end refused``. It knows
no script: whether a step may stand there is for scripts.routes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

Step = str | Mapping[str, str]

_BETWEEN = re.compile(r"[,;、\n]")
#: end refused, end: refused, {end: refused}, end → refused
_TARGET = re.compile(r"\{?\s*(end|ask)\b\s*(?:[:=]|->|→)?\s*([^\s{}]+)\s*\}?", re.IGNORECASE)


def plain(cell: str) -> list[Step]:
    """The steps of a cell as a script has them. An unknown word stays as it is written."""
    mended = unicodedata.normalize("NFKC", cell).replace("–", "-").replace("。", "")
    words = (part.strip(" \"'“”‘’\t\r") for part in _BETWEEN.split(mended))
    return [_step(part) for part in words if part]


def shown(steps: Sequence[Step]) -> str:
    """The steps as one cell."""
    return ", ".join(_words(step) for step in steps)


def _step(part: str) -> Step:
    match = _TARGET.fullmatch(part)
    if match is None:
        return part.lower()
    return {match[1].lower(): match[2]}


def _words(step: Step) -> str:
    if isinstance(step, str):
        return step
    return " ".join(f"{move} {target}" for move, target in step.items())
