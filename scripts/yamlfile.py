"""YAML at the door: text becomes plain lists and mappings with the place of every part, or one
clear fault. No Python objects, no aliases (so no alias bombs), no duplicate keys, bounded size."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer

try:
    from yaml import CSafeLoader as Fast
except ImportError:  # PyYAML was built without its parser in C; its wheels have it
    from yaml import SafeLoader as Fast  # type: ignore[assignment]

from scripts.faults import Fault, FaultyFileError

#: Limits of one file; the largest script of the library is a tenth of each.
MAX_BYTES = 512_000
MAX_DEPTH = 20
#: Entries of one list or mapping, and parts of the whole file: more cost a second to read, and of
#: what ships the largest file, phrases of the lexicon, has a third as many.
MAX_ENTRIES = 2_000
MAX_PARTS = 20_000
#: Characters of a number or date; longer ones are a slip, and some take minutes to convert.
MAX_NUMBER = 40

#: How an xlsx, like any zip archive, begins.
_ARCHIVE = b"PK\x03\x04"
#: What people write instead of YAML, and the mend.
_SLIPS = (
    (re.compile(r"^\s*(- )?[\w.-]+："), "write ': ' and not the full-width colon ："),
    (re.compile(r"^\s*(- )?[a-z_]+:[^\s:]"), "leave a space after the colon"),
    (re.compile(r": \{\{"), "a text that begins with {{ must stand in quotes"),
    (re.compile("[‘’“”]\\s*[,\\]}]|[\\[{,:]\\s*[‘’“”]"), "write straight quotes, ' or \""),
    (re.compile(r"\t"), "indent with spaces, not with a tab"),
    (re.compile(r"\{[^}]*[?:]\s*[,}]"), "put the text in quotes"),
    (re.compile(r"^\s*(- )?[a-z_]+: [^'\"\[{]*: "), "put a text with ': ' in it in quotes"),
)
_QUOTE = "; a text that begins with {{ must stand in quotes"

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a part begins; line and column count from 1. ``file`` is set where the part comes from
    another file than the one that was read."""

    line: int
    column: int
    file: str = ""


NOWHERE = Mark(1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """The plain data of one file and where every part of it begins."""

    name: str
    data: Any
    marks: Mapping[Place, Mark]

    def mark(self, place: Place) -> Mark:
        """Where the nearest enclosing part that has a place begins."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.marks:
                return self.marks[place[:length]]
        return NOWHERE

    def fault(self, code: str, message: str, place: Place, part: str | None = None) -> Fault:
        """A fault at this place; ``part`` is the id of the question, ending or rule."""
        mark = self.mark(place)
        return Fault(code, message, self.name, part, mark.line, column=mark.column, file=mark.file)


class _Refusal(Exception):  # noqa: N818 - not a failure of ours, a fault of the file
    """Carries one fault out of the composer."""

    def __init__(self, code: str, message: str, mark: Mark) -> None:
        super().__init__(message)
        self.code, self.message, self.mark = code, message, mark


class _Careful(Composer):
    """Composes nodes only; refuses aliases, tags, deep nesting and endless lists before they can
    cost anything."""

    _depth = 0
    peek_event: Callable[[], Any]  # the parser's

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()
        mark = _mark(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise _Refusal("yaml-alias", "aliases (*name) are not allowed: write it out", mark)
        if getattr(event, "tag", None) is not None:
            message = f"tags ({_written_tag(event.tag)}) are not allowed: leave it out"
            raise _Refusal("yaml-tag", message, mark)
        self._measure(parent, mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _measure(self, parent: yaml.Node | None, mark: Mark) -> None:
        """Refuse what is too deep, too long or too much."""
        if self._depth >= MAX_DEPTH:
            raise _Refusal("yaml-too-deep", f"nested deeper than {MAX_DEPTH} levels", mark)
        if parent is not None and len(parent.value) >= MAX_ENTRIES:
            message = f"more than {MAX_ENTRIES} entries in one list"
            raise _Refusal("too-many", message, _mark(parent.start_mark))


class _Loader(_Careful, yaml.SafeLoader):
    """Reads with PyYAML's own parser: its word on what is YAML counts, and so do its messages."""


class _Doubt(ValueError):  # noqa: N818 - no failure
    """The two parsers may not read this alike."""


class _Quick(_Careful, Fast):
    """Reads with the parser in C, in a third of the time. The two differ, as 200,000 broken files
    showed, in tabs, in byte order marks within a text, in a bare ``?`` between brackets, and in
    the place of a text that is all of a file."""

    def __init__(self, text: str) -> None:
        if "\t" in text or "\ufeff" in text:
            raise _Doubt
        Fast.__init__(self, text)
        Composer.__init__(self)
        self._brackets = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()
        if isinstance(event, yaml.ScalarEvent):
            bare = self._brackets and not event.style and "?" in event.value
            if bare or parent is None:
                raise _Doubt
            return super().compose_node(parent, index)
        opens = bool(getattr(event, "flow_style", False))
        self._brackets += opens
        node = super().compose_node(parent, index)
        self._brackets -= opens
        return node


def _written_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)


