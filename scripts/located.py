"""Plain data whose every part knows where it was written, so that parts of several files can be
put together and a fault still names the file, line and column of its words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scripts.yamlfile import Document, Mark, Place


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping of parts, a list of parts or a plain value, and where it was written."""

    value: Any
    mark: Mark

    @property
    def entries(self) -> Mapping[str, "Part"]:
        """Its entries; none where it is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list["Part"]:
        """Its items; none where it is no list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def name(self) -> str | None:
        """The text of its entry ``id``, or None."""
        found = self.entries.get("id")
        return found.value if found is not None and isinstance(found.value, str) else None

    def having(self, value: Mapping[str, "Part"] | list["Part"]) -> "Part":
        """The same place with other entries or items."""
        return replace(self, value=value)

    def plain(self) -> Any:
        """The data without the places."""
        if isinstance(self.value, dict):
            return {key: part.plain() for key, part in self.value.items()}
        if isinstance(self.value, list):
            return [part.plain() for part in self.value]
        return self.value


def located(document: Document, file: str = "") -> Part:
    """A document as parts; ``file`` is the name that faults in them must tell beside the line."""

    def part(data: Any, place: Place) -> Part:
        mark = replace(document.mark(place), file=file)
        if isinstance(data, dict):
            return Part({key: part(one, (*place, key)) for key, one in data.items()}, mark)
        if isinstance(data, list):
            return Part([part(one, (*place, i)) for i, one in enumerate(data)], mark)
        return Part(data, mark)

    return part(document.data, ())


def document_of(whole: Part, name: str) -> Document:
    """The parts as a document of this name."""
    return Document(name, whole.plain(), dict(_marks(whole, ())))


def _marks(part: Part, place: Place) -> Iterator[tuple[Place, Mark]]:
    yield place, part.mark
    for key, one in part.entries.items():
        yield from _marks(one, (*place, key))
    for index, one in enumerate(part.items):
        yield from _marks(one, (*place, index))
