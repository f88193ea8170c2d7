"""From plain YAML data to a pydantic shape: every fault with its line, in words for an author.
Shared by scripts and rulebooks; knows neither."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scripts.faults import Fault, FaultyFileError
from scripts.yamlfile import Document, Place

ShapeT = TypeVar("ShapeT", bound=BaseModel)

#: How many faults of one file are told; more would hide the first ones.
MOST_FAULTS = 100
_CODES = {"extra_forbidden": "unknown-key", "missing": "missing-key", "too_long": "too-many"}


def shaped(document: Document, shape: type[ShapeT]) -> ShapeT:
    """The document as ``shape``. Raises FaultyFileError with every fault of the shape."""
    if not isinstance(document.data, dict):
        message = "is empty or not a mapping: it must begin with keys such as 'id:'"
        raise FaultyFileError([document.fault("not-a-mapping", message, ())])
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        raise FaultyFileError(list(_faults(document, error))[:MOST_FAULTS]) from error


def _faults(document: Document, error: ValidationError) -> Iterable[Fault]:
    seen: set[tuple[str, int | None]] = set()
    for detail in error.errors(include_url=False, include_context=False):
        fault = _fault(document, detail)
        if (fault.code, fault.line) not in seen:
            seen.add((fault.code, fault.line))
            yield fault


def _fault(document: Document, detail: ErrorDetails) -> Fault:
    place = _real_place(document.data, detail["loc"])
    code = _CODES.get(detail["type"], "bad-value")
    key = str(detail["loc"][-1])
    where = ".".join(str(part) for part in place) or "the file"
    messages = {
        "unknown-key": f"unknown key {key!r} in {_parent(place)}: remove or correct it",
        "missing-key": f"{where} lacks the key {key!r}",
        "too-many": f"{where} is too long: {_lower(detail['msg'])}",
    }
    message = messages.get(code, f"{where}: {_lower(detail['msg'])}")
    return document.fault(code, message, place, _owner(document.data, place))


def _parent(place: Place) -> str:
    return ".".join(str(part) for part in place[:-1]) or "the file"


def _real_place(data: Any, loc: tuple[str | int, ...]) -> Place:
    """The part of ``loc`` that exists in the data; pydantic adds names of its union members."""
    place: list[str | int] = []
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            continue
        place.append(part)
    return tuple(place)


def _owner(data: Any, place: Place) -> str | None:
    """The id of the innermost entry that contains the place."""
    owner = None
    for part in place:
        data = data[part]
        if isinstance(data, dict) and isinstance(data.get("id"), str) and data["id"]:
            owner = data["id"]
    return owner if len(place) > 1 else None


def _lower(sentence: str) -> str:
    """The sentence with a small first letter; patterns in it stay as they are."""
    return sentence[:1].lower() + sentence[1:]
