"""How wide words are and where their lines break, without a font at hand: Chinese is one em wide,
Latin a little over half. Meant to be a little too wide, never too narrow."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from scripts.show.wording import Run, clean

#: Widths in em, as wide as any of the usual screen fonts makes them.
_WIDE, _USUAL, _CAPITAL, _BROADEST, _NARROWEST = 1.0, 0.63, 0.77, 1.0, 0.41
_MONO, _STRANGE = 0.61, 1.3
_BROAD = frozenset("MWmw@%&+<=>~")
_NARROW = frozenset("ijlfrtI .,:;!|'()[]/-\\\"*")
_BOLD = 1.08
_TOKEN = re.compile(r"[!-~]+|\s+|.", re.S)
#: Marks that never begin a line.
_CLOSING = frozenset("，。、；：？！）》〉】〕」』”’…·,.;:?!)]}%")
#: Marks that never end a line: opening brackets and the numbers of steps.
_OPENING = frozenset("（《〈【〔「『“‘([{①②③④⑤⑥⑦⑧⑨⑩")
CUT = "…"

Line = tuple[Run, ...]
_Unit = list[Run]  # what is never broken: a word, or a character and the marks beside it


@dataclass(frozen=True, slots=True)
class Face:
    """A size of type. ``size`` is one em; widths come in the same unit."""

    size: float
    mono: bool = False
    bold: bool = False

    def width(self, words: str) -> float:
        """How wide the words are at most."""
        em = sum(_em(character, self.mono) for character in words)
        return em * self.size * (_BOLD if self.bold else 1)

    def of(self, line: Iterable[Run]) -> float:
        """How wide a line is at most."""
        return sum(self.width(run.words) for run in line)


@lru_cache(maxsize=8192)
def _em(character: str, mono: bool) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return _WIDE
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if not character.isascii():
        return _STRANGE
    if mono:
        return _MONO
    if character in _BROAD:
        return _BROADEST
    if character in _NARROW:
        return _NARROWEST
    return _CAPITAL if character.isupper() else _USUAL


def wrap(runs: Iterable[Run], room: float, face: Face, lines: int) -> list[Line]:
    """The words in at most so many lines of so much room; what does not fit is cut with …"""
    broken = _broken(_units(runs, room, face), room, face)
    if len(broken) <= lines:
        return broken
    last = [run for line in broken[lines - 1 : lines + 1] for run in (*line, Run(" "))]
    return [*broken[: lines - 1], _cut(tuple(last), room, face)]


def one_line(words: str, room: float, face: Face) -> str:
    """The words in one line."""
    found = wrap((Run(words),), room, face, 1)
    return "".join(run.words for line in found for run in line)


def _broken(units: Iterable[_Unit], room: float, face: Face) -> list[Line]:
    """Greedy: a unit goes to the next line when there is no room for it."""
    broken: list[_Unit] = [[]]
    used = 0.0
    for unit in units:
        takes = face.of(unit)
        if used + takes > room and broken[-1]:
            broken.append([])
            used = 0.0
        if broken[-1] or not unit[0].words.isspace():
            broken[-1].extend(unit)
            used += takes
    return [_joined(line) for line in broken if line]


def _units(runs: Iterable[Run], room: float, face: Face) -> Iterator[_Unit]:
    """The words cut where a line may end. One longer than a line is cut into characters."""
    waiting: _Unit = []
    for token in _tokens(runs):
        closes = token.words in _CLOSING or (waiting and waiting[-1].words in _OPENING)
        if waiting and not closes:
            yield waiting
            waiting = []
        if face.width(token.words) > room:
            yield from ([Run(character, token.slot)] for character in token.words)
        else:
            waiting.append(token)
        if face.of(waiting) > room:
            yield from ([one] for one in waiting)
            waiting = []
    if waiting:
        yield waiting


def _tokens(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        kept = _spaced(run.words)
        yield from (Run(token, run.slot) for token in _TOKEN.findall(kept))


def _spaced(words: str) -> str:
    """Clean words, with the space around them kept: it parts them from the next run."""
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() else ""
    return before + clean(words) + after if words.strip() else before


def _joined(unit: _Unit) -> Line:
    """Neighbouring runs of one kind as one, without space at the ends."""
    joined: list[Run] = []
    for run in unit:
        if joined and joined[-1].slot is run.slot:
            joined[-1] = Run(joined[-1].words + run.words, run.slot)
        else:
            joined.append(run)
    joined[-1] = Run(joined[-1].words.rstrip(), joined[-1].slot)
    return tuple(run for run in joined if run.words)


def _cut(line: Line, room: float, face: Face) -> Line:
    """The line with … at its end, characters taken away until that fits."""
    kept = [Run(character, run.slot) for run in line for character in run.words]
    while kept and face.of(kept) + face.width(CUT) > room:
        kept.pop()
    return _joined([*kept, Run(CUT)])
