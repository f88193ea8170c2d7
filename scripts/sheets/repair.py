"""Stands in for values that are already told as faulty, so that the faults of the others are told
in the same answer. What it makes is only read once more, never used as a script."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from scripts.outcomes import Outcome
from scripts.yamlfile import Place

#: What must be there, and what stands in for it.
_NEEDED: Mapping[str, str] = {
    "says": "？",
    "outcome": Outcome.COMPLETED.value,
    "title": "？",
    "opening": "？",
    "finish": "？",
    "exhausted": "？",
}
#: Other parts of the script depend on these, so that no word can stand in for them.
_BEYOND_REPAIR = frozenset({"id", "kind", "format"})


def repaired(data: Mapping[str, Any], places: Iterable[Place]) -> dict[str, Any] | None:
    """The data without the values at these places, or with a stand-in where one is needed; None
    where that cannot be done without making new faults."""
    whole: dict[str, Any] = deepcopy(dict(data))
    for place in places:
        inside = _inside(whole, place[:-1]) if place else None
        if not isinstance(inside, dict) or place[-1] in _BEYOND_REPAIR:
            return None
        stand_in = "？" if place[0] == "phrases" else _NEEDED.get(str(place[-1]))
        if stand_in is None or place[0] == "translations":
            inside.pop(place[-1], None)
        else:
            inside[place[-1]] = stand_in
    return whole


def _inside(data: Any, place: Place) -> Any:
    for key in place:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data
