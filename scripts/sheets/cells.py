"""One cell: from what a spreadsheet program left in it to the value a script has there, and back.
Forgiving about widths, quotes and types of numbers; what is wrong is for the reader to say."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from scripts.sheets import lists, steps
from scripts.sheets.layout import Cell

_SPACE = " \t\r\n\u00a0\u3000"
_YES = frozenset({"yes", "true", "y", "1", "是"})
_NO = frozenset({"no", "false", "n", "0", "否"})
_WHOLE = re.compile(r"-?\d{1,9}")


def text(value: object) -> str:
    """The words of a cell as they would be typed: numbers without .0, days as 2026-11-01, no space
    around, line breaks as \\n."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip(_SPACE)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def word(value: object) -> str:
    """An id or a fixed word: full-width letters and dashes become plain ones."""
    return unicodedata.normalize("NFKC", text(value)).replace("–", "-").strip(_SPACE)


def plain(kind: Cell, value: object) -> Any:
    """What a script has for this cell; None for an empty one. A number or a yes that cannot be read
    stays the word it is, so that the shape of the script refuses it."""
    return _READ[kind](value) if text(value) else None


def shown(kind: Cell, value: Any) -> str:
    """How a script's value is written in a cell; the other way round of ``plain``."""
    if kind is Cell.LIST:
        return lists.phrases_shown(value)
    if kind is Cell.CONDITIONS:
        return lists.conditions_shown(value)
    if kind is Cell.STEPS:
        return steps.shown(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _number(value: object) -> int | str:
    written = word(value)
    return int(written) if _WHOLE.fullmatch(written) else written


def _yesno(value: object) -> bool | str:
    written = word(value).casefold()
    if written in _YES:
        return True
    return False if written in _NO else written


_READ: Mapping[Cell, Callable[[object], Any]] = {
    Cell.TEXT: text,
    Cell.WORD: word,
    Cell.NUMBER: _number,
    Cell.YESNO: _yesno,
    Cell.LIST: lambda value: lists.phrases(text(value)),
    Cell.CONDITIONS: lambda value: lists.conditions(text(value)),
    Cell.STEPS: lambda value: steps.plain(text(value)),
    Cell.INFO: text,
}
