"""Recognises a carrier's announcement (已关机, 空号 …) by its sound, and tells it from a person who
speaks of such things. Not for people's answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import Levenshtein

from scripts.answers.normalise import normalise
from scripts.answers.sounds import sound
from scripts.outcomes import Outcome
from scripts.yamlfile import shipped

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z']+")
#: A phrase of fewer syllables must sound exactly so.
_LONG = 5


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One phrase: the sounds of its characters, or its English words."""

    parts: tuple[str, ...]
    chinese: bool


@dataclass(frozen=True, slots=True)
class _Book:
    """The data file, compiled. ``states`` are in the order in which they win."""

    states: tuple[tuple[Outcome, bool, _Phrase], ...]  # outcome, alone, phrase
    frames: tuple[_Phrase, ...]
    tails: tuple[_Phrase, ...]
    beside: tuple[_Phrase, ...]
    person: tuple[str, ...]
    person_english: tuple[_Phrase, ...]
    tolerance: float
    most_besides: float


@dataclass(frozen=True, slots=True)
class _Text:
    """What was heard, part by part: Chinese characters with their sounds, and English words."""

    written: tuple[str, ...]
    sounds: tuple[str, ...]


def announcement(words: str, *, by_machine: bool = False) -> Outcome | None:
    """The outcome that a carrier's announcement tells, or None when ``words`` are none. With
    ``by_machine`` it is known that no person speaks, and the outcome's phrase is enough."""
    book, text = _book(), _parts(words)
    found = _framed(book, text)
    for outcome, alone, phrase in book.states:
        sure = alone or by_machine
        places = set(_places(phrase, text, book.tolerance)) if sure or found else set()
        if places and (sure or _is_machine(book, text, found | places)):
            return outcome
    return None


def is_fragment(words: str) -> bool:
    """Whether ``words`` are an announcement or a piece of one, such as 请稍后再拨: a machine's if
    an announcement was heard in the same call, and proof of nothing otherwise."""
    book, text = _book(), _parts(words)
    found = _framed(book, text)
    return announcement(words) is not None or (bool(found) and _is_machine(book, text, found))


def _framed(book: _Book, text: _Text) -> set[int]:
    """The places of frames and tails."""
    phrases = (*book.frames, *book.tails)
    return {place for one in phrases for place in _places(one, text, book.tolerance)}


def _is_machine(book: _Book, text: _Text, known: set[int]) -> bool:
    """Whether what is left beside the known phrases is little, and nothing that a person says."""
    places = (place for one in _all(book) for place in _places(one, text, book.tolerance))
    covered = known.union(places)
    left = [part for place, part in enumerate(text.written) if place not in covered]
    if len(left) > book.most_besides * len(text.written):
        return False
    if any(word in "".join(left) for word in book.person):
        return False
    return not any(set(_places(one, text, 0)) for one in book.person_english)


def _all(book: _Book) -> Iterator[_Phrase]:
    yield from (phrase for _, _, phrase in book.states)
    yield from book.beside


def _places(phrase: _Phrase, text: _Text, tolerance: float) -> Iterator[int]:
    """Every place of the text that belongs to an occurrence of the phrase."""
    size = len(phrase.parts)
    for start in range(len(text.sounds) - size + 1):
        window = text.sounds[start : start + size]
        if window == phrase.parts or _near(phrase, window, tolerance):
            yield from range(start, start + size)


def _near(phrase: _Phrase, window: Sequence[str], tolerance: float) -> bool:
    if not phrase.chinese or len(window) < _LONG:
        return False
    a, b = "".join(phrase.parts), "".join(window)
    return Levenshtein.normalized_distance(a, b, score_cutoff=tolerance) <= tolerance


def _parts(words: str) -> _Text:
    found = re.findall(f"{_CHINESE.pattern}|{_WORD.pattern}", normalise(words))
    return _Text(tuple(found), tuple(map(_sound, found)))


def _sound(part: str) -> str:
    """A character's sound; an English word in capitals, for he is not 核."""
    return sound(part) if _CHINESE.match(part) else part.upper()


def _phrase(words: str) -> _Phrase:
    text = _parts(words)
    return _Phrase(text.sounds, bool(_CHINESE.match(words)))


@cache
def _book() -> _Book:
    return _compiled(shipped((files("scripts.answers") / "announcements.yaml").read_text("utf-8")))


def _compiled(data: Mapping[str, Any]) -> _Book:
    return _Book(
        states=tuple(_states(data["announcements"])),
        frames=tuple(map(_phrase, data["frames"])),
        tails=tuple(map(_phrase, data["tails"])),
        beside=tuple(map(_phrase, data["beside"])),
        person=tuple(data["person"]),
        person_english=tuple(map(_phrase, data["person_english"])),
        tolerance=data["tolerance"],
        most_besides=data["most_besides"],
    )


def _states(entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Outcome, bool, _Phrase]]:
    for entry in entries:
        outcome = Outcome(entry["outcome"])
        for phrase in entry.get("alone", ()):
            yield outcome, True, _phrase(phrase)
        for phrase in entry["phrases"]:
            yield outcome, False, _phrase(phrase)
