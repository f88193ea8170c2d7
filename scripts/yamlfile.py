"""YAML at the door: text becomes plain lists and mappings with the line of every part, or one
clear fault. No Python objects, no aliases (so no alias bombs), no duplicate keys, bounded size."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scripts.faults import Fault, FaultyFileError

#: Limits of one file; the largest script of the library is a tenth of each.
MAX_BYTES = 512_000
MAX_DEPTH = 20

_QUOTE = "; a text that begins with {{ must stand in quotes"

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The plain data of one file and the line (from 1) on which every part of it begins."""

    name: str
    data: Any
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int | None:
        """The line of the nearest enclosing part that has one."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None


class _Refusal(Exception):  # noqa: N818 - not a failure of ours, a fault of the file
    """Carries one fault out of the composer."""

    def __init__(self, code: str, message: str, line: int) -> None:
        super().__init__(message)
        self.code, self.message, self.line = code, message, line


class _Loader(yaml.SafeLoader):
    """Composes nodes only; refuses aliases and deep nesting before they can cost anything."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise _Refusal("yaml-alias", "aliases (*name) are not allowed: write it out", line)
        if self._depth >= MAX_DEPTH:
            raise _Refusal("yaml-too-deep", f"nested deeper than {MAX_DEPTH} levels", line)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def load(path: Path) -> Document:
    """Read a file. Raises FaultyFileError with one fault when it cannot be read or is not YAML."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _faulty("file-too-large", f"larger than {MAX_BYTES // 1000} kB", path.name)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise _faulty("file-unreadable", f"cannot be read: {reason}", str(path)) from error
    except UnicodeDecodeError as error:
        reason = "is not UTF-8 text: save it as UTF-8"
        raise _faulty("file-unreadable", reason, path.name) from error
    return parse(text, path.name)


def parse(text: str, name: str) -> Document:
    """Plain data of a YAML text. Raises FaultyFileError with exactly one fault."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _faulty("file-too-large", f"larger than {MAX_BYTES // 1000} kB", name)
    lines: dict[Place, int] = {}
    try:
        return Document(name, _data(text, lines), lines)
    except _Refusal as refusal:
        raise _faulty(refusal.code, refusal.message, name, refusal.line) from refusal
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        message = f"is not YAML: {error.problem}{_hint(text, line)}"
        raise _faulty("yaml-syntax", message, name, line) from error
    except (yaml.YAMLError, ValueError) as error:
        raise _faulty("yaml-syntax", f"is not YAML: {_first_line(error)}", name) from error


def _faulty(code: str, message: str, name: str, line: int | None = None) -> FaultyFileError:
    return FaultyFileError([Fault(code, message, name, None, line)])


def _hint(text: str, line: int | None) -> str:
    """The commonest slip of all: a text that begins with a slot, unquoted."""
    written = text.splitlines()[line - 1 : line] if line else []
    return _QUOTE if any(": {{" in part for part in written) else ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["unreadable"])[0]


def _data(text: str, lines: dict[Place, int]) -> Any:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _plain(loader, node, (), lines)
    finally:
        loader.dispose()


def _plain(loader: _Loader, node: yaml.Node, place: Place, lines: dict[Place, int]) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, place, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, item, (*place, i), lines) for i, item in enumerate(node.value)]
    return _scalar(loader, node)


def _mapping(
    loader: _Loader, node: yaml.MappingNode, place: Place, lines: dict[Place, int]
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _Refusal("yaml-syntax", f"a key must be a plain word{_QUOTE}", line)
        key = str(key_node.value)  # always text: in YAML 1.1 a bare ``on`` would become True
        if key in result:
            raise _Refusal("yaml-duplicate-key", f"the key {key!r} is written twice", line)
        result[key] = _plain(loader, value_node, (*place, key), lines)
        lines[(*place, key)] = line
    return result


def _scalar(loader: _Loader, node: yaml.Node) -> Any:
    try:
        return loader.construct_object(node)
    except (ValueError, OverflowError) as error:
        line = node.start_mark.line + 1
        raise _Refusal("yaml-syntax", f"unreadable value: {_first_line(error)}", line) from error
