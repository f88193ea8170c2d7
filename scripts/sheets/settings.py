"""The sheet settings: one row per setting, with the translations of those that are spoken beside.
Both directions."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.sheets import cells
from scripts.sheets.building import Building, Table, put
from scripts.sheets.grid import Spot
from scripts.sheets.layout import Column, Heading, layout
from scripts.yamlfile import Place

_NAME, _CAPTION, _VALUE = Heading("name"), Heading("caption"), Heading("value")


def read(table: Table, building: Building) -> None:
    """Every row into the script's own keys."""
    known = {setting.header.casefold(): setting for setting in layout().settings}
    seen: dict[str, Spot] = {}
    building.where[()] = Spot(table.grid.name, table.header, table.columns.get(_NAME, 0))
    for row in table.rows:
        spot = table.spot(row, _NAME) or Spot(table.grid.name, row, 0)
        name = cells.word(table.value(row, _NAME)).casefold()
        if name not in known:
            message = f"nobody knows a setting {name!r}: use one of {', '.join(known)}"
            building.fault("unknown-key", message, spot)
        elif name in seen:
            message = f"the setting {name} stands in two rows, first in {seen[name]}"
            building.fault("duplicate-id", message, spot)
        else:
            _setting(table, row, known[name], building)
        seen.setdefault(name, spot)


def rows(data: Mapping[str, Any]) -> Iterator[dict[Heading, str]]:
    """Every setting as a row, those that the script leaves at their defaults too."""
    for setting in layout().settings:
        keys = setting.key.split(".")
        row = {_NAME: setting.header, _CAPTION: f"{setting.zh} ({setting.en})"}
        value = _at(data, keys)
        if value is not None:
            row[_VALUE] = cells.shown(setting.cell, value)
        for language, texts in data.get("translations", {}).items():
            other = _at(texts, keys) if setting.translated else None
            if other is not None:
                row[Heading(_VALUE.header, language)] = str(other)
        yield row


def _at(data: Mapping[str, Any], keys: list[str]) -> Any:
    found: Any = data
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _setting(table: Table, row: int, setting: Column, building: Building) -> None:
    place: Place = tuple(setting.key.split("."))
    put(building.data, place, building.read(table, row, _VALUE, setting, place))
    building.where.setdefault(place[:1], building.where.get(place, Spot(table.grid.name, row, 0)))
    for language in table.languages:
        heading = Heading(_VALUE.header, language)
        if setting.translated:
            there: Place = ("translations", language, *place)
            value = building.read(table, row, heading, setting, there)
            put(building.data, there, value)
        elif cells.text(table.value(row, heading)) and (spot := table.spot(row, heading)):
            message = f"the setting {setting.header} is the same in every language: empty this cell"
            building.fault("bad-cell", message, spot)
