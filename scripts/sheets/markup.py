"""What the XML parts of an xlsx file say beside the values: sheets, relations, notes, and cells
without a value. It refuses what would cost too much, and evaluates nothing."""

import re
from collections.abc import Mapping
from typing import TypeVar
from xml.etree.ElementTree import ParseError, XMLParser

from scripts.sheets.grid import At

#: Bounds of one sheet; the largest script fills a fifth of each.
MAX_ROWS = 2_000
MAX_COLUMNS = 500
#: Characters of all cells of a sheet together.
MAX_CHARACTERS = 20_000_000

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class Refused(Exception):  # noqa: N818 - not a failure of ours, a fault of the file
    """The file is not taken: a stable code and one sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def damaged(why: object) -> Refused:
    """The refusal of a file that is no sound workbook."""
    message = f"is no readable workbook ({str(why)[:80]}): open it and save it anew as .xlsx"
    return Refused("file-unreadable", message)


class _Elements:
    """Receives the elements of one part by their local names."""

    def doctype(self, *_: object) -> None:
        """Workbooks declare nothing; a declaration is the way to make a small file endless."""
        raise damaged("it declares XML entities")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        known = {_local(key): value for key, value in attributes.items()}
        getattr(self, f"on_{_local(tag)}", _nothing)(known)

    def end(self, tag: str) -> None:
        getattr(self, f"off_{_local(tag)}", _nothing)()

    def data(self, text: str) -> None:
        """Characters between elements."""

    def close(self) -> None:
        """The end of the part."""


TargetT = TypeVar("TargetT", bound=_Elements)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _nothing(*_: object) -> None:
    """An element that nobody asks for."""


def _received(xml: bytes, target: TargetT) -> TargetT:
    parser = XMLParser(target=target)
    try:
        parser.feed(xml)
        parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise damaged(error) from error
    return target


class _Pairs(_Elements):
    """The sheets of a workbook by relation, or the targets of relations by id."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def on_sheet(self, known: Mapping[str, str]) -> None:
        self.found.append((known["name"], known["id"]))

    def on_Relationship(self, known: Mapping[str, str]) -> None:  # noqa: N802 - the element's name
        self.found.append((known["Id"], known["Target"]))


def pairs(xml: bytes) -> list[tuple[str, str]]:
    """Of workbook.xml: each sheet's name and relation; of a .rels part: id and target."""
    return _received(xml, _Pairs()).found


class _Strings(_Elements):
    def __init__(self) -> None:
        self.lengths: list[int] = []

    def on_si(self, _: Mapping[str, str]) -> None:
        self.lengths.append(0)

    def data(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


def string_lengths(xml: bytes) -> list[int]:
    """How long each shared text is, in characters."""
    return _received(xml, _Strings()).lengths


class _Notes(_Elements):
    def __init__(self) -> None:
        self.found: list[tuple[At, list[str]]] = []
        self.inside = False

    def on_comment(self, known: Mapping[str, str]) -> None:
        self.found.append((place(known["ref"]), []))

    def on_t(self, _: Mapping[str, str]) -> None:
        self.inside = bool(self.found)

    def off_t(self) -> None:
        self.inside = False

    def data(self, text: str) -> None:
        if self.inside:
            self.found[-1][1].append(text)


def notes(xml: bytes) -> dict[At, str]:
    """The notes (批注) of a comments part by cell."""
    return {at: "".join(words) for at, words in _received(xml, _Notes()).found}


def place(reference: str) -> At:
    """B3 -> row 2, column 1. Raises ValueError."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference[:20]!r} is no cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


class _Cells(_Elements):
    """Walks the cells of one sheet and stops at the first one that lies too far out."""

    def __init__(self, name: str, strings: list[int]) -> None:
        self.name, self.strings = name, strings
        self.broken: dict[At, str] = {}
        self.row, self.column, self.characters = -1, -1, 0
        self.type = ""
        self.formula = False
        self.value: list[str] | None = None
        self.reading = False

    def on_row(self, known: Mapping[str, str]) -> None:
        self.row = int(known["r"]) - 1 if "r" in known else self.row + 1
        self.column = -1

    def on_c(self, known: Mapping[str, str]) -> None:
        if "r" in known:
            self.row, self.column = place(known["r"])
        else:
            self.column += 1
        self.type, self.formula, self.value = known.get("t", "n"), False, None

    def on_f(self, _: Mapping[str, str]) -> None:
        self.formula = True

    def on_v(self, _: Mapping[str, str]) -> None:
        self.value, self.reading = [], True

    on_is = on_v

    def off_v(self) -> None:
        self.reading = False

    off_is = off_v

    def data(self, text: str) -> None:
        if self.reading and self.value is not None:
            self.value.append(text)

    def off_c(self) -> None:
        words = "".join(self.value or ())
        if self.value is not None:
            self._counted(words)
        if self.type == "e":
            self.broken[self.row, self.column] = f"the cell shows the error {words[:20]}"
        elif self.formula and not words and self.type != "str":
            self.broken[self.row, self.column] = "the formula has no value"

    def _counted(self, words: str) -> None:
        shared = self.type == "s" and words.isdecimal() and int(words) < len(self.strings)
        self.characters += self.strings[int(words)] if shared else len(words)
        for limit, value, what in (
            (MAX_ROWS, self.row + 1, "row"),
            (MAX_COLUMNS, self.column + 1, "column"),
            (MAX_CHARACTERS, self.characters, "character"),
        ):
            if value > limit:
                message = f"the sheet {self.name} goes beyond {what} {limit}: remove what is not"
                raise Refused("too-many", f"{message} part of the script")


def scan(name: str, xml: bytes, strings: list[int]) -> dict[At, str]:
    """What is the matter with the cells of a sheet that have no usable value. ``strings`` are the
    lengths of the shared texts. Raises Refused for a sheet that is too large."""
    return _received(xml, _Cells(name, strings)).broken