def load(path: Path) -> Document:
    """Read a file. Raises FaultyFileError with one fault when it cannot be read or is not YAML."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device would never end
            raise _faulty("file-unreadable", "cannot be read: it is no file", str(path))
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise _faulty("file-unreadable", f"cannot be read: {reason}", str(path)) from error
    if len(content) > MAX_BYTES:
        raise _faulty("file-too-large", f"larger than {MAX_BYTES // 1000} kB", path.name)
    return parse(_decoded(content, path.name), path.name)


def _decoded(content: bytes, name: str) -> str:
    if content.startswith(_ARCHIVE):
        reason = "is a workbook or an archive, no text: `huifang scripts import` reads workbooks"
        raise _faulty("file-unreadable", reason, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        mark = Mark(before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        reason = "is not UTF-8 text: save it as UTF-8"
        raise _faulty("file-unreadable", reason, name, mark) from error


def parse(text: str, name: str) -> Document:
    """Plain data of a YAML text. Raises FaultyFileError with exactly one fault."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _faulty("file-too-large", f"larger than {MAX_BYTES // 1000} kB", name)
    marks: dict[Place, Mark] = {}
    try:
        return Document(name, _data(text, marks), marks)
    except _Refusal as refusal:
        raise _faulty(refusal.code, refusal.message, name, refusal.mark) from refusal
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        mark = _mark(at) if at else None
        message = f"is not YAML: {error.problem}{_hint(text, mark)}"
        raise _faulty("yaml-syntax", message, name, mark) from error
    except yaml.reader.ReaderError as error:
        mark = _mark_in(text, error.position)
        raise _faulty("yaml-syntax", _unwritable(chr(error.character)), name, mark) from error
    except (yaml.YAMLError, ValueError) as error:
        raise _faulty("yaml-syntax", f"is not YAML: {_first_line(error)}", name) from error


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


def _mark_in(text: str, position: int) -> Mark:
    before = text[:position]
    return Mark(before.count("\n") + 1, position - before.rfind("\n"))


def _unwritable(character: str) -> str:
    return f"the character U+{ord(character):04X} cannot stand in a text: take it out"


def _faulty(code: str, message: str, name: str, mark: Mark | None = None) -> FaultyFileError:
    line, column = (mark.line, mark.column) if mark else (None, None)
    return FaultyFileError([Fault(code, message, name, None, line, column=column)])


def _hint(text: str, mark: Mark | None) -> str:
    """The mend for the commonest slips, looked for on this line and the one before it."""
    lines = text.splitlines()
    for number in (mark.line, mark.line - 1) if mark else ():
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        for slip, mend in _SLIPS:
            if slip.search(line):
                return f"; line {number}: {mend}"
    return ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["unreadable"])[0]


def shipped(text: str) -> Any:
    """Plain data of a text that ships with the package and was tried before: a tenth of the time
    that ``parse`` takes, and no more than PyYAML's own words for what is wrong with it."""
    return yaml.load(text, Loader=Fast)


def _refuse_endless(text: str) -> None:
    """Count the parts of a file with the parser in C, in a tenth of the time that composing them
    takes. Whatever else is wrong with it is left to the composer, which tells it with its place."""
    parts = depth = 0
    try:
        for event in yaml.parse(text, Loader=Fast):
            if isinstance(event, yaml.AliasEvent) or depth > MAX_DEPTH:
                return
            parts += isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if parts > MAX_PARTS:
                mark = _mark(event.start_mark)
                raise _Refusal("too-many", f"more than {MAX_PARTS} entries in the file", mark)
    except (yaml.YAMLError, ValueError):
        return


def _data(text: str, marks: dict[Place, Mark]) -> Any:
    _refuse_endless(text)
    try:
        return _composed(_Quick(text), marks)
    except (_Refusal, yaml.YAMLError, ValueError):  # told below, with PyYAML's own words and places
        marks.clear()
    return _composed(_Loader(text), marks)


def _composed(loader: Any, marks: dict[Place, Mark]) -> Any:
    try:
        node = loader.get_single_node()
        return None if node is None else _plain(loader, node, (), marks)
    finally:
        loader.dispose()


def _plain(loader: _Loader, node: yaml.Node, place: Place, marks: dict[Place, Mark]) -> Any:
    marks[place] = _mark(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, place, marks)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, item, (*place, i), marks) for i, item in enumerate(node.value)]
    return _scalar(loader, node)


def _mapping(
    loader: _Loader, node: yaml.MappingNode, place: Place, marks: dict[Place, Mark]
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        mark = _mark(key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode):
            raise _Refusal("yaml-syntax", f"a key must be a plain word{_QUOTE}", mark)
        _refuse_unwritable(key_node)
        key = str(key_node.value)  # always text: in YAML 1.1 a bare ``on`` would become True
        if key in result:
            raise _Refusal("yaml-duplicate-key", f"the key {key!r} is written twice", mark)
        result[key] = _plain(loader, value_node, (*place, key), marks)
        marks[(*place, key)] = mark
    return result


def _scalar(loader: _Loader, node: yaml.Node) -> Any:
    _refuse_unwritable(node)
    if node.tag != _TEXT and len(node.value) > MAX_NUMBER:
        message = f"unreadable value: a number of {len(node.value)} characters; quote a text"
        raise _Refusal("yaml-syntax", message, _mark(node.start_mark))
    try:
        return loader.construct_object(node)
    except (ValueError, OverflowError) as error:
        mark = _mark(node.start_mark)
        raise _Refusal("yaml-syntax", f"unreadable value: {_first_line(error)}", mark) from error


_TEXT = "tag:yaml.org,2002:str"


def _refuse_unwritable(node: yaml.Node) -> None:
    """What an escape brought in although YAML forbids it as it is: it can stand neither in a
    webhook's XML nor on paper."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(node.value)
    if found:
        raise _Refusal("yaml-syntax", _unwritable(found[0]), _mark(node.start_mark))
