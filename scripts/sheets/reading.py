"""A workbook back to a call script, or every fault of it at once with a marked copy for its
sender."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scripts import checks, written
from scripts.faults import Fault, FaultyFileError, Severity
from scripts.formats import FORMAT
from scripts.sheets import choices, endings, settings, survey
from scripts.sheets.book import open_book
from scripts.sheets.building import Building, Found, Table
from scripts.sheets.grid import Grid
from scripts.sheets.marking import marked
from scripts.sheets.markup import Refused
from scripts.sheets.places import Places
from scripts.sheets.repair import repaired
from scripts.sheets.tables import tables
from scripts.written import Written

_SHEETS: Mapping[str, Callable[[Table, Building], None]] = {
    "survey": survey.read,
    "choices": choices.read,
    "endings": endings.read,
    "settings": settings.read,
}
#: Without these nothing of the rest can be judged.
_NO_TABLE = frozenset({"missing-sheet", "missing-column"})


class FaultySheet(FaultyFileError):  # noqa: N818 - a fault of the file, not of ours
    """The workbook cannot be used until its faults are mended. Every message in ``faults`` begins
    with its cell, ``survey!D7``. ``marked`` is the copy for the sender, an xlsx file; it is empty
    where the file could not be opened at all."""

    def __init__(self, faults: Sequence[Fault], marked: bytes) -> None:
        super().__init__(faults)
        self.marked = marked


@dataclass(frozen=True, slots=True)
class Reading:
    """A script out of a workbook, and what is worth knowing but stops nothing."""

    written: Written
    told: tuple[Fault, ...]


def read(content: bytes, name: str, *, checked: bool = True) -> Written:
    """The script of an xlsx workbook, as ``reading`` finds it. Raises FaultySheet."""
    return reading(content, name, checked=checked).written


def reading(content: bytes, name: str, *, checked: bool = True) -> Reading:
    """The script of an xlsx workbook; ``name`` is the file's. Raises FaultySheet with every fault
    of the workbook, or, once it can be read, of the script: with ``checked`` also what keeps it
    from being published."""
    try:
        grids = open_book(content)
    except Refused as refusal:
        raise FaultySheet([Fault(refusal.code, refusal.message, name)], b"") from refusal
    building = Building()
    found = tables(grids, building)
    for sheet, table in found.items():
        _SHEETS[sheet](table, building)
        for language in table.languages:
            building.data.setdefault("translations", {}).setdefault(language, {})
    made = _made(building, grids, name, checked)
    order = [grid.name for grid in grids]
    building.faults.sort(key=lambda one: (order.index(one.spot.sheet), *one.spot[1:]))
    faults = [_fault(one, name) for one in building.faults]
    if made is None or any(fault.severity is Severity.ERROR for fault in faults):
        raise FaultySheet(faults, marked(grids, building.faults))
    return Reading(made, tuple(faults))


def _made(building: Building, grids: list[Grid], name: str, checked: bool) -> Written | None:
    """The script, if it can be read; its faults go to the others."""
    if any(fault.code in _NO_TABLE for fault in building.faults):
        return None
    data = {"format": FORMAT} | building.data
    text = written.as_yaml(data)
    try:
        made = written.of_text(text, name)
    except FaultyFileError as error:
        places = Places(text, building, grids)
        _add(building, places.found(error.faults))
        _add_hidden(building, grids, repaired(data, map(places.place, error.faults)))
        return None
    sound = not any(fault.severity is Severity.ERROR for fault in building.faults)
    faults = checks.check(made.script) if checked and sound else []
    if faults:
        _add(building, Places(text, building, grids).found(faults))
    return made


def _add_hidden(building: Building, grids: list[Grid], data: Mapping[str, Any] | None) -> None:
    """A script whose values have the wrong shape is not read any further. With stand-ins for those
    values it is, and what is wrong with the others is told too."""
    if data is None:
        return
    text = written.as_yaml(data)
    try:
        written.of_text(text)
    except FaultyFileError as error:
        _add(building, Places(text, building, grids).found(error.faults))


def _add(building: Building, faults: Iterable[Found]) -> None:
    """Add what the script's own reader or checks found, but nothing to a cell that is told."""
    known = {fault.spot for fault in building.faults if fault.severity is Severity.ERROR}
    building.faults.extend(fault for fault in list(faults) if fault.spot not in known)


def _fault(found: Found, name: str) -> Fault:
    message = f"{found.spot}: {found.message}"
    return Fault(found.code, message, name, found.question, severity=found.severity)
