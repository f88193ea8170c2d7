"""Where a new draft begins: with a version, with nothing, or with a file that somebody brings."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from operations import scripts
from scripts import sheets
from web.at_hand import line
from web.editions import edition_or_none
from web.languages import gettext as _
from web.views.faults import FaultView, fault_views

#: The beginning of a script that is written from nothing.
EMPTY = """\
format: 2
id: {id}
version: "1"
title:
opening:
finish: completed
exhausted: language
questions:
endings:
"""
_ID_LINE = re.compile(r"^id:[ \t]*[\"']?([A-Za-z0-9-]+)", re.MULTILINE)
_XLSX = "data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64,"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the form says. ``how`` is version, new, empty or file."""

    how: str
    script_id: str
    edition: str
    new_id: str
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Begun:
    """``number`` of the draft that was begun, or why none was: a sentence, the faults of a file,
    and the address of its copy in which they are marked."""

    number: int | None
    why: str = ""
    faults: Sequence[FaultView] = ()
    marked: str = ""


def begun_from(origin: Origin, by: str) -> Begun:
    """Begin a draft, or say why not."""
    try:
        match origin.how:
            case "version":
                return _from_version(origin, by)
            case "new":
                return Begun(scripts.start_draft(line(), origin.new_id, by))
            case "empty":
                text = EMPTY.format(id=origin.new_id)
                return Begun(scripts.start_draft(line(), origin.new_id, by, text))
            case "file":
                return _from_file(origin, by)
    except scripts.ScriptTrouble as trouble:
        return Begun(None, _("Not done: %(reason)s", reason=trouble))
    return Begun(None, _("Say with what the draft begins."))


def _from_version(origin: Origin, by: str) -> Begun:
    found = edition_or_none(origin.script_id, origin.edition)
    if found is None:
        return Begun(None, _("There is no such version. Choose another."))
    return Begun(scripts.start_draft(line(), origin.script_id, by, found.text))


def _from_file(origin: Origin, by: str) -> Begun:
    if not origin.content:
        return Begun(None, _("Choose a file, YAML or Excel."))
    if origin.content.startswith(b"PK"):
        return _from_sheet(origin, by)
    try:
        text = origin.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Begun(None, _("The file is no UTF-8 text and no Excel file. Save it as UTF-8."))
    named = _ID_LINE.search(text)
    if named is None:
        return Begun(None, _("The file has no line “id:”. Write the script's id there."))
    return Begun(scripts.start_draft(line(), named[1], by, text))


def _from_sheet(origin: Origin, by: str) -> Begun:
    try:
        found = sheets.read(origin.content, origin.file_name, checked=False)
    except sheets.FaultySheet as faulty:
        copy = base64.b64encode(faulty.marked).decode()
        return Begun(
            None,
            _("The Excel file has faults."),
            fault_views(faulty.faults),
            f"{_XLSX}{copy}" if copy else "",
        )
    return Begun(scripts.start_draft(line(), found.script.id, by, found.text))
