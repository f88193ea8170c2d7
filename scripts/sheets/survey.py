"""The sheet survey: one row per question, on the path or aside. Both directions; what a question
means is for scripts.reader."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.labels import code_of
from scripts.sheets import cells
from scripts.sheets.building import ID_WORDS, Building, Table, is_id, put, translations
from scripts.sheets.grid import Spot
from scripts.sheets.layout import ASIDE, Cell, Heading, layout
from scripts.yamlfile import Place

_NAME, _TYPE, _CODE = Heading("name"), Heading("type"), Heading("code")


def read(table: Table, building: Building) -> None:
    """Every row into ``questions`` or ``aside``, with its translations."""
    seen: dict[str, Spot] = {}
    building.data["questions"] = []
    top = table.columns.get(_NAME, 0)
    building.where["questions",] = Spot(table.grid.name, table.header, top)
    for heading, _ in translations(table, layout().columns["survey"]):
        at = Spot(table.grid.name, table.header, table.columns[heading])
        building.where.setdefault(("translations",), at)
        building.where.setdefault(("translations", heading.language), at)
    for row in table.rows:
        section = "aside" if cells.word(table.value(row, _TYPE)) == ASIDE else "questions"
        listed = building.data.setdefault(section, [])
        place: Place = (section, len(listed))
        listed.append(question := _question(table, row, place, building))
        spot = table.spot(row, _NAME)
        if spot is not None:
            _named(table, row, question, spot, seen, building)
        _translated(table, row, question, building)


def rows(data: Mapping[str, Any]) -> Iterator[dict[Heading, str]]:
    """The questions of a script as rows, those aside after those of the path."""
    columns = [column for column in layout().columns["survey"] if column.cell is not Cell.INFO]
    for question in (*data["questions"], *data.get("aside", ())):
        flat = question | {f"on.{event}": way for event, way in question.get("on", {}).items()}
        row = {
            Heading(c.header): cells.shown(c.cell, flat[c.key]) for c in columns if c.key in flat
        }
        row[_CODE] = code_of(question["id"])
        for language, texts in data.get("translations", {}).items():
            other = texts.get("questions", {}).get(question["id"], {})
            row |= {Heading(c.header, language): other[c.key] for c in columns if c.key in other}
        yield row


def _question(table: Table, row: int, place: Place, building: Building) -> dict[str, Any]:
    question: dict[str, Any] = {}
    columns = [column for column in layout().columns["survey"] if column.cell is not Cell.INFO]
    for column in sorted(columns, key=lambda one: one.header != "name"):
        key: Place = tuple(column.key.split("."))
        put(
            question, key, building.read(table, row, Heading(column.header), column, (*place, *key))
        )
    building.where[place] = table.spot(row, _NAME) or Spot(table.grid.name, row, 0)
    return question


def _named(
    table: Table,
    row: int,
    question: Mapping[str, Any],
    spot: Spot,
    seen: dict[str, Spot],
    building: Building,
) -> None:
    """What is wrong with the name of a row, and with the code beside it."""
    name = question.get("id", "")
    if name in seen and name:
        message = f"the id {name!r} is used twice, first in {seen[name]}"
        building.fault("duplicate-id", message, spot, name)
    elif not name and spot[1:] not in table.grid.broken:
        message = "this question has no name: give it one of the question codes, or a code,"
        building.fault("missing-key", f"{message} a dot and a part", spot)
    elif name and not is_id(name):
        building.fault("bad-value", f"{name!r} is no id: {ID_WORDS}", spot, name)
    seen.setdefault(name, spot)
    code, beside = cells.word(table.value(row, _CODE)), table.spot(row, _CODE)
    if is_id(name) and code and beside and code != code_of(name):
        message = f"the name {name} belongs to {code_of(name)}, not to {code}: correct the name"
        building.fault("bad-code", f"{message}, or leave the code empty", beside, name)


def _translated(table: Table, row: int, question: Mapping[str, Any], building: Building) -> None:
    name = question.get("id", "")
    for heading, column in translations(table, layout().columns["survey"]):
        place: Place = ("translations", heading.language, "questions", name, column.key)
        value = building.read(table, row, heading, column, place)
        building.where[place[:-1]] = building.where.get(place[:-1], building.where[place])
        if is_id(name):
            put(building.data, place, value)
