"""Text cut to what the vendor can speak and expect: illegal characters, longest Say, hints. It
must not change the words themselves."""

import re
from collections.abc import Iterable
from urllib.parse import quote

#: Longest text in one Say with a Polly voice, in bytes of UTF-8 (error 13521); a Chinese character
#: has three. Google's voices take more, the basic ones 4096.
SAY_BYTES = 3000
#: The same text URL-encoded, in characters (error 13521): 500 Chinese characters, the tighter one.
SAY_ENCODED = 4500
#: Hints of one Gather and characters of one hint (error 13330).
HINTS = 500
HINT_CHARS = 100
#: Bytes of all hints together, so that the document keeps its own limit.
HINTS_BYTES = 16_000

#: What XML 1.0 cannot hold, not even escaped (error 12100).
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Where speech may be cut, the best place first.
_CUTS = ("。！？!?\n", "；;", "，,、：: ")


def clean(text: str) -> str:
    """``text`` without the characters that XML cannot hold, and without space around it."""
    return _ILLEGAL.sub("", text).strip()


def speakable(text: str) -> list[str]:
    """``text`` as pieces that one Say can hold, cut after a sentence where possible."""
    pieces = []
    rest = clean(text)
    while rest:
        piece = _first_piece(rest)
        pieces.append(piece.strip())
        rest = rest[len(piece) :].lstrip()
    return pieces


def hint_list(phrases: Iterable[str]) -> str | None:
    """The ``hints`` attribute: phrases with commas between, or None. Too long ones are left out."""
    kept: list[str] = []
    room = HINTS_BYTES
    for phrase in dict.fromkeys(clean(p.replace(",", " ")) for p in phrases):
        room -= len(phrase.encode()) + 1
        if room < 0 or len(kept) == HINTS:
            break
        if 0 < len(phrase) <= HINT_CHARS:
            kept.append(phrase)
    return ",".join(kept) or None


def _first_piece(text: str) -> str:
    longest = _longest(text)
    if longest == len(text):
        return text
    for marks in _CUTS:
        cut = max(text.rfind(mark, 0, longest) for mark in marks) + 1
        if cut:
            return text[:cut]
    return text[:longest]


def _longest(text: str) -> int:
    """How many characters of ``text`` one Say can hold."""
    used = encoded = 0
    for at, char in enumerate(text):
        used += len(char.encode())
        encoded += len(quote(char, safe=""))
        if used > SAY_BYTES or encoded > SAY_ENCODED:
            return at
    return len(text)
