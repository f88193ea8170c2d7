"""Which sheets and columns a call script has as a workbook, read from layout.yaml. It knows no
script and no workbook; it only says where a value stands in both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from scripts.checks.needed import ITEMS
from scripts.model import Event, Kind, Medium, Polarity, Purpose
from scripts.outcomes import TALKED, Outcome
from scripts.yamlfile import shipped

_FILE = Path(__file__).with_name("layout.yaml")
_MEANINGS = Path(__file__).with_name("faults.yaml")

#: Sheets that are written for people and never read back.
GUIDE, LISTS, FAULTS = "guide", "lists", "faults"
ASIDE = "time"  # the type whose questions stand aside of the path
_ROUTE = "on: "


class Cell(StrEnum):
    """How the value of a column is written in its cell."""

    TEXT = "text"
    WORD = "word"
    NUMBER = "number"
    YESNO = "yesno"
    LIST = "list"
    CONDITIONS = "conditions"
    STEPS = "steps"
    INFO = "info"  # to look at, not read back


class Heading(NamedTuple):
    """A column as its header names it: ``label`` or, for a translation, ``label::en``."""

    header: str
    language: str = ""

    def __str__(self) -> str:
        return f"{self.header}::{self.language}" if self.language else self.header


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one row of the sheet settings. ``key`` is the script's key, for settings
    written with dots; ``words`` names the list its cells choose from."""

    header: str
    key: str
    cell: Cell
    caption: str
    zh: str
    en: str
    width: int = 20
    translated: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a kind of answer means, and the key that counts as it."""

    zh: str
    en: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """All columns by sheet, the settings in their order, and the kinds of answers."""

    columns: Mapping[str, tuple[Column, ...]]
    about: Mapping[str, Meaning]
    settings: tuple[Column, ...]
    events: Mapping[str, Meaning]

    def column(self, sheet: str, header: str) -> Column | None:
        """The column of this header."""
        return next((c for c in self.columns[sheet] if c.header == header), None)


@cache
def layout() -> Layout:
    """The layout of today."""
    data = shipped(_FILE.read_text("utf-8"))
    events = {name: Meaning(**words) for name, words in data.pop("events").items()}
    columns = {sheet: tuple(_columns(part, events)) for sheet, part in data.items()}
    about = {sheet: Meaning(**part["about"]) for sheet, part in data.items()}
    return Layout(columns, about, tuple(_settings(data["settings"]["rows"])), events)


@cache
def meanings() -> Mapping[str, str]:
    """What each code of a fault means, in Chinese."""
    found: dict[str, str] = shipped(_MEANINGS.read_text("utf-8"))
    return found


def words(name: str) -> tuple[str, ...]:
    """The words of a list that cells choose from."""
    lists: Mapping[str, tuple[str, ...]] = {
        "type": tuple(Kind),
        "polarity": tuple(Polarity),
        "item": tuple(ITEMS),
        "outcome": tuple(outcome for outcome in Outcome if outcome in TALKED),
        "purpose": tuple(Purpose),
        "medium": tuple(Medium),
        "yesno": ("yes", "no"),
    }
    return lists[name]


def _columns(part: Mapping[str, Any], events: Mapping[str, Meaning]) -> Iterator[Column]:
    for one in part["columns"]:
        yield Column(**{**one, "cell": Cell(one["cell"])})
    for event in Event if "routes" in part else ():
        route = part["routes"]
        caption = f"{events[event].zh}时"
        kind, width = Cell(route["cell"]), route["width"]
        yield Column(_ROUTE + event, f"on.{event}", kind, caption, route["zh"], route["en"], width)


def _settings(rows: list[Mapping[str, Any]]) -> Iterator[Column]:
    for row in rows:
        rest = {key: value for key, value in row.items() if key not in ("place", "cell")}
        key = ".".join(row["place"])
        yield Column(key=key, cell=Cell(row["cell"]), caption=row["zh"], **rest)
