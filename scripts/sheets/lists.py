"""Several phrases or conditions in one cell: 是、是的、对, or one condition a line. It splits and
joins; what a phrase or a condition means is for others."""

import re
import unicodedata
from collections.abc import Sequence

#: A phrase in quotes may hold separators; a quote in it is doubled.
_QUOTES = '"“”＂'
_SEPARATORS = "、，,；;\n|"
_PHRASE = re.compile(
    rf"\s*(?:[{_QUOTES}](?P<quoted>(?:[^{_QUOTES}]|[{_QUOTES}]{{2}})*)[{_QUOTES}]\s*"
    rf"(?=[{_SEPARATORS}]|$)|(?P<bare>[^{_SEPARATORS}]*))(?:[{_SEPARATORS}]|$)"
)
_DOUBLED = re.compile(rf"([{_QUOTES}])[{_QUOTES}]")

#: What stands between two conditions of one cell, outside brackets.
_BETWEEN = re.compile(r"\n|;|&&| +and +|且", re.IGNORECASE)
_WIDE = str.maketrans(
    {"【": "[", "】": "]", "〔": "[", "〕": "]", "、": ",", "≥": ">=", "≤": "<=", "–": "-"}
    | dict.fromkeys(_QUOTES + "‘’'")
)
_BRACKET = re.compile(r"\[[^\]]*\]?")


def phrases(cell: str) -> list[str]:
    """The phrases of a cell, separated by 、 or a comma, semicolon, bar or line break."""
    found = []
    for match in _PHRASE.finditer(cell):
        quoted = match["quoted"]
        phrase = match["bare"].strip() if quoted is None else _DOUBLED.sub(r"\1", quoted)
        if phrase:
            found.append(phrase)
    return found


def phrases_shown(values: Sequence[str]) -> str:
    """The phrases as one cell; those that hold a separator stand in quotes."""
    return "、".join(_quoted(value) for value in values)


def _quoted(value: str) -> str:
    bare = value == value.strip() and value[:1] not in _QUOTES
    if bare and not any(mark in value for mark in _SEPARATORS):
        return value
    return '"' + "".join(letter * 2 if letter in _QUOTES else letter for letter in value) + '"'


def conditions(cell: str) -> list[str]:
    """The conditions of a cell, separated by a line break, a semicolon or ``and``. Full-width
    brackets and signs, quotes, and the capital that a spreadsheet puts first are mended."""
    mended = unicodedata.normalize("NFKC", cell.translate(_WIDE))
    parts: list[str] = [""]
    end = 0
    for bracket in _BRACKET.finditer(mended):
        _split(mended[end : bracket.start()], parts)
        parts[-1] += bracket[0]
        end = bracket.end()
    _split(mended[end:], parts)
    return [part.strip() for part in parts if part.strip()]


def conditions_shown(values: Sequence[str]) -> str:
    """The conditions as one cell, one a line."""
    return "\n".join(value.strip() for value in values)


def _split(words: str, parts: list[str]) -> None:
    first, *others = _BETWEEN.split(words.lower())
    parts[-1] += first
    parts.extend(others)
