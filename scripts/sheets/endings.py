"""The sheet endings: one row per sentence; the rows of one ending stand together under one name.
Both directions."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from scripts.sheets import cells
from scripts.sheets.building import ID_WORDS, Building, Table, is_id, put, translations
from scripts.sheets.grid import Spot
from scripts.sheets.layout import Column, Heading, layout
from scripts.yamlfile import Place

_NAME = Heading("name")
_SENTENCE = ("when", "says")  # what every row has for itself; the rest belongs to the ending


def read(table: Table, building: Building) -> None:
    """The rows into ``endings``, with their translations."""
    building.data["endings"] = []
    top = table.columns.get(_NAME, 0)
    building.where["endings",] = Spot(table.grid.name, table.header, top)
    seen: dict[str, Spot] = {}
    for name, numbers in groupby(_named(table), key=lambda one: one[0]):
        lines = [row for _, row in numbers]
        spot = table.spot(lines[0], _NAME) or Spot(table.grid.name, lines[0], 0)
        if name in seen:
            message = f"the ending {name!r} stands already in {seen[name]}: put its rows together"
            building.fault("duplicate-id", message, spot, name)
        elif not is_id(name):
            building.fault("bad-value", f"{name!r} is no id: {ID_WORDS}", spot, name or None)
        seen.setdefault(name, spot)
        place: Place = ("endings", len(building.data["endings"]))
        building.where[place] = spot
        building.data["endings"].append(_ending(table, lines, place, building))
        _translated(table, lines, name, building)


def rows(data: Mapping[str, Any]) -> Iterator[dict[Heading, str]]:
    """The endings of a script as rows."""
    for ending in data["endings"]:
        says = _listed(ending["says"])
        others = {
            language: texts.get("endings", {}).get(ending["id"], {})
            for language, texts in data.get("translations", {}).items()
        }
        for number, saying in enumerate(says):
            own = saying | ({} if number else {k: v for k, v in ending.items() if k != "says"})
            yield _row(own | {"id": ending["id"]}, others, number)


def _row(
    own: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]], number: int
) -> dict[Heading, str]:
    row = {}
    for column in layout().columns["endings"]:
        if column.key in own:
            row[Heading(column.header)] = cells.shown(column.cell, own[column.key])
        for language, texts in others.items() if column.translated else ():
            words = _words(texts.get(column.key, ""), column, number)
            if words:
                row[Heading(column.header, language)] = words
    return row


def _words(texts: Any, column: Column, number: int) -> str:
    """The translation of one row: the sentences one by one, the rest on the first row."""
    listed = [texts] if isinstance(texts, str) else texts
    return str(listed[number]) if number < len(listed) else ""


def _listed(says: Any) -> list[dict[str, Any]]:
    return [{"says": says}] if isinstance(says, str) else says


def _named(table: Table) -> Iterator[tuple[str, int]]:
    """The rows with their names; an empty name is that of the row above (merged cells)."""
    name = ""
    for row in table.rows:
        name = cells.word(table.value(row, _NAME)) or name
        yield name, row


def _ending(table: Table, lines: list[int], place: Place, building: Building) -> dict[str, Any]:
    ending: dict[str, Any] = {}
    says: list[dict[str, Any]] = []
    for row in lines:
        at = (*place, "says", len(says))
        says.append({})
        for column in layout().columns["endings"]:
            key = column.key
            if key in _SENTENCE:
                put(
                    says[-1],
                    (key,),
                    building.read(table, row, Heading(column.header), column, (*at, key)),
                )
            elif row == lines[0]:
                value = building.read(table, row, Heading(column.header), column, (*place, key))
                put(ending, (key,), value)
            else:
                _same(table, row, column, ending, building)
        building.where[at] = building.where.get((*at, "says"), building.where[place])
    building.where[*place, "says"] = building.where[*place, "says", 0]
    ending["says"] = says[0].get("says") if len(says) == 1 and "when" not in says[0] else says
    return {key: value for key, value in ending.items() if value is not None}


def _same(
    table: Table, row: int, column: Column, ending: Mapping[str, Any], building: Building
) -> None:
    """A further row repeats what belongs to its ending, or leaves it empty."""
    spot = table.spot(row, Heading(column.header))
    value = cells.plain(column.cell, table.value(row, Heading(column.header)))
    if spot and value is not None and value != ending.get(column.key) and column.key != "id":
        message = f"another {column.header} than in the first row of {ending.get('id')!r}"
        building.fault("bad-cell", f"{message}: leave it empty", spot, ending.get("id"))


def _translated(table: Table, lines: list[int], name: str, building: Building) -> None:
    for heading, column in translations(table, layout().columns["endings"]):
        place: Place = ("translations", heading.language, "endings", name, column.key)
        found = [
            building.read(table, row, heading, column, (*place, number))
            for number, row in enumerate(lines if column.key == "says" else lines[:1])
        ]
        building.where[place] = building.where[*place, 0]
        building.where.setdefault(place[:-1], building.where[place])
        if all(words is not None for words in found) and is_id(name):
            put(building.data, place, found[0] if len(found) == 1 else found)
            continue
        for number, words in enumerate(found):
            if words is None and any(found):
                message = f"is not translated, but another sentence of {name!r} is"
                spot = building.where[*place, number]
                building.fault("missing-translation", f"{message}: write it here", spot, name)
