"""From the faults of a script that was read out of a workbook to the cells they lie in. It finds
no fault itself."""

import re
from collections.abc import Iterable, Iterator, Mapping

from scripts import yamlfile
from scripts.faults import Fault
from scripts.labels import code_of
from scripts.sheets.building import Building, Found
from scripts.sheets.cells import text
from scripts.sheets.grid import Grid, Spot
from scripts.sheets.layout import layout
from scripts.yamlfile import Place

#: Where to look in a row for a fault that only names its question or ending.
_FIELDS: Mapping[str, str] = {
    "missing-explanation": "explain",
    "polarity-unmarked": "polarity",
    "interruptible": "barge_in",
    "unreachable": "when",
    "unknown-name": "item",
    "item-missing": "item",
    "two-facts": "says",
    "negative-wording": "says",
    "leading-wording": "says",
    "unknown-format": "format",
}
_LACKS = re.compile(r".*lacks the key '(\w+)'")
_QUOTED = re.compile(r"'([^']+)'")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LINE = re.compile(r"\bon line (\d+)")
_IN_LANGUAGE = re.compile(r"(?s)([\w-]+): .*|.* translation into ([\w-]+)")
_PARTS = ("questions", "aside", "endings")


class Places:
    """Knows the cell of every part of one script."""

    def __init__(self, written: str, building: Building, grids: Iterable[Grid]) -> None:
        self.building = building
        self.grids = {grid.name: grid for grid in grids}
        marks = yamlfile.parse(written, "").marks
        self.at: dict[tuple[int, int], Place] = {}
        self.lines: dict[int, Place] = {}
        for place in sorted(marks, key=len):  # a part before its first key, which begins there too
            self.at.setdefault((marks[place].line, marks[place].column), place)
            self.lines.setdefault(marks[place].line, place)

    def found(self, faults: Iterable[Fault]) -> Iterator[Found]:
        """The faults at their cells, in words that speak of cells."""
        for fault in faults:
            place = self.place(fault)
            spot = self.building.spot_of(place) or Spot(next(iter(self.grids)), 0, 0)
            message = _LINE.sub(self._in_cell, _of_cells(fault.message, place))
            yield Found(fault.code, message, spot, fault.question, fault.severity)

    def place(self, fault: Fault) -> Place:
        """The part of the script that a fault lies in, as deep as its words tell."""
        return self._narrowed(self._marked(fault), fault)

    def _marked(self, fault: Fault) -> Place:
        """The part of the script, as deep as the line and column of the fault tell. What is missing
        altogether lies at the first question of its code, if there is one."""
        place = self.at.get((fault.line or 0, fault.column or 0), ())
        if len(place) < 2 and fault.question:
            return next(self._of(fault.question), place)
        return place

    def _of(self, name: str) -> Iterator[Place]:
        """The parts of this id, and then those of this code."""
        for same in (str, code_of):
            for section in _PARTS:
                for number, part in enumerate(self.building.data.get(section, ())):
                    if same(str(part.get("id", ""))) == name:
                        yield section, number

    def _narrowed(self, place: Place, fault: Fault) -> Place:
        """The cell inside the part, as far as the message tells."""
        lacks = _LACKS.fullmatch(fault.message)
        if lacks:
            return (*place, lacks[1])
        if fault.code == "ending-speechless":
            return self._last_condition(place)
        other = self._translation(place, fault.message)
        if other is not None:
            return other
        whole = len(place) < 2 or (len(place) == 2 and place[0] in _PARTS)
        if whole or place[-1] == "on":
            return self._by_code(place, fault) or self._by_words(place, fault) or place
        return place

    def _translation(self, place: Place, message: str) -> Place | None:
        """The same text in the language that the message speaks of."""
        match = _IN_LANGUAGE.fullmatch(message)
        language = str(match[1] or match[2]) if match else ""
        if language not in self.building.data.get("translations", {}):
            return None
        there: Place = ("translations", language)
        if place[:1] and place[0] in _PARTS and len(place) > 1:
            part = self.building.data[str(place[0])][int(place[1])].get("id", "")
            section = "endings" if place[0] == "endings" else "questions"
            there = (*there, section, part, *place[2:4])
        else:
            there = (*there, *place)
        return there if there in self.building.where else None

    def _last_condition(self, place: Place) -> Place:
        """The last sentence of an ending is the one that must be sayable always."""
        says = self.building.data["endings"][int(place[1])]["says"]
        return (*place[:2], "says", len(says) - 1, "when")

    def _by_code(self, place: Place, fault: Fault) -> Place | None:
        field = _FIELDS.get(fault.code)
        there = (*place, field) if field else ()
        return there if there in self.building.where else None

    def _by_words(self, place: Place, fault: Fault) -> Place | None:
        """The cell of the part that the message names, or that holds a word which it quotes."""
        quoted = _QUOTED.findall(fault.message)
        words = {word.partition(":")[0] for word in quoted} - {"on"}
        events = set(_WORD.findall(fault.message)) if place[-1:] == ("on",) else set()
        inside = [one for one in self.building.where if one[: len(place)] == place and one != place]
        named = (one for one in inside if one[-1] in words and len(one) == len(place) + 1)
        routes = (one for one in inside if one[-1] in events and self._fits(one, fault.message))
        held = set(quoted) - {"on"}
        holding = (one for one in inside if any(word in self._words(one) for word in held))
        return next(named, None) or next(routes, None) or next(holding, None)

    def _fits(self, route: Place, message: str) -> bool:
        """A route that the message begins with, or one that it says is not there."""
        return message.startswith(f"{route[-1]}:") or not self._words(route)

    def _words(self, place: Place) -> str:
        spot = self.building.where[place]
        return text(self.grids[spot.sheet].value(spot.row, spot.column))

    def _in_cell(self, match: re.Match[str]) -> str:
        spot = self.building.spot_of(self.lines.get(int(match[1]), ()))
        return f"in {spot}" if spot else match[0]


def _of_cells(message: str, place: Place) -> str:
    """Without the path of keys that a shape's message begins with: the cell says where."""
    if _LACKS.fullmatch(message):
        return f"{_header(place)!r} is needed and not there: write it"
    head, colon, rest = message.partition(": ")
    is_path = bool(colon) and head.split(".")[0] in {str(part) for part in place[:1]}
    return rest if is_path else message


def _header(place: Place) -> str:
    """What the column is called whose key is the last of a place."""
    sheet = {"questions": "survey", "aside": "survey"}.get(str(place[0]), str(place[0]))
    columns = layout().columns.get(sheet, ())
    return next((c.header for c in columns if c.key == place[-1]), ".".join(map(str, place)))
