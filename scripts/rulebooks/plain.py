"""A rulebook's plain data as its checks look at them: only the entries that have their shape, each
with its place in the file. What has no shape is a fault already told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scripts.yamlfile import Document, Place

ShapeT = TypeVar("ShapeT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Plain:
    """One file's data, which may be anything."""

    document: Document

    @property
    def data(self) -> dict[str, Any]:
        """The keys of the file; none where it is no mapping."""
        return self.document.data if isinstance(self.document.data, dict) else {}

    def entries(self, section: str, shape: type[ShapeT]) -> Iterator[tuple[Place, ShapeT]]:
        """The sound entries of a list."""
        found = self.data.get(section)
        for index, entry in enumerate(found if isinstance(found, list) else []):
            try:
                yield (section, index), shape.model_validate(entry)
            except ValidationError:
                continue

    def named(self, section: str, key: str) -> Iterator[tuple[Place, str]]:
        """What the entries of a list carry under ``key``, also where the rest is faulty."""
        found = self.data.get(section)
        for index, entry in enumerate(found if isinstance(found, list) else []):
            if isinstance(entry, dict) and isinstance(entry.get(key), str):
                yield (section, index), entry[key]

    def words(self, key: str) -> list[str]:
        """The texts of a list."""
        found = self.data.get(key)
        return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []

    def pairs(self, key: str) -> Iterator[tuple[str, Any]]:
        """The keys and values of a mapping."""
        found = self.data.get(key)
        yield from found.items() if isinstance(found, dict) else ()

    def word(self, key: str) -> str | None:
        """The text of a key; None where it is none."""
        found = self.data.get(key)
        return found if isinstance(found, str) else None

    def one(self, key: str, shape: type[ShapeT]) -> ShapeT | None:
        """The sound part under a key."""
        try:
            return shape.model_validate(self.data.get(key))
        except ValidationError:
            return None
