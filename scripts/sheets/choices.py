"""The sheet choices: one row per kind of answer with the steps that follow it unless a question
says otherwise. Both directions."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.model import Event
from scripts.sheets import cells
from scripts.sheets.building import Building, Table, put
from scripts.sheets.grid import Spot
from scripts.sheets.layout import Cell, Heading, layout
from scripts.yamlfile import Place

_NAME = Heading("name")
#: Where the routes of a column stand in a script.
_TABLES: Mapping[str, Place] = {"on": ("on",), "care": ("care", "on")}


def read(table: Table, building: Building) -> None:
    """Every row into ``on`` and ``care.on``."""
    seen: dict[str, Spot] = {}
    top = Spot(table.grid.name, table.header, table.columns.get(_NAME, 0))
    building.where |= dict.fromkeys(_TABLES.values(), top)
    for row in table.rows:
        spot = table.spot(row, _NAME) or Spot(table.grid.name, row, 0)
        event = cells.word(table.value(row, _NAME)).lower()
        if event not in set(Event):
            message = f"{event!r} is no kind of answer: use one of {', '.join(Event)}"
            building.fault("bad-value", message, spot)
        elif event in seen:
            message = f"the answer {event} stands in two rows, first in {seen[event]}"
            building.fault("duplicate-id", message, spot)
        else:
            _routes(table, row, event, building)
        seen.setdefault(event, spot)


def rows(data: Mapping[str, Any]) -> Iterator[dict[Heading, str]]:
    """Every kind of answer as a row, those without steps too."""
    care = data.get("care", {}).get("on", {})
    for event, meaning in layout().events.items():
        yield {
            _NAME: event,
            Heading("label"): f"{meaning.zh} ({meaning.en})",
            Heading("keys"): meaning.keys,
            Heading("steps"): cells.shown(Cell.STEPS, data["on"].get(event, ())),
            Heading("steps: care"): cells.shown(Cell.STEPS, care.get(event, ())),
        }


def _routes(table: Table, row: int, event: str, building: Building) -> None:
    for column in layout().columns["choices"]:
        if column.key in _TABLES:
            place = (*_TABLES[column.key], event)
            value = building.read(table, row, Heading(column.header), column, place)
            put(building.data, place, value)
