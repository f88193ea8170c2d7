"""Finds a part of a rulebook's plain data by its written name, such as ``first_call.after_days`` or
``families.misselling.deadline.days``. It only looks."""

from typing import Any


class NoSuchField(LookupError):  # noqa: N818 - says what is missing, not that we failed
    """The data have no such part; the message names it."""


def part(data: Any, path: str) -> Any:
    """The part at ``path``: keys of mappings, and ids or numbers from 1 of entries of lists. Raises
    NoSuchField."""
    found = data
    for name in path.split("."):
        found = _step(found, name, path)
    return found


def _step(data: Any, name: str, path: str) -> Any:
    if isinstance(data, dict) and name in data:
        return data[name]
    if isinstance(data, list):
        for number, entry in enumerate(data, 1):
            if name == str(number) or (isinstance(entry, dict) and entry.get("id") == name):
                return entry
    raise NoSuchField(f"there is no {name!r} on the way to {path!r}")
