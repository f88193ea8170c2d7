"""Formats of script files: an older file is brought to the present format while it is read, so
that a call of years ago can still be read. Each step changes plain data and says why."""

from collections.abc import Callable, Mapping
from typing import Any

from scripts.faults import FaultyFileError
from scripts.yamlfile import Document, Mark, Place

#: The format that is written today.
FORMAT = 2


def upgraded(document: Document) -> Document:
    """The document in the present format. Raises FaultyFileError for a format that is not known;
    what is no mapping is left to the shape to refuse."""
    if not isinstance(document.data, dict):
        return document
    number = document.data.get("format", 1)
    if type(number) is not int or number not in (*_STEPS, FORMAT):
        known = ", ".join(str(one) for one in (*_STEPS, FORMAT))
        message = f"format {number!r} is not known here: use one of {known}, or a newer Huifang"
        raise FaultyFileError([document.fault("unknown-format", message, ("format",))])
    return document if number == FORMAT else upgraded(_STEPS[number](document))


def _to_2(document: Document) -> Document:
    """Format 2 keeps everything about the elderly under ``care``: format 1 had their routes under
    ``on_with_care`` beside it, and the age was fixed."""
    data: dict[str, Any] = {**document.data, "format": 2}
    marks: dict[Place, Mark] = dict(document.marks)
    routes = data.pop("on_with_care", None)
    care = data.get("care", {})
    if routes is not None and isinstance(care, dict):
        data["care"] = {**care, "on": routes}
        _moved(marks, ("on_with_care",), ("care", "on"))
    return Document(document.name, data, marks)


def _moved(marks: dict[Place, Mark], old: Place, new: Place) -> None:
    for place in [place for place in marks if place[: len(old)] == old]:
        marks[(*new, *place[len(old) :])] = marks.pop(place)


_STEPS: Mapping[int, Callable[[Document], Document]] = {1: _to_2}
