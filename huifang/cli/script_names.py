"""Finds the script that a command names: of the library, in a file, or a stored version. Reads;
publishes nothing."""

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from huifang.faults import InputFault
from huifang.settings import load

if TYPE_CHECKING:
    from operations.line import Line
    from scripts.model import Script
    from scripts.written import Written
    from store.database import Database

_NUMBERED = re.compile(r"(?P<id>[A-Za-z][\w.-]*)@(?P<version>[\w-]+)")
_HASH = re.compile(r"[0-9a-f]{8,64}")


def written_of(name: str) -> "Written":
    """A script with its text: a library id, a file, ``ID@NUMBER``, ``ID@HASH``, ``ID@active``, or
    a hash of 8 digits or more.

    Raises InputFault, FaultyFileError for a file with faults, and ScriptTrouble for a version
    that is not there.
    """
    from scripts import written

    if not is_stored(name):
        return written.find(_known(name))
    from operations.scripts import text_of

    numbered = _NUMBERED.fullmatch(name)
    if numbered is None:
        return _by_hash(_line(), name)
    return text_of(_line(), numbered["id"], numbered["version"])


def script_of(name: str) -> "Script":
    """The script of this name. Raises as ``written_of``."""
    return written_of(name).script


def is_stored(name: str) -> bool:
    """Whether the name is one of a version, and not of a file or of the library."""
    from scripts.reader import library

    if name in library() or Path(name).exists():
        return False
    return bool(_NUMBERED.fullmatch(name) or _HASH.fullmatch(name))


def stored() -> "Database | None":
    """The database; None while there is none that could hold a script. Most authors have none, and
    finding that out costs them no second."""
    settings = load()
    if settings.database_url is None and not (settings.home / "huifang.db").exists():
        return None
    from store.database import Database

    database = Database(settings.database)
    return database if database.prepared() else None


def _line() -> "Line":
    from huifang.wiring import make_line

    return make_line(load())


def _by_hash(line: "Line", digest: str) -> "Written":
    from operations.scripts import NoScript, ids, text_of

    for script_id in ids(line):
        with suppress(NoScript):
            return text_of(line, script_id, digest)
    raise InputFault(f"no version of any script has the hash {digest}; see `huifang scripts list`")


def _known(name: str) -> str:
    """A name that is neither of the library nor looks like a file is most often a slip."""
    from scripts.reader import library

    if name not in library() and not Path(name).suffix and not Path(name).exists():
        raise InputFault(f"there is no script {name}; `huifang scripts list` names them")
    return name
